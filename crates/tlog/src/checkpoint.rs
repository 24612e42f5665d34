//! Heads of the log as signed notes (C2SP tlog-checkpoint).

use crate::TREE_SIZE_MAX;
use crate::hash::{Hash, TreeHead};
use crate::note::{NoteError, NoteKey, NoteSigner, open_note};

/// "The log `origin` looks like this." The log signs no two of one size that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; its key has the same name.
    pub origin: String,
    /// The tree.
    pub head: TreeHead,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// No note, or not signed by the log's key.
    #[error("the checkpoint is not signed by the log")]
    Note(#[from] NoteError),
    /// Not origin, size and root, one a line.
    #[error("not a checkpoint")]
    Malformed,
    /// A checkpoint of another log.
    #[error("a checkpoint of another log")]
    OtherLog,
}

impl Checkpoint {
    /// Signs it with the log's key, whose name is the origin.
    pub fn sign(head: TreeHead, signer: &NoteSigner) -> Result<String, NoteError> {
        let origin = signer.key().name();
        signer.sign(&format!("{origin}\n{}\n{}\n", head.size, head.root))
    }

    /// Reads a checkpoint that the log's key has signed. Signatures of others (witnesses) may stand beside.
    pub fn open(note: &str, key: &NoteKey) -> Result<Self, CheckpointError> {
        let text = open_note(note, std::slice::from_ref(key))?;
        let checkpoint = Self::parse(text)?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(CheckpointError::OtherLog) }
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Malformed);
        };
        let number: u64 = size.parse().map_err(|_| CheckpointError::Malformed)?;
        let root: Hash = root.parse().map_err(|_| CheckpointError::Malformed)?;
        // Extension lines are for others; an empty one would end the text.
        let whole = !origin.is_empty()
            && number <= TREE_SIZE_MAX
            && number.to_string() == size
            && lines.all(|line| !line.is_empty());
        let head = TreeHead { size: number, root };
        let fits = whole && (number > 0 || head == TreeHead::empty());
        if fits { Ok(Self { origin: origin.to_owned(), head }) } else { Err(CheckpointError::Malformed) }
    }
}

#[cfg(test)]
mod tests;
