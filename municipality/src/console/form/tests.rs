use super::*;
use wire::notice::QuestionForm;

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

fn form(fields: &[(&str, &str)]) -> DraftForm {
    let least = [
        ("kind", "information"),
        ("title", "健康診断を受けられます"),
        ("body", "40歳からの人は無料です。"),
        ("office", "健康推進課"),
        ("expires", "2026-12-31"),
    ];
    let pairs = least.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    DraftForm::sent(pairs.collect()).unwrap()
}

fn build(form: &DraftForm) -> Result<Built, Vec<FieldError>> {
    let org: OrgCode = "141003".parse().unwrap();
    form.build(&[], &Maker { org: &org, sealing_certificate: "MII", now: now() })
}

fn fields_of(form: &DraftForm) -> Vec<String> {
    build(form).err().unwrap_or_default().into_iter().map(|fault| fault.field_id).collect()
}

#[test]
fn a_form_becomes_a_draft_that_ends_with_its_day() {
    let built = build(&form(&[])).ok().unwrap();
    assert_eq!(built.draft.expires_at.to_string(), "2026-12-31T15:00:00Z");
    assert_eq!(built.starts_at, None);
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    let empty = DraftForm::sent(vec![]).unwrap();
    assert_eq!(fields_of(&empty), ["kind", "title", "body", "office", "expires"]);
    assert_eq!(fields_of(&form(&[("kind", "deadline")])), ["deadline"]);
    assert_eq!(fields_of(&form(&[("kind", "request")])), ["q1-label", "closes"]);
    assert_eq!(fields_of(&form(&[("expires", "2026-01-01")])), ["expires"]);
    assert_eq!(fields_of(&form(&[("expires", "あした")])), ["expires"]);
    assert_eq!(fields_of(&form(&[("easy_title", "やさしく")])), ["easy-body"]);
}

#[test]
fn questions_are_asked_as_they_were_written() {
    let form = form(&[
        ("kind", "sign-up"),
        ("closes", "2026-12-10"),
        ("q1-label", "どちらで受けますか"),
        ("q1-form", "one"),
        ("q1-choices", "区役所\n病院\n"),
        ("q1-required", "yes"),
        ("q3-label", "ほかに"),
        ("q3-form", "words"),
    ]);
    let reply = build(&form).ok().unwrap().draft.reply.unwrap();
    assert_eq!(reply.questions.len(), 2);
    assert!(matches!(&reply.questions[0].form, QuestionForm::One { of } if of.len() == 2));
    assert!(reply.questions[0].required && !reply.questions[1].required);
    assert_eq!(reply.closes_at.to_string(), "2026-12-10T15:00:00Z");
}

#[test]
fn a_question_to_choose_from_needs_choices() {
    let form = form(&[("kind", "request"), ("closes", "2026-12-10"), ("q1-label", "どちら"), ("q1-choices", "一つ")]);
    assert_eq!(fields_of(&form), ["q1-choices"]);
}

#[test]
fn a_start_is_an_hour_of_japan() {
    let built = build(&form(&[("starts", "2026-11-25"), ("starts_hour", "13")])).ok().unwrap();
    assert_eq!(built.starts_at.unwrap().to_string(), "2026-11-25T04:00:00Z");
}

#[test]
fn a_field_that_no_form_has_is_refused_and_so_is_one_that_only_the_console_writes() {
    for name in ["sender", "replaces", "q9-label"] {
        assert!(DraftForm::sent(vec![(name.to_owned(), "x".to_owned())]).is_none(), "{name}");
    }
}

#[test]
fn a_replacement_says_what_was_said_and_names_what_it_replaces() {
    let first = form(&[
        ("kind", "request"),
        ("easy_title", "けんしん"),
        ("easy_body", "- うける\n- うけない"),
        ("closes", "2026-12-10"),
        ("deadline", "2026-12-10"),
        ("q1-label", "受けますか"),
        ("q1-choices", "はい\nいいえ"),
        ("phone", "045-000-0000"),
        ("wants_states", "yes"),
    ]);
    let draft = build(&first).ok().unwrap().draft;
    let again = DraftForm::replacing(&draft, NoticeId::from([7; 16]));
    let mut expected = draft;
    expected.replaces = Some(NoticeId::from([7; 16]));
    assert_eq!(build(&again).ok().unwrap().draft, expected);
    assert_eq!(first.clone().after(&again).replaces(), Some(NoticeId::from([7; 16])));
}
