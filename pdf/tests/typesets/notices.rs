//! A notice as a document.

use domain::{Locale, NoticeKind};
use export::notice::{NoticePaper, Signer};
use export::pdf::{Block, Job};
use wire::notice::{
    Attachment, Block as Said, Fact, InLanguages, Line, MediaType, NOTICE_VERSION, NoticeContent, NoticeText, Office,
    Passage,
};

use crate::pages::{in_order, text};
use crate::program::{pdf, poppler};

fn line(text: &str) -> Line {
    Line::typed(text).unwrap()
}

fn passage(text: &str) -> Passage {
    Passage::typed(text).unwrap()
}

fn content() -> NoticeContent {
    let body = |first: &str| {
        vec![
            Said::Paragraph { text: passage(first) },
            Said::Heading { text: line("申し込んだあと") },
            Said::Steps { items: vec![passage("お知らせが届きます。"), passage("会場に行きます。")] },
            Said::List { items: vec![passage("受診券"), passage("カード")] },
            Said::Facts { rows: vec![Fact { term: line("会場"), text: passage("北区役所") }] },
            Said::Link {
                label: line("くわしい案内"),
                address: "https://www.city.yokohama.lg.jp/kenko?a=1&b=2".parse().unwrap(),
            },
        ]
    };
    let text = |title: &str, first: &str| NoticeText { title: line(title), body: body(first) };
    NoticeContent {
        version: NOTICE_VERSION,
        id: [1; 16].into(),
        sender: "141003".parse().unwrap(),
        kind: NoticeKind::Deadline,
        issued_at: "2026-11-01T00:30:00Z".parse().unwrap(),
        expires_at: "2027-03-31T14:59:59Z".parse().unwrap(),
        deadline: Some("2026-12-10".parse().unwrap()),
        office: Office { name: line("健康推進課").into(), phone: Some(line("045-000-0000")), hours: None },
        text: InLanguages {
            ja: text("健康診断の申込み", "市の健診です。"),
            ja_easy: Some(text("健康診断（体をしらべる）", "お金は いりません。")),
            en: Some(text("Health check-up", "It is free of charge.")),
        },
        reply: None,
        attachments: vec![Attachment {
            name: line("案内.pdf"),
            media_type: MediaType::Pdf,
            bytes: 40_000,
            sha256: "ab".repeat(32),
        }],
        wants_states: false,
        replaces: None,
    }
}

fn job_of(content: &NoticeContent, locale: Locale) -> Job {
    export::notice::job(&NoticePaper {
        made_at: "2026-11-03T05:05:00Z".parse().unwrap(),
        locale,
        years: wording::Years::Western,
        content,
        arrived_at: "2026-11-02T01:00:00Z".parse().unwrap(),
        replied_at: None,
        withdrawn: false,
        signer: Signer {
            subject: "CN=横浜市, C=JP",
            issuer: "CN=機関認証局, C=JP",
            serial: "0a1b2c",
            not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
            not_after: "2029-01-01T00:00:00Z".parse().unwrap(),
            signed_at: "2026-11-01T00:30:00Z".parse().unwrap(),
            content_sha256: "cd".repeat(32).leak(),
        },
    })
}

#[test]
fn a_notice_reads_in_order() {
    let text = text(&pdf(&job_of(&content(), Locale::Ja)));
    in_order(
        &text,
        &[
            "健康診断の申込み",
            "横浜市",
            "差出人を確認しました",
            "期限：2026年12月10日まで",
            "お知らせの内容",
            "市の健診です。",
            "申し込んだあと",
            "1.",
            "お知らせが届きます。",
            "2.",
            "会場に行きます。",
            "・",
            "受診券",
            "会場",
            "北区役所",
            "くわしい案内",
            "https://www.city.yoko",
            "添付ファイル",
            "案内.pdf",
            "このお知らせについて",
            "健康推進課",
            "差出人の確認",
            "CN=機関認証局, C=JP",
            "0a1b2c",
        ],
    );
    assert!(!text.contains("目次") && !text.contains('〓'), "{text}");
}

#[test]
fn each_language_is_set_in_its_own_words() {
    let content = content();
    in_order(&text(&pdf(&job_of(&content, Locale::En))), &["Health check-up", "We have confirmed the sender", "free"]);
    in_order(&text(&pdf(&job_of(&content, Locale::JaEasy))), &["健康診断（体をしらべる）", "お金は", "だれが送ったか"]);
}

#[test]
fn pages_are_numbered_and_lists_tables_and_links_are_what_they_are() {
    let document = pdf(&job_of(&content(), Locale::Ja));
    let structure = poppler("pdfinfo", &["-struct"], &document);
    for expected in ["H1", "H2", "L ", "LI", "Lbl", "Table", "/Scope /Row", "Link"] {
        assert!(structure.contains(expected), "{expected} is not in: {structure}");
    }
    let metadata = poppler("pdfinfo", &["-meta"], &document);
    for expected in ["<pdfaid:part>2</pdfaid:part>", "<pdfuaid:part>1</pdfuaid:part>", "健康診断の申込み"] {
        assert!(metadata.contains(expected), "{expected} is not in: {metadata}");
    }
    let pages = poppler("pdfinfo", &[], &document);
    let count = pages.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    assert!(text(&document).contains(&format!("1 / {count}")), "{pages}");
    let links = poppler("pdfinfo", &["-url"], &document);
    assert!(links.contains("https://www.city.yokohama.lg.jp/kenko?a=1&b=2"), "{links}");
}

/// Whoever signed a letter may have written anything; what arrives is refused before, and is still set here.
#[test]
fn marks_of_direction_endless_words_and_many_files_make_a_document() {
    let mut content = content();
    content.attachments = (1..=10)
        .map(|number| Attachment {
            name: line(&format!("{number}{}.pdf", "長い名前".repeat(40))),
            ..content.attachments[0].clone()
        })
        .collect();
    let mut job = job_of(&content, Locale::Ja);
    job.title = "\u{202e}gnp.exe\u{202c} #set page(fill: red)".to_owned();
    let blocks = &mut job.sections[0].chapters[0].blocks;
    blocks.extend([
        Block::Paragraph { text: format!("{} שלום \u{2067}مرحبا\u{2069}", "x".repeat(4000)) },
        Block::Link { label: "\u{202e}a".to_owned(), address: format!("https://a.example/{}", "y".repeat(480)) },
        Block::List { items: Vec::new() },
        Block::Steps { items: Vec::new() },
        Block::Facts { rows: Vec::new() },
        Block::Facts { rows: vec![["z".repeat(200), "語".repeat(4000)]] },
    ]);
    let document = pdf(&job);
    let text = text(&document);
    for expected in ["〓〔202E〕gnp.exe〓〔202C〕 #set page(fill: red)", "10長い名前", "この書類の書体にない文字"]
    {
        assert!(text.contains(expected), "{expected} is not in: {text}");
    }
    assert_eq!((text.matches('x').count() >= 4000, text.matches('語').count()), (true, 4000));
    let words = poppler("pdftotext", &["-bbox"], &document);
    let right = |line: &str| line.split("xMax=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let edge = words.lines().filter_map(right).fold(0.0, f64::max);
    assert!(edge < 595.3 - 45.0, "{edge}: something sticks out of the page");
}

#[test]
fn a_notice_without_words_is_a_document_too() {
    let mut content = content();
    content.text.ja_easy = Some(NoticeText { title: line("けんしん"), body: Vec::new() });
    in_order(
        &text(&pdf(&job_of(&content, Locale::JaEasy))),
        &["けんしん", "だれが送ったか、たしかめました", "お知らせの内容"],
    );
}
