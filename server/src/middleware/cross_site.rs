//! The one defence against other sites' forms: every unsafe method must come from our own pages.
//!
//! The card reader's two posts are the named exceptions: they read no cookie, and what they bring counts only together
//! with the starting browser's cookie.
//!
//! Safe methods may come from anywhere, but for one thing: whoever sees a notice has opened it, and its sender may hear of
//! that. Where another site leads to a notice, it is the person who opens it, from the list.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::{HeaderMap, HeaderName, Method, header};

use super::forget_whole;
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

/// Paths that the card reader posts to.
const READER_PATHS: [&str; 2] = [crate::routes::CARD_ANSWER, crate::routes::CARD_REMOVED];

pub(crate) async fn refuse_cross_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe && is_of_a_notice(&request) && comes_from_elsewhere(request.headers()) {
        return Redirect::to(app::paths::NOTICES).into_response();
    }
    if safe || READER_PATHS.contains(&request.uri().path()) || is_own(request.headers(), &state.settings.origin) {
        return forget_whole(next.run(request).await);
    }
    let (parts, _) = request.into_parts();
    tracing::warn!(path = parts.uri.path(), "a request of another site was refused");
    ErrorPage::new(&state, &parts, Case::CrossSite).into_response()
}

/// The browser's own word first; where it has none, the `Origin` must be ours. Neither: refused.
fn is_own(headers: &HeaderMap, origin: &str) -> bool {
    match text(headers, &FETCH_SITE) {
        Some(site) => site == "same-origin",
        None => text(headers, &header::ORIGIN) == Some(origin),
    }
}

/// The browser says so. One that says nothing is not kept from reading.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    text(headers, &FETCH_SITE) == Some("cross-site")
}

/// Its page, and everything that is taken along of it.
fn is_of_a_notice(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    route.strip_prefix(app::paths::NOTICE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://portal.example";

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), http::HeaderValue::from_static(v))).collect()
    }

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        is_own(&headers(pairs), OURS)
    }

    #[test]
    fn our_own_pages_may_post() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", OURS)]));
    }

    #[test]
    fn other_sites_may_not() {
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", OURS)]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("origin", "null")]));
        assert!(!own(&[("origin", "https://portal.example.evil")]));
        assert!(!own(&[]));
    }

    #[test]
    fn only_a_browser_that_says_so_comes_from_another_site() {
        assert!(comes_from_elsewhere(&headers(&[("sec-fetch-site", "cross-site")])));
        for site in ["none", "same-origin", "same-site"] {
            assert!(!comes_from_elsewhere(&headers(&[("sec-fetch-site", site)])), "{site}");
        }
        assert!(!comes_from_elsewhere(&headers(&[])));
    }
}
