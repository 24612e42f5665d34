//! Who asks.

use std::fmt;

use domain::{BrowserMark, FolderId, SecretHash};
use jiff::Timestamp;
use wire::access_records::ViewingId;

use crate::Flash;

/// What a session holds: which browser, who is logged in, one message for the next page. Small on purpose; rows live
/// elsewhere. Only the session store reads and writes it.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionState {
    browser: String,
    signed_in: Option<SignedInState>,
    flash: Option<Flash>,
}

#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignedInState {
    pub(crate) folder_id: FolderId,
    pub(crate) logged_in_at: Timestamp,
    pub(crate) previous_login_at: Option<Timestamp>,
    pub(crate) failed_logins_since: u32,
    /// Only where it is near.
    #[serde(default)]
    pub(crate) certificate_ends_at: Option<Timestamp>,
    pub(crate) shared_device: bool,
    pub(crate) viewing: ViewingId,
    pub(crate) removal_token_hash: SecretHash,
}

impl SessionState {
    /// A browser that has no session, known by its mark alone, of which only a hash is ever stored.
    pub fn of_browser(mark: &BrowserMark) -> Self {
        Self { browser: mark.hash().expose(), signed_in: None, flash: None }
    }

    pub(crate) fn signed_in(&self, signed_in: SignedInState) -> Self {
        Self { browser: self.browser.clone(), signed_in: Some(signed_in), flash: None }
    }

    /// Who asks.
    pub fn visitor(&self) -> Visitor {
        let browser = Browser(SecretHash::of(self.browser.as_bytes()));
        match &self.signed_in {
            Some(state) => Visitor::SignedIn(SignedIn { state: state.clone(), browser }),
            None => Visitor::Anonymous(browser),
        }
    }

    /// Leaves a message for the next page.
    pub fn set_flash(&mut self, flash: Flash) {
        self.flash = Some(flash);
    }

    /// Takes the message; it is shown once.
    pub fn take_flash(&mut self) -> Option<Flash> {
        self.flash.take()
    }

    /// Whose session, for the store's index.
    pub fn folder_id(&self) -> Option<FolderId> {
        self.signed_in.as_ref().map(|s| s.folder_id)
    }

    /// By which removal token the reader may end it: only on a device that the person called shared.
    pub fn removal_token_hash(&self) -> Option<SecretHash> {
        self.signed_in.as_ref().filter(|s| s.shared_device).map(|s| s.removal_token_hash.clone())
    }
}

impl fmt::Debug for SessionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionState")
    }
}

/// A browser, known only by its own random mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser(pub(crate) SecretHash);

/// A person whose card opened the folder. Made by [`SessionState::visitor`] alone.
#[derive(Clone)]
pub struct SignedIn {
    pub(crate) state: SignedInState,
    pub(crate) browser: Browser,
}

impl SignedIn {
    /// Whose folder.
    pub fn folder_id(&self) -> FolderId {
        self.state.folder_id
    }

    /// The browser in which.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// When.
    pub fn logged_in_at(&self) -> Timestamp {
        self.state.logged_in_at
    }
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn")
    }
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Not logged in.
    Anonymous(Browser),
    /// Logged in.
    SignedIn(SignedIn),
}

impl Visitor {
    /// The browser, in either case.
    pub fn browser(&self) -> &Browser {
        match self {
            Self::Anonymous(browser) => browser,
            Self::SignedIn(signed_in) => &signed_in.browser,
        }
    }

    /// The person, when logged in.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous(_) => None,
            Self::SignedIn(signed_in) => Some(signed_in),
        }
    }
}
