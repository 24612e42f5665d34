use tlog::ProofFile;

use super::*;

on_both! {
    a_log_that_nobody_began_is_a_log
    an_entry_is_in_the_log_when_its_transaction_is_committed
    a_log_grows_over_the_edges_of_its_tiles
    appenders_at_once_each_find_their_place
}

async fn a_log_that_nobody_began_is_a_log(mut witness: Witness) {
    assert_eq!(witness.finds_it_whole().await, 0);
    assert_eq!(witness.log.proof(LogIndex(0)).await.unwrap(), None);
    assert_eq!(witness.log.tile("tile/0/000.p/1".parse().unwrap()).await.unwrap(), None);
}

async fn an_entry_is_in_the_log_when_its_transaction_is_committed(mut witness: Witness) {
    let mut repository = witness.store.begin().await.unwrap();
    assert_eq!(witness.log.append(&mut repository, b"undone").await.unwrap(), LogIndex(0));
    drop(repository);
    assert_eq!(witness.finds_it_whole().await, 0);
    assert_eq!(witness.appends("done").await.unwrap(), LogIndex(0));
    assert_eq!(witness.finds_it_whole().await, 1);
}

async fn a_log_grows_over_the_edges_of_its_tiles(mut witness: Witness) {
    for step in [1, 254, 1, 1, 43] {
        let mut repository = witness.store.begin().await.unwrap();
        for number in 0..step {
            witness.log.append(&mut repository, format!("{step} {number}").as_bytes()).await.unwrap();
        }
        repository.commit().await.unwrap();
        witness.finds_it_whole().await;
    }
    assert_eq!(witness.finds_it_whole().await, 300);
    let files = witness.files().await;
    for (index, entry) in [(0, "1 0"), (1, "254 0"), (255, "1 0"), (256, "1 0"), (299, "43 42")] {
        let text = witness.log.proof(LogIndex(index)).await.unwrap().unwrap().write();
        let proof = ProofFile::read(&text).unwrap();
        assert_eq!(proof.verify(entry.as_bytes(), witness.log.key()).unwrap().head.size, 300, "{index}");
    }
    assert_eq!(witness.log.proof(LogIndex(300)).await.unwrap(), None);
    // Narrower ones of earlier are still there, wider ones not yet.
    let narrow = witness.log.tile("tile/0/000.p/17".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(narrow, files["tile/0/000"][..17 * 32]);
    assert_eq!(witness.log.tile("tile/0/001.p/45".parse().unwrap()).await.unwrap(), None);
    assert_eq!(witness.log.entries("tile/entries/001.p/45".parse().unwrap()).await.unwrap(), None);
    assert!(witness.log.entries("tile/entries/001.p/3".parse().unwrap()).await.unwrap().is_some());
}

/// In one process, and in another on the same tables.
async fn appenders_at_once_each_find_their_place(mut witness: Witness) {
    let other = Witness::of(witness.target.clone()).await;
    let appends = async |keeper: &Witness, appender: u32| {
        let mut places = Vec::new();
        for number in 0..10 {
            places.push(keeper.appends(&format!("{appender} {number}")).await.unwrap());
        }
        places
    };
    let (one, two, three) = tokio::join!(appends(&witness, 1), appends(&witness, 2), appends(&other, 3));
    let mut places = [one, two, three].concat();
    places.sort();
    assert_eq!(places, (0..30).map(LogIndex).collect::<Vec<_>>());
    assert_eq!(witness.finds_it_whole().await, 30);
}
