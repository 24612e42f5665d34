//! The mark of the browser that starts a login: a random value in a cookie of its own, so that nobody has a session before
//! they are logged in. The portal keeps the hash, in the challenge alone; only this browser can finish what it started.

use axum::response::Response;
use domain::BrowserMark;
use http::{HeaderMap, HeaderValue, header};

use super::cookie::value_of;

const COOKIE: &str = "__Host-started";
/// A challenge's five minutes, a ticket's thirty seconds, and a little.
const LIFE_S: u32 = 6 * 60;

/// The mark that this browser shows. None for none, and for what is none of ours.
pub(super) fn shown(headers: &HeaderMap) -> Option<BrowserMark> {
    str::from_utf8(value_of(headers, COOKIE)?).ok()?.parse().ok()
}

/// `Lax`: the return from the card reader is a navigation from another site.
pub(crate) fn keep_mark(response: &mut Response, mark: &BrowserMark) {
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={LIFE_S}; SameSite=Lax; Secure; HttpOnly", mark.expose());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Whoever is logged in has a session: the mark has served.
pub(crate) fn forget_mark(response: &mut Response, headers: &HeaderMap) {
    if value_of(headers, COOKIE).is_some() {
        let forget = HeaderValue::from_static("__Host-started=; Path=/; Max-Age=0; SameSite=Lax; Secure; HttpOnly");
        response.headers_mut().append(header::SET_COOKIE, forget);
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    fn cookie_of(response: &Response) -> String {
        response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap().to_owned()
    }

    fn showing(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers
    }

    #[test]
    fn a_mark_is_kept_for_this_host_alone_and_for_no_longer_than_a_login_may_take() {
        let (mark, mut response) = (BrowserMark::from([7; 32]), ().into_response());
        keep_mark(&mut response, &mark);
        let (kept, attributes) =
            cookie_of(&response).split_once("; ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert_eq!(attributes, "Path=/; Max-Age=360; SameSite=Lax; Secure; HttpOnly");
        assert_eq!(shown(&showing(&format!("lang=ja; {kept}"))), Some(mark));
    }

    #[test]
    fn what_is_none_of_our_marks_is_no_mark() {
        for cookie in ["", "lang=ja", "__Host-started=", "__Host-started=x", "__Host-started=AAAA", "__Host-starte=A"] {
            assert_eq!(shown(&showing(cookie)), None, "{cookie}");
        }
    }

    #[test]
    fn only_a_browser_that_has_a_mark_is_told_to_forget_it() {
        let (mut with, mut without) = (().into_response(), ().into_response());
        forget_mark(&mut with, &showing("__Host-started=x"));
        forget_mark(&mut without, &showing("lang=ja"));
        assert!(cookie_of(&with).starts_with("__Host-started=; Path=/; Max-Age=0;"));
        assert!(without.headers().get(header::SET_COOKIE).is_none());
    }
}
