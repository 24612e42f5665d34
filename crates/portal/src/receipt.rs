//! The receipt for what was erased (P-INF-8): classes, counts, times and salted commitments; no person, no folder, no
//! content. It is an entry of the portal's own log, and the file that a person takes home.

mod class;
mod reason;

use domain::ReceiptId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tlog::{Checkpoint, ENTRY_BYTES_MAX, NoteKey, ProofFile, ProofFileError};

pub use class::{ClassCount, ClassName, ClassNameError, Commitment};
pub use reason::PurgeReason;

/// What was erased, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    id: ReceiptId,
    at: Timestamp,
    reason: PurgeReason,
    classes: Vec<ClassCount>,
}

/// Not a receipt, or not one that is in the log.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Not JSON of a receipt.
    #[error("not a receipt")]
    Malformed(#[source] serde_json::Error),
    /// Longer than an entry can be, of another kind or version, or with values that no receipt has.
    #[error("not a receipt of this version")]
    Unknown,
    /// The JSON is not in canonical form (RFC 8785), so it is not the entry.
    #[error("a receipt that is not written as the log has it")]
    NotCanonical,
    /// The proof does not show that it is in the log.
    #[error("the proof does not show this receipt in the log")]
    Proof(#[from] ProofFileError),
}

const VERSION: u8 = 1;
const PURGE: &str = "purge";

/// As it stands in the log.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u8,
    what: String,
    at: Timestamp,
    reason: PurgeReason,
    id: ReceiptId,
    classes: Vec<ClassCount>,
}

impl Receipt {
    /// `id` is drawn for this receipt and for nothing else; `at` counts to the second.
    pub fn new(id: ReceiptId, at: Timestamp, reason: PurgeReason, classes: Vec<ClassCount>) -> Self {
        Self { id, at: whole_second(at), reason, classes }
    }

    /// Its name in the log and in addresses.
    pub fn id(&self) -> ReceiptId {
        self.id
    }

    /// When, to the second.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Why.
    pub fn reason(&self) -> PurgeReason {
        self.reason
    }

    /// What.
    pub fn classes(&self) -> &[ClassCount] {
        &self.classes
    }

    /// The log's entry: JSON in canonical form (RFC 8785), so that everybody hashes the same bytes.
    pub fn to_json(&self) -> Vec<u8> {
        let Self { id, at, reason, classes } = self.clone();
        let written = Written { version: VERSION, what: PURGE.to_owned(), at, reason, id, classes };
        // Nothing in it can fail: no maps with keys other than text, no numbers that JSON does not have.
        serde_json_canonicalizer::to_vec(&written).unwrap_or_default()
    }

    /// Reads an entry of the log. What is accepted is written again as the same bytes.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > ENTRY_BYTES_MAX {
            return Err(ReceiptError::Unknown);
        }
        let Written { version, what, at, reason, id, classes } =
            serde_json::from_slice(bytes).map_err(ReceiptError::Malformed)?;
        let known = version == VERSION && what == PURGE && at == whole_second(at);
        if !known || !classes.iter().all(ClassCount::fits) {
            return Err(ReceiptError::Unknown);
        }
        let receipt = Self { id, at, reason, classes };
        if receipt.to_json() == bytes { Ok(receipt) } else { Err(ReceiptError::NotCanonical) }
    }

    /// Whether `proof`, the text of a `.tlog-proof` file, shows this receipt in the log of `key`; answers the head that
    /// says so.
    pub fn verify(&self, proof: &str, key: &NoteKey) -> Result<Checkpoint, ReceiptError> {
        Ok(ProofFile::read(proof)?.verify(&self.to_json(), key)?)
    }
}

fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests;
