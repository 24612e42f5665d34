//! 「この端末で受け取る」: asks the browser, and hands what it gives to the form. Without script there is only a sentence
//! that says so: a browser can be told in no other way.

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;

/// Id of the form; hidden until it is woken. It carries `data-key` (to which the browser subscribes) and `data-worker` (the
/// script that shows what arrives).
pub const FORM: &str = "alert-device";
/// Id of the hidden field for what the browser gives.
pub const SUBSCRIPTION: &str = "alert-subscription";
/// Id of the sentence for whoever has no script.
pub const WITHOUT_SCRIPT: &str = "alert-without-script";
/// Id of the sentence for browsers that cannot be told.
pub const UNABLE: &str = "alert-unable";
/// Id of the live region that says why nothing came of it.
pub const SAID: &str = "alert-said";
/// Id of the words for a person who did not allow it.
pub const DENIED: &str = "alert-denied";
/// Id of the words for a browser that failed.
pub const FAILED: &str = "alert-failed";

/// Shows the form where the browser can be told; when it is sent, asks the browser first.
#[island]
pub fn AlertDevice() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
}
