//! What became readable later than it says, and what soon ends, on SQLite and on PostgreSQL: whom to tell of it.

use domain::{LoginOutcome, NoticeKind};
use jiff::{SignedDuration, Timestamp};
use store::{AlertSettled, AlertWanted, LetterId, LoginEvent, NewLetter, NoticePlace, RecipientId, Reminded, Store};

use crate::alerts::{HOUR, arrives, claims, due, id, is_told, minutes, news, settles, told, wanted};
use crate::engines::on_both;
use crate::notices::{code, folder, keeps, later, letter, notice, now, opens, yokohama};

on_both! {
    what_was_not_readable_when_somebody_was_told_is_told_afterwards_and_nothing_twice
    what_was_not_readable_at_the_login_is_told
    arrivals_are_found_by_their_time_and_not_by_their_letters
    whoever_has_not_opened_what_soon_ends_is_reminded_once
    of_what_need_not_be_done_any_more_nobody_is_reminded
    only_who_is_told_elsewhere_is_reminded_and_the_walk_goes_on_where_it_was
}

fn seconds(seconds: i64) -> Timestamp {
    minutes(1) + SignedDuration::from_secs(seconds)
}

async fn what_was_not_readable_when_somebody_was_told_is_told_afterwards_and_nothing_twice(store: Store) {
    is_told(&store, 1).await;
    let one = arrives(&store, NoticeKind::Information, 1, &[1], seconds(5)).await;
    let found = news(&store, 1, seconds(20)).await;
    assert_eq!((found.wanted, found.letters.as_slice()), (AlertWanted::Something, [one].as_slice()));
    let mut repository = store.begin().await.unwrap();
    repository.expand_alert_arrivals(HOUR, 100, seconds(20)).await.unwrap();
    repository.commit().await.unwrap();
    assert!(claims(&store, 1, seconds(20)).await);
    let settled = AlertSettled { told_letters: found.letters, ..told(seconds(20)) };
    assert!(settles(&store, 1, seconds(20), settled).await);
    assert_eq!(wanted(&store, 1, seconds(21)).await, AlertWanted::Nothing, "it was told");
    // Its delivery began before, and was durable after.
    let two = arrives(&store, NoticeKind::Emergency, 2, &[1], seconds(4)).await;
    let found = news(&store, 1, seconds(22)).await;
    assert_eq!((found.wanted, found.letters.as_slice()), (AlertWanted::Urgent, [two, one].as_slice()));
    assert!(news(&store, 1, seconds(60)).await.letters.is_empty(), "the next look finds neither again");
}

async fn what_was_not_readable_at_the_login_is_told(store: Store) {
    is_told(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    let event = LoginEvent { at: seconds(10), outcome: LoginOutcome::Succeeded };
    repository.insert_login_event(&[1; 16], &folder(1), &event).await.unwrap();
    repository.commit().await.unwrap();
    arrives(&store, NoticeKind::Information, 1, &[1], seconds(-25)).await;
    assert_eq!(wanted(&store, 1, seconds(11)).await, AlertWanted::Nothing, "the login showed it");
    arrives(&store, NoticeKind::Information, 2, &[1], seconds(5)).await;
    assert_eq!(wanted(&store, 1, seconds(11)).await, AlertWanted::Something);
}

async fn arrivals_are_found_by_their_time_and_not_by_their_letters(store: Store) {
    let person = opens(&store, 1).await;
    let old = keeps(&store, &letter(1)).await;
    let emergency = arrives(&store, NoticeKind::Emergency, 2, &[1], seconds(1)).await;
    for number in 3..9 {
        arrives(&store, NoticeKind::Information, number, &[1], now()).await;
    }
    // An old letter is sent to one more person.
    let mut repository = store.begin().await.unwrap();
    repository.deliver(old, &[code(1)], 100, seconds(2)).await.unwrap();
    repository.open_notice(person, old, seconds(3)).await.unwrap();
    repository.commit().await.unwrap();
    let arrivals_from = async |from, after, limit| {
        let rows = store.read().await.unwrap().arrivals(person, from, after, seconds(3), limit).await.unwrap();
        rows.into_iter().map(|row| (row.letter, row.arrived_at, row.urgent, row.unread)).collect::<Vec<_>>()
    };
    let arrivals = async |after, limit| arrivals_from(old, after, limit).await;
    let (first, second) = ((emergency, seconds(1), true, true), (old, seconds(2), false, false));
    assert_eq!(arrivals(now(), 10).await, [first, second]);
    assert_eq!(arrivals(now(), 1).await, [first], "emergencies before all others");
    assert_eq!(arrivals(seconds(1), 10).await, [second]);
    assert_eq!(arrivals_from(emergency, now(), 10).await, [first], "not those before a letter");
    assert_eq!(arrivals(now() - HOUR, 10).await.len(), 8);
    let mut repository = store.begin().await.unwrap();
    repository.withdraw_letter(&yokohama(), &notice(2), seconds(3)).await.unwrap();
    repository.put_notice(person, old, NoticePlace::Bin, seconds(3)).await.unwrap();
    repository.commit().await.unwrap();
    assert!(arrivals(now(), 10).await.is_empty());
}

/// Arrives now and ends after so many days.
async fn ends(store: &Store, number: u8, to: &[u8], days: i64) -> LetterId {
    let new = NewLetter { kind: NoticeKind::Deadline, ends_at: Some(later(days)), ..letter(number) };
    let letter = keeps(store, &new).await;
    let to: Vec<_> = to.iter().map(|byte| code(*byte)).collect();
    let mut repository = store.begin().await.unwrap();
    repository.deliver(letter, &to, 10, now()).await.unwrap();
    repository.commit().await.unwrap();
    letter
}

async fn reminds(store: &Store, after: Option<u8>, limit: u32, at: Timestamp) -> Reminded {
    let (arrived_by, ends_by) = (at - 24 * HOUR, at + 72 * HOUR);
    let mut repository = store.begin().await.unwrap();
    let after = after.map(folder);
    let reminded = repository.remind(after.as_ref(), arrived_by, ends_by, HOUR, limit, at).await.unwrap();
    repository.commit().await.unwrap();
    reminded
}

async fn is_to_be_reminded(store: &Store, byte: u8, at: Timestamp) -> bool {
    store.read().await.unwrap().is_to_be_reminded(&id(byte), at).await.unwrap()
}

const NOBODY: Reminded = Reminded { next: None, notices: 0 };

async fn whoever_has_not_opened_what_soon_ends_is_reminded_once(store: Store) {
    is_told(&store, 1).await;
    ends(&store, 1, &[1], 5).await;
    assert_eq!(reminds(&store, None, 10, later(1)).await, NOBODY, "there is time");
    assert!(!is_to_be_reminded(&store, 1, later(1)).await);
    assert_eq!(reminds(&store, None, 10, later(2)).await, Reminded { next: None, notices: 1 });
    assert_eq!(due(&store, later(2)).await, [id(1)]);
    assert!(is_to_be_reminded(&store, 1, later(2) + HOUR).await);
    assert!(!is_to_be_reminded(&store, 1, later(5)).await, "it is over");
    assert!(claims(&store, 1, later(2)).await);
    assert!(settles(&store, 1, later(2), told(later(2))).await);
    assert!(!is_to_be_reminded(&store, 1, later(2)).await);
    assert_eq!(reminds(&store, None, 10, later(3)).await, NOBODY, "once");
    // One that came today was told today.
    let late = ends(&store, 2, &[1], 2).await;
    assert_eq!(reminds(&store, None, 10, now() + 23 * HOUR).await, NOBODY);
    assert_eq!(reminds(&store, None, 10, later(1)).await.notices, 1, "{late:?}");
}

async fn of_what_need_not_be_done_any_more_nobody_is_reminded(store: Store) {
    is_told(&store, 1).await;
    let person: RecipientId = store.read().await.unwrap().recipient_of_folder(&folder(1)).await.unwrap().unwrap();
    let ends = async |number| ends(&store, number, &[1], 3).await;
    let (opened, archived, binned, answered) = (ends(1).await, ends(2).await, ends(3).await, ends(4).await);
    for number in [5, 6] {
        ends(number).await;
    }
    let mut repository = store.begin().await.unwrap();
    repository.open_notice(person, opened, now()).await.unwrap();
    repository.put_notice(person, archived, NoticePlace::Archive, now()).await.unwrap();
    repository.put_notice(person, binned, NoticePlace::Bin, now()).await.unwrap();
    repository.reply_to_notice(person, answered, now()).await.unwrap();
    repository.withdraw_letter(&yokohama(), &notice(5), now()).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(reminds(&store, None, 10, later(1)).await.notices, 1, "of the last one");
    assert!(is_to_be_reminded(&store, 1, later(1)).await);
    // Who logs in sees it there.
    let mut repository = store.begin().await.unwrap();
    let event = LoginEvent { at: later(1), outcome: LoginOutcome::Succeeded };
    repository.insert_login_event(&[1; 16], &folder(1), &event).await.unwrap();
    repository.commit().await.unwrap();
    assert!(!is_to_be_reminded(&store, 1, later(1)).await);
}

async fn only_who_is_told_elsewhere_is_reminded_and_the_walk_goes_on_where_it_was(store: Store) {
    for byte in [1, 3] {
        is_told(&store, byte).await;
    }
    opens(&store, 2).await;
    ends(&store, 1, &[1, 2, 3], 3).await;
    let first = reminds(&store, None, 1, later(1)).await;
    assert_eq!(first, Reminded { next: Some(folder(1)), notices: 1 });
    assert_eq!(due(&store, later(1)).await, [id(1)]);
    assert_eq!(reminds(&store, Some(1), 1, later(1)).await, Reminded { next: Some(folder(3)), notices: 1 });
    assert_eq!(reminds(&store, Some(3), 1, later(1)).await, NOBODY);
}
