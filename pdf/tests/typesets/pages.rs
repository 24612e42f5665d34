//! What stands on the pages.

use domain::Locale;

use crate::program::{Field, job, job_of, job_with, part, pdf, poppler};

/// The text in the order of the file, without line ends: lines break where the page does.
pub(crate) fn text(pdf: &[u8]) -> String {
    poppler("pdftotext", &["-raw"], pdf).replace(['\n', '\u{c}', '\u{2060}'], "")
}

#[track_caller]
pub(crate) fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part} is not in: {rest}"));
        rest = after;
    }
}

#[test]
fn the_text_reads_in_order() {
    let text = text(&pdf(&job(Locale::Ja)));
    in_order(
        &text,
        &[
            "わたしの情報の控え",
            "2026年11月21日（土）11時30分に作りました。",
            "目次",
            "国税庁",
            "所得と所得税",
            "国税庁が、2026年11月21日（土）10時0分に答えました。",
            "所得と所得税（2025年分）",
            "項目",
            "内容",
            "説明",
            "総所得金額",
            "3,400,000円",
            "横浜市",
            "住民票",
            "佐藤 一郎",
            "アクセス記録",
            "2026年11月3日14時5分、横浜市が、",
            "4f4f-4f4f",
            "2 / 2",
        ],
    );
}

#[test]
fn each_language_is_spoken() {
    in_order(&text(&pdf(&job(Locale::En))), &["Copy of your information", "National Tax Agency", "3,400,000 yen"]);
    in_order(
        &text(&pdf(&job(Locale::JaEasy))),
        &["わたしの情報の控え（コピー）", "答えたところ：国税庁。", "もらった"],
    );
}

#[test]
fn a_long_table_goes_on_with_its_heading() {
    let fields: Vec<Field<'_>> = vec![("vaccine", "四種混合", None); 60];
    let pdf = pdf(&job_of(Locale::Ja, vec![part("141003", "vaccination", None, &fields)], 0));
    let pages: Vec<String> =
        poppler("pdftotext", &["-raw"], &pdf).split_terminator('\u{c}').map(str::to_owned).collect();
    assert!(pages.len() > 3, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains("項目"), "page {number}: {page}");
        assert!(page.contains(&format!("{number} / {}", pages.len())), "page {number}: {page}");
    }
    assert!(pages.last().unwrap().contains("60件目"));
}

#[test]
fn texts_are_never_read_as_markup() {
    let hostile =
        ["#set page(fill: red)", "$x^2$ *b* _i_ `c` @a <b>", "\\u{41} // /* */", "#json(\"/job.json\")", "= 見出し"];
    let text = text(&pdf(&job_with(&hostile)));
    in_order(&text, &hostile);
}

#[test]
fn what_the_typeface_lacks_is_named_and_explained() {
    let text = text(&pdf(&job_with(&["𠮷田", "\u{e000}", "a\u{202e}b", "\u{0}", "😀"])));
    in_order(
        &text,
        &[
            "この書類の書体にない文字",
            "〓〔20BB7〕田",
            "〓〔E000〕",
            "a〓〔202E〕b",
            "〓〔0000〕",
            "〓〔1F600〕",
            "この書類の書体にない文字",
            "文字の番号（Unicode）",
        ],
    );
}

#[test]
fn no_character_keeps_the_document_from_being_made() {
    let chunk = |first: u32| (first..first + 128).filter_map(char::from_u32).collect::<String>();
    let planes = (0..0x3400).step_by(128).chain((0xfe00..0x1_0000).step_by(128)).chain([0x1_f600, 0x2_0b80, 0xe_0100]);
    let chunks: Vec<String> = planes.map(chunk).collect();
    let text = text(&pdf(&job_with(&chunks.iter().map(String::as_str).collect::<Vec<_>>())));
    for shown in ["かがきぎ", "ｱｲｳ", "〓〔0000〕", "〓〔0627〕", "〓〔1F600〕", "〓〔E0100〕"] {
        assert!(text.contains(shown), "{shown}");
    }
}

#[test]
fn nothing_is_explained_where_nothing_is_lacking() {
    let text = text(&pdf(&job(Locale::Ja)));
    assert!(!text.contains('〓') && !text.contains("書体にない文字"));
}

#[test]
fn forms_of_a_character_are_kept_where_the_typeface_has_them() {
    let text = text(&pdf(&job_with(&["葛\u{e0100}城", "葛\u{e01ef}城"])));
    assert!(text.contains("葛\u{e0100}城"), "{text}");
    assert!(text.contains("葛〔E01EF〕城"), "{text}");
}

#[test]
fn a_word_without_end_stays_on_the_page() {
    let text = poppler("pdftotext", &["-raw"], &pdf(&job_with(&[&"x".repeat(400)])));
    let longest = text.lines().map(|line| line.matches('x').count()).max();
    assert!(longest < Some(60), "{text}");
    assert_eq!(text.matches('x').count(), 400);
}

#[test]
fn a_reference_number_stays_on_the_page() {
    let pdf = pdf(&job(Locale::Ja));
    let words = poppler("pdftotext", &["-bbox"], &pdf);
    let right = |line: &str| line.split("xMax=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let edge = words.lines().filter_map(right).fold(0.0, f64::max);
    assert!(edge < 595.3 - 50.0, "{edge}");
}

#[test]
fn a_row_longer_than_a_page_goes_on() {
    let long = "長い文です。".repeat(800);
    let pdf = pdf(&job_with(&[&long]));
    assert_eq!(text(&pdf).matches('長').count(), 800);
}

#[test]
fn an_export_of_nothing_is_one_page() {
    let pdf = pdf(&job_of(Locale::Ja, Vec::new(), 0));
    in_order(&text(&pdf), &["わたしの情報の控え", "この控えに入っている情報はありません。", "1 / 1"]);
}
