//! tower-sessions takes a cookie back without `Secure`; browsers refuse that for a `__Host-` name, and the cookie stays.

use axum::response::Response;
use http::{HeaderValue, header};

use crate::session::COOKIE;

/// Gives every `Set-Cookie` that ends the session its full attributes.
pub(crate) fn forget_whole(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.get_all(header::SET_COOKIE).iter().any(takes_back) {
        let lines: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
        headers.remove(header::SET_COOKIE);
        let forget = HeaderValue::from_static("__Host-session=; Path=/; Max-Age=0; SameSite=Lax; Secure; HttpOnly");
        for line in lines {
            headers.append(header::SET_COOKIE, if takes_back(&line) { forget.clone() } else { line });
        }
    }
    response
}

fn takes_back(line: &HeaderValue) -> bool {
    line.as_bytes().strip_prefix(COOKIE.as_bytes()).is_some_and(|rest| rest.starts_with(b"=;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_session_cookie_is_taken_back() {
        assert!(takes_back(&HeaderValue::from_static("__Host-session=; Path=/; Max-Age=0")));
        assert!(!takes_back(&HeaderValue::from_static("__Host-session=abc; Path=/")));
        assert!(!takes_back(&HeaderValue::from_static("lang=; Path=/")));
    }
}
