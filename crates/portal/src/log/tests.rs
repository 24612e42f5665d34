//! On both engines, and after each step the whole log again, as somebody reads it who has only its files and key.

mod faults;
mod growth;
mod line;
mod receipts;

use std::collections::BTreeMap;

use domain::ReceiptId;
use store::{Store, Target};
use tempfile::TempDir;
use tlog::{Bundle, NoteSigner, Tile, TreeHead, verify_log};

use super::*;
use crate::{PurgeReason, Receipt};

fn signer() -> NoteSigner {
    NoteSigner::new("localhost/my-portal", &[7; 32]).unwrap()
}

fn receipt(byte: u8) -> Receipt {
    let at = "2026-11-03T05:05:00Z".parse().unwrap();
    Receipt::new(ReceiptId::from([byte; 16]), at, PurgeReason::Logout, Vec::new())
}

/// A log with everything that somebody remembers of it.
struct Witness {
    log: Log,
    store: Store,
    target: Target,
    heads: Vec<TreeHead>,
    _folder: Option<TempDir>,
}

impl Witness {
    async fn on_sqlite() -> Self {
        let folder = db::testing::directory().unwrap();
        let target = Target::Sqlite(folder.path().join("portal.sqlite"));
        Self { _folder: Some(folder), ..Self::of(target).await }
    }

    async fn on_postgres() -> Self {
        Self::of(Target::Postgres(db::testing::empty_postgres_database().await.unwrap())).await
    }

    /// Another process that keeps the same log would have a store of its own.
    async fn of(target: Target) -> Self {
        let store = Store::open(&target).await.unwrap();
        Self { log: Log::new(store.clone(), signer()), store, target, heads: Vec::new(), _folder: None }
    }

    /// One transaction, one entry.
    async fn appends(&self, entry: &str) -> Result<LogIndex, AppendError> {
        let mut repository = self.store.begin().await?;
        let index = self.log.append(&mut repository, entry.as_bytes()).await?;
        repository.commit().await?;
        Ok(index)
    }

    async fn enters(&self, receipt: &Receipt) -> Result<LogIndex, AppendError> {
        let mut repository = self.store.begin().await?;
        let index = self.log.enter_receipt(&mut repository, receipt, None).await?;
        repository.commit().await?;
        Ok(index)
    }

    /// The whole log follows from its entries and continues every head that was ever seen. How many entries it has.
    async fn finds_it_whole(&mut self) -> u64 {
        self.log.check().await.unwrap();
        let files = self.files().await;
        let key = self.log.key();
        let head = verify_log(|path| files.get(path).cloned(), key, &self.heads).unwrap().head;
        self.heads.push(head);
        head.size
    }

    /// What the addresses beneath `/log/` give.
    async fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let checkpoint = self.log.checkpoint().await.unwrap();
        let size = Checkpoint::open(&checkpoint, self.log.key()).unwrap().head.size;
        let mut files = BTreeMap::from([("checkpoint".to_owned(), checkpoint.into_bytes())]);
        for bundle in (0..).map_while(|index| Bundle::in_tree(index, size)) {
            files.insert(bundle.to_string(), self.log.entries(bundle).await.unwrap().unwrap());
        }
        for level in 0..3 {
            for tile in (0..).map_while(|index| Tile::in_tree(level, index, size)) {
                files.insert(tile.to_string(), self.log.tile(tile).await.unwrap().unwrap());
            }
        }
        files
    }
}

/// Each story on both engines.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
                super::$name(crate::log::tests::Witness::on_sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
                super::$name(crate::log::tests::Witness::on_postgres().await).await;
            })*
        }
    };
}
use on_both;
