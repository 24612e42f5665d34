//! The log across a restore: it goes on, or it is retired.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_went_on_since_the_backup_goes_on_after_the_restore() {
    let house = House::new();
    house.does(async |store| opens_folder(store, 1).await).await;
    house.enters(1..=3).await;
    house.backs_up("b").await;
    house.does(async |store| opens_folder(store, 2).await).await;
    house.enters(4..=9).await;

    let restored = house.restores_when_left("b").await.unwrap();
    assert_eq!(restored.log, LogAfter::Kept { size: 9 });
    assert_eq!(house.log_size(signer()).await.unwrap(), 9);
    let store = house.opens().await;
    let mut reader = store.read().await.unwrap();
    assert!(reader.folder_by_id(&folder(1).id).await.unwrap().is_some());
    assert!(reader.folder_by_id(&folder(2).id).await.unwrap().is_none());
    let log = Log::new(store.clone(), signer());
    let entered = log.receipt(&receipt(9).id()).await.unwrap().unwrap();
    let proof = log.proof(entered.index).await.unwrap().unwrap();
    proof.verify(&entered.receipt.to_json(), signer().key()).unwrap();
    enters(&store, &signer(), 10..=10).await;
    log.check().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_whose_newest_entries_are_lost_is_retired() {
    let house = House::new();
    house.does(async |store| opens_folder(store, 1).await).await;
    house.enters(1..=3).await;
    house.backs_up("b").await;
    house.enters(4..=9).await;
    let loss: [&dyn Fn(); 2] = [
        &|| house.loses_its_database(),
        // No database any more, with something beside it that must not be taken for the new one's.
        &|| {
            fs::write(house.database(), "torn ".repeat(2000)).unwrap();
            fs::write(files::beside(&house.database(), "-wal"), "torn").unwrap();
        },
    ];
    for loses in loss {
        loses();
        let restored = house.restores_when_left("b").await.unwrap();
        assert_eq!(restored.log, LogAfter::Retired { origins: vec!["localhost/my-portal".to_owned()] });
        is_retired(&house).await;
    }
}

/// The key and the name are used up, nothing of the old log is left, and a new log begins.
async fn is_retired(house: &House) {
    let same_key = NoteSigner::new("localhost/another", &[7; 32]).unwrap();
    let same_name = NoteSigner::new("localhost/my-portal", &[8; 32]).unwrap();
    for used_up in [signer(), same_key, same_name] {
        let store = house.opens().await;
        let log = Log::new(store.clone(), used_up);
        let refused = log.check().await;
        assert!(
            matches!(&refused, Err(LogError::Retired { origin }) if origin == "localhost/my-portal"),
            "{refused:?}"
        );
        let mut repository = store.begin().await.unwrap();
        let refused = log.append(&mut repository, b"more").await;
        assert!(matches!(refused, Err(crate::AppendError::Log(LogError::Retired { .. }))), "{refused:?}");
        drop(repository);
    }
    let store = house.opens().await;
    let mut reader = store.read().await.unwrap();
    let retired: Vec<RetiredLog> = reader.retired_logs().await.unwrap();
    assert_eq!(retired.iter().map(|log| log.size).collect::<Vec<_>>(), [3]);
    assert!(reader.folder_by_id(&folder(1).id).await.unwrap().is_some());
    assert!(reader.receipt_by_id(&receipt(1).id()).await.unwrap().is_none());
    let new = Log::new(store.clone(), NoteSigner::new("localhost/second", &[8; 32]).unwrap());
    new.check().await.unwrap();
    let mut repository = store.begin().await.unwrap();
    new.append(&mut repository, b"the first of a new log").await.unwrap();
    drop((reader, repository, new, store));
    house.is_left().await;
}

/// Another history under the same key, and one that is shorter than the backup's.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_does_not_continue_the_backups_is_not_kept() {
    for other in [11..=15, 1..=2] {
        let house = House::new();
        house.enters(1..=3).await;
        house.backs_up("b").await;
        house.loses_its_database();
        house.enters(other).await;
        let restored = house.restores_when_left("b").await.unwrap();
        assert!(matches!(restored.log, LogAfter::Retired { .. }), "{restored:?}");
        assert!(matches!(house.log_size(signer()).await, Err(LogError::Retired { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_log_outlives_a_restore_of_what_was_backed_up_under_the_old_one() {
    let house = House::new();
    house.enters(1..=3).await;
    house.backs_up("b").await;
    house.loses_its_database();
    house.restores_when_left("b").await.unwrap();
    let second = || NoteSigner::new("localhost/second", &[7; 32]).unwrap();
    // The same secret under another name is used up, too: a new one.
    assert!(matches!(house.log_size(second()).await, Err(LogError::Retired { .. })));
    let second = || NoteSigner::new("localhost/second", &[9; 32]).unwrap();
    house
        .does(async |store| {
            let log = Log::new(store.clone(), second());
            let mut repository = store.begin().await.unwrap();
            log.enter_receipt(&mut repository, &receipt(20), None).await.unwrap();
            repository.commit().await.unwrap();
        })
        .await;
    let again = restore(&house.backup_at("b"), &house.target(), second().key(), Overwrite::Yes, now()).await.unwrap();
    assert_eq!(again.log, LogAfter::Kept { size: 1 });
    assert_eq!(house.log_size(second()).await.unwrap(), 1);
    assert!(matches!(house.log_size(signer()).await, Err(LogError::Retired { .. })));
}
