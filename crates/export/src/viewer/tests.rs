use scraper::{Html, Selector};

use super::*;
use crate::sample;

fn html(export: &crate::Export) -> String {
    let mut out = Vec::new();
    write(&export.tell().unwrap(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|element| element.text().collect::<String>()).collect()
}

#[test]
fn tables_have_captions_headings_and_values() {
    let page = Html::parse_document(&html(&sample::export(Locale::Ja)));
    assert_eq!(texts(&page, "caption"), ["所得と所得税（2025年分）", "住民票", "予防接種", "アクセス記録"]);
    assert_eq!(texts(&page, "main h2"), ["国税庁", "横浜市", "アクセス記録"]);
    assert_eq!(texts(&page, "td bdi")[0], "3,400,000円");
    assert_eq!(texts(&page, ".group"), ["1件目", "2件目"]);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
}

#[test]
fn the_page_says_its_language_and_marks_another() {
    for locale in Locale::ALL {
        let page = Html::parse_document(&html(&sample::export(locale)));
        let language = page.root_element().value().attr("lang");
        assert_eq!(language, Some(locale.html_lang()));
        let marked = texts(&page, "td [lang=ja]");
        assert_eq!(marked.iter().any(|text| text == "佐藤 一郎"), locale == Locale::En, "{marked:?}");
    }
}

#[test]
fn every_link_leads_to_a_place_in_the_page() {
    let page = Html::parse_document(&html(&sample::export(Locale::Ja)));
    let links = Selector::parse("a").unwrap();
    let targets: Vec<&str> = page.select(&links).filter_map(|link| link.value().attr("href")).collect();
    assert_eq!(targets, ["#answer-1", "#answer-2", "#answer-3", "#records"]);
    for target in targets {
        assert_eq!(page.select(&Selector::parse(&format!("main [id={}]", &target[1..])).unwrap()).count(), 1);
    }
}

#[test]
fn the_policy_knows_the_style_and_nothing_else() {
    let text = html(&sample::export(Locale::Ja));
    let style = text.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = Base64::encode_string(&Sha256::digest(style));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    let meta = Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let page = Html::parse_document(&text);
    assert_eq!(page.select(&meta).next().unwrap().value().attr("content"), Some(policy.as_str()));
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_runs() {
    for export in [sample::export(Locale::En), sample::hostile(Locale::En)] {
        let page = Html::parse_document(&html(&export));
        let foreign = "script, img, link, iframe, object, embed, form, svg, video, audio, base, [src], [style]";
        assert_eq!(page.select(&Selector::parse(foreign).unwrap()).count(), 0);
        let all = Selector::parse("*").unwrap();
        assert!(page.select(&all).all(|element| element.value().attrs().all(|(name, _)| !name.starts_with("on"))));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}

#[test]
fn hostile_texts_are_shown_as_text() {
    let page = Html::parse_document(&html(&sample::hostile(Locale::Ja)));
    let values = texts(&page, "td > bdi");
    for expected in [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "␀␇␛[31m",
        "葛\u{e0100}城\u{e0101}",
        "一行目二行目, \"三行目\"",
    ] {
        assert!(values.iter().any(|value| value == expected), "{values:?}");
    }
    assert!(page.errors.is_empty(), "{:?}", page.errors);
}

#[test]
fn a_copy_of_nothing_says_so() {
    let export = crate::Export { parts: Vec::new(), records: None, ..sample::export(Locale::En) };
    let page = Html::parse_document(&html(&export));
    assert_eq!(texts(&page, "main p"), ["This copy holds no information."]);
}
