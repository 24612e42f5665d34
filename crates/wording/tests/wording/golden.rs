//! What has once been shown stays so (P-LOG-13). A new version adds snapshots; it never changes old ones.

use std::fmt::Write as _;

use domain::{AccessRecord, Circumstance, Dictionary, Locale, Outcome};
use wording::{RecordWords, record, record_line};

use crate::sample;

#[test]
fn version_1_tells_every_variant_as_it_always_did() {
    for locale in Locale::ALL {
        let mut told = String::new();
        for (name, variant) in sample::every_variant() {
            let line = record_line(locale, &variant);
            let _ =
                writeln!(told, "[{name}]\n{}\n{} / {}\n{}\n", line.sentence, line.when, line.outcome, line.basis_line);
        }
        insta::assert_snapshot!(format!("v1_variants_{}", locale.name()), told);
    }
}

#[test]
fn version_1_explains_every_circumstance_as_it_always_did() {
    let refused = |circumstance| sample::record(circumstance, Outcome::Refused);
    let records = [
        ("by law", sample::record(Circumstance::ByLaw, Outcome::Provided)),
        ("refused", refused(Circumstance::ByLaw)),
        ("no data held", sample::record(Circumstance::ByLaw, Outcome::NoDataHeld)),
        ("unanswered", sample::record(Circumstance::ByLaw, Outcome::Unanswered)),
        ("consent", sample::record(sample::consent(), Outcome::Provided)),
        ("disaster", sample::record(sample::disaster(), Outcome::Provided)),
        ("own view", sample::own_view("NTA", "income", Circumstance::SelfView, Outcome::Provided)),
        ("representative", sample::own_view("NTA", "income", sample::representative(), Outcome::Provided)),
    ];
    for locale in Locale::ALL {
        let mut told = String::new();
        for (name, variant) in &records {
            let _ = writeln!(told, "[{name}]\n{}", page(&record(locale, variant)));
        }
        insta::assert_snapshot!(format!("v1_pages_{}", locale.name()), told);
    }
}

#[test]
fn version_1_has_the_words_it_always_had() {
    for locale in Locale::ALL {
        let mut told = String::new();
        for (requester, provider, kind, bp) in sample::ROWS {
            let row = row(requester, provider, kind, bp);
            let words = record(locale, &row);
            let _ = writeln!(told, "[{bp}] {}\n{}\n{}\n", words.business, words.sentence, words.explanation.join("\n"));
        }
        for org in sample::ORGS {
            let row = row(org, "NTA", "income", "resident-tax");
            let words = record(locale, &row);
            let _ = writeln!(told, "[{org}] {}: {}", words.requester, words.requester_about);
        }
        for kind in sample::KINDS {
            let words = record(locale, &row("141003", "NTA", kind, "resident-tax"));
            let _ = writeln!(told, "[{kind}] {}: {}", words.info_kind, words.info_kind_about);
        }
        insta::assert_snapshot!(format!("v1_words_{}", locale.name()), told);
    }
}

#[test]
fn the_newest_version_is_the_last_one_with_snapshots() {
    assert_eq!(Dictionary::CURRENT, Dictionary { schema_version: 1, words_version: 1 });
    let mut later = sample::record(Circumstance::ByLaw, Outcome::Provided);
    later.dictionary.words_version += 1;
    assert!(record_line(Locale::Ja, &later).sentence.contains("新しい形の記録"));
}

fn row(requester: &str, provider: &str, kind: &str, bp: &str) -> AccessRecord {
    AccessRecord {
        bp: bp.parse().unwrap(),
        requester: requester.parse().unwrap(),
        provider: provider.parse().unwrap(),
        info_kind: kind.parse().unwrap(),
        ..sample::record(Circumstance::ByLaw, Outcome::Provided)
    }
}

fn page(words: &RecordWords) -> String {
    let RecordWords { sentence, when, requester, requester_about, provider, provider_about, .. } = words;
    let RecordWords { info_kind, info_kind_about, business, circumstance, outcome, basis, .. } = words;
    format!(
        "{sentence}\n{when}\n{requester}: {requester_about}\n{provider}: {provider_about}\n\
         {info_kind}: {info_kind_about}\n{business} / {circumstance} / {outcome}\n{basis}\n{}\n{}\n{}\n{}\n",
        words.basis_line,
        words.explanation.join("\n"),
        words.contact,
        words.reference_number,
    )
}
