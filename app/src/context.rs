//! What a page knows about the request it answers.

use std::sync::Arc;
use std::time::Duration;

use domain::Locale;
use jiff::Timestamp;
use leptos::context::{provide_context, use_context};
use leptos::nonce::Nonce;
use portal::{Flash, Holder, KnownArrivals, LoggedReceipt, Portal, Visitor};
use wording::{Key, Value, Words, Years};

/// Addresses of the built files, such as `/pkg/my-portal.<hash>.css`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Stylesheet.
    pub css: String,
    /// JavaScript that loads the WebAssembly.
    pub js: String,
    /// WebAssembly.
    pub wasm: String,
}

/// The limits of a session, for words and for the warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// Ends after this long without activity.
    pub idle: Duration,
    /// Warns this long before.
    pub warning: Duration,
    /// Ends this long after the login in any case.
    pub absolute: Duration,
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self { idle: Duration::from_mins(15), warning: Duration::from_secs(150), absolute: Duration::from_hours(12) }
    }
}

/// What the server tells a page about its request.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// The person's language.
    pub locale: Locale,
    /// Whether era years stand beside the western ones.
    pub years: Years,
    /// Now.
    pub now: Timestamp,
    /// Path and query as asked for, beginning with `/`.
    pub path_and_query: String,
    /// The message that the last form left.
    pub flash: Option<Flash>,
    /// Marks scripts and styles of this answer.
    pub nonce: String,
    /// Names this request in the log; shown where something went wrong.
    pub reference: String,
    /// Built files.
    pub assets: Arc<Assets>,
    /// Limits of a session.
    pub times: SessionTimes,
    /// How long this session lasts without further activity: until the idle or the absolute end, whichever is first.
    pub session_left: Option<Duration>,
    /// What was erased when the session ended.
    pub receipt: Option<LoggedReceipt>,
    /// Unread notices, for whoever is logged in. None where they could not be counted.
    pub unread: Option<u32>,
    /// Emergencies among them.
    pub urgent: u32,
    /// Notices that this page shows; what arrives besides is told on it.
    pub arrivals: KnownArrivals,
    /// Where citizens ask, in one line.
    pub contact: Option<String>,
    /// The footer says that people are invented and no institution is connected.
    pub demo: bool,
}

/// Gives a page everything it reads.
pub fn provide(portal: Portal, visitor: Visitor, holder: Option<Holder>, context: PageContext) {
    provide_here(Here { signed_in: visitor.signed_in().is_some(), context: Arc::new(context) });
    provide_context(portal);
    provide_context(visitor);
    provide_context(holder);
}

/// The part that pages for anybody read.
pub(crate) fn provide_here(here: Here) {
    provide_context(Nonce::from_value(here.context.nonce.as_str()));
    provide_context(here);
}

/// The request at hand, with its words. Cheap to clone; knows who asks only as logged in or not.
#[derive(Clone)]
pub(crate) struct Here {
    pub(crate) context: Arc<PageContext>,
    pub(crate) signed_in: bool,
}

impl Here {
    /// Of the request that is being answered. None only while routes are being listed.
    pub(crate) fn of_request() -> Option<Self> {
        use_context()
    }

    pub(crate) fn locale(&self) -> Locale {
        self.context.locale
    }

    pub(crate) fn years(&self) -> Years {
        self.context.years
    }

    /// With other numbers of unread notices, and of emergencies among them, than there were when this page was begun.
    pub(crate) fn with_unread(&self, unread: Option<u32>, urgent: u32) -> Self {
        let context = PageContext { unread, urgent, ..(*self.context).clone() };
        Self { context: Arc::new(context), signed_in: self.signed_in }
    }

    pub(crate) fn text(&self, key: Key) -> String {
        Words::of(self.locale()).text(key)
    }

    /// [`Here::text`] for views, which keep nothing borrowed.
    pub(crate) fn texts(&self) -> impl Fn(Key) -> String + Copy + use<> {
        let words = Words::of(self.locale());
        move |key| words.text(key)
    }

    pub(crate) fn format(&self, key: Key, values: &[(&str, Value<'_>)]) -> String {
        Words::of(self.locale()).format(key, values)
    }

    pub(crate) fn when(&self, at: Timestamp) -> String {
        wording::date_time_in(self.locale(), at, self.years())
    }

    pub(crate) fn duration(&self, length: Duration) -> String {
        wording::duration(self.locale(), length)
    }

    /// Without the query.
    pub(crate) fn path(&self) -> &str {
        let whole = &self.context.path_and_query;
        whole.split_once('?').map_or(whole.as_str(), |(path, _)| path)
    }

    /// Without the path; empty when there is none.
    pub(crate) fn query(&self) -> &str {
        self.context.path_and_query.split_once('?').map_or("", |(_, query)| query)
    }

    /// The first value of a field of the query, decoded. None when it is absent or no text.
    pub(crate) fn asked(&self, name: &str) -> Option<String> {
        let pairs = self.query().split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(field, _)| *field == name).find_map(|(_, value)| decoded(value))
    }

    /// This page in another language: the same address with `lang` exchanged.
    pub(crate) fn in_language(&self, locale: Locale) -> String {
        self.with("lang", locale.name())
    }

    /// This page with other years.
    pub(crate) fn in_years(&self, years: Years) -> String {
        self.with("years", years.name())
    }

    /// This page with another value of a field of its query.
    pub(crate) fn with(&self, field: &str, value: &str) -> String {
        let is_it = |pair: &&str| pair.split_once('=').is_some_and(|(name, _)| name == field);
        let kept = self.query().split('&').filter(|pair| !pair.is_empty() && !is_it(pair));
        let wanted = format!("{field}={value}");
        let query: Vec<&str> = kept.chain([wanted.as_str()]).collect();
        format!("{}?{}", self.path(), query.join("&"))
    }
}

/// Percent-decoded, when that gives text.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let digit = |digit: Option<u8>| digit.map(char::from).and_then(|digit| digit.to_digit(16));
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A request for `path_and_query`, at 14:05 on 3 November 2026 in Japan.
    pub(crate) fn here(locale: Locale, path_and_query: &str, signed_in: bool) -> Here {
        let context = PageContext {
            locale,
            years: Years::default(),
            now: "2026-11-03T05:05:00Z".parse().unwrap(),
            path_and_query: path_and_query.to_owned(),
            flash: None,
            nonce: "n0nce".to_owned(),
            reference: "4F2A-91CD".to_owned(),
            assets: Arc::new(Assets {
                css: "/pkg/s.css".to_owned(),
                js: "/pkg/s.js".to_owned(),
                wasm: "/pkg/s.wasm".to_owned(),
            }),
            times: SessionTimes::default(),
            contact: None,
            receipt: None,
            unread: None,
            urgent: 0,
            arrivals: KnownArrivals::until("2026-11-03T05:05:00Z".parse().unwrap()),
            session_left: signed_in.then(|| Duration::from_mins(15)),
            demo: true,
        };
        Here { context: Arc::new(context), signed_in }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_keeps_the_rest_of_the_address() {
        let here = testing::here(Locale::Ja, "/records?from=2026-01-01&lang=ja&page=2", true);
        assert_eq!(here.in_language(Locale::En), "/records?from=2026-01-01&page=2&lang=en");
    }

    #[test]
    fn a_field_that_cannot_be_read_is_left_out() {
        for bad in ["%2", "%zz", "%ff"] {
            assert_eq!(testing::here(Locale::Ja, &format!("/login?to={bad}"), false).asked("to"), None);
        }
        let here = testing::here(Locale::Ja, "/login?x=1&to=%2Fa+b%E3%81%82", false);
        assert_eq!(here.asked("to"), Some("/a bあ".to_owned()));
    }

    #[test]
    fn an_address_without_query_gets_one() {
        let here = testing::here(Locale::Ja, "/help", false);
        assert_eq!(here.in_language(Locale::JaEasy), "/help?lang=ja-easy");
    }
}
