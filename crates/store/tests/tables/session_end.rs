//! How sessions end, and what goes with them, on SQLite and on PostgreSQL (P-PSH-7).

use domain::{FolderState, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{NewSession, NoticePlace, SessionEnd, Store};

use crate::engines::on_both;
use crate::notices::{code, folder, letter, now, opens, sends};

on_both! {
    what_was_read_goes_with_the_last_session_of_its_person
    a_session_without_anything_read_takes_nothing_along
    a_star_goes_with_the_session_also_where_nothing_was_read
    nobody_gets_in_by_a_session_that_was_ended
    a_folder_s_sessions_end_together_and_wait_for_what_hangs_on_them
}

fn hash(byte: u8) -> SecretHash {
    SecretHash::from([byte; 32])
}

fn minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// The session `byte` of a folder, without activity from `idle_ends_at` on.
fn session(byte: u8, of: u8, idle_ends_at: Timestamp) -> NewSession {
    NewSession {
        id_hash: hash(byte),
        data: "{}".to_owned(),
        folder_id: Some(folder(of)),
        removal_token_hash: None,
        idle_ends_at,
        ends_at: minutes(12 * 60),
    }
}

async fn logs_in(store: &Store, byte: u8, of: u8, idle_ends_at: Timestamp) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_session(&session(byte, of, idle_ends_at), now()).await.unwrap());
    repository.commit().await.unwrap();
}

async fn over(store: &Store, at: Timestamp) -> Vec<(SecretHash, SessionEnd)> {
    let mut over = store.read().await.unwrap().sessions_over_with_confirmed(at).await.unwrap();
    over.sort_by_key(|(session, _)| *session.as_bytes());
    over
}

async fn lives_elsewhere(store: &Store, byte: u8, at: Timestamp) -> bool {
    store.begin().await.unwrap().lives_elsewhere(&hash(byte), at).await.unwrap()
}

async fn what_was_read_goes_with_the_last_session_of_its_person(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let shared = sends(&store, &letter(1), &[1, 2]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, shared, now()).await.unwrap());
    assert!(repository.put_notice(other, shared, NoticePlace::Bin, now()).await.unwrap());
    repository.commit().await.unwrap();
    logs_in(&store, 1, 1, minutes(15)).await;
    logs_in(&store, 2, 1, minutes(25)).await;
    logs_in(&store, 3, 2, minutes(16)).await;

    assert_eq!(over(&store, minutes(14)).await, []);
    assert_eq!(over(&store, minutes(15)).await, [], "the person reads on elsewhere");
    assert!(lives_elsewhere(&store, 1, minutes(24)).await);
    assert!(!lives_elsewhere(&store, 2, minutes(15)).await, "the other one is over");
    assert!(!lives_elsewhere(&store, 3, minutes(1)).await, "other people's sessions are nobody's concern");
    assert_eq!(over(&store, minutes(16)).await, [(hash(3), SessionEnd::Idle)]);
    let idle = |byte| (hash(byte), SessionEnd::Idle);
    assert_eq!(over(&store, minutes(25)).await, [idle(1), idle(2), idle(3)]);

    // The first one's row is gone long before the last one ends by the clock.
    let mut repository = store.begin().await.unwrap();
    assert!(repository.delete_session(&hash(1)).await.unwrap());
    assert!(repository.delete_session(&hash(3)).await.unwrap());
    repository.touch_session(&hash(2), minutes(20), minutes(13 * 60)).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(over(&store, minutes(12 * 60 - 1)).await, []);
    assert_eq!(over(&store, minutes(12 * 60)).await, [(hash(2), SessionEnd::Absolute)]);
}

async fn a_session_without_anything_read_takes_nothing_along(store: Store) {
    opens(&store, 1).await;
    sends(&store, &letter(1), &[1]).await;
    logs_in(&store, 1, 1, minutes(15)).await;
    assert_eq!(over(&store, minutes(16)).await, []);
}

async fn a_star_goes_with_the_session_also_where_nothing_was_read(store: Store) {
    let person = opens(&store, 1).await;
    let starred = sends(&store, &letter(1), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.star_notice(person, starred, Some(now())).await.unwrap());
    repository.commit().await.unwrap();
    logs_in(&store, 1, 1, minutes(15)).await;
    assert_eq!(over(&store, minutes(16)).await, [(hash(1), SessionEnd::Idle)]);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.erase_confirmed(person).await.unwrap(), 0);
    repository.commit().await.unwrap();
    assert_eq!(over(&store, minutes(16)).await, []);
}

async fn nobody_gets_in_by_a_session_that_was_ended(store: Store) {
    opens(&store, 1).await;
    for byte in 1..=2 {
        logs_in(&store, byte, 1, minutes(15)).await;
    }
    let mut repository = store.begin().await.unwrap();
    assert!(repository.end_session(&hash(1)).await.unwrap());
    assert!(!repository.end_session(&hash(9)).await.unwrap());
    repository.touch_session(&hash(1), minutes(1), minutes(16)).await.unwrap();
    // Nor what requests write that were under way: of one that was ended, that was deleted, or whose time is over.
    assert!(!repository.save_session(&session(1, 1, minutes(16)), now()).await.unwrap());
    assert!(!repository.save_session(&session(9, 1, minutes(16)), now()).await.unwrap());
    assert!(!repository.save_session(&session(2, 1, minutes(30)), minutes(15)).await.unwrap());
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().session_by_id_hash(&hash(9), now()).await.unwrap().is_none());
    let mut reader = store.read().await.unwrap();
    let mut ends = Vec::new();
    for byte in 1..=2 {
        ends.push(reader.session_by_id_hash(&hash(byte), now()).await.unwrap().unwrap().idle_ends_at);
    }
    assert_eq!(ends, [now(), minutes(15)], "activity does not bring it back");
    assert!(lives_elsewhere(&store, 1, now()).await);
    assert!(!lives_elsewhere(&store, 2, now()).await);
}

async fn a_folder_s_sessions_end_together_and_wait_for_what_hangs_on_them(store: Store) {
    for byte in 1..=2 {
        opens(&store, byte).await;
        logs_in(&store, byte, byte, minutes(15)).await;
    }
    logs_in(&store, 3, 1, minutes(15)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(
        repository.change_folder_state(&folder(1), FolderState::Open, FolderState::Suspended, now()).await.unwrap()
    );
    let mut ended = repository.end_sessions_of_folder(&folder(1)).await.unwrap();
    ended.sort_by_key(|session| *session.as_bytes());
    assert_eq!(ended, [hash(1), hash(3)]);
    repository.commit().await.unwrap();
    let gone = |byte| (hash(byte), SessionEnd::Gone);
    assert_eq!(over(&store, minutes(1)).await, [gone(1), gone(3)], "whatever hangs on them");

    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.retain_folder(&code(2), now()).await.unwrap(), Some(folder(2)));
    assert_eq!(repository.end_sessions_of_folder(&folder(2)).await.unwrap(), [hash(2)]);
    repository.commit().await.unwrap();
    assert_eq!(over(&store, minutes(1)).await, [gone(1), gone(2), gone(3)]);
}
