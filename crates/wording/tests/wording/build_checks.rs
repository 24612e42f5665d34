//! The build fails, and says why, when the languages differ.

use crate::catalogue::{Locales, Source, check};

fn source(path: &str, text: &str) -> Source {
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".ftl");
    Source { stem: stem.to_owned(), path: path.to_owned(), text: text.to_owned() }
}

/// Sound texts with these page files.
fn locales(ja: &str, ja_easy: &str, en: &str) -> Locales {
    let files = |locale: &str, page: &str| {
        vec![
            source(&format!("{locale}/dictionary-1.ftl"), "org-A = a"),
            source(&format!("{locale}/sentences-1.ftl"), "basis-line = { $basis }"),
            source(&format!("{locale}/information-1.ftl"), "kind-a = a"),
            source(&format!("{locale}/home.ftl"), page),
        ]
    };
    Locales { ja: files("ja", ja), ja_easy: files("ja-easy", ja_easy), en: files("en", en) }
}

fn problems(ja: &str, ja_easy: &str, en: &str) -> Vec<String> {
    check(&locales(ja, ja_easy, en)).map_or_else(|problems| problems, |_| Vec::new())
}

#[test]
fn texts_that_agree_pass() {
    let text = "home-title = ホーム\nhome-count = { $n ->\n    [one] { $n }\n   *[other] { $n }件\n }\n";
    let checked = check(&locales(text, text, text)).unwrap();
    assert!(checked.pages["home-count"].variables.contains("n"));
    assert_eq!(checked.dictionaries.keys().collect::<Vec<_>>(), [&1]);
}

#[test]
fn a_missing_key_fails_the_build() {
    assert_eq!(
        problems("home-title = ホーム", "home-title = ホーム", ""),
        ["en lacks home-title, which is in ja/home.ftl"]
    );
}

#[test]
fn a_surplus_key_fails_the_build() {
    assert_eq!(problems("", "home-titel = ホーム", ""), ["ja-easy/home.ftl: home-titel is not in ja"]);
}

#[test]
fn another_variable_fails_the_build() {
    let ja = "a = { $when }、{ $name }さん";
    assert_eq!(problems(ja, ja, "a = { $nmae }"), ["en/home.ftl: a uses $nmae, but ja uses $name, $when"]);
    assert_eq!(problems(ja, "a = b", ja), ["ja-easy/home.ftl: a uses no variable, but ja uses $name, $when"]);
}

#[test]
fn the_variables_of_a_reference_count() {
    let told = "a = { b }\nb = { $name }\n";
    assert_eq!(problems(told, told, "a = { $name }\nb = { $name }\n"), Vec::<String>::new());
    assert_eq!(problems(told, told, "a = x\nb = { $name }\n"), ["en/home.ftl: a uses no variable, but ja uses $name"]);
}

#[test]
fn a_reference_to_nothing_fails_the_build() {
    let told = "a = { b }";
    assert_eq!(problems(told, told, told).first().unwrap(), "ja/home.ftl: a refers to b, which does not exist");
}

#[test]
fn a_reference_in_a_circle_fails_the_build() {
    let told = "a = { b }\nb = { a }\n";
    assert!(problems(told, told, told).contains(&"ja/home.ftl: a refers to itself".to_owned()));
}

#[test]
fn a_key_given_twice_fails_the_build() {
    let told = "a = x\na = y\n";
    assert_eq!(problems(told, told, told).first().unwrap(), "ja/home.ftl: a is already in ja/home.ftl");
}

#[test]
fn a_broken_line_is_named() {
    let found = problems("a = x\nb = { $\n", "a = x\n", "a = x\n");
    assert!(found.first().unwrap().starts_with("ja/home.ftl:"), "{found:?}");
}

#[test]
fn half_an_error_fails_the_build() {
    let told = "error-lost-title = t\nerror-lost-what = w\n";
    assert_eq!(problems(told, told, told), ["error-lost has no error-lost-next"]);
}

#[test]
fn an_error_that_needs_a_variable_fails_the_build() {
    let told = "error-a-title = t\nerror-a-what = { $x }\nerror-a-next = n\n";
    assert_eq!(problems(told, told, told), ["ja/home.ftl: error-a-what may not use variables"]);
}

#[test]
fn a_function_or_an_attribute_fails_the_build() {
    let told = "a = { NUMBER($n) }\n";
    assert!(problems(told, told, told).first().unwrap().contains("calls NUMBER"));
    let told = "a = x\n    .title = y\n";
    assert!(problems(told, told, told).first().unwrap().contains("has attributes"));
}

#[test]
fn a_version_that_was_dropped_fails_the_build() {
    let mut kept = locales("", "", "");
    for (sources, locale) in [(&mut kept.ja, "ja"), (&mut kept.ja_easy, "ja-easy"), (&mut kept.en, "en")] {
        sources.push(source(&format!("{locale}/dictionary-3.ftl"), "org-A = a"));
    }
    assert_eq!(check(&kept).unwrap_err(), ["every version of dictionary-N.ftl from 1 on is kept"]);
}

#[test]
fn a_version_may_use_the_keys_of_another() {
    let mut kept = locales("", "", "");
    for (sources, locale) in [(&mut kept.ja, "ja"), (&mut kept.ja_easy, "ja-easy"), (&mut kept.en, "en")] {
        sources.push(source(&format!("{locale}/dictionary-2.ftl"), "org-A = b"));
    }
    assert_eq!(check(&kept).unwrap().dictionaries.len(), 2);
}
