//! The portal's own append-only log (P-INF-8): that something was erased is entered here, in one transaction with the
//! erasing. Anybody may read it, whole or in parts, and check it without this program: `crates/tlog` has the formats.

pub(crate) mod apart;
mod append;
mod read;
mod receipts;

use std::fmt;
use std::sync::Arc;

use store::{LogHead, RetiredLog, Store, StoreError};
use tlog::{Checkpoint, CheckpointError, Hash, NoteKey, NoteSigner, TreeHead};

pub use append::AppendError;
pub use receipts::LoggedReceipt;

/// The log and the key that signs its heads. Cheap to clone.
#[derive(Clone)]
pub struct Log(Arc<Inner>);

struct Inner {
    store: Store,
    signer: NoteSigner,
}

/// An entry's number, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogIndex(pub u64);

/// The log cannot be read, or must not be continued.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The stored head is not signed by this log's key: another key or name is configured, or somebody changed the row.
    #[error("the log in the database is not the log of this key")]
    OtherLog(#[source] CheckpointError),
    /// Head, tiles and entries do not belong together: somebody changed them, or the database is damaged.
    #[error("the log in the database is damaged")]
    Damaged,
    /// After a restore its newest entries are not here: going on would be a second history (B-OPS-1).
    #[error(
        "the log {origin} was retired by a restore; a new one needs a key and a name of its own: `my-portal log-key --new NAME FILE`"
    )]
    Retired {
        /// The origin line that is used up.
        origin: String,
    },
    /// The store failed.
    #[error("the log could not be read or written")]
    Store(#[from] StoreError),
}

impl Log {
    /// The log in these tables, kept by this signer, whose name is the log's origin line.
    pub fn new(store: Store, signer: NoteSigner) -> Self {
        Self(Arc::new(Inner { store, signer }))
    }

    /// By which others verify.
    pub fn key(&self) -> &NoteKey {
        self.0.signer.key()
    }

    /// Whether the log that is there is the log of this key, and its right edge leads to the signed head. Every start
    /// asks: continuing another log, or a damaged one, would sign a second history.
    pub async fn check(&self) -> Result<(), LogError> {
        let mut reader = self.0.store.read().await?;
        self.may_go_on(&reader.retired_logs().await?)?;
        let (head, _) = self.opened(reader.log_head().await?)?;
        let mut tiles = append::Tiles::default();
        for tile in tlog::Tile::right_edge(head.size) {
            tiles.keep(tile, reader.log_tile(tile.level(), tile.index()).await?)?;
        }
        tiles.edge(head).map(drop)
    }

    /// Neither this key nor this name belongs to a log that was retired.
    fn may_go_on(&self, retired: &[RetiredLog]) -> Result<(), LogError> {
        let own = self.key().to_string();
        let key_of = |text: &str| text.splitn(3, '+').nth(2).map(str::to_owned);
        let used_up = |log: &RetiredLog| log.origin == self.key().name() || key_of(&log.key_text) == key_of(&own);
        match retired.iter().find(|log| used_up(log)) {
            Some(log) => Err(LogError::Retired { origin: log.origin.clone() }),
            None => Ok(()),
        }
    }

    /// A stored head with its note. A log that nobody has begun has the head of the empty tree.
    fn opened(&self, head: Option<LogHead>) -> Result<(TreeHead, String), LogError> {
        let Some(LogHead { size, checkpoint }) = head else {
            return Ok((TreeHead::empty(), self.signed(TreeHead::empty())?));
        };
        let opened = Checkpoint::open(&checkpoint, self.key()).map_err(LogError::OtherLog)?.head;
        if opened.size == size { Ok((opened, checkpoint)) } else { Err(LogError::Damaged) }
    }

    fn signed(&self, head: TreeHead) -> Result<String, LogError> {
        Checkpoint::sign(head, &self.0.signer).map_err(|error| LogError::OtherLog(error.into()))
    }
}

/// A tile's hashes as they are stored and handed out: one after the other.
fn hashes(bytes: &[u8]) -> Result<Vec<Hash>, LogError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() { Ok(hashes.iter().copied().map(Hash).collect()) } else { Err(LogError::Damaged) }
}

impl fmt::Display for LogIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({})", self.key())
    }
}

#[cfg(test)]
mod tests;
