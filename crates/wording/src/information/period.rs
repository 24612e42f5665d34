//! Periods as a person reads them.

use domain::{CalendarLength, CalendarPart, Locale, Period};

use super::version_1::YearKind;
use crate::{Words, Years, dates, key};

/// `2025年度`, `2026年4月から2026年9月まで`; a text of an unknown shape as it came.
pub(super) fn told(locale: Locale, years: Years, period: &Period, year: YearKind) -> String {
    let told = |part: &CalendarPart| part_told(locale, years, *part, year);
    match period {
        Period::One(part) => told(part),
        Period::Range { from, until } => {
            let values = [("from", told(from).into()), ("until", told(until).into())];
            Words::of(locale).format(key::INFORMATION_RANGE, &values)
        }
        Period::Unknown(text) if text.trim().is_empty() => Words::of(locale).text(key::INFORMATION_PERIOD_EMPTY),
        Period::Unknown(text) => text.clone(),
    }
}

fn part_told(locale: Locale, years: Years, part: CalendarPart, year: YearKind) -> String {
    match part.length() {
        CalendarLength::Year => year_told(locale, years, part, year),
        CalendarLength::Month => {
            let month = dates::month(locale, part.first_day());
            match era(locale, years, part) {
                None => month,
                Some(era) => {
                    let values = [("month", month.into()), ("era", era.into())];
                    Words::of(locale).format(key::INFORMATION_MONTH_ERA, &values)
                }
            }
        }
        CalendarLength::Day => dates::date_in(locale, part.first_day(), years),
    }
}

fn year_told(locale: Locale, years: Years, part: CalendarPart, year: YearKind) -> String {
    let (western, with_era) = match year {
        YearKind::Calendar => (key::INFORMATION_CALENDAR_YEAR, key::INFORMATION_CALENDAR_YEAR_ERA),
        YearKind::Fiscal => (key::INFORMATION_FISCAL_YEAR, key::INFORMATION_FISCAL_YEAR_ERA),
        YearKind::Unsaid => (key::INFORMATION_YEAR, key::INFORMATION_YEAR_ERA),
    };
    let number = part.first_day().year().to_string();
    match era(locale, years, part) {
        None => Words::of(locale).format(western, &[("year", number.into())]),
        Some(era) => Words::of(locale).format(with_era, &[("year", number.into()), ("era", era.into())]),
    }
}

/// When asked. A year in which an era began is named by the new one, as on notices: 令和元年分, 令和元年度.
fn era(locale: Locale, years: Years, part: CalendarPart) -> Option<String> {
    match years {
        Years::Western => None,
        Years::WithEra => dates::era_year(locale, part.last_day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(locale: Locale, years: Years, period: &str, year: YearKind) -> String {
        told(locale, years, &Period::parse(period), year)
    }

    #[test]
    fn a_year_is_a_calendar_year_or_a_fiscal_year() {
        let ja = |year| say(Locale::Ja, Years::Western, "2025", year);
        assert_eq!(
            [ja(YearKind::Calendar), ja(YearKind::Fiscal), ja(YearKind::Unsaid)],
            ["2025年分", "2025年度", "2025年"]
        );
        assert_eq!(say(Locale::JaEasy, Years::Western, "2025", YearKind::Fiscal), "2025年度（2025年4月から）");
        assert_eq!(say(Locale::En, Years::Western, "2025", YearKind::Fiscal), "fiscal year 2025");
    }

    #[test]
    fn the_era_stands_beside_the_period_when_asked() {
        for (period, year, ja, en) in [
            ("2019", YearKind::Fiscal, "2019年度（令和元年度）", "fiscal year 2019 (Reiwa 1)"),
            ("2025", YearKind::Calendar, "2025年分（令和7年分）", "year 2025 (Reiwa 7)"),
            ("2025", YearKind::Unsaid, "2025年（令和7年）", "2025 (Reiwa 7)"),
            ("2026-04", YearKind::Unsaid, "2026年4月（令和8年）", "April 2026 (Reiwa 8)"),
            ("2026-04-01", YearKind::Unsaid, "2026年（令和8年）4月1日", "1 April 2026 (Reiwa 8)"),
        ] {
            assert_eq!(say(Locale::Ja, Years::WithEra, period, year), ja);
            assert_eq!(say(Locale::En, Years::WithEra, period, year), en);
            assert!(!say(Locale::JaEasy, Years::WithEra, period, year).contains("令和"));
        }
    }

    #[test]
    fn a_range_says_from_and_until() {
        let period = "2026-04/2026-09";
        assert_eq!(say(Locale::Ja, Years::Western, period, YearKind::Unsaid), "2026年4月から2026年9月まで");
        assert_eq!(say(Locale::En, Years::Western, period, YearKind::Unsaid), "April 2026 to September 2026");
    }

    #[test]
    fn an_unknown_shape_is_shown_as_it_came() {
        assert_eq!(say(Locale::En, Years::WithEra, "第2期", YearKind::Fiscal), "第2期");
        assert_eq!(say(Locale::Ja, Years::Western, "", YearKind::Fiscal), "期間の記入なし");
    }
}
