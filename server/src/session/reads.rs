//! Sessions are read for whoever waits, in one statement: while one read is under way the next requests gather, and are
//! all answered by the read after it. A lone request is read at once and by itself.
//!
//! Nobody is answered from a read that began before they asked, and nothing is remembered from one read to the next.

use std::future::Future;

use domain::SecretHash;
use jiff::Timestamp;
use portal::{SESSIONS_AT_ONCE, SessionRow, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// Requests that may wait before the next one waits outside.
const WAITING_MAX: usize = 1024;

type Answer = Result<Option<SessionRow>, StoreError>;
type Found = Vec<(SecretHash, SessionRow)>;

/// Where sessions are looked up.
pub(super) trait Shelf: Send + Sync + 'static {
    /// Those of at most [`SESSIONS_AT_ONCE`] sessions that there are.
    fn find(&self, id_hashes: &[SecretHash], now: Timestamp) -> impl Future<Output = Result<Found, StoreError>> + Send;
}

impl Shelf for Store {
    async fn find(&self, id_hashes: &[SecretHash], now: Timestamp) -> Result<Found, StoreError> {
        match id_hashes {
            [] => Ok(Vec::new()),
            [alone] => {
                let row = self.read().await?.session_by_id_hash(alone, now).await?;
                Ok(row.map(|row| (alone.clone(), row)).into_iter().collect())
            }
            [first, ..] => {
                let padded = std::array::from_fn(|place| id_hashes.get(place).unwrap_or(first).clone());
                self.read().await?.sessions_by_id_hash(&padded, now).await
            }
        }
    }
}

/// The way to the task that reads; the task ends when nobody holds one any more.
#[derive(Clone)]
pub(super) struct Reads(mpsc::Sender<Asked>);

struct Asked {
    id_hash: SecretHash,
    now: Timestamp,
    answer: oneshot::Sender<Answer>,
}

impl Reads {
    pub(super) fn start(shelf: impl Shelf) -> Self {
        let (asking, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(read_for_all(shelf, waiting));
        Self(asking)
    }

    /// As stored at a moment after this was called.
    pub(super) async fn session(&self, id_hash: SecretHash, now: Timestamp) -> Answer {
        let (answer, answered) = oneshot::channel();
        let asked = self.0.send(Asked { id_hash, now, answer }).await.is_ok();
        match answered.await {
            Ok(answer) if asked => answer,
            _ => Err(StoreError::Db(portal::DbError::Undone)),
        }
    }
}

async fn read_for_all(shelf: impl Shelf, mut waiting: mpsc::Receiver<Asked>) {
    let mut asked = Vec::with_capacity(SESSIONS_AT_ONCE);
    while waiting.recv_many(&mut asked, SESSIONS_AT_ONCE).await > 0 {
        // Whoever went away meanwhile needs no answer.
        asked.retain(|asked: &Asked| !asked.answer.is_closed());
        let id_hashes: Vec<SecretHash> = asked.iter().map(|asked| asked.id_hash.clone()).collect();
        // What was asked together is answered as of the latest of these moments.
        let Some(now) = asked.iter().map(|asked| asked.now).max() else { continue };
        match shelf.find(&id_hashes, now).await {
            // A row that cannot be understood is its own session's trouble, not that of whoever asked beside it.
            Err(StoreError::Corrupt { .. }) if asked.len() > 1 => {
                for Asked { id_hash, now, answer } in asked.drain(..) {
                    let found = shelf.find(std::slice::from_ref(&id_hash), now).await;
                    tell(&id_hash, answer, &found);
                }
            }
            found => asked.drain(..).for_each(|asked| tell(&asked.id_hash, asked.answer, &found)),
        }
    }
}

fn tell(id_hash: &SecretHash, answer: oneshot::Sender<Answer>, found: &Result<Found, StoreError>) {
    let row = |rows: &Found| rows.iter().find(|(of, _)| of == id_hash).map(|(_, row)| row.clone());
    // Whoever asked may have gone away.
    let _ = answer.send(found.as_ref().map(row).map_err(StoreError::clone));
}

#[cfg(test)]
mod tests;
