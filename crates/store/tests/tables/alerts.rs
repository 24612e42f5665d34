//! Where people are told that there is something new, and whom to tell, on SQLite and on PostgreSQL.

use domain::FolderState::{Open, Suspended};
use domain::{AlertAddressId, LoginOutcome, NoticeKind, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{
    AlertChannel, AlertNews, AlertSettled, AlertWanted, LetterId, LoginEvent, NewAlertAddress, NoticePlace, Store,
};

use crate::engines::on_both;
use crate::notices::{code, folder, keeps, letter, notice, now, opens};

on_both! {
    an_address_is_confirmed_by_its_code_alone
    a_code_is_tried_so_often_and_so_long
    an_address_is_its_folders_alone
    what_arrives_makes_confirmed_addresses_due_and_nobody_else
    an_arrival_that_is_not_committed_was_none
    whoever_was_told_is_due_when_the_interval_is_over_and_for_what_cannot_wait_at_once
    only_one_has_an_address_until_its_time_is_over
    what_arrives_while_somebody_is_told_stays_due
    there_is_something_to_tell_until_it_is_read_or_its_person_logs_in
    codes_are_counted_by_who_and_forgotten
    a_folder_that_goes_takes_its_addresses_along
}

pub(crate) const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(crate) fn id(byte: u8) -> AlertAddressId {
    AlertAddressId::from([byte; 16])
}

fn hash(text: &str) -> SecretHash {
    SecretHash::of(text.as_bytes())
}

pub(crate) fn minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

async fn enters(store: &Store, byte: u8) {
    let new = NewAlertAddress {
        id: id(byte),
        folder: folder(byte),
        channel: AlertChannel::Mail,
        sealed: vec![byte; 40],
        entered_at: now(),
        code_hash: hash("code"),
        code_expires_at: minutes(24 * 60),
    };
    let mut repository = store.begin().await.unwrap();
    repository.insert_alert_address(&new).await.unwrap();
    repository.commit().await.unwrap();
}

async fn confirms(store: &Store, byte: u8) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.confirm_alert_address(&folder(byte), &id(byte), now()).await.unwrap());
    repository.commit().await.unwrap();
}

/// A folder with a confirmed address.
pub(crate) async fn is_told(store: &Store, byte: u8) {
    opens(store, byte).await;
    enters(store, byte).await;
    confirms(store, byte).await;
}

pub(crate) async fn arrives(store: &Store, kind: NoticeKind, number: u8, to: &[u8], at: Timestamp) -> LetterId {
    let letter = keeps(store, &store::NewLetter { kind, notice: notice(number), ..letter(number) }).await;
    let to: Vec<_> = to.iter().map(|byte| code(*byte)).collect();
    let mut repository = store.begin().await.unwrap();
    repository.deliver(letter, &to, 10, at).await.unwrap();
    repository.note_alert_arrivals(&to, kind == NoticeKind::Emergency, at).await.unwrap();
    repository.commit().await.unwrap();
    letter
}

async fn expands(store: &Store, at: Timestamp) -> u64 {
    let mut repository = store.begin().await.unwrap();
    let arrivals = repository.expand_alert_arrivals(HOUR, 100, at).await.unwrap();
    repository.commit().await.unwrap();
    arrivals
}

pub(crate) async fn due(store: &Store, at: Timestamp) -> Vec<AlertAddressId> {
    store.read().await.unwrap().alerts_due(at, 100).await.unwrap()
}

pub(crate) async fn news(store: &Store, byte: u8, at: Timestamp) -> AlertNews {
    store.read().await.unwrap().alert_news(&id(byte), SignedDuration::from_secs(30), at).await.unwrap()
}

pub(crate) async fn wanted(store: &Store, byte: u8, at: Timestamp) -> AlertWanted {
    news(store, byte, at).await.wanted
}

pub(crate) async fn claims(store: &Store, byte: u8, at: Timestamp) -> bool {
    let mut repository = store.begin().await.unwrap();
    let claimed = repository.claim_alert(&id(byte), at, at + SignedDuration::from_mins(5)).await.unwrap();
    repository.commit().await.unwrap();
    claimed.is_some()
}

pub(crate) async fn settles(store: &Store, byte: u8, claimed_at: Timestamp, settled: AlertSettled) -> bool {
    let mut repository = store.begin().await.unwrap();
    let until = claimed_at + SignedDuration::from_mins(5);
    let done = repository.settle_alert(&id(byte), until, &settled).await.unwrap();
    repository.commit().await.unwrap();
    done
}

pub(crate) fn told(at: Timestamp) -> AlertSettled {
    let (told_at, next_at) = (Some(at), Some(at + HOUR));
    AlertSettled { told_at, told_letters: Vec::new(), next_at, attempts: 0, failed_at: None }
}

async fn an_address_is_confirmed_by_its_code_alone(store: Store) {
    opens(&store, 1).await;
    enters(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    let hoped = repository.try_alert_code(&folder(1), &id(1), 5, minutes(1)).await.unwrap();
    assert_eq!(hoped, Some(hash("code")));
    assert!(repository.confirm_alert_address(&folder(1), &id(1), minutes(1)).await.unwrap());
    assert!(!repository.confirm_alert_address(&folder(1), &id(1), minutes(2)).await.unwrap());
    assert_eq!(repository.try_alert_code(&folder(1), &id(1), 5, minutes(2)).await.unwrap(), None);
    assert!(!repository.renew_alert_code(&folder(1), &id(1), &hash("other"), minutes(9)).await.unwrap());
    let [row] = repository.alert_addresses(&folder(1)).await.unwrap().try_into().unwrap();
    repository.commit().await.unwrap();
    assert_eq!((row.confirmed_at, row.code_expires_at, row.sealed), (Some(minutes(1)), None, vec![1; 40]));
    assert_eq!(store.read().await.unwrap().alert_addresses(&folder(1)).await.unwrap().len(), 1);
}

async fn a_code_is_tried_so_often_and_so_long(store: Store) {
    opens(&store, 1).await;
    enters(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    for _ in 0..2 {
        assert!(repository.try_alert_code(&folder(1), &id(1), 2, minutes(1)).await.unwrap().is_some());
    }
    assert_eq!(repository.try_alert_code(&folder(1), &id(1), 2, minutes(1)).await.unwrap(), None);
    assert!(repository.renew_alert_code(&folder(1), &id(1), &hash("other"), minutes(10)).await.unwrap());
    assert_eq!(repository.try_alert_code(&folder(1), &id(1), 2, minutes(10)).await.unwrap(), None, "late");
    let hoped = repository.try_alert_code(&folder(1), &id(1), 2, minutes(9)).await.unwrap();
    assert_eq!(hoped, Some(hash("other")));
    assert_eq!(repository.forget_alert_codes(now(), minutes(9)).await.unwrap(), 0);
    assert_eq!(repository.forget_alert_codes(now(), minutes(10)).await.unwrap(), 1);
}

async fn an_address_is_its_folders_alone(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    enters(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.try_alert_code(&folder(2), &id(1), 5, minutes(1)).await.unwrap(), None);
    assert!(!repository.confirm_alert_address(&folder(2), &id(1), minutes(1)).await.unwrap());
    assert!(!repository.renew_alert_code(&folder(2), &id(1), &hash("x"), minutes(9)).await.unwrap());
    assert!(!repository.delete_alert_address(&folder(2), &id(1)).await.unwrap());
    assert!(repository.alert_addresses(&folder(2)).await.unwrap().is_empty());
    assert!(repository.delete_alert_address(&folder(1), &id(1)).await.unwrap());
}

async fn what_arrives_makes_confirmed_addresses_due_and_nobody_else(store: Store) {
    is_told(&store, 1).await;
    opens(&store, 2).await;
    enters(&store, 2).await;
    opens(&store, 3).await;
    arrives(&store, NoticeKind::Information, 1, &[1, 2, 3, 4], minutes(1)).await;
    assert!(due(&store, minutes(2)).await.is_empty());
    assert_eq!(expands(&store, minutes(2)).await, 1);
    assert_eq!(due(&store, minutes(2)).await, [id(1)]);
    assert_eq!(expands(&store, minutes(2)).await, 0, "each arrival once");
}

async fn an_arrival_that_is_not_committed_was_none(store: Store) {
    is_told(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.note_alert_arrivals(&[code(1)], false, minutes(1)).await.unwrap(), 1);
    assert_eq!(repository.note_alert_arrivals(&[], false, minutes(1)).await.unwrap(), 0);
    drop(repository);
    assert_eq!(expands(&store, minutes(2)).await, 0);
    arrives(&store, NoticeKind::Information, 1, &[1], minutes(1)).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.expand_alert_arrivals(HOUR, 100, minutes(2)).await.unwrap(), 1);
    // Killed before it was durable.
    drop(repository);
    assert_eq!(expands(&store, minutes(2)).await, 1);
}

async fn whoever_was_told_is_due_when_the_interval_is_over_and_for_what_cannot_wait_at_once(store: Store) {
    is_told(&store, 1).await;
    arrives(&store, NoticeKind::Information, 1, &[1], minutes(1)).await;
    expands(&store, minutes(2)).await;
    assert!(claims(&store, 1, minutes(2)).await);
    assert!(settles(&store, 1, minutes(2), AlertSettled { next_at: None, ..told(minutes(2)) }).await);
    arrives(&store, NoticeKind::Information, 2, &[1], minutes(3)).await;
    expands(&store, minutes(4)).await;
    assert!(due(&store, minutes(61)).await.is_empty());
    assert_eq!(due(&store, minutes(62)).await, [id(1)]);
    arrives(&store, NoticeKind::Emergency, 3, &[1], minutes(5)).await;
    expands(&store, minutes(6)).await;
    assert_eq!(due(&store, minutes(6)).await, [id(1)]);
    assert_eq!(wanted(&store, 1, minutes(6)).await, AlertWanted::Urgent);
}

async fn only_one_has_an_address_until_its_time_is_over(store: Store) {
    is_told(&store, 1).await;
    arrives(&store, NoticeKind::Information, 1, &[1], minutes(1)).await;
    expands(&store, minutes(2)).await;
    assert!(claims(&store, 1, minutes(2)).await);
    assert!(!claims(&store, 1, minutes(6)).await);
    assert!(due(&store, minutes(6)).await.is_empty());
    // Whoever had it was killed.
    assert_eq!(due(&store, minutes(7)).await, [id(1)]);
    assert!(claims(&store, 1, minutes(7)).await);
    assert!(!settles(&store, 1, minutes(2), told(minutes(2))).await, "it is somebody else's by now");
    assert!(settles(&store, 1, minutes(7), told(minutes(7))).await);
}

async fn what_arrives_while_somebody_is_told_stays_due(store: Store) {
    is_told(&store, 1).await;
    arrives(&store, NoticeKind::Information, 1, &[1], minutes(1)).await;
    expands(&store, minutes(2)).await;
    assert!(claims(&store, 1, minutes(2)).await);
    arrives(&store, NoticeKind::Emergency, 2, &[1], minutes(3)).await;
    expands(&store, minutes(3)).await;
    assert!(due(&store, minutes(3)).await.is_empty(), "somebody has it");
    assert!(settles(&store, 1, minutes(2), told(minutes(2))).await);
    assert_eq!(due(&store, minutes(3)).await, [id(1)]);
    assert_eq!(wanted(&store, 1, minutes(3)).await, AlertWanted::Urgent);
}

async fn there_is_something_to_tell_until_it_is_read_or_its_person_logs_in(store: Store) {
    is_told(&store, 1).await;
    let recipient = store.read().await.unwrap().recipient_of_folder(&folder(1)).await.unwrap().unwrap();
    assert_eq!(wanted(&store, 1, minutes(1)).await, AlertWanted::Nothing);
    let one = arrives(&store, NoticeKind::Information, 1, &[1], minutes(1)).await;
    assert_eq!(wanted(&store, 1, minutes(2)).await, AlertWanted::Something);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(recipient, one, minutes(2)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(wanted(&store, 1, minutes(2)).await, AlertWanted::Nothing);

    let two = arrives(&store, NoticeKind::Information, 2, &[1], minutes(3)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.put_notice(recipient, two, NoticePlace::Bin, minutes(4)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(wanted(&store, 1, minutes(4)).await, AlertWanted::Nothing);

    arrives(&store, NoticeKind::Information, 3, &[1], minutes(5)).await;
    assert_eq!(wanted(&store, 1, minutes(6)).await, AlertWanted::Something);
    assert_eq!(wanted(&store, 1, minutes(31 * 24 * 60)).await, AlertWanted::Nothing, "its time is over");
    let mut repository = store.begin().await.unwrap();
    let event = LoginEvent { at: minutes(6), outcome: LoginOutcome::Succeeded };
    repository.insert_login_event(&[1; 16], &folder(1), &event).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(wanted(&store, 1, minutes(7)).await, AlertWanted::Nothing);
    arrives(&store, NoticeKind::Information, 4, &[1], minutes(8)).await;
    assert_eq!(wanted(&store, 1, minutes(9)).await, AlertWanted::Something);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.change_folder_state(&folder(1), Open, Suspended, minutes(9)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(wanted(&store, 1, minutes(9)).await, AlertWanted::Nothing);
}

async fn codes_are_counted_by_who_and_forgotten(store: Store) {
    let mut repository = store.begin().await.unwrap();
    for at in [0, 1, 2] {
        repository.note_alert_code(&hash("a"), minutes(at)).await.unwrap();
    }
    assert_eq!(repository.alert_codes_since(&hash("a"), minutes(0)).await.unwrap(), 2);
    assert_eq!(repository.alert_codes_since(&hash("b"), minutes(-1)).await.unwrap(), 0);
    repository.forget_alert_codes(minutes(1), minutes(2)).await.unwrap();
    assert_eq!(repository.alert_codes_since(&hash("a"), minutes(-1)).await.unwrap(), 1);
}

async fn a_folder_that_goes_takes_its_addresses_along(store: Store) {
    is_told(&store, 1).await;
    is_told(&store, 2).await;
    arrives(&store, NoticeKind::Information, 1, &[1, 2], minutes(1)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.delete_folder(&folder(1)).await.unwrap().is_some());
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().alert_addresses(&folder(1)).await.unwrap().is_empty());
    assert_eq!(expands(&store, minutes(2)).await, 1, "of the other");
    assert_eq!(due(&store, minutes(2)).await, [id(2)]);
}
