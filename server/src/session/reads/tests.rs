use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use portal::{NewSession, Target};
use tokio::sync::Semaphore;

use super::*;

/// A store whose reads are let through one by one, and noted.
#[derive(Clone)]
struct Gated {
    store: Store,
    gate: Arc<Semaphore>,
    began: Arc<Mutex<Vec<usize>>>,
    fails: Arc<Mutex<Vec<StoreError>>>,
}

impl Shelf for Gated {
    async fn find(&self, id_hashes: &[SecretHash], now: Timestamp) -> Result<Found, StoreError> {
        self.began.lock().unwrap().push(id_hashes.len());
        self.gate.acquire().await.unwrap().forget();
        let fails = self.fails.lock().unwrap().pop();
        match fails {
            Some(error) => Err(error),
            None => self.store.find(id_hashes, now).await,
        }
    }
}

struct Trial {
    shelf: Gated,
    reads: Reads,
    _folder: tempfile::TempDir,
}

fn hash(byte: u8) -> SecretHash {
    SecretHash::from([byte; 32])
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

impl Trial {
    /// With the sessions 1 to 40.
    async fn begins() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").unwrap();
        let store = Store::open(&Target::Sqlite(folder.path().join("portal.sqlite"))).await.unwrap();
        let mut repository = store.begin().await.unwrap();
        for byte in 1..=40 {
            let session = NewSession {
                id_hash: hash(byte),
                data: format!("{{\"nth\":{byte}}}"),
                folder_id: None,
                removal_token_hash: None,
                idle_ends_at: at(900),
                ends_at: at(43_200),
            };
            assert!(repository.insert_session(&session, at(0)).await.unwrap());
        }
        repository.commit().await.unwrap();
        let shelf = Gated { store, gate: Arc::new(Semaphore::new(0)), began: Arc::default(), fails: Arc::default() };
        Self { reads: Reads::start(shelf.clone()), shelf, _folder: folder }
    }

    /// Asks for a session, and returns once the question is put.
    async fn asks(&self, byte: u8) -> tokio::task::JoinHandle<Answer> {
        let reads = self.reads.clone();
        let asked = tokio::spawn(async move { reads.session(hash(byte), at(1)).await });
        tokio::task::yield_now().await;
        asked
    }

    async fn reads_began(&self, count: usize) {
        while self.shelf.began.lock().unwrap().len() < count {
            tokio::task::yield_now().await;
        }
    }

    fn lets_through(&self, reads: usize) {
        self.shelf.gate.add_permits(reads);
    }

    fn fails_with(&self, errors: impl IntoIterator<Item = StoreError>) {
        self.shelf.fails.lock().unwrap().extend(errors);
    }

    fn read_sizes(&self) -> Vec<usize> {
        self.shelf.began.lock().unwrap().clone()
    }
}

fn data(answer: Answer) -> Option<String> {
    answer.unwrap().map(|row| row.data)
}

#[tokio::test]
async fn whoever_waits_while_one_reads_is_answered_by_the_next_read() {
    let trial = Trial::begins().await;
    let first = trial.asks(1).await;
    trial.reads_began(1).await;
    let mut others = Vec::new();
    for byte in 2..=18 {
        others.push((byte, trial.asks(byte).await));
    }
    let nobody = trial.asks(99).await;
    trial.lets_through(9);
    assert_eq!(data(first.await.unwrap()).unwrap(), "{\"nth\":1}");
    for (byte, asked) in others {
        assert_eq!(data(asked.await.unwrap()).unwrap(), format!("{{\"nth\":{byte}}}"));
    }
    assert_eq!(data(nobody.await.unwrap()), None);
    assert_eq!(trial.read_sizes(), [1, 16, 2]);
}

#[tokio::test]
async fn the_same_session_asked_for_twice_at_once_is_told_twice() {
    let trial = Trial::begins().await;
    let (first, second, third) = (trial.asks(3).await, trial.asks(7).await, trial.asks(7).await);
    trial.lets_through(9);
    for (asked, nth) in [(first, 3), (second, 7), (third, 7)] {
        assert_eq!(data(asked.await.unwrap()).unwrap(), format!("{{\"nth\":{nth}}}"));
    }
}

/// A logout that is answered before a request comes is seen by that request.
#[tokio::test]
async fn nobody_is_answered_from_a_read_that_began_before_they_asked() {
    let trial = Trial::begins().await;
    let first = trial.asks(5).await;
    trial.reads_began(1).await;
    let mut repository = trial.shelf.store.begin().await.unwrap();
    assert!(repository.delete_session(&hash(6)).await.unwrap());
    repository.commit().await.unwrap();
    let second = trial.asks(6).await;
    assert_eq!(trial.read_sizes(), [1], "it waits for a read of its own");
    trial.lets_through(9);
    assert!(data(first.await.unwrap()).is_some());
    assert_eq!(data(second.await.unwrap()), None);
    assert_eq!(trial.read_sizes(), [1, 1]);
}

#[tokio::test]
async fn a_read_that_fails_fails_for_everybody_who_waited_and_for_nobody_after() {
    let trial = Trial::begins().await;
    let held_up = trial.asks(1).await;
    trial.reads_began(1).await;
    let (second, third) = (trial.asks(2).await, trial.asks(3).await);
    trial.lets_through(1);
    assert!(data(held_up.await.unwrap()).is_some());
    trial.fails_with([StoreError::Db(portal::DbError::Undone)]);
    trial.lets_through(9);
    for asked in [second, third] {
        assert!(matches!(asked.await.unwrap(), Err(StoreError::Db(_))));
    }
    assert!(data(trial.asks(2).await.await.unwrap()).is_some());
}

#[tokio::test]
async fn a_session_that_cannot_be_understood_fails_alone() {
    let trial = Trial::begins().await;
    let held_up = trial.asks(1).await;
    trial.reads_began(1).await;
    let (second, third) = (trial.asks(2).await, trial.asks(3).await);
    trial.lets_through(1);
    drop(held_up.await.unwrap());
    let corrupt = || StoreError::Corrupt { table: "session", column: "ends_at" };
    // The read for both, then the one for the second.
    trial.fails_with([corrupt(), corrupt()]);
    trial.lets_through(9);
    assert!(matches!(second.await.unwrap(), Err(StoreError::Corrupt { .. })));
    assert!(data(third.await.unwrap()).is_some());
    assert_eq!(trial.read_sizes(), [1, 2, 1, 1]);
}

#[tokio::test]
async fn whoever_went_away_is_not_read_for() {
    let trial = Trial::begins().await;
    let held_up = trial.asks(1).await;
    trial.reads_began(1).await;
    let (gone, stays) = (trial.asks(2).await, trial.asks(3).await);
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    trial.lets_through(9);
    drop(held_up.await.unwrap());
    assert!(data(stays.await.unwrap()).is_some());
    assert_eq!(trial.read_sizes(), [1, 1]);
}
