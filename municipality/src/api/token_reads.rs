//! Tokens are looked up for whoever waits, together: while one look is under way the next requests gather, and all are
//! answered by the look after it. A lone request is looked up at once and by itself.
//!
//! Nobody is answered from a look that began before they asked, and nothing is remembered: a client that was revoked is out
//! with the next request.

use std::collections::BTreeMap;

use db::DbError;
use tokio::sync::{mpsc, oneshot};

use crate::store::{ClientRow, Store, StoreError, TokenRow};

/// Requests that one look answers.
const TOGETHER: usize = 64;

type Found = Result<Option<(TokenRow, ClientRow)>, StoreError>;

struct Asked {
    hash: [u8; 32],
    told: oneshot::Sender<Found>,
}

/// The way to the task that looks. Clones share it; with the last of them it ends.
#[derive(Clone)]
pub(super) struct TokenReads(mpsc::Sender<Asked>);

impl TokenReads {
    pub(super) fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(TOGETHER);
        tokio::spawn(answer_all(store, receiver));
        Self(sender)
    }

    /// The token of this SHA-256 and its client, as stored at a moment after this was called.
    pub(super) async fn token(&self, hash: [u8; 32]) -> Found {
        let (told, tells) = oneshot::channel();
        let undone = || StoreError::Db(DbError::Undone);
        self.0.send(Asked { hash, told }).await.map_err(|_| undone())?;
        tells.await.map_err(|_| undone())?
    }
}

async fn answer_all(store: Store, mut receiver: mpsc::Receiver<Asked>) {
    let mut asked = Vec::with_capacity(TOGETHER);
    while receiver.recv_many(&mut asked, TOGETHER).await > 0 {
        let found = look(&store, asked.iter().map(|asked| asked.hash)).await;
        for Asked { hash, told } in asked.drain(..) {
            // Whoever asked may have gone away.
            let _ = told.send(found.get(&hash).cloned().unwrap_or(Err(StoreError::Db(DbError::Undone))));
        }
    }
}

/// Each token once; what is wrong with one is its own trouble.
async fn look(store: &Store, hashes: impl Iterator<Item = [u8; 32]>) -> BTreeMap<[u8; 32], Found> {
    let mut found: BTreeMap<_, Found> = hashes.map(|hash| (hash, Ok(None))).collect();
    match store.read().await {
        Ok(mut reader) => {
            for (hash, found) in &mut found {
                *found = reader.token(hash).await;
            }
        }
        Err(error) => found.values_mut().for_each(|found| *found = Err(error.clone())),
    }
    found
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;
    use crate::api::testing::{now, store_with_a_client};

    const TOKEN: [u8; 32] = [0xff; 32];

    async fn store_with_a_token() -> (Store, tempfile::TempDir) {
        let (store, client, folder) = store_with_a_client(5).await;
        let token =
            TokenRow { hash: TOKEN, client: client.id, certificate_hash: [2; 32], expires_at: client.expires_at };
        let mut repository = store.begin().await.unwrap();
        repository.insert_token(&token).await.unwrap();
        repository.commit().await.unwrap();
        (store, folder)
    }

    #[tokio::test]
    async fn many_who_ask_at_once_each_hear_of_their_own_token() {
        let (store, _folder) = store_with_a_token().await;
        let reads = TokenReads::start(store);
        let asked = (0..200u8).map(|nth| reads.token(if nth.is_multiple_of(2) { TOKEN } else { [nth; 32] }));
        for (nth, found) in join_all(asked).await.into_iter().enumerate() {
            assert_eq!(found.unwrap().map(|(token, _)| token.hash), nth.is_multiple_of(2).then_some(TOKEN), "{nth}");
        }
    }

    #[tokio::test]
    async fn what_was_changed_before_one_asks_is_what_one_hears() {
        let (store, _folder) = store_with_a_token().await;
        let reads = TokenReads::start(store.clone());
        let (_, client) = reads.token(TOKEN).await.unwrap().unwrap();
        assert!(client.may(now()));
        let mut repository = store.begin().await.unwrap();
        assert!(repository.revoke_client(client.id, now()).await.unwrap());
        repository.commit().await.unwrap();
        let after = reads.token(TOKEN).await.unwrap();
        assert!(after.is_none_or(|(_, client)| !client.may(now())));
    }
}
