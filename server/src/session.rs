//! Sessions: tower-sessions on the portal's own tables. The store keeps SHA-256 of the cookie id; idle and absolute ends
//! are judged here, on the portal's clock.

mod cookie;
mod current;
mod fault;
mod look;
mod mark;
mod reads;
mod store;

use jiff::SignedDuration;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;

pub(crate) use cookie::{Shown, holder, shown};
pub(crate) use current::{Current, SessionFault};
pub(crate) use fault::{case as fault_case, word_faults};
pub(crate) use look::look;
pub(crate) use mark::{forget_mark, keep_mark};
pub(crate) use store::{Sessions, row_of};

/// Without activity a session ends after this time.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session ends after this time in any case.
pub(crate) const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// `__Host-`: only this host, only over TLS (or localhost), whole site.
pub(crate) const COOKIE: &str = "__Host-session";

/// `Lax`, not tower-sessions' `Strict`: the return from the card reader is a navigation from another site.
pub(crate) fn layer(sessions: Sessions) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(sessions)
        .with_name(COOKIE)
        .with_same_site(SameSite::Lax)
        .with_secure(true)
        .with_http_only(true)
        .with_path("/")
        .with_expiry(tower_sessions::Expiry::OnSessionEnd)
}
