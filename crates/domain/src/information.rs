//! Own information (わたしの情報) as institutions answer it (P-INF-4), and the periods that it holds for.

use std::{cmp::Ordering, fmt};

use jiff::civil::Date;

/// One field of an institution's answer. Its words live in `wording`; no code reaches the screen (P-LOG-7). Prints
/// only its type's name.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformationField {
    /// Code of the field, e.g. `total-income`.
    pub name: String,
    /// The period it holds for, e.g. `2025` (year) or `2026-04/2026-09`; [`Period`] reads it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<String>,
    /// The value as text.
    pub value: String,
    /// Unit, e.g. `JPY`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
}

impl fmt::Debug for InformationField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InformationField")
    }
}

/// What a field holds for. Every text is a period, so that nothing that an institution sent is lost; it is written
/// again to the letter. Prints only its type's name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Period {
    /// `2025`, `2026-04` or `2026-04-01`.
    One(CalendarPart),
    /// `2026-04/2026-09`: two parts of the same length, both included, in order.
    Range {
        /// The first part.
        from: CalendarPart,
        /// The last part.
        until: CalendarPart,
    },
    /// A text of another shape, as it came.
    Unknown(String),
}

/// A year, a month or a day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CalendarPart {
    first_day: Date,
    length: CalendarLength,
}

/// How long a [`CalendarPart`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarLength {
    /// `2025`. Whether the calendar's year or the fiscal year is meant is the kind of information's to say.
    Year,
    /// `2026-04`
    Month,
    /// `2026-04-01`
    Day,
}

impl Period {
    /// Reads what stands in [`InformationField::period`].
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once('/') {
            None => CalendarPart::parse(text).map(Self::One),
            Some((from, until)) => CalendarPart::parse(from)
                .zip(CalendarPart::parse(until))
                .filter(|(from, until)| from.length == until.length && from.first_day <= until.first_day)
                .map(|(from, until)| Self::Range { from, until }),
        };
        known.unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }

    /// What ends later comes first, of two that end together the shorter; unknown ones come last, all alike.
    pub fn newest_first(&self, other: &Self) -> Ordering {
        match (self.days(), other.days()) {
            (Some((from, until)), Some((other_from, other_until))) => {
                other_until.cmp(&until).then(other_from.cmp(&from))
            }
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// First and last day.
    fn days(&self) -> Option<(Date, Date)> {
        match self {
            Self::One(part) => Some((part.first_day(), part.last_day())),
            Self::Range { from, until } => Some((from.first_day(), until.last_day())),
            Self::Unknown(_) => None,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(part) => part.fmt(f),
            Self::Range { from, until } => write!(f, "{from}/{until}"),
            Self::Unknown(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Period")
    }
}

impl CalendarPart {
    fn parse(text: &str) -> Option<Self> {
        let (length, first_day) = match text.len() {
            4 => (CalendarLength::Year, format!("{text}-01-01")),
            7 => (CalendarLength::Month, format!("{text}-01")),
            10 => (CalendarLength::Day, text.to_owned()),
            _ => return None,
        };
        let part = Self { first_day: first_day.parse().ok()?, length };
        (part.to_string() == text).then_some(part)
    }

    /// How long it is.
    pub fn length(self) -> CalendarLength {
        self.length
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        self.first_day
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        match self.length {
            CalendarLength::Year => self.first_day.last_of_year(),
            CalendarLength::Month => self.first_day.last_of_month(),
            CalendarLength::Day => self.first_day,
        }
    }
}

impl fmt::Display for CalendarPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.first_day;
        match self.length {
            CalendarLength::Year => write!(f, "{:04}", day.year()),
            CalendarLength::Month => write!(f, "{:04}-{:02}", day.year(), day.month()),
            CalendarLength::Day => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_year_a_month_a_day_and_a_range_are_read() {
        let days = |text| Period::parse(text).days().unwrap();
        assert_eq!(days("2025"), (date(2025, 1, 1), date(2025, 12, 31)));
        assert_eq!(days("2028-02"), (date(2028, 2, 1), date(2028, 2, 29)));
        assert_eq!(days("2026-04-01"), (date(2026, 4, 1), date(2026, 4, 1)));
        assert_eq!(days("2026-04/2026-09"), (date(2026, 4, 1), date(2026, 9, 30)));
    }

    #[test]
    fn another_shape_stays_text() {
        for text in [
            "",
            "令和7年度",
            "2025年",
            "2026-13",
            "2026-4",
            "2026-02-30",
            "+2025",
            " 2025",
            "2025/",
            "2026-09/2026-04",
            "2025/2026-04",
            "2025/2026/2027",
            "-001",
        ] {
            assert_eq!(Period::parse(text), Period::Unknown(text.to_owned()));
        }
    }

    #[test]
    fn the_newest_comes_first_and_the_unknown_last() {
        let mut periods = ["いつか", "2024", "2026-04/2026-09", "2025", "2026-09", "2026-09-30"].map(Period::parse);
        periods.sort_by(Period::newest_first);
        let told = periods.map(|period| period.to_string());
        assert_eq!(told, ["2026-09-30", "2026-09", "2026-04/2026-09", "2025", "2024", "いつか"]);
    }

    #[test]
    fn a_field_never_prints_itself() {
        let field = InformationField { name: "name".into(), period: None, value: "佐藤".into(), unit: None };
        assert_eq!(format!("{field:?}"), "InformationField");
    }

    fn shape() -> impl Strategy<Value = String> {
        prop_oneof![
            ".{0,24}",
            "[0-9]{4}",
            "[0-9]{4}-[01][0-9]",
            "[0-9]{4}-[01][0-9]-[0-3][0-9]",
            "20[0-9]{2}-[01][0-9]/20[0-9]{2}-[01][0-9]",
        ]
    }

    proptest! {
        #[test]
        fn every_text_is_a_period_and_is_written_again_to_the_letter(text in shape()) {
            prop_assert_eq!(Period::parse(&text).to_string(), text);
        }

        #[test]
        fn a_year_of_the_calendar_is_never_unknown(year in 0i16..=9999) {
            let part = CalendarPart { first_day: date(year, 1, 1), length: CalendarLength::Year };
            prop_assert_eq!(Period::parse(&format!("{year:04}")), Period::One(part));
        }

        #[test]
        fn the_order_is_an_order(texts in prop::collection::vec(shape(), 0..12)) {
            let mut periods: Vec<Period> = texts.iter().map(|text| Period::parse(text)).collect();
            periods.sort_by(Period::newest_first);
            for pair in periods.windows(2) {
                prop_assert_ne!(pair[0].newest_first(&pair[1]), Ordering::Greater);
                prop_assert_eq!(pair[0].newest_first(&pair[1]), pair[1].newest_first(&pair[0]).reverse());
            }
        }
    }
}
