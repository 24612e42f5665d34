//! An append-only log that anybody can check: an RFC 6962 Merkle tree in tiles, its head signed as a note.
//!
//! The formats are public ones, so that a verifier that shares no code with this one can read them: tiles and entry
//! bundles as in C2SP tlog-tiles, heads as in tlog-checkpoint and signed-note (Ed25519), proofs as in tlog-proof.
//! Pure: no I/O, no clock, no randomness. Who keeps a log reads and writes the tiles.
//!
//! # Keeping a log
//!
//! One row holds the checkpoint; it is advanced by compare-and-swap on the size that was read before. In one
//! transaction: read the checkpoint and the right edge ([`Edge::restore`]), append ([`Edge::append`]), write the entries
//! and the tiles that changed, sign the new head, swap the checkpoint. Whoever loses the swap begins again. Never sign a
//! head before its entries and tiles are durable with it, and never two heads of one size that differ: a log that does
//! either is caught by whoever holds the other head.
//!
//! # Trust
//!
//! The log's key says "this is the history". It cannot make a shown history disappear: an older checkpoint in anybody's
//! hand proves that ([`verify_consistency`]).

mod bundle;
mod checkpoint;
mod edge;
mod hash;
mod note;
mod proof;
mod proof_file;
mod subtree;
mod tile;
mod whole;

pub use bundle::{Bundle, BundleError, ENTRY_BYTES_MAX, read_bundle, write_bundle};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use edge::{Edge, Growth};
pub use hash::{Hash, HashError, TreeHead, entry_hash};
pub use note::{KeyError, NOTE_BYTES_MAX, NoteError, NoteKey, NoteSigner, open_note};
pub use proof::{
    MissingTile, ProofError, ProveError, consistency_needs, inclusion_needs, prove_consistency, prove_inclusion,
    verify_consistency, verify_inclusion,
};
pub use proof_file::{ProofFile, ProofFileError};
pub use tile::{Tile, TileError};
pub use whole::{LogFault, verify_log};

/// Most entries of a log: beyond any use, and small enough for every calculation with positions.
pub const TREE_SIZE_MAX: u64 = 1 << 48;

#[cfg(test)]
mod testing;
