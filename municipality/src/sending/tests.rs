use domain::LinkCode;
use wire::notice::{Attachment, Delivery, DeliveryOutcome, Line, MediaType};

use super::*;
use crate::draft::tests::draft;
use crate::store::{SendingId, Settled};

fn row(merged: bool) -> SendingRow {
    let at: Timestamp = "2026-11-21T00:00:00Z".parse().unwrap();
    SendingRow {
        id: SendingId::from([1; 16]),
        state: SendingState::Released,
        state_since: at,
        made_by: "client:test".to_owned(),
        made_at: at,
        draft: String::new(),
        merged,
        starts_at: at,
        expires_at: at,
        issued_at: Some(at),
        letter_taken_at: None,
        released_by: None,
        withdrawn_at: None,
        tries: 0,
        try_at: at,
        trouble: None,
        recipients: 3,
        accepted: 0,
        undeliverable: 0,
        unknown: 0,
        sealing_certificate: None,
        withdrawal_tries: 0,
        withdrawal_place: 0,
    }
}

fn recipients(places: &[u32]) -> Vec<RecipientRow> {
    let one = |place: &u32| RecipientRow {
        place: *place,
        link_code: LinkCode::from([u8::try_from(*place).unwrap(); 32]),
        fields: None,
        outcome: None,
    };
    places.iter().map(one).collect()
}

fn taken(undeliverable: &[u32], unknown: &[u32]) -> DeliveryOutcome {
    DeliveryOutcome::Taken { undeliverable: undeliverable.to_vec(), unknown: unknown.to_vec(), receipt: None }
}

fn load(merged: bool, places: &[u32]) -> Load {
    Load { row: row(merged), recipients: recipients(places) }
}

#[test]
fn an_answer_is_told_in_the_recipients_own_places() {
    let settled = load(false, &[5, 6, 9]).settled(&[taken(&[0], &[2])]).unwrap();
    assert_eq!(settled, Settled { first: 5, last: 9, undeliverable: vec![5], unknown: vec![9] });
}

#[test]
fn where_each_has_a_letter_of_their_own_each_has_an_outcome_of_their_own() {
    let outcomes = [taken(&[], &[]), taken(&[0], &[]), DeliveryOutcome::Over];
    let settled = load(true, &[5, 6, 7]).settled(&outcomes).unwrap();
    assert_eq!(settled, Settled { first: 5, last: 7, undeliverable: vec![6, 7], unknown: vec![] });
}

#[test]
fn an_answer_about_somebody_who_was_not_asked_for_settles_nobody() {
    for outcome in [taken(&[3], &[]), taken(&[], &[3])] {
        assert_eq!(load(false, &[5, 6, 7]).settled(&[outcome]), None);
    }
    assert_eq!(load(false, &[5, 6, 7]).settled(&[taken(&[], &[]), taken(&[], &[])]), None);
}

#[test]
fn an_answer_that_leaves_somebody_out_settles_nobody() {
    assert_eq!(load(false, &[5, 6, 7]).settled(&[]), None);
    assert_eq!(load(true, &[5, 6, 7]).settled(&[taken(&[], &[]), taken(&[], &[])]), None);
}

#[test]
fn a_message_names_everybody_of_a_letter_once() {
    let named = |merged| load(merged, &[5, 6, 9]).deliveries();
    let recipients = |delivery: &Delivery| delivery.recipients.len();
    assert_eq!(named(false).iter().map(recipients).collect::<Vec<_>>(), [3]);
    assert_eq!(named(true).iter().map(recipients).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!(named(true).last().unwrap().notice, row(true).id.notice_at(9));
    assert!(load(false, &[]).deliveries().is_empty() && load(true, &[]).deliveries().is_empty());
}

#[test]
fn a_receipt_is_of_one_person() {
    let receipt =
        || DeliveryOutcome::Taken { undeliverable: vec![], unknown: vec![], receipt: Some("signed".to_owned()) };
    let places = |load: &Load, outcomes: &[DeliveryOutcome]| {
        load.receipts(outcomes).map(|(place, ..)| place).collect::<Vec<_>>()
    };
    assert_eq!(places(&load(true, &[5, 6]), &[taken(&[], &[]), receipt()]), [6]);
    assert_eq!(places(&load(false, &[5]), &[receipt()]), [5]);
    assert_eq!(places(&load(false, &[5, 6]), &[receipt()]), [0; 0]);
}

#[test]
fn a_short_sending_goes_with_others_until_it_has_trouble() {
    let words = draft("停電のお知らせ", "本文");
    let of = |draft: &Draft| serde_json::to_string(draft).unwrap();
    let short = SendingRow { draft: of(&words), ..row(false) };
    assert!(load::is_short(&short));
    assert!(!load::is_short(&SendingRow { tries: 1, ..short.clone() }));
    assert!(!load::is_short(&SendingRow { merged: true, ..short.clone() }));
    assert!(!load::is_short(&SendingRow { recipients: 1_000_000, ..short.clone() }));
    assert!(!load::is_short(&SendingRow { draft: "{}".to_owned(), ..short.clone() }));
    let name = Line::typed("案内.pdf").unwrap();
    let file = Attachment { name, media_type: MediaType::Pdf, bytes: 1, sha256: "00".repeat(32) };
    assert!(!load::is_short(&SendingRow { draft: of(&Draft { attachments: vec![file], ..words }), ..short }));
}

#[test]
fn each_personal_letter_has_a_name_of_its_own_that_never_changes() {
    let id = SendingId::from([1; 16]);
    assert_eq!(id.notice_at(1), id.notice_at(1));
    assert_ne!(id.notice_at(1), id.notice_at(2));
    assert_ne!(id.notice_at(0), id.notice());
}

#[test]
fn waiting_doubles_up_to_a_quarter_of_an_hour() {
    let seconds: Vec<i64> = [0, 1, 5, 10, 31].map(|tries| backoff(tries).as_secs()).to_vec();
    assert_eq!(seconds, [1, 2, 32, 900, 900]);
}
