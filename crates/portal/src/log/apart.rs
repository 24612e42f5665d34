//! The log in a database file that no portal has open (B-OPS-1).

use store::LogHead;
use store::backup::Alone;
use tlog::{Checkpoint, NoteKey, TreeHead, consistency_needs, prove_consistency, verify_consistency};

use super::LogError;
use super::append::Tiles;

/// A head and the note that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) head: TreeHead,
    pub(crate) checkpoint: String,
}

/// The log's head, when the key has signed it and the right edge leads to it. None: nobody has begun it.
pub(crate) async fn opened(database: &mut Alone, key: &NoteKey) -> Result<Option<Opened>, LogError> {
    let Some(LogHead { size, checkpoint }) = database.log_head().await? else { return Ok(None) };
    let head = Checkpoint::open(&checkpoint, key).map_err(LogError::OtherLog)?.head;
    if head.size != size {
        return Err(LogError::Damaged);
    }
    let mut tiles = Tiles::default();
    for tile in tlog::Tile::right_edge(head.size) {
        tiles.keep(tile, database.log_tile(tile.level(), tile.index()).await?)?;
    }
    tiles.edge(head)?;
    Ok(Some(Opened { head, checkpoint }))
}

/// Whether this database's log, which has the newer head, continues the older.
pub(crate) async fn continues(database: &mut Alone, newer: TreeHead, older: TreeHead) -> Result<bool, LogError> {
    let mut proof = Vec::new();
    if older.size > newer.size {
        return Ok(false);
    }
    if older.size > 0 {
        let mut tiles = Tiles::default();
        for tile in consistency_needs(older.size, newer.size).map_err(|_| LogError::Damaged)? {
            tiles.keep(tile, database.log_tile(tile.level(), tile.index()).await?)?;
        }
        proof = prove_consistency(older.size, newer.size, |tile| tiles.of(tile)).map_err(|_| LogError::Damaged)?;
    }
    Ok(verify_consistency(&older, &newer, &proof).is_ok())
}
