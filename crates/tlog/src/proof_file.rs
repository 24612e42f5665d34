//! A proof that can be kept and shown without the log: C2SP tlog-proof, file ending `.tlog-proof`.

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;
use crate::note::{NOTE_BYTES_MAX, NoteKey};
use crate::proof::{ProofError, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// That an entry is in the log which signed the checkpoint. No extra data is written; what others wrote there is ignored,
/// for nobody has signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// The entry's number, from 0.
    pub index: u64,
    /// From the entry's neighbour up.
    pub proof: Vec<Hash>,
    /// The signed note.
    pub checkpoint: String,
}

/// Why a proof file proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// Not the format.
    #[error("not a tlog-proof file")]
    Malformed,
    /// The checkpoint is not the log's.
    #[error("the checkpoint in the file is not to be believed")]
    Checkpoint(#[from] CheckpointError),
    /// The entry is another one, or the proof belongs elsewhere.
    #[error("the proof does not belong to this entry")]
    Proof(#[from] ProofError),
}

impl ProofFile {
    /// As text.
    pub fn write(&self) -> String {
        let mut text = format!("{FIRST_LINE}\nindex {}\n", self.index);
        for hash in &self.proof {
            text.push_str(&hash.to_string());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads the text; nothing is verified yet.
    pub fn read(text: &str) -> Result<Self, ProofFileError> {
        if text.len() > 2 * NOTE_BYTES_MAX {
            return Err(ProofFileError::Malformed);
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(ProofFileError::Malformed)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(ProofFileError::Malformed);
        }
        lines.next_if(|line| line.starts_with("extra "));
        let number = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(ProofFileError::Malformed)?;
        let index: u64 = number.parse().map_err(|_| ProofFileError::Malformed)?;
        if index.to_string() != number {
            return Err(ProofFileError::Malformed);
        }
        let proof = lines.map(str::parse).collect::<Result<_, _>>().map_err(|_| ProofFileError::Malformed)?;
        Ok(Self { index, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Whether it proves that `entry` is in the log of `key`; answers the checkpoint that says so.
    pub fn verify(&self, entry: &[u8], key: &NoteKey) -> Result<Checkpoint, ProofFileError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        verify_inclusion(entry, self.index, &self.proof, &checkpoint.head)?;
        Ok(checkpoint)
    }
}

#[cfg(test)]
mod tests;
