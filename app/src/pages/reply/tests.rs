//! The form, what is going to be sent, and what is over.

use domain::Locale;

use super::*;
use crate::context::testing;
use crate::pages::notice::tests::opened;

pub(in crate::pages) fn page(locale: Locale, draft: Option<ReplyDraft>) -> String {
    of(locale, opened(), draft)
}

fn of(locale: Locale, opened: OpenedNotice, draft: Option<ReplyDraft>) -> String {
    let here = testing::here(locale, "/notices/7/reply", true);
    ui::render(|| shown(here, About::of(opened).unwrap(), draft))
}

pub(in crate::pages) fn draft(fields: &[(&str, &str)]) -> ReplyDraft {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ReplyDraft { fields, again: false, fault: None }
}

fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn every_question_is_a_field_with_its_label_and_what_it_takes() {
    let html = page(Locale::Ja, None);
    has(
        &html,
        &[
            r#"<form method="post" action="/notices/7/reply/check""#,
            r#"type="radio" id="q-place__north" name="q-place" value="north""#,
            "北区役所",
            "※必須",
            r#"<textarea id="q-wish" name="q-wish""#,
            "200文字まで書けます。",
            r#"min="2026-12-01" max="2026-12-10""#,
        ],
    );
}

#[test]
fn what_is_wrong_is_said_above_and_at_its_field_and_nothing_typed_is_lost() {
    let html = page(Locale::Ja, Some(draft(&[("q-wish", "午前</textarea><b>"), ("q-day", "2027-01-01")])));
    has(&html, &[r##"<a href="#q-place__north">"##, r##"<a href="#q-day">"##, "＊答えを選ぶか、書いてください。"]);
    has(
        &html,
        &[
            "会場：答えを選ぶか、書いてください。",
            "2026年12月1日から2026年12月10日までの日",
            r#"value="2027-01-01""#,
            "\n午前&lt;/textarea>&lt;b>",
        ],
    );
    assert!(!html.contains("<b>"), "{html}");
}

#[test]
fn before_anything_goes_it_is_shown_with_whom_it_goes_to() {
    let fields = [("q-place", "north"), ("q-wish", "午前が\nよいです"), ("q-day", "2026-12-10"), ("x", "y")];
    let html = page(Locale::Ja, Some(draft(&fields)));
    has(&html, &["<dt>会場</dt><dd><span class=\"passage\">北区役所</span>", "2026年12月10日", "横浜市に送る"]);
    has(&html, &[r#"action="/notices/7/reply/send""#, r#"<input type="hidden" name="q-place" value="north""#]);
    assert!(!html.contains(r#"name="x""#), "{html}");
    let changed = page(Locale::Ja, Some(ReplyDraft { again: true, ..draft(&fields) }));
    has(&changed, &[r#"value="north" checked"#, "午前が\nよいです"]);
}

#[test]
fn a_question_left_open_is_said_to_be_so() {
    let html = page(Locale::Ja, Some(draft(&[("q-place", "south")])));
    has(&html, &["<dt>要望</dt><dd><span class=\"passage\">（答えません）</span>"]);
}

#[test]
fn what_is_over_is_said_and_asks_nothing() {
    let mut replied = opened();
    replied.line.touched.replied_at = Some("2026-11-02T03:00:00Z".parse().unwrap());
    let html = of(Locale::Ja, replied, None);
    has(&html, &["2026年11月2日（月）12時0分に回答しました。"]);
    let mut closed = opened();
    closed.content.reply.as_mut().unwrap().closes_at = "2026-11-01T03:00:00Z".parse().unwrap();
    let late = of(Locale::Ja, closed, Some(draft(&[("q-place", "south")])));
    has(&late, &["に締め切りました。"]);
    for html in [html, late] {
        assert!(!html.contains("q-place"), "{html}");
    }
}

#[test]
fn answers_that_could_not_be_sealed_are_kept_on_the_page() {
    let fault = Some(ReplyFault::Unbelievable);
    let html = page(Locale::Ja, Some(ReplyDraft { fault, ..draft(&[("q-place", "south")]) }));
    has(&html, &["送れませんでした", r#"value="south" checked"#]);
}

#[test]
fn a_notice_that_asks_nothing_or_was_taken_back_has_no_form() {
    let mut silent = opened();
    silent.content.reply = None;
    assert!(About::of(silent).is_none());
    let mut withdrawn = opened();
    withdrawn.line.withdrawn = true;
    assert!(About::of(withdrawn).is_none());
}

#[test]
fn a_draft_never_stands_in_a_log() {
    assert_eq!(format!("{:?}", draft(&[("q-wish", "ひみつ")])), "ReplyDraft(None)");
}
