use super::*;
use crate::context::testing;
use domain::{AccessRecordId, Locale};

pub(in crate::pages) fn about() -> About {
    let field = |name: &str, period: &str, value: &str| InformationField {
        name: name.to_owned(),
        period: Some(period.to_owned()),
        value: value.to_owned(),
        unit: Some("JPY".to_owned()),
    };
    let answer = OwnAnswer {
        at: "2026-11-03T05:05:00Z".parse().unwrap(),
        id: AccessRecordId::from([1; 16]),
        schema_version: 1,
        fields: vec![field("total-income", "2024", "3100000"), field("total-income", "2025", "3400000")],
        content: Vec::new().into(),
        signed: Vec::new().into(),
    };
    About { place: 3, provider: "NTA".parse().unwrap(), kind: "income".parse().unwrap(), answer }
}

pub(in crate::pages) fn draft(fault: ReportFault, words: &str) -> ReportDraft {
    ReportDraft { field: "1".to_owned(), words: words.to_owned(), fault }
}

fn page(locale: Locale, draft: Option<ReportDraft>) -> String {
    let here = testing::here(locale, "/information/3/report", true);
    ui::render(|| view! { <Report here about=about() draft/> })
}

#[test]
fn every_field_of_the_answer_can_be_chosen_by_its_number() {
    let html = page(Locale::Ja, None);
    assert!(html.contains(r#"<option value="" selected>全体について</option>"#), "{html}");
    // The newest period stands first; the number is that in the answer.
    let newest = html.find(r#"<option value="1">総所得金額（2025年分）：3,400,000円</option>"#).unwrap();
    let older = html.find(r#"<option value="0">総所得金額（2024年分）：3,100,000円</option>"#).unwrap();
    assert!(newest < older);
    assert!(html.contains(r#"action="/information/3/report/send""#));
}

#[test]
fn what_happens_next_is_said_before_the_button() {
    for locale in Locale::ALL {
        let html = page(locale, None);
        let next = html.find(&testing::here(locale, "/", true).text(key::REPORT_NEXT)).unwrap();
        assert!(
            next < html.find("<button type=\"submit\" class=\"button button-solid").unwrap_or(html.len()),
            "{html}"
        );
        assert!(!html.contains("error-summary"));
    }
}

#[test]
fn what_is_wrong_is_said_at_the_field_and_above_and_nothing_typed_is_lost() {
    let long = "長い".repeat(501);
    for (fault, typed, said) in [
        (WordsFault::Empty, " ", "何がまちがっているかを書いてください。"),
        (WordsFault::TooLong, long.as_str(), "いまは1,002字あります。"),
        (WordsFault::Unprintable, "<b>多い", "目に見えない文字が入っています。"),
    ] {
        let html = page(Locale::Ja, Some(draft(ReportFault::Words(fault), typed)));
        assert_eq!(html.matches(said).count(), 2, "{said} in {html}");
        assert!(
            html.contains(r##"<a href="#words">"##) && html.contains(r#"aria-describedby="words-support words-error""#)
        );
        assert!(html.contains(&format!("{}</textarea>", typed.replace('<', "&lt;"))), "{html}");
        assert!(html.contains(r#"<option value="1" selected>"#), "{html}");
    }
    let html = page(Locale::Ja, Some(draft(ReportFault::Field, "多い")));
    assert!(html.contains(r##"<a href="#field">"##), "{html}");
}

#[test]
fn what_was_not_sent_says_so_and_keeps_what_was_typed() {
    for locale in Locale::ALL {
        let said = [ReportFault::Unreachable, ReportFault::Refused, ReportFault::Unbelievable].map(|fault| {
            let html = page(locale, Some(draft(fault, "多すぎます")));
            assert!(html.contains("多すぎます</textarea>") && html.contains(r#"role="alert""#), "{html}");
            html
        });
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2]);
    }
}

#[test]
fn a_draft_never_stands_in_a_log() {
    assert!(!format!("{:?}", draft(ReportFault::Field, "秘密")).contains("秘密"));
}
