//! The portal's own log, on both engines: the head is swapped, never overwritten.

use domain::{ReceiptId, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{LogHead, ReceiptRow, RetiredLog, Store};

use crate::engines::on_both;

on_both! {
    a_log_is_started_once
    the_head_is_swapped_only_from_the_size_that_was_read
    a_tile_is_replaced_by_a_wider_one
    entries_are_found_in_their_order
    an_entry_is_written_once
    a_receipt_is_found_by_its_id_and_by_its_session
    a_receipt_is_noted_once
    the_session_of_a_receipt_is_forgotten_and_the_receipt_is_not
    an_emptied_log_has_nothing_left
    a_log_is_retired_once
}

fn at() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn head(size: u64) -> LogHead {
    LogHead { size, checkpoint: format!("localhost/my-portal\n{size}\n") }
}

async fn a_log_is_started_once(store: Store) {
    assert_eq!(store.read().await.unwrap().log_head().await.unwrap(), None);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.hold_log().await.unwrap(), None);
    assert!(repository.start_log(&head(0).checkpoint).await.unwrap());
    assert!(!repository.start_log("another").await.unwrap());
    assert_eq!(repository.hold_log().await.unwrap(), Some(head(0)));
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().log_head().await.unwrap(), Some(head(0)));
}

async fn the_head_is_swapped_only_from_the_size_that_was_read(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.start_log(&head(0).checkpoint).await.unwrap();
    assert!(repository.advance_log(0, &head(1)).await.unwrap());
    assert!(!repository.advance_log(0, &LogHead { checkpoint: "forked".to_owned(), ..head(1) }).await.unwrap());
    assert!(repository.advance_log(1, &head(3)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().log_head().await.unwrap(), Some(head(3)));
}

async fn a_tile_is_replaced_by_a_wider_one(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.put_log_tile(0, 0, &[1; 32]).await.unwrap();
    repository.put_log_tile(0, 0, &[2; 64]).await.unwrap();
    repository.put_log_tile(1, 0, &[3; 32]).await.unwrap();
    assert_eq!(repository.log_tile(0, 0).await.unwrap(), Some(vec![2; 64]));
    assert_eq!(repository.log_tile(0, 1).await.unwrap(), None);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().log_tile(1, 0).await.unwrap(), Some(vec![3; 32]));
}

async fn entries_are_found_in_their_order(store: Store) {
    let mut repository = store.begin().await.unwrap();
    for (index, entry) in [(1, "b"), (0, "a"), (2, "c")] {
        repository.insert_log_entry(index, entry.as_bytes()).await.unwrap();
    }
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.log_entries(0, 2).await.unwrap(), [b"a", b"b"]);
    assert_eq!(reader.log_entries(1, 256).await.unwrap(), [b"b", b"c"]);
    assert_eq!(reader.log_entries(u64::MAX, 256).await.unwrap(), Vec::<Vec<u8>>::new());
}

async fn an_entry_is_written_once(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_log_entry(0, b"a").await.unwrap();
    assert!(repository.insert_log_entry(0, b"another").await.is_err());
}

fn row(byte: u8, log_index: u64) -> ReceiptRow {
    ReceiptRow { id: ReceiptId::from([byte; 16]), log_index, at: at() }
}

fn session(byte: u8) -> SecretHash {
    SecretHash::from([byte; 32])
}

async fn a_receipt_is_found_by_its_id_and_by_its_session(store: Store) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_receipt(&row(1, 0), Some(&session(1))).await.unwrap());
    assert!(repository.insert_receipt(&row(2, 1), Some(&session(1))).await.unwrap());
    assert!(repository.insert_receipt(&row(3, 2), None).await.unwrap());
    assert_eq!(repository.receipt_by_id(&row(1, 0).id).await.unwrap(), Some(row(1, 0)));
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.receipt_by_id(&row(3, 2).id).await.unwrap(), Some(row(3, 2)));
    assert_eq!(reader.receipt_by_id(&row(4, 0).id).await.unwrap(), None);
    assert_eq!(reader.receipt_by_session_hash(&session(1)).await.unwrap(), Some(row(2, 1)));
    assert_eq!(reader.receipt_by_session_hash(&session(2)).await.unwrap(), None);
}

async fn a_receipt_is_noted_once(store: Store) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_receipt(&row(1, 0), None).await.unwrap());
    assert!(!repository.insert_receipt(&row(1, 1), None).await.unwrap());
    assert!(!repository.insert_receipt(&row(2, 0), None).await.unwrap());
}

async fn the_session_of_a_receipt_is_forgotten_and_the_receipt_is_not(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_receipt(&row(1, 0), Some(&session(1))).await.unwrap();
    let second = SignedDuration::from_secs(1);
    assert_eq!(repository.forget_sessions_of_receipts(at() - second).await.unwrap(), 0);
    assert_eq!(repository.forget_sessions_of_receipts(at()).await.unwrap(), 1);
    assert_eq!(repository.forget_sessions_of_receipts(at() + second).await.unwrap(), 0);
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.receipt_by_session_hash(&session(1)).await.unwrap(), None);
    assert_eq!(reader.receipt_by_id(&row(1, 0).id).await.unwrap(), Some(row(1, 0)));
}

async fn an_emptied_log_has_nothing_left(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.start_log(&head(0).checkpoint).await.unwrap();
    repository.put_log_tile(0, 0, &[1; 32]).await.unwrap();
    repository.insert_log_entry(0, b"a").await.unwrap();
    repository.insert_receipt(&row(1, 0), None).await.unwrap();
    repository.empty_log().await.unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.log_head().await.unwrap(), None);
    assert_eq!(reader.log_tile(0, 0).await.unwrap(), None);
    assert_eq!(reader.log_entries(0, 1).await.unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(reader.receipt_by_id(&row(1, 0).id).await.unwrap(), None);
}

async fn a_log_is_retired_once(store: Store) {
    let first = RetiredLog {
        key_text: "localhost/my-portal+00000000+AQ==".to_owned(),
        origin: "localhost/my-portal".to_owned(),
        size: 3,
        checkpoint: Some(head(3).checkpoint),
        at: at(),
    };
    let second = RetiredLog { key_text: "another".to_owned(), checkpoint: None, size: 0, ..first.clone() };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_retired_log(&first).await.unwrap());
    assert!(!repository.insert_retired_log(&RetiredLog { size: 9, ..first.clone() }).await.unwrap());
    assert!(repository.insert_retired_log(&second).await.unwrap());
    assert_eq!(repository.retired_logs().await.unwrap(), [second.clone(), first.clone()]);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().retired_logs().await.unwrap(), [second, first]);
}
