//! The person's language: URL, then cookie, then what the browser prefers.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::Locale;
use http::{HeaderMap, HeaderValue, header};

const COOKIE: &str = "lang";

pub(crate) fn locale_of(query: Option<&str>, headers: &HeaderMap) -> Locale {
    let accepted = || {
        let value = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        value.map_or(Locale::Ja, wording::negotiate)
    };
    asked_for(query).or_else(|| remembered(headers)).unwrap_or_else(accepted)
}

/// `?lang=` is remembered for a year; the cookie says nothing but the language.
pub(crate) async fn remember_language(request: Request, next: Next) -> Response {
    let asked = asked_for(request.uri().query());
    let mut response = next.run(request).await;
    if let Some(locale) = asked {
        let cookie = format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly", locale.name());
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn asked_for(query: Option<&str>) -> Option<Locale> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == "lang").find_map(|(_, value)| value.parse().ok())
}

fn remembered(headers: &HeaderMap) -> Option<Locale> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, value)| value.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &'static str, accept: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
        headers
    }

    #[test]
    fn the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        assert_eq!(locale_of(Some("lang=en"), &headers("lang=ja-easy", "ja")), Locale::En);
        assert_eq!(locale_of(Some("page=2"), &headers("a=b; lang=ja-easy", "en")), Locale::JaEasy);
        assert_eq!(locale_of(None, &headers("a=b", "en")), Locale::En);
    }

    #[test]
    fn a_language_that_there_is_not_is_passed_over() {
        assert_eq!(locale_of(Some("lang=fr"), &headers("lang=xx", "ja")), Locale::Ja);
    }
}
