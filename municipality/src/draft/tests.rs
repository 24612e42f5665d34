use proptest::prelude::*;
use wire::notice::{Line, Passage, QuestionForm};

use super::*;

fn line(text: &str) -> Line {
    Line::typed(text).unwrap()
}

pub(crate) fn draft(title: &str, body: &str) -> Draft {
    Draft {
        kind: NoticeKind::Information,
        deadline: None,
        expires_at: "2026-12-21T00:00:00Z".parse().unwrap(),
        office: Office { name: line("健康推進課").into(), phone: None, hours: None },
        text: InLanguages {
            ja: NoticeText { title: line(title), body: vec![Block::Paragraph { text: Passage::typed(body).unwrap() }] },
            ja_easy: None,
            en: None,
        },
        reply: None,
        attachments: vec![],
        wants_states: false,
        replaces: None,
    }
}

fn made(draft: &Draft, fields: &[(&str, &str)]) -> Result<NoticeContent, DraftFault> {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    draft.notice(&Making {
        sender: &"141003".parse().unwrap(),
        id: [1; 16].into(),
        issued_at: "2026-11-21T00:00:00Z".parse().unwrap(),
        sealing_certificate: "",
        fields: &fields,
    })
}

fn paragraph(content: &NoticeContent) -> &str {
    let Block::Paragraph { text } = &content.text.ja.body[0] else { panic!("a paragraph") };
    text.as_str()
}

#[test]
fn a_recipients_own_words_stand_where_the_draft_says() {
    let draft = draft("{{day}}の健康診断", "{{name}}さんは{{place}}で受けられます。");
    assert_eq!(draft.places().into_iter().collect::<Vec<_>>(), ["day", "name", "place"]);
    let made = made(&draft, &[("name", "横浜　花子"), ("place", "中区"), ("day", "12月1日")]).unwrap();
    assert_eq!(made.text.ja.title.as_str(), "12月1日の健康診断");
    assert_eq!(paragraph(&made), "横浜　花子さんは中区で受けられます。");
}

#[test]
fn a_missing_field_one_too_many_and_words_that_do_not_fit_are_told() {
    let draft = draft("健康診断", "{{name}}さん");
    let missing = DraftFault::Field(FieldFault::Missing("name".to_owned()));
    assert_eq!(made(&draft, &[]), Err(missing.clone()));
    assert_eq!(missing.to_string(), "nothing is given for {{name}}");
    let unknown = DraftFault::Field(FieldFault::Unknown("age".to_owned()));
    assert_eq!(made(&draft, &[("name", "花子"), ("age", "40")]), Err(unknown));
    assert!(matches!(made(&draft, &[("name", "花\u{202e}子")]), Err(DraftFault::Field(FieldFault::Text(_)))));
}

#[test]
fn a_field_in_which_nothing_is_written_is_missing() {
    let draft = draft("健康診断", "受診日は{{day}}です。");
    for blank in ["", " ", "\u{3000}", " \t\r\n\u{3000}"] {
        let missing = DraftFault::Field(FieldFault::Missing("day".to_owned()));
        assert_eq!(made(&draft, &[("day", blank)]), Err(missing), "{blank:?}");
    }
    assert_eq!(paragraph(&made(&draft, &[("day", "0")]).unwrap()), "受診日は0です。");
}

#[test]
fn a_place_where_nothing_is_filled_in_is_told_with_where_it_stands() {
    let filled = draft("{{a}}の健康診断", "{{b}}で受けられます。");
    assert!(filled.unfilled().is_empty(), "{:?}", filled.unfilled());
    let stray = || line("{{c}}");
    let in_english = InLanguages { ja: line("x"), ja_easy: None, en: Some(stray()) };
    let choice = |value: &str, label: InLanguages<Line>| wire::notice::Choice { value: value.to_owned(), label };
    let mut draft = Draft {
        office: Office { name: stray().into(), phone: Some(stray()), hours: Some(in_english.clone()) },
        reply: Some(DraftReply {
            closes_at: "2026-12-10T15:00:00Z".parse().unwrap(),
            questions: vec![Question {
                name: "where".to_owned(),
                label: in_english.clone(),
                help: Some(stray().into()),
                required: true,
                form: QuestionForm::One { of: vec![choice("a", line("x").into()), choice("b", in_english)] },
            }],
        }),
        attachments: vec![Attachment {
            name: line("{{c}}.pdf"),
            media_type: wire::notice::MediaType::Pdf,
            bytes: 1,
            sha256: "00".repeat(32),
        }],
        ..filled
    };
    let address = "https://www.city.example/{{c}}".parse().unwrap();
    draft.text.ja.body.push(Block::Link { label: line("{{d}}の案内"), address });
    assert_eq!(
        draft.unfilled(),
        [
            "/text/ja/body/1/address",
            "/office/name/ja",
            "/office/phone",
            "/office/hours/en",
            "/reply/questions/0/label/en",
            "/reply/questions/0/help/ja",
            "/reply/questions/0/form/of/1/label/en",
            "/attachments/0/name",
        ]
    );
}

#[test]
fn days_are_held_against_the_start_and_the_end_as_japan_counts_them() {
    let faults = |deadline: Option<&str>, closes_at: Option<&str>, start: &str| {
        let draft = Draft {
            deadline: deadline.map(|day| day.parse().unwrap()),
            // In Japan it can be read until the end of 20 December.
            expires_at: "2026-12-20T15:00:00Z".parse().unwrap(),
            reply: closes_at.map(|at| DraftReply { closes_at: at.parse().unwrap(), questions: vec![] }),
            ..draft("健康診断", "します。")
        };
        draft.date_faults(start.parse().unwrap())
    };
    let none: [DateFault; 0] = [];
    let (evening, midnight) = ("2026-11-21T14:59:59Z", "2026-11-21T15:00:00Z");
    assert_eq!(faults(Some("2026-11-21"), None, evening), none);
    assert_eq!(faults(Some("2026-11-21"), None, midnight), [DateFault::DeadlineEarly]);
    assert_eq!(faults(Some("2026-12-20"), None, midnight), none);
    assert_eq!(faults(Some("2026-12-21"), None, midnight), [DateFault::DeadlineLate]);
    assert_eq!(faults(None, Some(midnight), evening), none);
    assert_eq!(faults(None, Some(midnight), midnight), [DateFault::ClosesEarly]);
    assert_eq!(faults(None, Some("2026-12-20T15:00:00Z"), midnight), none);
    let late = faults(Some("2026-11-20"), Some("2026-12-20T15:00:01Z"), evening);
    assert_eq!(late, [DateFault::DeadlineEarly, DateFault::ClosesLate]);
}

#[test]
fn a_recipients_words_are_never_read_as_a_place() {
    let draft = draft("健康診断", "{{name}}さん");
    assert_eq!(paragraph(&made(&draft, &[("name", "{{name}}")]).unwrap()), "{{name}}さん");
}

#[test]
fn a_place_that_is_not_written_as_one_is_told() {
    for body in ["{{name", "{{}}", "{{Name}}", "{{a b}}"] {
        assert_eq!(made(&draft("健康診断", body), &[]), Err(DraftFault::Field(FieldFault::Malformed)), "{body}");
    }
}

#[test]
fn a_draft_that_is_no_notice_is_told_why() {
    let late = Draft { expires_at: "2026-11-21T00:00:00Z".parse().unwrap(), ..draft("健康診断", "します。") };
    assert_eq!(made(&late, &[]), Err(DraftFault::Content(ContentFault::Expiry)));
    let mut long = draft("健康診断", "します。");
    long.text.ja.body = vec![Block::Paragraph { text: Passage::typed(&"長".repeat(4000)).unwrap() }; 30];
    assert_eq!(made(&long, &[]), Err(DraftFault::TooLong));
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    let draft = draft("健康診断", "{{a}}と{{b}}");
    let json = |fields| serde_json::to_vec(&made(&draft, fields).unwrap()).unwrap();
    assert_eq!(json(&[("a", "1"), ("b", "2")]), json(&[("b", "2"), ("a", "1")]));
    let stored: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(stored, draft);
}

proptest! {
    #[test]
    fn whatever_stands_in_a_draft_and_a_field_making_it_never_panics(body in "\\PC{1,80}", value in "\\PC{0,40}") {
        if let Ok(text) = Passage::typed(&body) {
            let mut draft = draft("健康診断", "します。");
            draft.text.ja.body = vec![Block::Paragraph { text }];
            let fields: Vec<String> = draft.places().into_iter().collect();
            let fields: Vec<(&str, &str)> = fields.iter().map(|name| (name.as_str(), value.as_str())).collect();
            let _ = made(&draft, &fields);
        }
    }
}
