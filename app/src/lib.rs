//! What people see: pages, rendered whole on the server, and two islands that add convenience in the browser.
//!
//! # Mounting (feature `ssr`)
//!
//! ```text
//! let routes = leptos_axum::generate_route_list(app::shell);     // GET only, every route SsrMode::Async
//! for route in routes {
//!     router = router.route(route.path(), get(move |…| {
//!         let context = app::PageContext { … };                  // language, flash, nonce, reference … of this request
//!         let visitor: portal::Visitor = …;                      // from the session
//!         leptos_axum::render_app_async_with_context(
//!             move || app::provide(portal.clone(), visitor.clone(), context.clone()),
//!             app::shell,
//!         )(request).await
//!     }));
//! }
//! ```
//!
//! - [`provide`] also makes `context.nonce` Leptos' own nonce, so that one nonce stands on every script of the answer.
//! - A page that needs a login and has none answers 303 to [`paths::LOGIN`]; pages set 404 and 503 themselves.
//! - Take the flash out of the session when the context is made: every page shows it, once.
//! - Pages whose path is in [`paths::POSTS_TO_READER`] go out with `Referrer-Policy: origin` (the reader takes the asker
//!   from `Origin`); all others with `same-origin`.
//! - Without script a personal page carries its own refresh to the signed-out page, in `<noscript>`: a `Refresh` header
//!   would also throw out who pressed 「続けて使う」 meanwhile.
//! - [`error_page`] gives the whole page for what goes wrong outside of these routes.
//!
//! # Hydrating (feature `hydrate`)
//!
//! `frontend` links this crate for its islands. A page that holds an island, and no other, loads the module.

// A page's view is one deep type.
#![recursion_limit = "512"]
#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "a component owns what it is given"))]
#![cfg_attr(
    feature = "ssr",
    expect(unreachable_pub, reason = "the component macro makes a public inner function beside each component")
)]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` is for the server and `hydrate` for the browser: build them apart");

pub mod islands;

#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod context;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
mod routes;

#[cfg(feature = "ssr")]
pub use context::{Assets, PageContext, SessionTimes, provide};
#[cfg(feature = "ssr")]
pub use pages::{ErrorPageContext, ReplyDraft, ReplyFault, ReportDraft, ReportFault, error_page};
#[cfg(feature = "ssr")]
pub use routes::{App, shell};
