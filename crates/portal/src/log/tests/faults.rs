//! Whatever fails, the log is whole, and whoever does it again finds one entry and not two.

use futures::poll;

use super::line::{Break, Line};
use super::*;

on_both! {
    an_append_that_fails_half_way_leaves_nothing
    whoever_does_not_hear_how_a_commit_ended_does_it_again
    a_log_of_another_key_is_not_continued
    a_damaged_log_is_not_continued
}

/// Fails after the head was swapped: the entry's place is taken.
async fn an_append_that_fails_half_way_leaves_nothing(mut witness: Witness) {
    for size in 0..3 {
        let mut repository = witness.store.begin().await.unwrap();
        repository.insert_log_entry(size, b"in the way").await.unwrap();
        let failed = witness.log.enter_receipt(&mut repository, &receipt(1), None).await;
        assert!(matches!(failed, Err(AppendError::Log(LogError::Store(_)))));
        drop(repository);
        assert_eq!(witness.finds_it_whole().await, size);
        assert_eq!(witness.log.receipt(&receipt(1).id()).await.unwrap(), None);
        assert_eq!(witness.appends("done").await.unwrap(), LogIndex(size));
        assert_eq!(witness.finds_it_whole().await, size + 1);
    }
}

async fn whoever_does_not_hear_how_a_commit_ended_does_it_again(mut witness: Witness) {
    for byte in 0..4 {
        let mut repository = witness.store.begin().await.unwrap();
        witness.log.enter_receipt(&mut repository, &receipt(byte), None).await.unwrap();
        let mut commit = Box::pin(repository.commit());
        // Under way, or just done: whoever dropped it does not know.
        let _ = poll!(&mut commit);
        drop(commit);
        let size = witness.finds_it_whole().await;
        assert!([u64::from(byte), u64::from(byte) + 1].contains(&size));
        assert_eq!(witness.enters(&receipt(byte)).await.unwrap(), LogIndex(byte.into()));
        assert_eq!(witness.finds_it_whole().await, u64::from(byte) + 1);
    }
}

/// The line to PostgreSQL breaks before the server hears the word, and after it has obeyed.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_at_the_commit_loses_nothing_and_doubles_nothing() {
    let url = db::testing::empty_postgres_database().await.unwrap();
    let line = Line::to(&url).await;
    let mut witness = Witness::of(Target::Postgres(line.url.clone())).await;
    for (byte, at) in (0..).zip([Break::BeforeCommit, Break::AfterCommit, Break::AfterCommit, Break::BeforeCommit]) {
        line.breaks(at);
        assert!(witness.enters(&receipt(byte)).await.is_err(), "{at:?}");
        let persisted = u64::from(at == Break::AfterCommit);
        assert_eq!(witness.finds_it_whole().await, u64::from(byte) + persisted, "{at:?}");
        assert_eq!(witness.enters(&receipt(byte)).await.unwrap(), LogIndex(byte.into()));
        assert_eq!(witness.finds_it_whole().await, u64::from(byte) + 1);
    }
}

async fn a_log_of_another_key_is_not_continued(witness: Witness) {
    witness.appends("ours").await.unwrap();
    for stranger in [("localhost/my-portal", [8; 32]), ("localhost/other", [7; 32])] {
        let log = Log::new(witness.store.clone(), NoteSigner::new(stranger.0, &stranger.1).unwrap());
        assert!(matches!(log.check().await, Err(LogError::OtherLog(_))));
        let mut repository = witness.store.begin().await.unwrap();
        let refused = log.append(&mut repository, b"theirs").await;
        assert!(matches!(refused, Err(AppendError::Log(LogError::OtherLog(_)))));
    }
}

async fn a_damaged_log_is_not_continued(witness: Witness) {
    witness.appends("entry").await.unwrap();
    witness.appends("entry").await.unwrap();
    let head = witness.store.read().await.unwrap().log_head().await.unwrap().unwrap();
    let damaged = async |change: &str| {
        let mut repository = witness.store.begin().await.unwrap();
        match change {
            "tile" => repository.put_log_tile(0, 0, &[9; 64]).await.unwrap(),
            "cut tile" => repository.put_log_tile(0, 0, &[9; 63]).await.unwrap(),
            "short tile" => repository.put_log_tile(0, 0, &[9; 32]).await.unwrap(),
            _ => assert!(repository.advance_log(2, &LogHead { size: 3, ..head.clone() }).await.unwrap()),
        }
        let refused = witness.log.append(&mut repository, b"more").await;
        assert!(matches!(refused, Err(AppendError::Log(LogError::Damaged))), "{change}: {refused:?}");
        repository.commit().await.unwrap();
        assert!(matches!(witness.log.check().await, Err(LogError::Damaged)), "{change}");
        assert!(witness.log.proof(LogIndex(1)).await.is_err(), "{change}");
    };
    for change in ["tile", "cut tile", "short tile", "head"] {
        damaged(change).await;
    }
}
