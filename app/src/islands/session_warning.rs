//! The warning before the idle end (WCAG 2.2.1). Without script the page itself moves to the signed-out page.

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;

/// Id of the `<dialog>`. It carries `data-left-s` (the session ends this long after the page was made),
/// `data-idle-s` (it lasts this long after it was extended), `data-extend` (fetched by POST to stay), `data-logout`
/// (fetched by POST at the end) and `data-ended` (where the end leads).
pub const DIALOG: &str = "session-warning";
/// Id of the live region that tells the remaining time.
pub const REMAINING: &str = "session-remaining";
/// Id of the hidden list of what is told: each item has `data-left-s` and is told when no more than that is left.
pub const STEPS: &str = "session-steps";
/// Id of the button that stays.
pub const STAY: &str = "session-stay";

/// Opens the dialog when the session is about to end, tells the remaining time every 30 seconds to eyes and ears, and
/// goes to the signed-out page at the end.
#[island]
pub fn SessionWarning() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::watch();
}
