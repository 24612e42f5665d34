//! Access records as sentences.

use domain::{AccessRecord, Circumstance, Dictionary, InfoKind, Locale, OrgCode, Outcome};
use proptest::prelude::*;
use wording::{RecordWords, Years, info_kind, organisation, organisations, record, record_in, record_line};

use crate::sample;

#[test]
fn yokohama_asks_for_income_in_three_languages() {
    let asked = sample::record(Circumstance::ByLaw, Outcome::Provided);
    assert_eq!(
        record(Locale::Ja, &asked).sentence,
        "2026年11月3日14時5分、横浜市が、国民健康保険料の軽減に関する事務のため、あなたの所得の情報を国税庁に照会し、提供を受けました。"
    );
    assert_eq!(
        record(Locale::JaEasy, &asked).sentence,
        "2026年11月3日（火曜日）午後2時5分。横浜市が、国税庁に、あなたの所得（もらったお金）の情報をききました。\
         国税庁は、情報をわたしました。健康保険のお金を安くできるか、しらべるためです。"
    );
    assert_eq!(
        record(Locale::En, &asked).sentence,
        "On 3 November 2026 at 14:05, the City of Yokohama asked the National Tax Agency for your income information \
         and received it, to decide on a reduction of your National Health Insurance premium."
    );
}

#[test]
fn the_basis_is_a_line_with_law_and_article() {
    let asked = sample::record(Circumstance::ByLaw, Outcome::Provided);
    assert_eq!(
        record_line(Locale::Ja, &asked).basis_line,
        "根拠：国民健康保険法第76条（国民健康保険法施行令第29条の7）、番号法第19条第8号"
    );
}

#[test]
fn a_refused_request_without_a_row_claims_no_basis() {
    let refused = record(Locale::Ja, &sample::record(Circumstance::ByLaw, Outcome::Refused));
    assert!(
        refused.sentence.ends_with("法令で認められていないため、情報は提供されませんでした。"),
        "{}",
        refused.sentence
    );
    assert_eq!(refused.basis_line, "根拠：この照会を認める法令の定めは見つかりませんでした");
    assert!(!refused.explanation.concat().contains("第76条"));
}

#[test]
fn a_wrong_code_is_not_called_forbidden_by_law() {
    let mut refused = sample::record(Circumstance::ByLaw, Outcome::Refused);
    refused.whitelist_version = Some(1);
    let words = record(Locale::Ja, &refused);
    assert!(!words.sentence.contains("法令で認められていない"), "{}", words.sentence);
    assert!(words.sentence.contains("符号が正しくなかった"), "{}", words.sentence);
}

#[test]
fn the_era_year_stands_beside_the_western_one_when_asked() {
    let asked = sample::record(Circumstance::ByLaw, Outcome::Provided);
    let with_era = |locale| record_in(locale, &asked, Years::WithEra);
    assert!(with_era(Locale::Ja).sentence.starts_with("2026年（令和8年）11月3日14時5分、横浜市が、"));
    assert_eq!(with_era(Locale::Ja).when, "2026年（令和8年）11月3日（火）14時5分");
    assert_eq!(with_era(Locale::En).when, "3 November 2026 (Reiwa 8) at 14:05");
    assert_eq!(with_era(Locale::JaEasy), record(Locale::JaEasy, &asked));
}

#[test]
fn the_list_and_the_page_say_the_same() {
    for (name, variant) in sample::every_variant() {
        for locale in Locale::ALL {
            let (line, page) = (record_line(locale, &variant), record(locale, &variant));
            assert_eq!(
                (line.sentence, line.when, line.outcome, line.basis_line),
                (page.sentence, page.when, page.outcome, page.basis_line),
                "{name}"
            );
        }
    }
}

#[test]
fn every_variant_of_every_row_is_told_in_short_sentences_without_codes() {
    let mut broken = Vec::new();
    for (requester, provider, kind, bp) in sample::ROWS {
        for (name, variant) in sample::every_variant() {
            let mut told = AccessRecord { accessed_at: "2026-12-29T14:55:00Z".parse().unwrap(), ..variant };
            if told.requester.as_str() != OrgCode::PORTAL {
                told.requester = requester.parse().unwrap();
                told.bp = bp.parse().unwrap();
            }
            if told.info_kind.as_str() != InfoKind::ACCESS_RECORDS {
                told.provider = provider.parse().unwrap();
                told.info_kind = kind.parse().unwrap();
            }
            for locale in Locale::ALL {
                let words = record(locale, &told);
                let faults = holes(&words).into_iter().chain(long_sentences(&words, locale));
                broken.extend(faults.map(|fault| format!("{bp}, {name}: {fault}")));
            }
        }
    }
    broken.sort();
    broken.dedup();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Empty texts and raw variables.
fn holes(words: &RecordWords) -> Vec<String> {
    let hole = |text: &str| text.trim().is_empty() || text.contains(['{', '}', '$', '_', '\u{2068}']);
    texts(words).into_iter().filter(|text| hole(text)).cloned().collect()
}

/// Sentences that are too long. The names of laws, which nobody may shorten, are no sentences.
fn long_sentences(words: &RecordWords, locale: Locale) -> Vec<String> {
    let law = |text: &str| text == words.basis || text == words.basis_line;
    texts(words)
        .into_iter()
        .filter(|text| !law(text))
        .flat_map(|text| sample::sentences(locale, text))
        .filter(|sentence| sentence.chars().count() > sample::longest(locale))
        .filter(|sentence| !sentence.starts_with("きまりの名前："))
        .collect()
}

fn texts(words: &RecordWords) -> Vec<&String> {
    let mut texts = vec![
        &words.sentence,
        &words.when,
        &words.requester,
        &words.requester_about,
        &words.provider,
        &words.provider_about,
        &words.info_kind,
        &words.info_kind_about,
        &words.business,
        &words.circumstance,
        &words.outcome,
        &words.basis,
        &words.basis_line,
        &words.contact,
    ];
    texts.extend(&words.explanation);
    texts
}

#[test]
fn every_institution_and_kind_of_the_demo_has_words() {
    let known: Vec<String> = organisations().into_iter().map(String::from).collect();
    assert_eq!(known, sample::ORGS);
    let kinds: Vec<String> = wording::info_kinds().into_iter().map(String::from).collect();
    assert_eq!(kinds, sample::KINDS);
    assert_eq!(organisation(Locale::Ja, &"472018".parse().unwrap()), "那覇市");
    assert_eq!(info_kind(Locale::En, &"nhi".parse().unwrap()), "National Health Insurance information");
}

#[test]
fn an_institution_without_words_is_told_honestly() {
    let mut unknown = sample::record(Circumstance::ByLaw, Outcome::Provided);
    unknown.requester = "131016".parse().unwrap();
    unknown.provider = "QQZZ-9".parse().unwrap();
    let words = record(Locale::Ja, &unknown);
    assert_eq!(words.requester, "名前の登録がない市区町村");
    assert_eq!(words.provider, "名前の登録がない機関");
    assert_eq!(organisation(Locale::En, &unknown.provider), "Institution without a registered name");
}

#[test]
fn the_line_about_a_word_is_not_a_word() {
    assert_eq!(info_kind(Locale::Ja, &"income-about".parse().unwrap()), "種類の名前の登録がない情報");
}

proptest! {
    #[test]
    fn no_code_ever_reaches_the_screen(
        org in "Q[A-Z0-9]{4,8}Z", kind in "q[a-z]{5,9}-zz", bp in "zq[a-z]{5,9}(-about|-basis)?",
        variant in 0..sample::every_variant().len(),
    ) {
        let (_, mut record) = sample::every_variant().swap_remove(variant);
        record.requester = org.parse().unwrap();
        record.provider = org.parse().unwrap();
        record.info_kind = kind.parse().unwrap();
        record.bp = bp.parse().unwrap();
        for locale in Locale::ALL {
            let words = wording::record(locale, &record);
            for text in texts(&words) {
                prop_assert!(!text.contains(&org) && !text.contains(&kind) && !text.contains(&bp), "{}", text);
            }
            prop_assert_eq!(holes(&words), Vec::<String>::new());
        }
    }

    #[test]
    fn a_newer_record_is_told_without_guessing(schema_version in 0u32.., words_version in 0u32..) {
        let dictionary = Dictionary { schema_version, words_version };
        prop_assume!(dictionary != Dictionary::CURRENT);
        let newer = AccessRecord { dictionary, ..sample::record(Circumstance::ByLaw, Outcome::Provided) };
        for locale in Locale::ALL {
            let words = record(locale, &newer);
            prop_assert_eq!(holes(&words), Vec::<String>::new());
            prop_assert_eq!(long_sentences(&words, locale), Vec::<String>::new());
            let all: Vec<&str> = texts(&words).into_iter().map(String::as_str).collect();
            prop_assert!(!all.concat().contains("横浜") && !all.concat().contains("Yokohama"));
        }
    }
}

#[test]
fn a_newer_record_still_has_its_time_and_number() {
    let mut newer = sample::record(Circumstance::ByLaw, Outcome::Provided);
    newer.dictionary.schema_version = 2;
    let words = record(Locale::Ja, &newer);
    assert_eq!(
        words.sentence,
        "2026年11月3日14時5分の記録があります。この画面より新しい形の記録のため、内容を正しく文にできません。"
    );
    assert_eq!(words.reference_number, newer.id.reference_number());
}
