//! Which page answers which address. Every route waits until it is complete (`SsrMode::Async`), but for the pages that
//! fill while institutions answer: they go out in order, which needs no script.

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
                <Route path=path!("/information") view=pages::information ssr=SsrMode::InOrder/>
                <Route path=path!("/information/files/:place") view=pages::file ssr=SsrMode::Async/>
                <Route path=path!("/information/:place/report") view=pages::report ssr=SsrMode::Async/>
                <Route path=path!("/notices") view=pages::notices ssr=SsrMode::Async/>
                <Route path=path!("/notices/:number") view=pages::notice ssr=SsrMode::Async/>
                <Route path=path!("/notices/:number/reply") view=pages::reply ssr=SsrMode::Async/>
                <Route path=path!("/kept/:number") view=pages::kept ssr=SsrMode::Async/>
                <Route path=path!("/leaving") view=pages::leaving ssr=SsrMode::Async/>
                <Route path=path!("/folder") view=pages::folder ssr=SsrMode::Async/>
                <Route path=path!("/folder/alerts") view=pages::alerts ssr=SsrMode::Async/>
                <Route path=path!("/history") view=pages::history ssr=SsrMode::Async/>
                <Route path=path!("/signed-out") view=pages::signed_out ssr=SsrMode::Async/>
                <Route path=path!("/help") view=pages::help ssr=SsrMode::Async/>
                <Route path=path!("/accessibility") view=pages::accessibility ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{provide_here, testing};
    use crate::paths;
    use domain::Locale;
    use http::{Request, StatusCode};

    fn listed() -> Vec<String> {
        leptos_axum::generate_route_list(shell).iter().map(|route| route.path().to_owned()).collect()
    }

    async fn answer(path: &'static str) -> (StatusCode, String) {
        listed();
        let provide = move || provide_here(testing::here(Locale::Ja, path, false));
        let request = Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = leptos_axum::render_app_async_with_context(provide, shell)(request).await;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn every_page_is_listed_and_waits_until_it_is_complete_unless_it_fills() {
        let routes = leptos_axum::generate_route_list(shell);
        let fill = |path: &str| if paths::FILLS.contains(&path) { SsrMode::InOrder } else { SsrMode::Async };
        assert!(routes.iter().all(|route| *route.mode() == fill(route.path())));
        let listed = listed();
        for path in paths::PERSONAL.into_iter().chain(paths::POSTS_TO_READER).chain([paths::TOP, paths::HELP]) {
            assert!(listed.iter().any(|listed| listed == path), "{path} in {listed:?}");
        }
    }

    #[tokio::test]
    async fn a_page_arrives_whole() {
        let (status, html) = answer("/help").await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"ja\">"), "{html}");
        assert!(html.contains("<h1>使い方</h1>"));
    }

    #[tokio::test]
    async fn every_script_of_the_answer_has_the_nonce_of_the_request() {
        let (_, html) = answer("/help").await;
        let scripts = html.matches("<script").count();
        assert_eq!(html.matches("<script nonce=\"n0nce\"").count(), scripts, "{html}");
    }

    #[tokio::test]
    async fn an_address_without_a_page_is_answered_in_words() {
        let (status, html) = answer("/no-such-page").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(html.contains(&wording::error::NOT_FOUND.words(Locale::Ja).title), "{html}");
    }
}
