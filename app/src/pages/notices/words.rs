//! Kinds and days of notices in words.

use domain::{Locale, NoticeKind};
use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};
use portal::InboxNotice;
use portal::letter::InLanguages;
use ui::Kind;
use wording::{Key, key};

use crate::context::Here;

/// 期限, 申込み …
pub(in crate::pages) fn kind(kind: NoticeKind) -> Key {
    match kind {
        NoticeKind::Information => key::NOTICES_KIND_INFORMATION,
        NoticeKind::Deadline => key::NOTICES_KIND_DEADLINE,
        NoticeKind::Request => key::NOTICES_KIND_REQUEST,
        NoticeKind::SignUp => key::NOTICES_KIND_SIGN_UP,
        NoticeKind::Document => key::NOTICES_KIND_DOCUMENT,
        NoticeKind::Emergency => key::NOTICES_KIND_EMERGENCY,
    }
}

/// Only a colour; the words say it.
pub(in crate::pages) fn colour(kind: NoticeKind) -> Kind {
    match kind {
        NoticeKind::Emergency => Kind::Error,
        NoticeKind::Information
        | NoticeKind::Deadline
        | NoticeKind::Request
        | NoticeKind::SignUp
        | NoticeKind::Document => Kind::Neutral,
    }
}

/// 「2026年12月10日まで（あと3日）」, and its colour.
pub(in crate::pages) fn left(here: &Here, last: Date) -> (String, Kind) {
    let today = day(here.context.now);
    let date = wording::date_in(here.locale(), last, here.years());
    // Noon to noon: days between two days, whatever their months.
    let days = last.duration_since(today).as_hours() / 24;
    let value = ("date", date.as_str().into());
    match days {
        ..0 => (here.format(key::NOTICES_LEFT_PASSED, &[value]), Kind::Neutral),
        0 => (here.format(key::NOTICES_LEFT_TODAY, &[value]), Kind::Error),
        1 => (here.format(key::NOTICES_LEFT_TOMORROW, &[value]), Kind::Warning),
        _ => {
            let count = u64::try_from(days).unwrap_or_default();
            let kind = if days <= SOON_DAYS { Kind::Warning } else { Kind::Info };
            (here.format(key::NOTICES_LEFT, &[value, ("days", count.into())]), kind)
        }
    }
}

const SOON_DAYS: i64 = 7;

/// In Japan.
pub(in crate::pages) fn day(at: Timestamp) -> Date {
    Offset::constant(9).to_datetime(at).date()
}

/// The sender's words for this reader, and their language where it is not the page's.
pub(in crate::pages) fn told<'t, T>(here: &Here, text: &'t InLanguages<T>) -> (&'t T, Option<&'static str>) {
    let (words, locale) = text.told_in(here.locale());
    (words, lang(here, locale))
}

/// What a notice is called in a list.
pub(crate) struct Title {
    pub(crate) text: String,
    /// Where it is not the page's.
    pub(crate) lang: Option<&'static str>,
    /// What is said where nothing of it can be shown.
    pub(crate) damage: Option<String>,
}

/// One that is damaged is called what it is, with what can be done.
pub(crate) fn title(here: &Here, notice: &InboxNotice) -> Title {
    match &notice.titles {
        Some(titles) => {
            let (text, lang) = told(here, titles);
            Title { text: text.as_str().to_owned(), lang, damage: None }
        }
        None => Title {
            text: here.text(key::NOTICES_DAMAGED),
            lang: None,
            damage: Some(here.text(key::NOTICES_DAMAGED_TEXT)),
        },
    }
}

/// Of words in this language, where it is not the page's.
pub(in crate::pages) fn lang(here: &Here, locale: Locale) -> Option<&'static str> {
    (locale.html_lang() != here.locale().html_lang()).then(|| locale.html_lang())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;

    #[test]
    fn days_left_are_counted_in_japan_and_said_in_words() {
        // 3 November 2026 in Japan.
        let here = testing::here(Locale::Ja, "/notices", true);
        let said = |day: &str| left(&here, day.parse().unwrap()).0;
        assert_eq!(said("2026-11-02"), "2026年11月2日に終わりました");
        assert_eq!(said("2026-11-03"), "2026年11月3日まで（今日まで）");
        assert_eq!(said("2026-11-04"), "2026年11月4日まで（明日まで）");
        assert_eq!(said("2026-11-06"), "2026年11月6日まで（あと3日）");
        assert_eq!(said("2027-03-31"), "2027年3月31日まで（あと148日）");
    }

    #[test]
    fn only_words_in_another_language_say_which() {
        let text = InLanguages { ja: "健診", ja_easy: Some("けんしん"), en: None };
        let told = |locale| self::told(&testing::here(locale, "/notices", true), &text);
        assert_eq!(told(Locale::Ja), (&"健診", None));
        assert_eq!(told(Locale::JaEasy), (&"けんしん", None));
        assert_eq!(told(Locale::En), (&"健診", Some("ja")));
    }
}
