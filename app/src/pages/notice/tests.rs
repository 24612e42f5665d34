//! One notice, as it is written.

use domain::NoticeKind;
use portal::NoticeSignature;
use portal::letter::{
    Attachment, Block, Choice, Fact as FactRow, InLanguages, MediaType, NOTICE_VERSION, Office, Passage, Question,
    QuestionForm, ReplyForm,
};

use super::*;
use crate::context::testing;
use crate::pages::notices::tests::{line, notice as row, title};

fn passage(text: &str) -> Passage {
    Passage::typed(text).unwrap()
}

fn in_three(ja: &str, ja_easy: &str, en: &str) -> InLanguages<NoticeText> {
    let text = |title: &str, body: &str| NoticeText {
        title: line(title),
        body: vec![
            Block::Heading { text: line(title) },
            Block::Paragraph { text: passage(body) },
            Block::Facts { rows: vec![FactRow { term: line(title), text: passage("2026-12-10 9:00") }] },
            Block::List { items: vec![passage("A"), passage("B")] },
            Block::Steps { items: vec![passage("1"), passage("2")] },
            Block::Link { label: line("WWW"), address: "https://www.city.yokohama.lg.jp/kenko".parse().unwrap() },
        ],
    };
    InLanguages {
        ja: text(ja, "市の健診です。\n無料です。"),
        ja_easy: Some(text(ja_easy, "お金は いりません。")),
        en: Some(text(en, "It is free of charge.")),
    }
}

pub(in crate::pages) fn opened() -> OpenedNotice {
    let choice = |value: &str, name: InLanguages<portal::letter::Line>| Choice { value: value.to_owned(), label: name };
    let question =
        |name: &str, label, required, form| Question { name: name.to_owned(), label, help: None, required, form };
    let reply = ReplyForm {
        closes_at: "2026-11-10T14:59:59Z".parse().unwrap(),
        sealing_certificate: String::new(),
        questions: vec![
            question(
                "place",
                title("会場", "場所", "Place"),
                true,
                QuestionForm::One {
                    of: vec![
                        choice("north", title("北区役所", "北区役所", "North ward office")),
                        choice("south", title("南区役所", "南区役所", "South ward office")),
                    ],
                },
            ),
            question("wish", title("要望", "してほしいこと", "Wishes"), false, QuestionForm::Words { chars_max: 200 }),
            question(
                "day",
                title("希望日", "日", "Day"),
                false,
                QuestionForm::Day { first: "2026-12-01".parse().unwrap(), last: "2026-12-10".parse().unwrap() },
            ),
        ],
    };
    let content = NoticeContent {
        version: NOTICE_VERSION,
        id: [1; 16].into(),
        sender: "141003".parse().unwrap(),
        kind: NoticeKind::SignUp,
        issued_at: "2026-11-01T00:30:00Z".parse().unwrap(),
        expires_at: "2027-03-31T14:59:59Z".parse().unwrap(),
        deadline: Some("2026-11-10".parse().unwrap()),
        office: Office {
            name: title("健康推進課", "健康推進課", "Health promotion section"),
            phone: Some(line("045-000-0000")),
            hours: None,
        },
        text: in_three("健康診断の申込み", "健康診断（体をしらべる）", "Health check-up"),
        reply: Some(reply),
        attachments: vec![Attachment {
            name: line("guide.pdf"),
            media_type: MediaType::Pdf,
            bytes: 40_000,
            sha256: "00".repeat(32),
        }],
        wants_states: true,
        replaces: None,
    };
    let line = portal::InboxNotice {
        deadline: content.deadline,
        replies_until: content.reply.as_ref().map(|form| form.closes_at),
        attachments: 1,
        ..row(7, NoticeKind::SignUp, title("健康診断の申込み", "健康診断（体をしらべる）", "Health check-up"))
    };
    let signature = NoticeSignature {
        subject: "CN=横浜市 署名, O=横浜市, C=JP".to_owned(),
        issuer: "CN=機関認証局, C=JP".to_owned(),
        serial: "0a1b".to_owned(),
        not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
        not_after: "2029-01-01T00:00:00Z".parse().unwrap(),
        signed_at: content.issued_at,
        content_sha256: "ab".repeat(32),
    };
    OpenedNotice { line, content, signed: Vec::new().into(), signature, replaced_by: None, states_given: false }
}

pub(in crate::pages) fn page(locale: Locale, query: &str, opened: OpenedNotice, shared_device: bool) -> String {
    let here = testing::here(locale, &format!("/notices/7{query}"), true);
    ui::render(|| view! { <Notice here opened shared_device/> })
}

fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn it_says_who_signed_it_and_when() {
    let html = page(Locale::Ja, "", opened(), false);
    assert!(!html.contains("未読</span>"), "whoever sees it has opened it: {html}");
    has(&html, &["差出人を確認しました", "横浜市が2026年11月1日（日）9時30分に電子署名した文書です。"]);
}

#[test]
fn what_the_sender_wrote_stands_in_its_structure() {
    let html = page(Locale::Ja, "", opened(), false);
    has(
        &html,
        &[
            "<h1>健康診断の申込み</h1>",
            "<h2>健康診断の申込み</h2>",
            "<p class=\"passage\">市の健診です。\n無料です。</p>",
            "<dt>健康診断の申込み</dt>",
            r#"<ol role="list" class="instructions">"#,
            r#"rel="noreferrer noopener external""#,
            "外のページ：www.city.yokohama.lg.jp",
        ],
    );
}

#[test]
fn nothing_of_it_becomes_markup() {
    let mut bad = opened();
    bad.content.text.ja.title = line("<img src=x onerror=alert(1)>");
    bad.content.text.ja.body = vec![
        Block::Paragraph { text: passage("</p><script>alert(2)</script>") },
        Block::Link { label: line("\"><b>"), address: "https://a.example/?'onclick=1".parse().unwrap() },
    ];
    bad.content.attachments[0].name = line("<i>.pdf");
    let html = page(Locale::Ja, "", bad, false);
    for part in ["<img src=x", "<script>alert", "<b>", "<i>"] {
        assert!(!html.contains(part), "{part} in {html}");
    }
}

#[test]
fn the_reader_chooses_among_the_languages_that_the_sender_wrote() {
    has(&page(Locale::En, "", opened(), false), &["<h1>Health check-up</h1>", "It is free of charge."]);
    let html = page(Locale::Ja, "?text=en", opened(), false);
    has(&html, &[r#"<h1 lang="en">Health check-up</h1>"#, r#"href="/notices/7?text=ja-easy""#]);
    let mut japanese = opened();
    (japanese.content.text.en, japanese.content.text.ja_easy) = (None, None);
    let html = page(Locale::En, "", japanese, false);
    has(&html, &["This text is in Japanese only", r#"<h1 lang="ja">健康診断の申込み</h1>"#]);
    assert!(!html.contains("letter-languages"), "{html}");
}

#[test]
fn days_left_a_calendar_and_whom_to_ask() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &["2026年11月10日まで（あと7日）", r#"href="/notices/7/calendar""#, "健康推進課", "045-000-0000"]);
    let mut over = opened();
    over.line.deadline = Some("2026-11-02".parse().unwrap());
    assert!(!page(Locale::Ja, "", over, false).contains("/calendar"), "a day that has passed is for no calendar");
}

#[test]
fn what_is_to_be_answered_goes_into_a_calendar_without_a_deadline_too_until_it_is_answered() {
    let mut asked = opened();
    asked.line.deadline = None;
    has(&page(Locale::Ja, "", asked, false), &[r#"href="/notices/7/calendar""#]);
    let mut answered = opened();
    answered.line.deadline = None;
    answered.line.touched.replied_at = Some("2026-11-02T03:00:00Z".parse().unwrap());
    assert!(!page(Locale::Ja, "", answered, false).contains("/calendar"));
}

#[test]
fn files_are_offered_with_what_they_are() {
    let html = page(Locale::Ja, "", opened(), true);
    has(&html, &[r#"href="/notices/7/files/0" download"#, "guide.pdfを保存する", "PDF、40KB", "共用の端末です"]);
}

#[test]
fn a_notice_that_was_taken_back_says_so_and_gives_no_files() {
    let mut withdrawn = opened();
    withdrawn.line.withdrawn = true;
    withdrawn.replaced_by = Some(LetterId::of_number(9));
    let html = page(Locale::Ja, "", withdrawn, false);
    has(
        &html,
        &[
            "差出人が、このお知らせを取り下げました",
            "取り下げのため、添付ファイルは開けません。",
            r#"href="/notices/9""#,
        ],
    );
    assert!(!html.contains("/files/0") && !html.contains("状態を知らせる"), "{html}");
}

#[test]
fn what_would_not_stay_unread_is_not_said_to_stay() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &["未読に戻すと、", r#"value="unread""#]);
    let mut withdrawn = opened();
    withdrawn.line.withdrawn = true;
    let mut binned = opened();
    binned.line.touched.binned_at = Some("2026-11-02T03:00:00Z".parse().unwrap());
    for gone in [withdrawn, binned] {
        let html = page(Locale::Ja, "", gone, false);
        has(&html, &["<dd>ログアウトすると消えます。</dd>"]);
        assert!(!html.contains("未読に戻す") && !html.contains(r#"value="unread""#), "{html}");
    }
}

#[test]
fn nothing_is_told_to_the_sender_unless_the_person_says_so() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &["いまは、何も知らせていません。", r#"<input type="hidden" name="give" value="yes""#]);
    let html = page(Locale::Ja, "", OpenedNotice { states_given: true, ..opened() }, false);
    has(&html, &["知らせるのをやめる"]);
    assert!(!html.contains(r#"name="give""#), "{html}");
    let mut unasked = opened();
    unasked.content.wants_states = false;
    assert!(!page(Locale::Ja, "", unasked, false).contains("状態を知らせる"));
}

#[test]
fn the_way_to_the_answer_is_open_until_it_closes_or_was_taken() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &["2026年11月10日（火）23時59分まで受け付けています。", r#"href="/notices/7/reply""#, "申し込む</a>"]);
    let mut replied = opened();
    replied.line.touched.replied_at = Some("2026-11-02T03:00:00Z".parse().unwrap());
    let replied = page(Locale::Ja, "", replied, false);
    has(&replied, &["2026年11月2日（月）12時0分に回答しました。"]);
    let mut closed = opened();
    closed.content.reply.as_mut().unwrap().closes_at = "2026-11-01T03:00:00Z".parse().unwrap();
    let closed = page(Locale::Ja, "", closed, false);
    has(&closed, &["2026年11月1日（日）12時0分に締め切りました。"]);
    for html in [replied, closed] {
        assert!(!html.contains("/reply"), "{html}");
    }
}

#[test]
fn it_can_be_put_away_and_verified_without_us() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &[r#"value="unread""#, r#"value="archive""#, r#"value="bin""#, r#"name="star""#]);
    has(&html, &[r#"href="/notices/7/pdf?text=ja" download"#]);
    has(&page(Locale::Ja, "?text=en", opened(), false), &[r#"href="/notices/7/pdf?text=en" download"#]);
    has(&html, &["openssl cms -verify", r#"href="/notices/7/letter""#, r#"href="/notices/authority""#]);
}

/// They have no signature of their own; their hashes stand in what was signed.
#[test]
fn how_files_are_verified_is_said_where_there_are_some() {
    let html = page(Locale::Ja, "", opened(), false);
    has(&html, &["sha256sum FILE", "notice.jsonの「attachments」"]);
    let mut without = opened();
    without.content.attachments.clear();
    assert!(!page(Locale::Ja, "", without, false).contains("sha256sum"));
}

#[test]
fn what_cannot_be_verified_is_not_shown() {
    let page = |why| {
        let here = testing::here(Locale::Ja, "/notices/7", true);
        ui::render(|| view! { <Refused here why/> })
    };
    let (damaged, unverified) = (page(Refusal::Damaged), page(Refusal::Unverified));
    has(&damaged, &["<h1>このお知らせは表示できません</h1>", "内容を出していません", "4F2A-91CD"]);
    has(&unverified, &["<h1>差出人を確認できません</h1>", "内容を出していません", "4F2A-91CD"]);
    assert!(!damaged.contains("差出人を確認しました") && !unverified.contains("差出人を確認しました"));
}
