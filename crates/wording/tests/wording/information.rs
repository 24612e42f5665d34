//! Own information as tables.

use std::{collections::HashSet, fmt::Write as _};

use domain::{InfoKind, InformationField, Locale};
use proptest::prelude::*;
use wording::{InformationWords, Years, date, info_kinds, information};

use crate::own_information::{FIXED_WORDS, KINDS, answer, field, kind};

fn tell(locale: Locale, name: &str, fields: &[InformationField]) -> InformationWords {
    information(locale, Years::Western, &kind(name), 1, fields)
}

/// The value of a single field.
fn value(locale: Locale, name: &str, field: InformationField) -> String {
    tell(locale, name, &[field]).rows().next().unwrap().value.clone()
}

fn japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

/// What has once been shown stays so; a new version adds snapshots.
#[test]
fn version_1_tells_every_kind_as_it_always_did() {
    for locale in Locale::ALL {
        let mut told = String::new();
        for (name, ..) in KINDS {
            let words = tell(locale, name, &answer(name));
            let _ = writeln!(told, "[{name}] {}: {}", words.caption, words.about);
            for table in &words.tables {
                let _ = writeln!(told, "{}", table.caption);
                for row in table.records.iter().flat_map(|record| &record.rows) {
                    let _ = writeln!(told, "  {}: {} | {}", row.label, row.value, row.help);
                }
            }
        }
        insta::assert_snapshot!(format!("v1_information_{}", locale.name()), told);
    }
}

#[test]
fn what_is_unknown_or_newer_is_shown_as_it_came() {
    let fields = [
        field("levy-status", Some("2025"), "課税", None),
        field("gold-held", Some("2025"), "12.5", Some("XAU")),
        field("gold-held", Some("2024"), "11", Some("XAU")),
        field("total-income", Some("2025"), "about 3", Some("JPY")),
        field("next-thing", Some("第2期"), "", None),
    ];
    let mut told = String::new();
    for (name, schema_version) in [("local-tax", 1), ("star-chart", 1), ("local-tax", 2), ("local-tax", 0)] {
        for locale in Locale::ALL {
            let words = information(locale, Years::Western, &kind(name), schema_version, &fields);
            let _ = writeln!(told, "[{name} {schema_version}] {}: {}", words.caption, words.note.unwrap_or_default());
            for table in &words.tables {
                let rows: Vec<String> =
                    table.records[0].rows.iter().map(|r| format!("{}: {}", r.label, r.value)).collect();
                let _ = writeln!(told, "  {}: {}", table.caption, rows.join(" / "));
            }
        }
    }
    insta::assert_snapshot!("v1_information_unknown", told);
}

#[test]
fn every_field_of_every_kind_has_words() {
    for locale in Locale::ALL {
        for (name, _, fields) in KINDS {
            let told = tell(locale, name, &answer(name));
            assert!(told.note.is_none() && !told.caption.is_empty() && !told.about.is_empty(), "{name}");
            assert_eq!(told.rows().count(), fields.len());
            for row in told.rows() {
                let unknown = tell(locale, name, &[field("no-such-field", None, "1", None)]);
                let place = format!("{name} {} {locale:?}", row.field.name);
                assert_ne!(Some(row.help.as_str()), unknown.rows().next().map(|row| row.help.as_str()), "{place}");
                assert!(!row.label.is_empty() && !row.value.is_empty() && row.help.ends_with(['。', '.']), "{place}");
                assert_eq!(row.unit.is_some(), row.field.unit.is_some(), "{place}");
            }
        }
    }
}

#[test]
fn no_two_fields_of_a_kind_are_called_the_same() {
    for locale in Locale::ALL {
        for (name, _, fields) in KINDS {
            let told = tell(locale, name, &answer(name));
            let labels: HashSet<_> = told.rows().map(|row| row.label.as_str()).collect();
            assert_eq!(labels.len(), fields.len(), "{name} {locale:?}");
        }
    }
}

#[test]
fn every_kind_of_the_dictionary_can_be_told() {
    let told: Vec<_> = info_kinds().into_iter().filter(|kind| kind.as_str() != InfoKind::ACCESS_RECORDS).collect();
    assert_eq!(told.len(), KINDS.len());
    for kind in told {
        assert!(information(Locale::Ja, Years::Western, &kind, 1, &[]).note.is_none(), "{kind}");
    }
}

#[test]
fn no_words_are_left_over_for_fields_that_nobody_holds() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/ja/information-1.ftl");
    let words = std::fs::read_to_string(file).unwrap();
    let helps = words.lines().filter(|line| line.starts_with("field-") && line.contains("-help = ")).count();
    assert_eq!(helps, KINDS.iter().map(|(_, _, fields)| fields.len()).sum());
    let values = words.lines().filter(|line| line.starts_with("value-")).count();
    assert_eq!(values, FIXED_WORDS.iter().map(|(_, _, words)| words.len()).sum());
}

#[test]
fn fixed_words_of_institutions_are_said_in_every_language() {
    for (name, of, words) in FIXED_WORDS {
        for word in words {
            let said = |locale| value(locale, name, field(of, None, word, None));
            assert_eq!(said(Locale::Ja), *word);
            assert!(!japanese(&said(Locale::En)) && !said(Locale::En).is_empty(), "{word}: {}", said(Locale::En));
        }
    }
    assert_eq!(value(Locale::En, "local-tax", field("levy-status", None, "課税", None)), "Taxed");
    assert_eq!(value(Locale::En, "local-tax", field("levy-status", None, "減免", None)), "減免");
}

#[test]
fn a_day_is_told_with_the_era_when_asked() {
    let born = [field("birth-date", None, "1984-05-06", None)];
    let told = |locale, years| {
        let words = information(locale, years, &kind("resident-record"), 1, &born);
        words.rows().next().unwrap().value.clone()
    };
    assert_eq!(told(Locale::Ja, Years::Western), "1984年5月6日");
    assert_eq!(told(Locale::Ja, Years::WithEra), "1984年（昭和59年）5月6日");
    assert_eq!(told(Locale::En, Years::WithEra), "6 May 1984 (Showa 59)");
    assert_eq!(told(Locale::JaEasy, Years::WithEra), "1984年5月6日");
}

#[test]
fn a_day_of_a_field_that_is_no_day_stays_text() {
    assert_eq!(value(Locale::Ja, "resident-record", field("address", None, "2026-01-01", None)), "2026-01-01");
    assert_eq!(value(Locale::Ja, "resident-record", field("birth-date", None, "1984-02-30", None)), "1984-02-30");
}

#[test]
fn the_period_stands_in_the_caption() {
    let caption = |locale, years| {
        let words = information(locale, years, &kind("local-tax"), 1, &answer("local-tax"));
        words.tables[0].caption.clone()
    };
    assert_eq!(caption(Locale::Ja, Years::Western), "個人住民税（2025年度）");
    assert_eq!(caption(Locale::Ja, Years::WithEra), "個人住民税：2025年度（令和7年度）");
    assert_eq!(caption(Locale::En, Years::Western), "Individual inhabitant tax (fiscal year 2025)");
}

#[test]
fn periods_come_newest_first_after_what_has_none() {
    let periods = [Some("2024"), Some("いつか"), Some("2025"), None, Some("2024")];
    let fields = periods.map(|period| field("annual-levy", period, "1", Some("JPY")));
    let told = tell(Locale::Ja, "property-tax", &fields);
    let told: Vec<_> = told.tables.iter().map(|table| (table.period.as_deref(), table.records.len())).collect();
    assert_eq!(told, [(None, 1), (Some("2025年度"), 1), (Some("2024年度"), 2), (Some("いつか"), 1)]);
}

#[test]
fn a_field_that_comes_again_begins_the_next_record() {
    let doses =
        ["1", "2", "3"].map(|dose| [field("vaccine", None, "五種混合", None), field("dose", None, dose, Some("time"))]);
    let told = tell(Locale::Ja, "vaccination", doses.as_flattened());
    let records: Vec<_> = told.tables[0]
        .records
        .iter()
        .map(|record| (record.caption.as_deref().unwrap(), record.rows.len(), record.rows[1].value.as_str()))
        .collect();
    assert_eq!(records, [("1件目", 2, "1回目"), ("2件目", 2, "2回目"), ("3件目", 2, "3回目")]);
}

#[test]
fn what_a_report_is_about_is_told_in_words_and_what_is_no_code_as_it_came() {
    let about = |value: &str| {
        let told = tell(Locale::Ja, "correction-report", &[field("about", None, value, None)]);
        told.rows().next().unwrap().value.clone()
    };
    assert_eq!(about("0"), "0");
    assert_eq!(about("no-such-kind"), "名前の登録がない情報");
    assert!(about("income/total-income/2025").contains("総所得金額"));
}

#[test]
fn the_help_of_a_field_is_no_field() {
    let told = tell(Locale::Ja, "local-tax", &[field("total-income-help", None, "x", None)]);
    assert_eq!(told.rows().next().unwrap().label, "名前の登録がない項目（その1）");
}

#[test]
fn an_export_finds_the_codes_beside_the_words() {
    let told = tell(Locale::Ja, "health-checkup", &answer("health-checkup"));
    let row = told.rows().find(|row| row.field.name == "height").unwrap();
    assert_eq!((row.field.value.as_str(), row.field.unit.as_deref()), ("952", Some("mm")));
    assert_eq!((row.value.as_str(), row.unit.as_deref()), ("95.2センチ", Some("ミリメートル")));
}

fn any_field() -> impl Strategy<Value = InformationField> {
    let known: Vec<&str> = KINDS.iter().flat_map(|(_, _, fields)| fields.iter().map(|(name, ..)| *name)).collect();
    let name = prop_oneof![prop::sample::select(known).prop_map(str::to_owned), "[a-z]{2}-[a-z]{1,8}"];
    let period = prop::option::of(prop_oneof!["20[12][0-9]", "2026-0[1-9]", "2026-0[1-6]/2026-0[7-9]", ".{0,8}"]);
    let value = prop_oneof!["[0-9]{1,24}", "-?[1-9][0-9]{0,8}", "20[0-9]{2}-[01][0-9]-[0-3][0-9]", ".{0,16}"];
    let units = ["JPY", "person", "month", "day", "time", "percent", "grade", "mm", "g", "ZZQ"];
    let unit = prop::option::of(prop::sample::select(units.to_vec()).prop_map(str::to_owned));
    (name, period, value, unit).prop_map(|(name, period, value, unit)| InformationField { name, period, value, unit })
}

/// Whether a person can read the value from what is shown.
fn shows(locale: Locale, shown: &str, told: &str) -> bool {
    let ungrouped = shown.replace(',', "");
    let day = || told.parse().is_ok_and(|day| shown == date(locale, day));
    let scaled = |by: u128| {
        let (whole, fraction) = ungrouped.split_once('.')?;
        let fraction: String = fraction.chars().take_while(char::is_ascii_digit).collect();
        let scale = 10u128.pow(u32::try_from(fraction.len()).ok()?);
        let thousandths = (whole.parse::<u128>().ok()? * scale + fraction.parse::<u128>().ok()?) * by / scale;
        Some(thousandths.to_string() == told)
    };
    told.trim().is_empty()
        || shown.contains(told)
        || ungrouped.contains(told)
        || day()
        || [10, 1000].into_iter().any(|by| scaled(by) == Some(true))
}

proptest! {
    /// Whatever an institution sends is shown.
    #[test]
    fn nothing_is_lost(
        fields in prop::collection::vec(any_field(), 0..12),
        place in 0usize..=KINDS.len(),
        schema_version in 0u32..3,
    ) {
        let kind = kind(KINDS.get(place).map_or("no-such-kind", |(name, ..)| name));
        for locale in Locale::ALL {
            let told = information(locale, Years::Western, &kind, schema_version, &fields);
            prop_assert_eq!(told.rows().count(), fields.len());
            for field in &fields {
                prop_assert_eq!(
                    told.rows().filter(|row| row.field == *field).count(),
                    fields.iter().filter(|other| *other == field).count()
                );
            }
            for table in &told.tables {
                prop_assert!(table.period.as_ref().is_none_or(|period| !period.trim().is_empty()));
            }
            for row in told.rows() {
                prop_assert!(!row.label.is_empty() && !row.value.trim().is_empty() && !row.help.is_empty());
                // A code that tells what a report is about is told in words, or as unknown.
                let about = row.field.name == "about"
                    && row.field.value.split('/').next().is_some_and(|kind| kind.parse::<InfoKind>().is_ok());
                let fixed = about || FIXED_WORDS.iter().any(|(_, _, words)| words.contains(&row.field.value.as_str()));
                prop_assert!(fixed || shows(locale, &row.value, &row.field.value), "{} as {}", row.field.value, row.value);
            }
        }
    }

    /// Codes that this program does not know never reach the screen.
    #[test]
    fn an_unknown_code_is_never_shown(name in "zq[a-z]{4,8}", unit in "ZQ[A-Z]{4}", schema_version in 1u32..3) {
        for locale in Locale::ALL {
            let fields = [field(&name, None, "42", Some(&unit))];
            let told = information(locale, Years::WithEra, &kind(&name), schema_version, &fields);
            let row = told.rows().next().unwrap();
            let words = [&told.caption, &told.about, &told.tables[0].caption, &row.label, &row.value, &row.help];
            let note = told.note.clone().unwrap_or_default();
            for words in words.into_iter().chain(row.unit.as_ref()).chain([&note]) {
                prop_assert!(!words.contains(&name) && !words.contains(&unit) && !words.contains(['{', '$']), "{}", words);
            }
            prop_assert!(row.value.contains("42") && !note.is_empty());
        }
    }
}
