//! Checking a log from its first entry to its last.

use crate::bundle::{Bundle, BundleError, read_bundle};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::edge::Edge;
use crate::hash::{Hash, TreeHead};
use crate::note::NoteKey;
use crate::tile::{TILE_WIDTH, Tile};

/// What is wrong with a log, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// A file of the log is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// The checkpoint is not to be believed.
    #[error("the checkpoint is not to be believed")]
    Checkpoint(#[from] CheckpointError),
    /// A bundle cannot be read.
    #[error("{path} cannot be read")]
    Bundle {
        /// Which.
        path: String,
        /// Why.
        source: BundleError,
    },
    /// A bundle has another number of entries than its name says.
    #[error("{0} has another number of entries than its name says")]
    Width(String),
    /// A tile does not follow from the entries.
    #[error("{0} does not follow from the entries")]
    Tile(String),
    /// The entries lead to another root than the one signed.
    #[error("the entries lead to another root than the one signed")]
    Root,
    /// The log is shorter than an older checkpoint.
    #[error("the log is shorter than an older checkpoint")]
    Shorter,
    /// The log does not continue an older checkpoint: history was changed.
    #[error("the log does not continue the older checkpoint of {0} entries")]
    Rewritten(u64),
}

/// Reads the whole log through `read` (path in the public format → bytes) and recomputes it: every entry, every tile, the
/// signed root; and that it continues every head in `older`. Answers the checkpoint.
pub fn verify_log(
    read: impl Fn(&str) -> Option<Vec<u8>>,
    key: &NoteKey,
    older: &[TreeHead],
) -> Result<Checkpoint, LogFault> {
    let file = |path: String| read(&path).ok_or(LogFault::Missing(path));
    let note = String::from_utf8(file("checkpoint".to_owned())?).map_err(|_| CheckpointError::Malformed)?;
    let checkpoint = Checkpoint::open(&note, key)?;
    let size = checkpoint.head.size;
    if older.iter().any(|head| head.size > size) {
        return Err(LogFault::Shorter);
    }
    let mut edge = Edge::empty();
    continues(&edge, older)?;
    for index in 0..size.div_ceil(u64::from(TILE_WIDTH)) {
        let Some(bundle) = Bundle::in_tree(index, size) else { break };
        let path = bundle.to_string();
        let bytes = file(path.clone())?;
        let entries = read_bundle(&bytes).map_err(|source| LogFault::Bundle { path: path.clone(), source })?;
        if entries.len() != usize::from(bundle.width()) {
            return Err(LogFault::Width(path));
        }
        let mut full = Vec::new();
        for entry in entries {
            edge.grow(entry, &mut full);
            continues(&edge, older)?;
        }
        for (tile, row) in full {
            follows(&file, tile, &row)?;
        }
    }
    for (tile, row) in edge.partial() {
        follows(&file, tile, row)?;
    }
    if edge.head() == checkpoint.head { Ok(checkpoint) } else { Err(LogFault::Root) }
}

/// A tile on file is the row of hashes that the entries make.
fn follows(file: &impl Fn(String) -> Result<Vec<u8>, LogFault>, tile: Tile, row: &[Hash]) -> Result<(), LogFault> {
    let ours: Vec<u8> = row.iter().flat_map(|Hash(bytes)| *bytes).collect();
    if file(tile.to_string())? == ours { Ok(()) } else { Err(LogFault::Tile(tile.to_string())) }
}

fn continues(edge: &Edge, older: &[TreeHead]) -> Result<(), LogFault> {
    let mut met = older.iter().filter(|head| head.size == edge.size()).peekable();
    if met.peek().is_none() {
        return Ok(());
    }
    let head = edge.head();
    if met.all(|older| *older == head) { Ok(()) } else { Err(LogFault::Rewritten(head.size)) }
}

#[cfg(test)]
mod tests;
