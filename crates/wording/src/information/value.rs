//! Values as a person reads them.

use domain::{InfoKind, InformationField, Locale, Period};
use jiff::civil::Date;

use super::{
    glossary::{self, Field},
    period,
    version_1::{self, Form},
};
use crate::{Key, Value, Words, Years, dates, key};

/// How a unit's numbers are written, and its name.
struct Unit {
    amount: Key,
    name: Key,
    /// Decimal places that the person's unit is larger by: millimetres are read in centimetres.
    places: usize,
}

fn unit(code: &str) -> Option<Unit> {
    let (amount, name, places) = match code {
        "JPY" => (key::INFORMATION_AMOUNT_JPY, key::INFORMATION_UNIT_JPY, 0),
        "person" => (key::INFORMATION_AMOUNT_PERSON, key::INFORMATION_UNIT_PERSON, 0),
        "month" => (key::INFORMATION_AMOUNT_MONTH, key::INFORMATION_UNIT_MONTH, 0),
        "day" => (key::INFORMATION_AMOUNT_DAY, key::INFORMATION_UNIT_DAY, 0),
        "time" => (key::INFORMATION_AMOUNT_TIME, key::INFORMATION_UNIT_TIME, 0),
        "percent" => (key::INFORMATION_AMOUNT_PERCENT, key::INFORMATION_UNIT_PERCENT, 0),
        "grade" => (key::INFORMATION_AMOUNT_GRADE, key::INFORMATION_UNIT_GRADE, 0),
        "mm" => (key::INFORMATION_AMOUNT_MM, key::INFORMATION_UNIT_MM, 1),
        "g" => (key::INFORMATION_AMOUNT_G, key::INFORMATION_UNIT_G, 3),
        _ => return None,
    };
    Some(Unit { amount, name, places })
}

/// A field that has words.
pub(super) fn known(locale: Locale, years: Years, field: &InformationField, words: &Field, form: Form) -> String {
    let told = field.value.as_str();
    match form {
        Form::Day => day(told).map(|day| dates::date_in(locale, day, years)),
        Form::Dose => count(told).map(|count| {
            let count = Value::Number(count);
            Words::of(locale).format(key::INFORMATION_AMOUNT_DOSE, &[("count", count)])
        }),
        Form::About => about(locale, years, told),
        Form::ByUnit => field.unit.as_deref().and_then(unit).and_then(|unit| amount(locale, told, &unit)),
    }
    .or_else(|| field.unit.is_none().then(|| words.value(told).map(str::to_owned)).flatten())
    .unwrap_or_else(|| as_it_came(locale, field))
}

/// What has no words is left out rather than shown as a code. None for what is no code at all: it is shown as it came.
fn about(locale: Locale, years: Years, told: &str) -> Option<String> {
    let words = Words::of(locale);
    let unknown = || Some(words.text(key::INFORMATION_UNKNOWN_KIND));
    if told.trim().is_empty() {
        return unknown();
    }
    let mut parts = told.splitn(3, '/');
    let kind: InfoKind = parts.next()?.parse().ok()?;
    let Some(known) = glossary::newest(locale).and_then(|newest| newest.kind(&kind)) else { return unknown() };
    let Some(field) = parts.next().and_then(|field| known.field(field)) else { return Some(known.caption.to_owned()) };
    let values = [("kind", known.caption.into()), ("field", field.label.into())];
    let Some(period) = parts.next() else { return Some(words.format(key::INFORMATION_ABOUT, &values)) };
    let period = period::told(locale, years, &Period::parse(period), version_1::year(&kind));
    let [kind, field] = values;
    Some(words.format(key::INFORMATION_ABOUT_PERIOD, &[kind, field, ("period", period.into())]))
}

/// The value to the letter, with its unit's name.
pub(super) fn as_it_came(locale: Locale, field: &InformationField) -> String {
    let words = Words::of(locale);
    let value = match field.value.as_str() {
        told if told.trim().is_empty() => words.text(key::INFORMATION_VALUE_EMPTY),
        told => told.to_owned(),
    };
    match field.unit.as_deref().map(unit) {
        None => value,
        Some(None) => words.format(key::INFORMATION_AMOUNT_UNIT_UNKNOWN, &[("value", value.into())]),
        Some(Some(unit)) => {
            let values = [("value", value.into()), ("unit", words.text(unit.name).into())];
            words.format(key::INFORMATION_AMOUNT_AS_IT_CAME, &values)
        }
    }
}

/// The name of the unit that the value came in.
pub(super) fn unit_name(locale: Locale, code: &str) -> String {
    Words::of(locale).text(unit(code).map_or(key::INFORMATION_UNIT_UNKNOWN, |unit| unit.name))
}

fn amount(locale: Locale, told: &str, unit: &Unit) -> Option<String> {
    let count = count(told)?;
    let count = if unit.places == 0 { Value::Number(count) } else { Value::from(decimal(count, unit.places)?) };
    Some(Words::of(locale).format(unit.amount, &[("count", count)]))
}

/// `123.4` for 1234 and one place. Zeros at the end are left out, but for the first place.
fn decimal(count: i64, places: usize) -> Option<String> {
    let count = u64::try_from(count).ok()?;
    let digits = format!("{count:0width$}", width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    let (first, rest) = fraction.split_at_checked(1)?;
    Some(format!("{whole}.{first}{}", rest.trim_end_matches('0')))
}

/// A whole number that is written again to the letter. Fluent counts in doubles: what they cannot hold is not counted.
fn count(told: &str) -> Option<i64> {
    const EXACT_MAX: u64 = 1 << 53;
    told.parse().ok().filter(|count: &i64| count.unsigned_abs() <= EXACT_MAX && count.to_string() == told)
}

/// A day that is written again to the letter.
fn day(told: &str) -> Option<Date> {
    told.parse().ok().filter(|day: &Date| day.to_string() == told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(locale: Locale, value: &str, unit: &str) -> String {
        let unit = super::unit(unit).unwrap();
        amount(locale, value, &unit).unwrap_or_else(|| "—".to_owned())
    }

    #[test]
    fn an_amount_is_read_with_its_counter_word() {
        for (value, unit, ja, en) in [
            ("1234000", "JPY", "1,234,000円", "1,234,000 yen"),
            ("0", "JPY", "0円", "0 yen"),
            ("-1500", "JPY", "-1,500円", "-1,500 yen"),
            ("1", "person", "1人", "1 person"),
            ("2", "person", "2人", "2 people"),
            ("480", "month", "480か月", "480 months"),
            ("90", "day", "90日", "90 days"),
            ("3", "time", "3回", "3 times"),
            ("70", "percent", "70％", "70%"),
            ("2", "grade", "2級", "grade 2"),
            ("1234", "mm", "123.4センチ", "123.4 cm"),
            ("630", "mm", "63.0センチ", "63.0 cm"),
            ("23450", "g", "23.45キロ", "23.45 kg"),
            ("6800", "g", "6.8キロ", "6.8 kg"),
            ("7", "g", "0.007キロ", "0.007 kg"),
        ] {
            assert_eq!((told(Locale::Ja, value, unit), told(Locale::En, value, unit)), (ja.into(), en.into()));
        }
        assert_eq!(told(Locale::JaEasy, "1234", "mm"), "123.4センチ（cm）");
    }

    #[test]
    fn what_a_report_is_about_is_told_without_codes() {
        let told = |locale, told| about(locale, Years::Western, told).unwrap();
        for (code, ja, en) in [
            ("income", "所得と所得税", "Income and income tax"),
            ("income/total-income", "所得と所得税：総所得金額", "Income and income tax: Total income"),
            (
                "income/total-income/2025",
                "所得と所得税：総所得金額（2025年分）",
                "Income and income tax: Total income (year 2025)",
            ),
            ("income/made-up/2025", "所得と所得税", "Income and income tax"),
            ("made-up/field", "名前の登録がない情報", "Information without a name"),
            ("", "名前の登録がない情報", "Information without a name"),
        ] {
            assert_eq!((told(Locale::Ja, code).as_str(), told(Locale::En, code).as_str()), (ja, en), "{code}");
        }
        let range = told(Locale::Ja, "vaccination/dose/2026-04/2026-09");
        assert!(range.contains("2026年4月から2026年9月"), "{range}");
    }

    #[test]
    fn what_is_no_whole_number_is_no_amount() {
        for value in ["", "+5", "007", "1.5", "12,300", "多い", "９", "9007199254740993", "99999999999999999999", "-0"]
        {
            assert_eq!(told(Locale::Ja, value, "JPY"), "—", "{value}");
        }
        assert_eq!(told(Locale::Ja, "-7", "mm"), "—");
    }
}
