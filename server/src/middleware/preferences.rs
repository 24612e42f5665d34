//! How the person wants pages: language and years. URL, then cookie, then (for the language) what the browser prefers.

use std::str::FromStr;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::Locale;
use http::{HeaderMap, HeaderValue, header};
use wording::Years;

const LANGUAGE: &str = "lang";
const YEARS: &str = "years";

pub(crate) fn locale_of(query: Option<&str>, headers: &HeaderMap) -> Locale {
    let accepted = || {
        let value = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        value.map_or(Locale::Ja, wording::negotiate)
    };
    asked_for(query, LANGUAGE).or_else(|| remembered(headers, LANGUAGE)).unwrap_or_else(accepted)
}

/// 西暦, and 和暦 beside it on demand.
pub(crate) fn years_of(query: Option<&str>, headers: &HeaderMap) -> Years {
    asked_for(query, YEARS).or_else(|| remembered(headers, YEARS)).unwrap_or_default()
}

/// `?lang=` and `?years=` are remembered for a year; the cookies say nothing else.
pub(crate) async fn remember_preferences(request: Request, next: Next) -> Response {
    let query = request.uri().query();
    let asked = [
        asked_for::<Locale>(query, LANGUAGE).map(|locale| (LANGUAGE, locale.name())),
        asked_for::<Years>(query, YEARS).map(|years| (YEARS, years.name())),
    ];
    let mut response = next.run(request).await;
    for (name, value) in asked.into_iter().flatten() {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn asked_for<T: FromStr>(query: Option<&str>, wanted: &str) -> Option<T> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == wanted).find_map(|(_, value)| value.parse().ok())
}

fn remembered<T: FromStr>(headers: &HeaderMap, wanted: &str) -> Option<T> {
    // By bytes: another cookie of the same line may be no text.
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    let mut values = pairs.filter_map(|pair| pair.strip_prefix(wanted.as_bytes())?.strip_prefix(b"="));
    values.next().and_then(|value| str::from_utf8(value).ok()?.parse().ok())
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
        assert_eq!(years_of(Some("years=western"), &headers("years=era", "ja")), Years::Western);
        assert_eq!(years_of(None, &headers("lang=ja; years=era", "ja")), Years::WithEra);
        assert_eq!(years_of(None, &headers("a=b", "ja")), Years::Western);
    }

    #[test]
    fn a_cookie_beside_it_that_is_no_text_hides_no_preference() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_bytes(b"a=\xff\xfe; lang=en").unwrap());
        assert_eq!(locale_of(None, &headers), Locale::En);
    }

    #[test]
    fn a_language_that_there_is_not_is_passed_over() {
        assert_eq!(locale_of(Some("lang=fr"), &headers("lang=xx", "ja")), Locale::Ja);
        assert_eq!(years_of(Some("years=imperial"), &headers("years=", "ja")), Years::Western);
    }
}
