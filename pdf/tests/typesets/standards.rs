//! What kind of file it is.

use domain::Locale;

use crate::program::{Field, job, job_of, job_with, part, pdf, poppler};

#[test]
fn it_is_tagged_titled_and_a4() {
    let info = poppler("pdfinfo", &[], &pdf(&job(Locale::Ja)));
    for expected in
        ["わたしの情報の控え", "Tagged:          yes", "JavaScript:      no", "Encrypted:       no", "(A4)", "1.7"]
    {
        assert!(info.contains(expected), "{expected} is not in: {info}");
    }
}

#[test]
fn it_says_that_it_is_pdf_a_and_pdf_ua() {
    let metadata = poppler("pdfinfo", &["-meta"], &pdf(&job(Locale::En)));
    for expected in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<rdf:li>en</rdf:li>",
        "2026-11-21T11:30:10+09:00",
    ] {
        assert!(metadata.contains(expected), "{expected} is not in: {metadata}");
    }
}

#[test]
fn every_font_is_embedded_as_a_subset() {
    let fonts = poppler("pdffonts", &[], &pdf(&job_with(&["〓", "ﾊﾝｶｸ ①㈱ 髙﨑"])));
    let fonts: Vec<Vec<&str>> = fonts.lines().skip(2).map(|line| line.split_whitespace().rev().collect()).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    // From the right: object, generation, then Unicode, subset, embedded.
    assert!(fonts.iter().all(|font| font[2..5] == ["yes", "yes", "yes"]), "{fonts:?}");
}

#[test]
fn tables_are_tables_with_captions_and_headings() {
    let structure = poppler("pdfinfo", &["-struct"], &pdf(&job(Locale::Ja)));
    for expected in ["Document", "H1", "H2", "TOC", "Table", "Caption", "TR", "/Scope /Column", "/Scope /Row", "TD"] {
        assert!(structure.contains(expected), "{expected} is not in: {structure}");
    }
}

#[test]
fn japanese_in_an_english_document_says_so() {
    let says = |locale, language: &[u8]| pdf(&job(locale)).windows(language.len()).any(|bytes| bytes == language);
    assert!(says(Locale::En, b"/Lang(en)") && says(Locale::En, b"/Lang(ja)"));
    assert!(says(Locale::Ja, b"/Lang(ja)") && !says(Locale::Ja, b"/Lang(en)"));
}

#[test]
fn a_caption_belongs_to_its_table_wherever_pages_end() {
    for rows in 8..20 {
        let vaccines: Vec<Field<'_>> = vec![("vaccine", "四種混合", None); rows];
        let parts = vec![
            part("141003", "vaccination", None, &vaccines),
            part("NTA", "income", None, &[("dependants", "2", None)]),
        ];
        let structure = poppler("pdfinfo", &["-struct"], &pdf(&job_of(Locale::Ja, parts, 0)));
        let of_table = structure.lines().filter(|line| *line == "    Caption").count();
        let tables = structure.lines().filter(|line| line.starts_with("  Table")).count();
        assert_eq!((of_table, tables), (2, 2), "{rows} rows");
    }
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    assert!(pdf(&job(Locale::Ja)) == pdf(&job(Locale::Ja)));
}
