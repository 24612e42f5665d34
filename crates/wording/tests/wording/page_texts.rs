//! Texts of the pages by key.

use domain::Locale;
use wording::{ErrorCase, Key, Value, Words, error, key};

#[test]
fn a_text_is_found_by_its_constant_in_every_language() {
    let title = |locale| Words::of(locale).text(key::ERROR_NOT_FOUND_TITLE);
    assert_eq!(title(Locale::Ja), "見つかりませんでした");
    assert_eq!(title(Locale::JaEasy), "見つかりませんでした");
    assert_eq!(title(Locale::En), "Not found");
}

#[test]
fn every_key_has_a_text_in_every_language() {
    for locale in Locale::ALL {
        for key in key::ALL {
            let values: Vec<(&str, Value<'_>)> = key.variables().iter().map(|name| (*name, 2.into())).collect();
            let text = Words::of(locale).try_format(*key, &values).unwrap();
            assert!(!text.trim().is_empty() && !text.contains(['{', '}']), "{key:?} {locale:?}: {text}");
        }
    }
}

#[test]
fn a_missing_variable_never_prints_as_a_code() {
    for locale in Locale::ALL {
        for key in key::ALL {
            let text = Words::of(locale).text(*key);
            assert!(!text.contains(['{', '}', '$']), "{key:?} {locale:?}: {text}");
            assert!(!text.is_empty(), "{key:?} {locale:?}");
        }
    }
    let title = Words::of(Locale::Ja).text(key::COMMON_TITLE);
    assert_eq!(title, "（わかりません）｜マイ・ポータル");
}

#[test]
fn a_missing_variable_is_an_error_for_who_wants_to_know() {
    let missing = Words::of(Locale::Ja).try_format(key::COMMON_TITLE, &[("paeg", "x".into())]).unwrap_err();
    assert_eq!((missing.key, missing.variable), ("common-title", "page"));
}

#[test]
fn no_isolation_marks_stand_around_a_variable() {
    let text = Words::of(Locale::Ja).format(key::COMMON_TITLE, &[("page", "ホーム".into())]);
    assert_eq!(text, "ホーム｜マイ・ポータル");
}

#[test]
fn numbers_are_grouped_and_choose_the_english_plural() {
    let count = |locale, n: i64| Words::of(locale).format(key::COMMON_COUNT_RECORDS, &[("count", n.into())]);
    assert_eq!(count(Locale::En, 1), "1 record");
    assert_eq!(count(Locale::En, 999), "999 records");
    assert_eq!(count(Locale::En, 12_300), "12,300 records");
    assert_eq!(count(Locale::Ja, 1_000_000), "1,000,000件");
    assert_eq!(count(Locale::Ja, -1_234), "-1,234件");
}

#[test]
fn markup_in_a_variable_stays_text() {
    let text = Words::of(Locale::Ja).format(key::COMMON_TITLE, &[("page", "{ $page } <b>".into())]);
    assert_eq!(text, "{ $page } <b>｜マイ・ポータル");
}

#[test]
fn every_key_is_found_by_its_name() {
    for key in key::ALL {
        assert_eq!(Key::find(key.name()), Some(*key));
    }
    assert_eq!(Key::find("home-titel"), None);
}

#[test]
fn an_error_says_what_happened_and_what_to_do_next() {
    for case in error::ALL {
        assert_eq!(ErrorCase::find(case.name()), Some(*case));
        for locale in Locale::ALL {
            let words = case.words(locale);
            assert!(!words.title.is_empty() && !words.what.is_empty() && !words.next.is_empty());
            assert!(!words.title.ends_with(['。', '.']), "a heading has no full stop: {}", words.title);
        }
    }
    assert_eq!(ErrorCase::find("no-such-case"), None);
}

#[test]
fn every_bad_input_has_its_own_words() {
    let cases = [
        "not-found",
        "forbidden",
        "method-not-allowed",
        "cross-site",
        "too-many-requests",
        "body-too-large",
        "malformed",
        "not-utf8",
        "internal",
        "unavailable",
        "session-expired",
        "session-tampered",
        "card-wrong-pin",
        "card-cancelled",
        "card-locked",
        "card-unusable",
        "card-removed",
        "certificate-expired",
        "certificate-revoked",
        "signature-certificate-revoked",
        "certificate-not-yet-valid",
        "certificate-untrusted",
        "certificate-wrong-usage",
        "signature-mismatch",
        "challenge-used",
        "challenge-late",
        "challenge-unknown",
        "other-browser",
        "not-registered",
        "already-registered",
        "registration-interrupted",
        "other-person",
        "unknown-to-register",
        "validity-unreachable",
        "linkage-unreachable",
        "code-ended",
        "linkage-late",
        "database-read-only",
        "database-full",
        "unknown-filter",
        "without-pin",
        "folder-suspended",
        "folder-retained",
        "port-in-use",
        "configuration",
        "backup-postgresql",
        "backup-folder-taken",
        "backup-damaged",
        "backup-newer",
        "database-in-use",
        "database-there",
        "log-retired",
    ];
    for locale in Locale::ALL {
        let mut told: Vec<String> = cases
            .iter()
            .map(|case| ErrorCase::find(case).unwrap_or_else(|| panic!("{case} has no words")).words(locale).what)
            .collect();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), cases.len(), "two cases say the same in {locale:?}");
    }
}
