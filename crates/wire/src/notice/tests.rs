use domain::{LinkCode, NoticeKind};
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn line(text: &str) -> Line {
    Line::typed(text).unwrap()
}

fn notice() -> NoticeContent {
    NoticeContent {
        version: NOTICE_VERSION,
        id: [1; 16].into(),
        sender: "141003".parse().unwrap(),
        kind: NoticeKind::Information,
        issued_at: "2026-11-21T00:00:00Z".parse().unwrap(),
        expires_at: "2026-12-21T00:00:00Z".parse().unwrap(),
        deadline: None,
        office: Office { name: line("健康推進課").into(), phone: None, hours: None },
        text: InLanguages {
            ja: NoticeText {
                title: line("健康診断のお知らせ"),
                body: vec![Block::Paragraph { text: Passage::typed("12月に健康診断をします。").unwrap() }],
            },
            ja_easy: None,
            en: None,
        },
        reply: None,
        attachments: vec![],
        wants_states: false,
        replaces: None,
    }
}

fn form() -> ReplyForm {
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: line(label).into() };
    let question = |name: &str, required, form| Question {
        name: name.to_owned(),
        label: line("どの日にしますか").into(),
        help: None,
        required,
        form,
    };
    ReplyForm {
        closes_at: "2026-12-10T00:00:00Z".parse().unwrap(),
        sealing_certificate: String::new(),
        questions: vec![
            question("place", true, QuestionForm::One { of: vec![choice("north", "北"), choice("south", "南")] }),
            question("tests", false, QuestionForm::Any { of: vec![choice("x-ray", "胸部検診")] }),
            question("wishes", false, QuestionForm::Words { chars_max: 5 }),
            question(
                "day",
                false,
                QuestionForm::Day { first: "2026-12-01".parse().unwrap(), last: "2026-12-10".parse().unwrap() },
            ),
        ],
    }
}

fn answer(question: &str, value: ReplyValue) -> ReplyAnswer {
    ReplyAnswer { question: question.to_owned(), value }
}

#[test]
fn a_notice_reads_back_what_it_wrote_and_takes_no_unknown_field() {
    let mut json = serde_json::to_value(notice()).unwrap();
    assert_eq!(serde_json::from_value::<NoticeContent>(json.clone()).unwrap(), notice());
    json["html"] = "<b>".into();
    assert!(serde_json::from_value::<NoticeContent>(json).is_err());
}

#[test]
fn a_whole_notice_is_one() {
    assert_eq!(notice().check(), Ok(()));
    let asked = NoticeContent { kind: NoticeKind::SignUp, reply: Some(form()), ..notice() };
    assert_eq!(asked.check(), Ok(()));
}

#[test]
fn each_fault_of_a_notice_is_named() {
    let file =
        |name: &str, bytes| Attachment { name: line(name), media_type: MediaType::Pdf, bytes, sha256: "0a".repeat(32) };
    let faults = [
        (NoticeContent { version: 2, ..notice() }, ContentFault::Version),
        (NoticeContent { expires_at: notice().issued_at, ..notice() }, ContentFault::Expiry),
        (NoticeContent { expires_at: "2028-01-01T00:00:00Z".parse().unwrap(), ..notice() }, ContentFault::Expiry),
        (NoticeContent { kind: NoticeKind::Deadline, ..notice() }, ContentFault::DeadlineMissing),
        (NoticeContent { kind: NoticeKind::SignUp, ..notice() }, ContentFault::Reply),
        (NoticeContent { reply: Some(form()), ..notice() }, ContentFault::Reply),
        (NoticeContent { kind: NoticeKind::Document, ..notice() }, ContentFault::Attachments),
        (NoticeContent { attachments: vec![file("a.pdf", 0)], ..notice() }, ContentFault::Attachments),
        (
            NoticeContent { attachments: vec![file("a.pdf", 5 * 1024 * 1024 + 1)], ..notice() },
            ContentFault::Attachments,
        ),
        (NoticeContent { attachments: vec![file("a.pdf", 5 * 1024 * 1024); 5], ..notice() }, ContentFault::Attachments),
        (NoticeContent { attachments: vec![file("a.pdf", 1); 11], ..notice() }, ContentFault::Attachments),
        (NoticeContent { attachments: vec![file("../a.pdf", 1)], ..notice() }, ContentFault::AttachmentForm),
        (NoticeContent { attachments: vec![file("案内.html", 1)], ..notice() }, ContentFault::AttachmentEnding),
        (NoticeContent { replaces: Some([1; 16].into()), ..notice() }, ContentFault::Replaces),
    ];
    for (notice, fault) in faults {
        assert_eq!(notice.check(), Err(fault));
    }
    let mut empty = notice();
    empty.text.ja.body.clear();
    assert_eq!(empty.check(), Err(ContentFault::Body));
    empty.text.ja.body = vec![Block::List { items: vec![] }];
    assert_eq!(empty.check(), Err(ContentFault::Body));
}

#[test]
fn a_line_has_no_breaks_nothing_invisible_and_nothing_that_turns_it_around() {
    assert_eq!(line("  健康診断 ").as_str(), "健康診断");
    assert_eq!(Line::typed("   "), Err(TextFault::Empty));
    assert_eq!(Line::typed("一\n二"), Err(TextFault::NotNormal));
    assert_eq!(Line::typed(&"長".repeat(201)), Err(TextFault::TooLong));
    for hidden in ['\u{202e}', '\u{200b}', '\u{feff}', '\u{e0041}', '\0', '\u{2028}'] {
        assert_eq!(Line::typed(&format!("a{hidden}b")), Err(TextFault::Unprintable), "{hidden:?}");
    }
    assert!(Line::typed("葛\u{e0100}飾区").is_ok(), "a variation selector is part of a name");
    assert!(serde_json::from_str::<Line>("\" a\"").is_err());
}

#[test]
fn a_link_leads_to_a_named_host_by_https() {
    let address: WebAddress = "https://www.city.yokohama.lg.jp/kenko?x=1#a".parse().unwrap();
    assert_eq!(address.host(), "www.city.yokohama.lg.jp");
    for other in [
        "http://a.example/",
        "https://a",
        "https://127.0.0.1/",
        "https://u:p@a.example/",
        "https://a.example:8443/",
        "javascript:alert(1)",
        "https://a.example/\"onload",
        "https://Ａ.example/",
        "https://-a.example/",
        "https:///a.example",
    ] {
        assert_eq!(other.parse::<WebAddress>(), Err(TextFault::NoAddress), "{other}");
    }
}

#[test]
fn a_file_that_lies_about_its_type_does_not_fit() {
    assert!(MediaType::Pdf.fits(b"%PDF-1.7"));
    assert!(!MediaType::Pdf.fits(b"<html>"));
    assert!(!MediaType::Png.fits(b"\xff\xd8\xff\xe0"));
    assert!(MediaType::Text.fits("一行目\r\n二行目\t\n".as_bytes()));
    assert!(!MediaType::Text.fits(b"\xff\xfe"));
    assert!(!MediaType::Text.fits("a\u{202e}b".as_bytes()));
    for media_type in MediaType::ALL {
        assert_eq!(serde_json::to_value(media_type).unwrap(), media_type.name());
    }
}

#[test]
fn a_name_ends_as_what_the_file_is_and_its_last_ending_counts() {
    for (name, media_type) in [
        ("案内.pdf", Some(MediaType::Pdf)),
        ("PHOTO.JPG", Some(MediaType::Jpeg)),
        ("a.jpeg", Some(MediaType::Jpeg)),
        ("案内.html.txt", Some(MediaType::Text)),
        ("notice.p7s", Some(MediaType::SignedData)),
        ("案内.txt.html", None),
        ("a.txt.", None),
        ("pdf", None),
    ] {
        assert_eq!(MediaType::of_name(name), media_type, "{name}");
    }
}

#[test]
fn a_letter_is_bound_to_notice_sender_and_place() {
    let (one, other) = ([1; 16].into(), [2; 16].into());
    let (yokohama, sakata) = ("141003".parse().unwrap(), "062049".parse().unwrap());
    let contexts = [
        (&one, &yokohama, None),
        (&other, &yokohama, None),
        (&one, &sakata, None),
        (&one, &yokohama, Some(0)),
        (&one, &yokohama, Some(1)),
    ]
    .map(|(notice, sender, attachment)| LetterContext { notice, sender, attachment }.aad());
    let different: std::collections::BTreeSet<_> = contexts.iter().collect();
    assert_eq!(different.len(), contexts.len());
}

#[test]
fn questions_that_cannot_be_asked_are_a_fault() {
    let with = |change: fn(&mut ReplyForm)| {
        let mut form = form();
        change(&mut form);
        NoticeContent { kind: NoticeKind::SignUp, reply: Some(form), ..notice() }.check()
    };
    assert_eq!(with(|form| form.questions.clear()), Err(ContentFault::Questions));
    assert_eq!(with(|form| form.questions[1].name = "place".to_owned()), Err(ContentFault::Questions));
    assert_eq!(with(|form| form.questions[0].name = "場所".to_owned()), Err(ContentFault::Questions));
    assert_eq!(with(|form| form.questions[0].form = QuestionForm::One { of: vec![] }), Err(ContentFault::Questions));
    assert_eq!(
        with(|form| form.questions[2].form = QuestionForm::Words { chars_max: 0 }),
        Err(ContentFault::Questions)
    );
}

#[test]
fn answers_fit_their_questions_or_are_not_taken() {
    let place = answer("place", ReplyValue::One("north".to_owned()));
    assert!(form().takes(std::slice::from_ref(&place)));
    assert!(!form().takes(&[]), "a required answer is missing");
    let more = [
        answer("nobody-asked", ReplyValue::One("north".to_owned())),
        place.clone(),
        answer("tests", ReplyValue::Any(vec!["x-ray".to_owned(), "x-ray".to_owned()])),
        answer("tests", ReplyValue::Any(vec!["blood".to_owned()])),
        answer("wishes", ReplyValue::Words(Passage::typed("長すぎる答えです").unwrap())),
        answer("day", ReplyValue::Day("2026-12-11".parse().unwrap())),
        answer("day", ReplyValue::One("north".to_owned())),
    ];
    for one in more {
        assert!(!form().takes(&[place.clone(), one.clone()]), "{}", serde_json::to_string(&one).unwrap());
    }
    let whole = [
        place,
        answer("tests", ReplyValue::Any(vec!["x-ray".to_owned()])),
        answer("wishes", ReplyValue::Words(Passage::typed("午前").unwrap())),
        answer("day", ReplyValue::Day("2026-12-10".parse().unwrap())),
    ];
    assert!(form().takes(&whole));
}

#[test]
fn however_much_was_answered_what_is_sealed_is_equally_long() {
    let long = vec![7; 60_000];
    for signed in [&b""[..], b"short", &long] {
        let padded = ReplyContext::padded(signed).unwrap();
        assert_eq!(padded.len(), ReplyContext::PADDED_BYTES);
        assert_eq!(ReplyContext::signed(&padded), Some(signed));
    }
    assert_eq!(ReplyContext::padded(&vec![7; 64 * 1024]), None);
    let mut padded = ReplyContext::padded(b"short").unwrap();
    padded[100] = 1;
    assert_eq!(ReplyContext::signed(&padded), None, "what stands behind is none of it");
    assert_eq!(ReplyContext::signed(b"\0\0\0\x05short"), None);
}

#[test]
fn an_outcome_names_only_those_who_did_not_get_it() {
    let taken = DeliveryOutcome::Taken { undeliverable: vec![], unknown: vec![2], receipt: None };
    assert_eq!(serde_json::to_string(&taken).unwrap(), r#"{"outcome":"taken","unknown":[2]}"#);
}

#[test]
fn what_goes_to_the_portal_has_no_room_for_a_senders_code() {
    let item = Delivery { notice: [1; 16].into(), recipients: vec![LinkCode::from([7; 32])] };
    let mut json = serde_json::to_value(item).unwrap();
    assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["notice", "recipients"]);
    json["sender_codes"] = serde_json::json!([]);
    assert!(serde_json::from_value::<Delivery>(json).is_err());
}

#[test]
fn a_return_says_what_and_when_of_one_notice() {
    let json = r#"{"number":7,"notice":"01010101010101010101010101010101","link_code":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","at":"2026-11-21T00:00:00Z","what":{"what":"state","state":"opened-by-person"}}"#;
    let read: Return = serde_json::from_str(json).unwrap();
    assert_eq!(read.at, "2026-11-21T00:00:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}

proptest! {
    #[test]
    fn whatever_is_typed_either_reads_back_or_is_refused(text in "\\PC{0,300}") {
        if let Ok(passage) = Passage::typed(&text) {
            let json = serde_json::to_string(&passage).unwrap();
            prop_assert_eq!(serde_json::from_str::<Passage>(&json).unwrap(), passage);
        }
    }

    #[test]
    fn no_address_holds_what_would_end_an_attribute(text in "https://[ -~]{1,60}") {
        if let Ok(address) = text.parse::<WebAddress>() {
            prop_assert!(!address.as_str().contains(['"', '\'', '<', '>', ' ', '@']) || !address.host().contains('@'));
            prop_assert!(!address.as_str().contains(['"', '<', '>', ' ']));
        }
    }
}
