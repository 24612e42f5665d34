//! Days, times and durations in words. Times are Japan's, always.

use std::{fmt::Write as _, time::Duration};

use domain::Locale;
use icu_calendar::cal::Japanese;
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    tz::Offset,
};
use jiff_icu::ConvertFrom as _;

use crate::{Key, Words, key};

/// Whether the era year stands beside the western one. Never in ja-easy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Years {
    /// `2026年`
    #[default]
    Western,
    /// `2026年（令和8年）`
    WithEra,
}

impl Years {
    /// The value in the URL and in the cookie.
    pub fn name(self) -> &'static str {
        match self {
            Self::Western => "western",
            Self::WithEra => "era",
        }
    }
}

impl std::str::FromStr for Years {
    type Err = UnknownYears;

    fn from_str(name: &str) -> Result<Self, UnknownYears> {
        [Self::Western, Self::WithEra].into_iter().find(|years| years.name() == name).ok_or(UnknownYears)
    }
}

/// Neither of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("years are western or era")]
pub struct UnknownYears;

/// `2026年11月3日（火）14時5分`; ja-easy `2026年11月3日（火曜日）午後2時5分`; en `3 November 2026 at 14:05`.
pub fn date_time(locale: Locale, at: Timestamp) -> String {
    date_time_in(locale, at, Years::Western)
}

/// [`date_time`], with the era year when asked: `2026年（令和8年）11月3日（火）14時5分`.
pub fn date_time_in(locale: Locale, at: Timestamp, years: Years) -> String {
    let at = japan(at);
    let mut text = date_in(locale, at.date(), years);
    match locale {
        Locale::Ja | Locale::JaEasy => {
            text.push('（');
            text.push_str(Words::of(locale).plain(weekday(at.date())));
            text.push('）');
        }
        Locale::En => text.push_str(" at "),
    }
    push_clock(&mut text, locale, at);
    text
}

/// As it stands in a sentence: in ja without the day of the week, `2026年11月3日14時5分`.
pub fn in_sentence(locale: Locale, at: Timestamp) -> String {
    in_sentence_years(locale, at, Years::Western)
}

/// [`in_sentence`], with the era year when asked.
pub fn in_sentence_years(locale: Locale, at: Timestamp, years: Years) -> String {
    match locale {
        Locale::Ja => {
            let at = japan(at);
            let mut text = date_in(locale, at.date(), years);
            push_clock(&mut text, locale, at);
            text
        }
        Locale::JaEasy | Locale::En => date_time_in(locale, at, years),
    }
}

/// `2026年11月3日`; en `3 November 2026`.
pub fn date(locale: Locale, day: Date) -> String {
    date_in(locale, day, Years::Western)
}

/// [`date`], with the era year when asked: `2026年（令和8年）11月3日`, `3 November 2026 (Reiwa 8)`.
pub fn date_in(locale: Locale, day: Date, years: Years) -> String {
    let (year, date) = (day.year(), day.day());
    let month = Words::of(locale).plain(month_name(day));
    let era = match years {
        Years::Western => None,
        Years::WithEra => era_year(locale, day),
    };
    // Room for the time of day as well: a list shows hundreds of them.
    let mut text = String::with_capacity(64);
    // A `String` takes whatever is written.
    let _ = match (locale, era) {
        (Locale::Ja, Some(era)) => write!(text, "{year}年（{era}）{month}{date}日"),
        (Locale::Ja | Locale::JaEasy, _) => write!(text, "{year}年{month}{date}日"),
        (Locale::En, Some(era)) => write!(text, "{date} {month} {year} ({era})"),
        (Locale::En, None) => write!(text, "{date} {month} {year}"),
    };
    text
}

/// `2026年11月`; en `November 2026`.
pub fn month(locale: Locale, day: Date) -> String {
    let month = Words::of(locale).text(month_name(day));
    match locale {
        Locale::Ja | Locale::JaEasy => format!("{}年{month}", day.year()),
        Locale::En => format!("{month} {}", day.year()),
    }
}

/// `令和8年11月3日`; before Meiji the western day.
pub fn wareki(day: Date) -> String {
    let year = wareki_year(day).unwrap_or_else(|| format!("{}年", day.year()));
    format!("{year}{}月{}日", day.month(), day.day())
}

/// `令和8年`, `令和元年`; None before Meiji.
pub fn wareki_year(day: Date) -> Option<String> {
    era_year(Locale::Ja, day)
}

/// `2分30秒`; en `2 minutes 30 seconds`. Parts that are zero are left out, parts of a second too.
pub fn duration(locale: Locale, length: Duration) -> String {
    let words = Words::of(locale);
    let total_s = length.as_secs();
    let parts = [
        (key::DURATION_DAYS, total_s / 86_400),
        (key::DURATION_HOURS, total_s / 3_600 % 24),
        (key::DURATION_MINUTES, total_s / 60 % 60),
        (key::DURATION_SECONDS, total_s % 60),
    ];
    let shown: Vec<String> = parts
        .into_iter()
        .filter(|(key, count)| *count > 0 || (total_s == 0 && *key == key::DURATION_SECONDS))
        .map(|(key, count)| words.format(key, &[("count", count.into())]))
        .collect();
    shown.join(match locale {
        Locale::Ja | Locale::JaEasy => "",
        Locale::En => " ",
    })
}

/// Japan has had no other offset since 1951.
fn japan(at: Timestamp) -> DateTime {
    Offset::constant(9).to_datetime(at)
}

fn push_clock(text: &mut String, locale: Locale, at: DateTime) {
    let (hour, minute) = (at.hour(), at.minute());
    // A `String` takes whatever is written.
    let _ = match locale {
        Locale::Ja => write!(text, "{hour}時{minute}分"),
        Locale::JaEasy if hour < 12 => write!(text, "午前{hour}時{minute}分"),
        Locale::JaEasy => write!(text, "午後{}時{minute}分", hour - 12),
        Locale::En => write!(text, "{hour:02}:{minute:02}"),
    };
}

/// `令和8年`; the first year of an era is 元年. None in ja-easy and before Meiji.
pub(crate) fn era_year(locale: Locale, day: Date) -> Option<String> {
    if locale == Locale::JaEasy {
        return None;
    }
    let year = icu_calendar::Date::convert_from(day).to_calendar(Japanese::new()).era_year();
    let era = Words::of(locale).text(match year.era.as_str() {
        "reiwa" => key::DATE_ERA_REIWA,
        "heisei" => key::DATE_ERA_HEISEI,
        "showa" => key::DATE_ERA_SHOWA,
        "taisho" => key::DATE_ERA_TAISHO,
        "meiji" => key::DATE_ERA_MEIJI,
        _ => return None,
    });
    Some(match (locale, year.year) {
        (Locale::En, year) => format!("{era} {year}"),
        (_, 1) => format!("{era}元年"),
        (_, year) => format!("{era}{year}年"),
    })
}

fn month_name(day: Date) -> Key {
    match day.month() {
        1 => key::DATE_MONTH_1,
        2 => key::DATE_MONTH_2,
        3 => key::DATE_MONTH_3,
        4 => key::DATE_MONTH_4,
        5 => key::DATE_MONTH_5,
        6 => key::DATE_MONTH_6,
        7 => key::DATE_MONTH_7,
        8 => key::DATE_MONTH_8,
        9 => key::DATE_MONTH_9,
        10 => key::DATE_MONTH_10,
        11 => key::DATE_MONTH_11,
        _ => key::DATE_MONTH_12,
    }
}

fn weekday(day: Date) -> Key {
    match day.weekday() {
        Weekday::Monday => key::DATE_WEEKDAY_1,
        Weekday::Tuesday => key::DATE_WEEKDAY_2,
        Weekday::Wednesday => key::DATE_WEEKDAY_3,
        Weekday::Thursday => key::DATE_WEEKDAY_4,
        Weekday::Friday => key::DATE_WEEKDAY_5,
        Weekday::Saturday => key::DATE_WEEKDAY_6,
        Weekday::Sunday => key::DATE_WEEKDAY_7,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_is_told_in_three_languages() {
        let at = at("2026-11-03T05:05:00Z");
        assert_eq!(date_time(Locale::Ja, at), "2026年11月3日（火）14時5分");
        assert_eq!(date_time(Locale::JaEasy, at), "2026年11月3日（火曜日）午後2時5分");
        assert_eq!(date_time(Locale::En, at), "3 November 2026 at 14:05");
        assert_eq!(in_sentence(Locale::Ja, at), "2026年11月3日14時5分");
    }

    #[test]
    fn times_are_those_of_japan() {
        assert_eq!(date_time(Locale::Ja, at("2026-12-31T15:00:00Z")), "2027年1月1日（金）0時0分");
        assert_eq!(date_time(Locale::JaEasy, at("2026-12-31T14:59:59Z")), "2026年12月31日（木曜日）午後11時59分");
    }

    #[test]
    fn noon_and_midnight_are_not_mixed_up() {
        assert!(date_time(Locale::JaEasy, at("2026-11-03T03:05:00Z")).ends_with("午後0時5分"));
        assert!(date_time(Locale::JaEasy, at("2026-11-02T15:05:00Z")).ends_with("午前0時5分"));
    }

    #[test]
    fn an_era_begins_with_its_first_day_and_its_first_year_is_gannen() {
        for (western, era) in [
            (day(2019, 4, 30), "平成31年4月30日"),
            (day(2019, 5, 1), "令和元年5月1日"),
            (day(2019, 12, 31), "令和元年12月31日"),
            (day(2020, 1, 1), "令和2年1月1日"),
            (day(1989, 1, 7), "昭和64年1月7日"),
            (day(1989, 1, 8), "平成元年1月8日"),
            (day(1926, 12, 24), "大正15年12月24日"),
            (day(1926, 12, 25), "昭和元年12月25日"),
            (day(1912, 7, 29), "明治45年7月29日"),
            (day(1912, 7, 30), "大正元年7月30日"),
            (day(1873, 1, 1), "明治6年1月1日"),
        ] {
            assert_eq!(wareki(western), era);
        }
    }

    #[test]
    fn a_day_before_the_eras_stays_western() {
        assert_eq!(wareki(day(1867, 12, 31)), "1867年12月31日");
        assert_eq!(wareki_year(day(1867, 12, 31)), None);
    }

    #[test]
    fn the_era_stands_beside_the_western_year_when_asked() {
        let day = day(2019, 5, 1);
        assert_eq!(date_in(Locale::Ja, day, Years::WithEra), "2019年（令和元年）5月1日");
        assert_eq!(date_in(Locale::En, day, Years::WithEra), "1 May 2019 (Reiwa 1)");
        assert_eq!(date_in(Locale::JaEasy, day, Years::WithEra), "2019年5月1日");
        assert_eq!(date(Locale::Ja, day), "2019年5月1日");
    }

    #[test]
    fn a_month_is_told_without_its_day() {
        assert_eq!(month(Locale::Ja, day(2026, 11, 3)), "2026年11月");
        assert_eq!(month(Locale::En, day(2026, 11, 3)), "November 2026");
    }

    #[test]
    fn a_length_of_time_leaves_out_what_is_zero() {
        for (seconds, ja, en) in [
            (150, "2分30秒", "2 minutes 30 seconds"),
            (0, "0秒", "0 seconds"),
            (1, "1秒", "1 second"),
            (900, "15分", "15 minutes"),
            (43_200, "12時間", "12 hours"),
            (90_061, "1日1時間1分1秒", "1 day 1 hour 1 minute 1 second"),
        ] {
            assert_eq!(duration(Locale::Ja, Duration::from_secs(seconds)), ja);
            assert_eq!(duration(Locale::En, Duration::from_secs(seconds)), en);
        }
    }

    proptest! {
        #[test]
        fn no_first_year_is_ever_called_one(year in 1868i16..=2200, month in 1i8..=12, date in 1i8..=28) {
            let told = wareki(day(year, month, date));
            prop_assert!(!told.contains("和1年") && !told.contains("成1年") && !told.contains("正1年"), "{}", told);
        }

        #[test]
        fn every_instant_has_words(seconds in -377_000_000_000i64..=253_000_000_000) {
            let at = Timestamp::from_second(seconds).unwrap();
            for locale in Locale::ALL {
                let told = date_time_in(locale, at, Years::WithEra);
                prop_assert!(told.contains(['分', ':']) && !told.contains('$'), "{}", told);
            }
        }
    }
}
