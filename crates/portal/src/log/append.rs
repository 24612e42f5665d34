//! Appending: one transaction with what the entry tells of. Either both happened, or neither did.

use std::collections::BTreeMap;

use store::{LogHead, Repository, StoreError};
use tlog::{Edge, Hash, Tile, TreeHead};

use super::{Log, LogError, LogIndex, hashes};

/// Nothing was appended: the transaction must not be committed.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The log is not as it was read a moment ago, or the receipt has been entered meanwhile: begin the transaction again.
    #[error("somebody else has advanced the log meanwhile")]
    Overtaken,
    /// Longer than [`tlog::ENTRY_BYTES_MAX`].
    #[error("the entry is too long for the log")]
    TooLong,
    /// The log cannot be continued.
    #[error("the log cannot be continued")]
    Log(#[from] LogError),
}

impl From<StoreError> for AppendError {
    fn from(error: StoreError) -> Self {
        Self::Log(error.into())
    }
}

impl Log {
    /// Appends an entry, which is public for ever. It is in the log once the caller's transaction is committed, and
    /// nothing of it, its number included, may be told before. Appenders wait for one another from here until their
    /// transactions end: append last.
    pub async fn append(&self, repository: &mut Repository, entry: &[u8]) -> Result<LogIndex, AppendError> {
        let old = self.hold(repository).await?;
        let mut tiles = Tiles::default();
        for tile in Tile::right_edge(old.size) {
            tiles.keep(tile, repository.log_tile(tile.level(), tile.index()).await?)?;
        }
        let growth = tiles.edge(old)?.append(&[entry]).ok_or(AppendError::TooLong)?;
        let new = LogHead { size: growth.head.size, checkpoint: self.signed(growth.head)? };
        if !repository.advance_log(old.size, &new).await? {
            return Err(AppendError::Overtaken);
        }
        repository.insert_log_entry(old.size, entry).await?;
        for (tile, row) in growth.tiles {
            let bytes = row.iter().map(|hash| hash.0).collect::<Vec<_>>();
            repository.put_log_tile(tile.level(), tile.index(), bytes.as_flattened()).await?;
        }
        Ok(LogIndex(old.size))
    }

    /// The head, and the right to swap it.
    async fn hold(&self, repository: &mut Repository) -> Result<TreeHead, LogError> {
        let mut head = repository.hold_log().await?;
        if head.is_none() {
            self.may_go_on(&repository.retired_logs().await?)?;
            // Whoever begins it at the same time is waited for; then it is there.
            repository.start_log(&self.signed(TreeHead::empty())?).await?;
            head = repository.hold_log().await?;
        }
        Ok(self.opened(head)?.0)
    }
}

/// Tiles that were read beforehand.
#[derive(Default)]
pub(super) struct Tiles(BTreeMap<Tile, Vec<Hash>>);

impl Tiles {
    pub(super) fn keep(&mut self, tile: Tile, stored: Option<Vec<u8>>) -> Result<(), LogError> {
        self.0.insert(tile, hashes(&stored.ok_or(LogError::Damaged)?)?);
        Ok(())
    }

    pub(super) fn of(&self, tile: Tile) -> Option<Vec<Hash>> {
        self.0.get(&tile).cloned()
    }

    /// The right edge, if it leads to the head that was signed.
    pub(super) fn edge(&self, head: TreeHead) -> Result<Edge, LogError> {
        let edge = Edge::restore(head.size, |tile| self.of(tile)).map_err(|_| LogError::Damaged)?;
        if edge.head() == head { Ok(edge) } else { Err(LogError::Damaged) }
    }
}
