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

const IN_THREE_LANGUAGES: [(&str, &str); 8] = [
    ("kind", "request"),
    ("closes", "2026-12-10"),
    ("q1-label", "どこで受けますか"),
    ("q1-choices", "区役所\n病院"),
    ("q1-label-easy", "どこで しますか"),
    ("q1-choices-easy", "くやくしょ\nびょういん"),
    ("q1-label-en", "Where will you go?"),
    ("q1-choices-en", "Ward office\r\n\r\nHospital\r\n"),
];

/// The question in Japanese, with its answers to choose from, and more.
fn asking(more: &[(&str, &str)]) -> DraftForm {
    form(&[&IN_THREE_LANGUAGES[..4], more].concat())
}

fn faults_of(form: &DraftForm) -> Vec<(String, String)> {
    build(form).err().unwrap_or_default().into_iter().map(|fault| (fault.field_id, fault.text)).collect()
}

#[test]
fn what_is_asked_in_three_languages_is_one_question() {
    let reply = build(&form(&IN_THREE_LANGUAGES)).ok().unwrap().draft.reply.unwrap();
    let [question] = &reply.questions[..] else { panic!("one question") };
    let QuestionForm::One { of } = &question.form else { panic!("one of some") };
    let told = |line: &InLanguages<Line>| line.all().map(|line| line.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(told(&question.label), ["どこで受けますか", "どこで しますか", "Where will you go?"]);
    assert_eq!(of.len(), 2);
    assert_eq!(told(&of[0].label), ["区役所", "くやくしょ", "Ward office"]);
    assert_eq!(told(&of[1].label), ["病院", "びょういん", "Hospital"]);
}

#[test]
fn what_is_not_written_in_a_language_is_asked_in_japanese() {
    let reply = build(&asking(&[("q1-label-en", "Where will you go?")])).ok().unwrap().draft.reply.unwrap();
    let question = &reply.questions[0];
    assert_eq!((question.label.ja_easy.is_some(), question.label.en.is_some()), (false, true));
    let QuestionForm::One { of } = &question.form else { panic!("one of some") };
    assert!(of.iter().all(|one| one.label.en.is_none()));
}

#[test]
fn another_number_of_choices_than_in_japanese_is_told_with_both_numbers() {
    let faults = faults_of(&asking(&[("q1-choices-easy", "くやくしょ"), ("q1-choices-en", "A\nB\nC")]));
    let fields: Vec<&str> = faults.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["q1-choices-easy", "q1-choices-en"]);
    assert!(faults[0].1.contains("1個あります") && faults[0].1.contains("同じ2個"), "{faults:?}");
    assert!(faults[1].1.contains("3個あります") && faults[1].1.contains("同じ2個"), "{faults:?}");
}

#[test]
fn a_question_that_is_not_asked_in_japanese_is_told_whatever_else_was_typed_for_it() {
    for name in ["q2-label-easy", "q2-label-en", "q2-choices", "q2-choices-easy", "q2-choices-en", "q2-last"] {
        let typed = asking(&[("q2-form", "words"), (name, "2026-12-10")]);
        assert_eq!(fields_of(&typed), ["q2-label"], "{name}");
    }
    let typed = asking(&[("q2-label", "いつ"), ("q2-choices-en", "Morning\nEvening")]);
    assert_eq!(fields_of(&typed), ["q2-choices"]);
    let only = form(&[("kind", "request"), ("closes", "2026-12-10"), ("q1-label-en", "Where?"), ("q1-form", "words")]);
    assert_eq!(fields_of(&only), ["q1-label"]);
    assert!(build(&asking(&[("q2-form", "any")])).is_ok(), "a form was chosen, and nothing typed");
}

#[test]
fn a_line_that_cannot_be_a_choice_is_told_by_its_number_in_its_own_field() {
    let typed = asking(&[("q1-label-en", "\u{202e}"), ("q1-choices-en", "Ward office\n\nHos\u{202e}pital")]);
    let faults = faults_of(&typed);
    assert_eq!(faults.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["q1-label-en", "q1-choices-en"]);
    assert!(faults[0].1.starts_with("質問（英語）："), "{faults:?}");
    assert!(faults[1].1.starts_with("選択肢（英語）の3行目："), "{faults:?}");
    let place = asking(&[("q1-label-easy", "{{ward}}で"), ("q1-choices-en", "{{ward}}\nHospital")]);
    assert_eq!(fields_of(&place), ["q1-label-easy", "q1-choices-en"]);
}

#[test]
fn a_replacement_asks_in_the_same_languages() {
    let replaced = NoticeId::from([7; 16]);
    let mut draft = build(&form(&IN_THREE_LANGUAGES)).ok().unwrap().draft;
    let again = DraftForm::replacing(&draft, replaced, now());
    draft.replaces = Some(replaced);
    assert_eq!(build(&again).ok().unwrap().draft, draft);

    let some = &mut draft.reply.as_mut().unwrap().questions[0];
    let QuestionForm::One { of } = &mut some.form else { panic!("one of some") };
    of[0].label.en = None;
    let again = DraftForm::replacing(&draft, replaced, now());
    assert_eq!(again.field("q1-choices-en"), "区役所\nHospital", "as its readers see it");
}

#[test]
fn a_start_is_an_hour_of_japan() {
    let built = build(&form(&[("starts", "2026-11-25"), ("starts_hour", "13")])).ok().unwrap();
    assert_eq!(built.starts_at.unwrap().to_string(), "2026-11-25T04:00:00Z");
}

#[test]
fn an_hour_that_no_day_has_is_said_at_its_field() {
    for hour in ["24", "-1", "99", "1000", "九"] {
        assert_eq!(fields_of(&form(&[("starts", "2026-11-25"), ("starts_hour", hour)])), ["starts-hour"], "{hour}");
    }
    let built = build(&form(&[("starts_hour", "24")])).ok().unwrap();
    assert_eq!(built.starts_at, None, "without a day nobody asks for the hour");
}

#[test]
fn a_start_beyond_what_can_be_written_is_no_start_at_once() {
    assert_eq!(fields_of(&form(&[("starts", "9999-12-31"), ("starts_hour", "23")])), ["expires"]);
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
    let again = DraftForm::replacing(&draft, NoticeId::from([7; 16]), now());
    let mut expected = draft;
    expected.replaces = Some(NoticeId::from([7; 16]));
    assert_eq!(build(&again).ok().unwrap().draft, expected);
    assert_eq!(first.clone().after(&again).replaces(), Some(NoticeId::from([7; 16])));
}

#[test]
fn a_day_that_does_not_fit_the_start_or_the_end_is_said_at_its_field() {
    let request = |more: &[(&str, &str)]| {
        let asked = [("kind", "request"), ("closes", "2026-12-10"), ("q1-label", "受けますか"), ("q1-form", "words")];
        form(&[&asked[..], more].concat())
    };
    assert_eq!(fields_of(&form(&[("deadline", "2026-11-20")])), ["deadline"]);
    assert_eq!(fields_of(&form(&[("deadline", "2027-01-01")])), ["deadline"]);
    assert_eq!(fields_of(&request(&[("closes", "2026-11-20")])), ["closes"]);
    assert_eq!(fields_of(&request(&[("closes", "2027-01-01")])), ["closes"]);
    for fits in ["2026-11-21", "2026-12-31"] {
        assert!(build(&request(&[("deadline", fits), ("closes", fits)])).is_ok(), "{fits}");
    }
    let later = [("starts", "2026-12-11"), ("deadline", "2026-12-10")];
    assert_eq!(fields_of(&request(&later)), ["deadline", "closes"]);
}

#[test]
fn a_place_where_nothing_is_filled_in_is_said_at_its_field() {
    assert!(build(&form(&[("title", "{{day}}の健康診断"), ("body", "[{{day}}の案内](https://a.example/)")])).is_ok());
    for (name, field) in [("office", "office"), ("phone", "phone"), ("hours", "hours")] {
        assert_eq!(fields_of(&form(&[(name, "{{ward}}")])), [field]);
    }
    let link = "[案内](https://www.city.example/{{ward}})";
    assert_eq!(fields_of(&form(&[("body", link)])), ["body"]);
    assert_eq!(fields_of(&form(&[("easy_title", "けんしん"), ("easy_body", link)])), ["easy-body"]);
    assert_eq!(fields_of(&form(&[("en_title", "Check-up"), ("en_body", link)])), ["en-body"]);
    let asked = form(&[
        ("kind", "request"),
        ("closes", "2026-12-10"),
        ("q2-label", "どこで受けますか"),
        ("q2-choices", "{{ward}}役所\n病院"),
        ("q4-label", "{{ward}}に来ますか"),
        ("q4-form", "words"),
    ]);
    assert_eq!(fields_of(&asked), ["q2-choices", "q4-label"]);
}

/// The days of the first question, as it is asked.
fn days_of(form: &DraftForm) -> (String, String) {
    let reply = build(form).ok().unwrap().draft.reply.unwrap();
    let QuestionForm::Day { first, last } = &reply.questions[0].form else { panic!("a day") };
    (first.to_string(), last.to_string())
}

fn asking_for_a_day(more: &[(&str, &str)]) -> DraftForm {
    let asked = [("kind", "sign-up"), ("closes", "2026-12-10"), ("q1-label", "いつ受けますか"), ("q1-form", "day")];
    form(&[&asked[..], more].concat())
}

#[test]
fn a_day_may_be_chosen_from_the_start_until_the_notice_ends_unless_it_is_said() {
    let days = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    assert_eq!(days_of(&asking_for_a_day(&[])), days("2026-11-21", "2026-12-31"));
    assert_eq!(days_of(&asking_for_a_day(&[("starts", "2026-12-01")])), days("2026-12-01", "2026-12-31"));
    let said = [("q1-first", "2026-12-15"), ("q1-last", "2027-01-20")];
    assert_eq!(days_of(&asking_for_a_day(&said)), days("2026-12-15", "2027-01-20"));
    assert_eq!(fields_of(&asking_for_a_day(&[("q1-first", "2027-01-01")])), ["q1-last"]);
    assert_eq!(fields_of(&asking_for_a_day(&[("q1-last", "2026-11-20")])), ["q1-last"]);
    assert_eq!(fields_of(&asking_for_a_day(&[("q1-first", "あした")])), ["q1-first"]);
    assert_eq!(fields_of(&asking_for_a_day(&[("starts", "2026-12-09"), ("expires", "2026-12-08")])), ["expires"]);
}

#[test]
fn a_replacement_asks_for_the_days_that_were_said_and_else_for_its_own() {
    let replaced = NoticeId::from([7; 16]);
    let again = |form: &DraftForm| DraftForm::replacing(&build(form).ok().unwrap().draft, replaced, now());
    let own = again(&asking_for_a_day(&[]));
    assert_eq!((own.field("q1-first"), own.field("q1-last")), ("", ""));
    let said = again(&asking_for_a_day(&[("q1-first", "2026-12-15"), ("q1-last", "2026-12-20")]));
    assert_eq!(days_of(&said), ("2026-12-15".to_owned(), "2026-12-20".to_owned()));
}
