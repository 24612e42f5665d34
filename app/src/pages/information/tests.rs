use super::*;
use crate::context::testing;
use domain::{AccessRecordId, InformationField, Locale};
use jiff::Timestamp;
use portal::{OwnAnswer, SourceFailure};

fn at() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn source(place: u32, provider: &str, kind: &str, state: OwnState) -> OwnSource {
    OwnSource { place, provider: provider.parse().unwrap(), info_kind: kind.parse().unwrap(), state }
}

pub(in crate::pages) fn sources() -> Vec<OwnSource> {
    let field = |name: &str, value: &str| InformationField {
        name: name.to_owned(),
        period: Some("2025".to_owned()),
        value: value.to_owned(),
        unit: Some("JPY".to_owned()),
    };
    let answer = OwnAnswer {
        at: at(),
        id: AccessRecordId::from([1; 16]),
        schema_version: 1,
        fields: vec![field("total-income", "3400000"), field("salary-income", "5000000")],
        content: Vec::new().into(),
        signed: Vec::new().into(),
    };
    let failed = |why| OwnState::Failed { at: at(), why };
    vec![
        source(0, "141003", "long-term-care", OwnState::NothingHeld { at: at(), id: AccessRecordId::from([2; 16]) }),
        source(1, "141003", "resident-record", failed(SourceFailure::Late)),
        source(2, "JPS", "pension-coverage", failed(SourceFailure::Unbelievable)),
        source(3, "NTA", "income", OwnState::Answered(Box::new(answer.clone()))),
        source(4, "KYOKAI", "insurance-coverage", OwnState::Answered(Box::new(answer))),
    ]
}

pub(in crate::pages) fn gathered(sources: Vec<OwnSource>) -> Gathered {
    Gathered { started_at: at(), sources, arrivals: Arrivals::default(), elsewhere: false }
}

fn page(locale: Locale, sources: Vec<OwnSource>) -> String {
    let here = testing::here(locale, "/information", true);
    let gathered = gathered(sources);
    ui::render(|| view! { <Information here gathered arriving=None files=Vec::new() shared_device=false/> })
}

#[test]
fn an_answer_is_told_as_a_person_reads_it_with_who_answered_and_when() {
    let html = page(Locale::Ja, sources());
    for part in ["総所得金額", "3,400,000円", "国税庁が答えました（2026年11月3日（火）14時5分）", "（2025年"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("total-income"));
}

#[test]
fn who_is_late_or_not_believed_is_named_and_may_be_asked_again() {
    let html = page(Locale::Ja, sources());
    assert!(
        html.contains("横浜市の「住民票の情報」を見られませんでした")
            || html.contains("時間内に返事がありませんでした")
    );
    assert!(html.contains("署名を確かめられなかった"));
    assert_eq!(html.matches(r#"action="/information/again""#).count(), 2);
    assert!(html.contains(r#"<input type="hidden" name="place" value="1""#), "{html}");
}

#[test]
fn who_holds_nothing_is_named_in_one_line() {
    assert!(page(Locale::Ja, sources()).contains("の情報は持っていません。"));
}

#[test]
fn that_there_are_no_answers_to_reports_is_not_told_ten_times() {
    let nothing = OwnState::NothingHeld { at: at(), id: AccessRecordId::from([2; 16]) };
    let html = page(Locale::Ja, vec![source(0, "NTA", "correction-report", nothing)]);
    assert!(!html.contains("まちがいの知らせへの答え"), "{html}");
}

#[test]
fn every_answer_leads_to_the_page_that_reports_a_mistake_in_it() {
    let html = page(Locale::Ja, sources());
    assert!(html.contains(r#"href="/information/3/report""#), "{html}");
    assert!(html.contains("「所得と所得税」のまちがいを知らせる"), "{html}");
    assert_eq!(html.matches("/report\"").count(), 2);
}

#[test]
fn every_failure_has_words_of_its_own() {
    use SourceFailure::{Interrupted, Late, NotKept, Refused, TooMuch, Unbelievable, Unreachable};
    for locale in Locale::ALL {
        let all = [Late, Unreachable, Refused, Unbelievable, TooMuch, NotKept, Interrupted];
        let said: std::collections::BTreeSet<String> = all
            .into_iter()
            .map(|why| page(locale, vec![source(0, "NTA", "income", OwnState::Failed { at: at(), why })]))
            .collect();
        assert_eq!(said.len(), all.len());
    }
}

#[test]
fn nothing_is_gathered_before_the_person_asks() {
    let here = testing::here(Locale::Ja, "/information", true);
    let html = ui::render(|| view! { <Before here/> });
    assert!(html.contains(r#"<form method="post" action="/information/gather""#), "{html}");
    assert!(html.contains("自分で見た記録"));
}

#[test]
fn where_no_institution_knows_the_person_the_page_says_so() {
    assert!(page(Locale::En, Vec::new()).contains("No institution has a code for you yet"));
}

#[test]
fn what_was_gathered_can_be_taken_home_in_one_file_or_in_others() {
    let html = page(Locale::Ja, sources());
    for format in ["zip", "pdf", "html", "csv", "json", "records-csv"] {
        assert!(html.contains(&format!(r#"name="format" value="{format}""#)), "{format} in {html}");
    }
    assert!(!page(Locale::Ja, Vec::new()).contains("/information/files"));
}

#[test]
fn on_a_device_that_others_use_a_warning_stands_before_the_files() {
    let here = testing::here(Locale::Ja, "/information", true);
    let gathered = gathered(sources());
    let html = ui::render(|| {
        view! { <Information here gathered arriving=None files=Vec::new() shared_device=true/> }
    });
    assert!(html.contains("共用の端末には保存しないでください"), "{html}");
    assert!(html.contains("<details"), "{html}");
}

/// Only reading: without a portal nothing is waited for here.
#[test]
fn what_another_portal_asks_for_is_looked_for_again() {
    let here = testing::here(Locale::Ja, "/information", true);
    let asked = OwnState::Asked { at: at() };
    let html = ui::render(|| elsewhere(&here, vec![source(0, "NTA", "income", asked)]));
    assert!(html.contains("国税庁に「所得の情報」を問い合わせています"), "{html}");
    assert!(!html.contains("すべての問い合わせが終わりました"), "{html}");
}
