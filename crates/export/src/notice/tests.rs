use wire::notice::{Fact, NOTICE_VERSION, NoticeText, Office, Passage};

use super::*;
use crate::sample::at;

fn line(text: &str) -> Line {
    Line::typed(text).unwrap()
}

fn passage(text: &str) -> Passage {
    Passage::typed(text).unwrap()
}

fn text(title: &str, body: Vec<Said>) -> NoticeText {
    NoticeText { title: line(title), body }
}

fn attachment(name: &str) -> Attachment {
    Attachment { name: line(name), media_type: MediaType::Pdf, bytes: 40_000, sha256: "ab".repeat(32) }
}

fn content() -> NoticeContent {
    let body = vec![
        Said::Paragraph { text: passage("市の健診です。\n無料です。") },
        Said::Heading { text: line("申し込んだあと") },
        Said::Steps { items: vec![passage("お知らせが届きます。"), passage("会場に行きます。")] },
        Said::List { items: vec![passage("受診券"), passage("カード")] },
        Said::Facts { rows: vec![Fact { term: line("会場"), text: passage("北区役所") }] },
        Said::Link {
            label: line("くわしい案内"), address: "https://www.city.yokohama.lg.jp/kenko".parse().unwrap()
        },
    ];
    NoticeContent {
        version: NOTICE_VERSION,
        id: [1; 16].into(),
        sender: "141003".parse().unwrap(),
        kind: NoticeKind::Deadline,
        issued_at: at("2026-11-01T00:30:00Z"),
        expires_at: at("2027-03-31T14:59:59Z"),
        deadline: Some("2026-12-10".parse().unwrap()),
        office: Office { name: line("健康推進課").into(), phone: Some(line("045-000-0000")), hours: None },
        text: InLanguages {
            ja: text("健康診断の申込み", body),
            ja_easy: None,
            en: Some(text("Health check-up", vec![Said::Paragraph { text: passage("It is free of charge.") }])),
        },
        reply: None,
        attachments: vec![attachment("案内.pdf")],
        wants_states: false,
        replaces: None,
    }
}

fn paper(content: &NoticeContent, locale: Locale) -> NoticePaper<'_> {
    NoticePaper {
        made_at: at("2026-11-03T05:05:00Z"),
        locale,
        years: Years::Western,
        content,
        arrived_at: at("2026-11-02T01:00:00Z"),
        replied_at: None,
        withdrawn: false,
        signer: Signer {
            subject: "CN=横浜市, C=JP",
            issuer: "CN=機関認証局, C=JP",
            serial: "0a1b2c",
            not_before: at("2026-01-01T00:00:00Z"),
            not_after: at("2029-01-01T00:00:00Z"),
            signed_at: at("2026-11-01T00:30:00Z"),
            content_sha256: "cd",
        },
    }
}

fn headings(job: &Job) -> Vec<&str> {
    job.sections.iter().map(|section| section.heading.as_str()).collect()
}

fn facts(section: &Section) -> &[[String; 2]] {
    match &section.chapters[0].blocks[0] {
        Block::Facts { rows } => rows,
        _ => &[],
    }
}

#[test]
fn it_says_who_wrote_that_this_is_so_and_until_when() {
    let content = content();
    let job = job(&paper(&content, Locale::Ja));
    assert_eq!(job.title, "健康診断の申込み");
    assert_eq!(
        job.lead,
        [
            "横浜市",
            "差出人を確認しました",
            "横浜市が2026年11月1日（日）9時30分に電子署名した文書です。そのあと書き換えられていないことを、マイ・ポータルが確かめました。",
            "期限：2026年12月10日まで",
            "このPDFは、マイ・ポータルが2026年11月3日（火）14時5分に作りました。",
        ]
    );
    assert_eq!(headings(&job), ["お知らせの内容", "添付ファイル", "このお知らせについて", "差出人の確認"]);
}

#[test]
fn the_words_keep_their_structure() {
    let content = content();
    let job = job(&paper(&content, Locale::Ja));
    let chapters = &job.sections[0].chapters;
    assert_eq!(chapters[1].heading.as_deref(), Some("申し込んだあと"));
    assert!(chapters[0].blocks == [Block::Paragraph { text: "市の健診です。\n無料です。".to_owned() }]);
    assert!(matches!(
        chapters[1].blocks.as_slice(),
        [Block::Steps { .. }, Block::List { .. }, Block::Facts { .. }, Block::Link { .. }]
    ));
}

#[test]
fn the_signature_is_told_with_the_certificate_and_both_times() {
    let content = content();
    let job = job(&paper(&content, Locale::Ja));
    let rows = facts(&job.sections[3]);
    for (term, value) in [
        ("署名した機関の証明書", "CN=横浜市, C=JP"),
        ("証明書を発行した認証局", "CN=機関認証局, C=JP"),
        ("証明書の番号", "0a1b2c"),
        ("証明書の有効期間", "2026年1月1日（木）9時0分から2029年1月1日（月）9時0分まで"),
        ("署名した日時", "2026年11月1日（日）9時30分"),
        ("確かめた日時", "2026年11月3日（火）14時5分"),
        ("署名した中身のハッシュ値（SHA-256）", "cd"),
    ] {
        assert!(rows.contains(&[term.to_owned(), value.to_owned()]), "{term}: {value} in {rows:?}");
    }
}

#[test]
fn each_language_is_the_sender_s_own_where_it_is_there() {
    let content = content();
    let english = job(&paper(&content, Locale::En));
    assert_eq!((english.language.as_str(), english.title.as_str()), ("en", "Health check-up"));
    assert!(english.lead.contains(&"Deadline: 10 December 2026".to_owned()), "{:?}", english.lead);
    let easy = job(&paper(&content, Locale::JaEasy));
    assert_eq!(easy.title, "健康診断の申込み", "there is none in やさしい日本語");
    assert!(easy.lead.contains(&"この文は、ふつうの日本語だけです。".to_owned()), "{:?}", easy.lead);
}

#[test]
fn what_was_taken_back_says_so_before_anything_else() {
    let content = content();
    let job = job(&NoticePaper { withdrawn: true, ..paper(&content, Locale::Ja) });
    assert!(job.lead[1].starts_with("差出人が、このお知らせを取り下げました"), "{:?}", job.lead);
}

#[test]
fn every_file_is_named_and_said_not_to_be_here() {
    let mut content = content();
    content.attachments = (1..=10).map(|number| attachment(&format!("書類{number}.pdf"))).collect();
    let job = job(&paper(&content, Locale::Ja));
    let rows = facts(&job.sections[1]);
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[9], ["書類10.pdf".to_owned(), format!("PDF、40KB\nSHA-256: {}", "ab".repeat(32))]);
    assert!(job.sections[1].chapters[0].lead[0].contains("このPDFに入っていません"));
    content.attachments.clear();
    assert!(!headings(&super::job(&paper(&content, Locale::Ja))).contains(&"添付ファイル"));
}

#[test]
fn a_text_without_words_leaves_no_empty_chapter() {
    let mut content = content();
    content.text.ja_easy = Some(text("けんしん", Vec::new()));
    assert!(job(&paper(&content, Locale::JaEasy)).sections[0].chapters.is_empty());
}

#[test]
fn the_file_is_named_after_sender_and_title() {
    let mut content = content();
    assert_eq!(file_name(&paper(&content, Locale::Ja)), "横浜市_健康診断の申込み.pdf");
    content.text.ja.title = line("../..\\a:b*\"c\"<d>|e 12/10まで.");
    let name = file_name(&paper(&content, Locale::Ja));
    assert_eq!(name, "横浜市_.._.._a_b__c__d__e 12_10まで.pdf");
    content.text.ja.title = line(&"長".repeat(200));
    let name = file_name(&paper(&content, Locale::Ja));
    assert!(name.len() <= 255 && name.ends_with("長.pdf"), "{name}");
}

#[test]
fn a_job_of_a_notice_travels_as_json() {
    let content = content();
    let job = job(&paper(&content, Locale::En));
    let json = serde_json::to_string(&job).unwrap();
    assert!(serde_json::from_str::<Job>(&json).unwrap() == job);
}
