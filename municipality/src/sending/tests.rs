use domain::LinkCode;

use super::*;

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

#[test]
fn an_answer_is_told_in_the_recipients_own_places() {
    let answer = DeliveriesAnswer { items: vec![taken(&[0], &[2])] };
    let settled = settled(&row(false), &recipients(&[5, 6, 9]), &answer).unwrap();
    assert_eq!(settled, Settled { first: 5, last: 9, undeliverable: vec![5], unknown: vec![9] });
}

#[test]
fn where_each_has_a_letter_of_their_own_each_has_an_outcome_of_their_own() {
    let answer = DeliveriesAnswer { items: vec![taken(&[], &[]), taken(&[0], &[]), DeliveryOutcome::Over] };
    let settled = settled(&row(true), &recipients(&[5, 6, 7]), &answer).unwrap();
    assert_eq!(settled, Settled { first: 5, last: 7, undeliverable: vec![6, 7], unknown: vec![] });
}

#[test]
fn an_answer_about_somebody_who_was_not_asked_for_settles_nobody() {
    for outcome in [taken(&[3], &[]), taken(&[], &[3])] {
        assert_eq!(settled(&row(false), &recipients(&[5, 6, 7]), &DeliveriesAnswer { items: vec![outcome] }), None);
    }
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
