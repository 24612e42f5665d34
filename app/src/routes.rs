//! Which page answers which address. Every route waits until it is complete (`SsrMode::Async`).

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::pages;

/// The document. Each page brings its own `<html>`, so there is nothing around [`App`].
pub fn shell() -> AnyView {
    // Without its type: the type of all routes is deeper than whoever mounts this should have to compile.
    view! { <App/> }.into_any()
}

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=pages::not_found>
                <Route path=path!("/") view=pages::top ssr=SsrMode::Async/>
                <Route path=path!("/register") view=pages::register ssr=SsrMode::Async/>
                <Route path=path!("/register/card") view=pages::register_card ssr=SsrMode::Async/>
                <Route path=path!("/register/opening") view=pages::register_opening ssr=SsrMode::Async/>
                <Route path=path!("/register/bind") view=pages::register_bind ssr=SsrMode::Async/>
                <Route path=path!("/login") view=pages::login ssr=SsrMode::Async/>
                <Route path=path!("/login/card") view=pages::login_card ssr=SsrMode::Async/>
                <Route path=path!("/home") view=pages::home ssr=SsrMode::Async/>
                <Route path=path!("/records") view=pages::records ssr=SsrMode::Async/>
                <Route path=path!("/records/:id") view=pages::record ssr=SsrMode::Async/>
                <Route path=path!("/history") view=pages::history ssr=SsrMode::Async/>
                <Route path=path!("/signed-out") view=pages::signed_out ssr=SsrMode::Async/>
                <Route path=path!("/help") view=pages::help ssr=SsrMode::Async/>
                <Route path=path!("/accessibility") view=pages::accessibility ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
