//! The first page after login.

use jiff::Timestamp;

use crate::{Portal, SignedIn};

/// What the first page shows. No name: the authentication certificate has none (N-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The login before this one (P-AUT-9); none: this is the first.
    pub previous_login_at: Option<Timestamp>,
    /// Refused logins since then.
    pub failed_logins_since: u32,
    /// When the card's certificate ends, where that is near (P-RNW-5).
    pub certificate_ends_at: Option<Timestamp>,
    /// The person said that others use this device.
    pub shared_device: bool,
}

impl Portal {
    /// From the session alone.
    #[expect(clippy::unused_async, reason = "pages await every use case alike")]
    pub async fn home(&self, who: &SignedIn) -> Home {
        Home {
            previous_login_at: who.state.previous_login_at,
            failed_logins_since: who.state.failed_logins_since,
            certificate_ends_at: who.state.certificate_ends_at,
            shared_device: who.state.shared_device,
        }
    }
}
