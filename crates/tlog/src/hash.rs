//! Hashes of entries and nodes (RFC 6962 §2.1).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// SHA-256 of an entry or a node. Written in base64, as checkpoints and proofs write it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

/// Not 32 bytes in base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a hash of 32 bytes in base64")]
pub struct HashError;

/// A tree: how many entries, and the hash over all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 `MTH`.
    pub root: Hash,
}

impl TreeHead {
    /// The head of the log without entries.
    pub fn empty() -> Self {
        Self { size: 0, root: Hash(Sha256::digest([]).into()) }
    }
}

/// The leaf of an entry: `SHA-256(0x00 || entry)`.
pub fn entry_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new_with_prefix([0]).chain_update(entry).finalize().into())
}

/// The node above two: `SHA-256(0x01 || left || right)`.
pub(crate) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new_with_prefix([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The node above a perfect row of nodes, whose number is a power of two. `None` for an empty row.
pub(crate) fn perfect_root(row: &[Hash]) -> Option<Hash> {
    debug_assert!(row.len().is_power_of_two());
    match row {
        [] => None,
        [one] => Some(*one),
        _ => {
            let (left, right) = row.split_at(row.len() / 2);
            Some(node_hash(&perfect_root(left)?, &perfect_root(right)?))
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Base64::encode_string(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        let mut bytes = [0; 32];
        match Base64::decode(text, &mut bytes) {
            Ok(read) if read.len() == 32 => Ok(Self(bytes)),
            _ => Err(HashError),
        }
    }
}
