//! How the person wants pages: language and years. URL, then cookie, then (for the language) what the browser prefers.

use std::str::FromStr;

use axum::response::Response;
use domain::Locale;
use http::{HeaderMap, HeaderValue, header};
use wording::Years;

const LANGUAGE: &str = "lang";
const YEARS: &str = "years";

pub(crate) fn locale_of(query: Option<&str>, headers: &HeaderMap) -> Locale {
    Preference::of(query, headers).locale()
}

/// What a request says about the person's language; weighed only when somebody needs to know.
pub(crate) struct Preference {
    chosen: Option<Locale>,
    accepted: Option<HeaderValue>,
}

impl Preference {
    pub(crate) fn of(query: Option<&str>, headers: &HeaderMap) -> Self {
        let chosen = asked_for(query, LANGUAGE).or_else(|| remembered(headers, LANGUAGE));
        Self { chosen, accepted: headers.get(header::ACCEPT_LANGUAGE).cloned() }
    }

    pub(crate) fn locale(&self) -> Locale {
        let accepted = || self.accepted.as_ref().and_then(|value| value.to_str().ok());
        self.chosen.unwrap_or_else(|| accepted().map_or(Locale::Ja, wording::negotiate))
    }
}

/// 西暦, and 和暦 beside it on demand.
pub(crate) fn years_of(query: Option<&str>, headers: &HeaderMap) -> Years {
    asked_for(query, YEARS).or_else(|| remembered(headers, YEARS)).unwrap_or_default()
}

/// How an address asks for pages.
pub(crate) struct Asked {
    language: Option<Locale>,
    years: Option<Years>,
}

impl Asked {
    pub(crate) fn of(query: Option<&str>) -> Self {
        Self { language: asked_for(query, LANGUAGE), years: asked_for(query, YEARS) }
    }

    /// `?lang=` and `?years=` are remembered for a year; the cookies say nothing else.
    pub(crate) fn remember(&self, response: &mut Response) {
        let asked = [(LANGUAGE, self.language.map(Locale::name)), (YEARS, self.years.map(Years::name))];
        for (name, value) in asked.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly");
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
    }
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
