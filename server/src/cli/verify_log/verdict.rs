//! What `verify-log` answers.

use serde::Serialize;
use tlog::{Checkpoint, CheckpointError, LogFault, ProofFileError};

/// One object with `verdict` and, unless accepted, `reason`.
#[derive(Debug, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub(super) enum Verdict {
    /// All that was handed in holds.
    Accepted {
        /// The log's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
        /// Entries of the whole log; without one, of the tree that the proof stands on.
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<u64>,
        /// Its root, base64.
        #[serde(skip_serializing_if = "Option::is_none")]
        root: Option<String>,
        /// The number of the entry that was proven.
        #[serde(skip_serializing_if = "Option::is_none")]
        index: Option<u64>,
    },
    /// Something does not hold.
    Refused {
        /// For programs.
        reason: &'static str,
        /// For people.
        detail: String,
    },
}

impl Verdict {
    pub(super) fn accepted() -> Self {
        Self::Accepted { origin: None, size: None, root: None, index: None }
    }

    pub(super) fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    pub(super) fn proves(&mut self, proven: u64, checkpoint: &Checkpoint) {
        self.covers(checkpoint);
        if let Self::Accepted { index, .. } = self {
            *index = Some(proven);
        }
    }

    pub(super) fn covers(&mut self, checkpoint: &Checkpoint) {
        if let Self::Accepted { origin, size, root, .. } = self {
            *origin = Some(checkpoint.origin.clone());
            *size = Some(checkpoint.head.size);
            *root = Some(checkpoint.head.root.to_string());
        }
    }

    /// A checkpoint that somebody remembers is not the log's.
    pub(super) fn older(error: CheckpointError) -> Self {
        Self::refused("older_checkpoint", &error)
    }

    fn refused(reason: &'static str, why: &(dyn std::error::Error + 'static)) -> Self {
        Self::Refused { reason, detail: super::super::chain(why) }
    }
}

impl From<LogFault> for Verdict {
    fn from(fault: LogFault) -> Self {
        let reason = match fault {
            LogFault::Missing(_) => "missing",
            LogFault::Checkpoint(_) => "checkpoint",
            LogFault::Bundle { .. } | LogFault::Width(_) => "entries",
            LogFault::Tile(_) => "tile",
            LogFault::Root => "root",
            LogFault::Shorter => "shorter",
            LogFault::Rewritten(_) => "rewritten",
        };
        Self::refused(reason, &fault)
    }
}

impl From<ProofFileError> for Verdict {
    fn from(error: ProofFileError) -> Self {
        let reason = match error {
            ProofFileError::Malformed => "proof_malformed",
            ProofFileError::Checkpoint(_) => "proof_checkpoint",
            ProofFileError::Proof(_) => "proof",
        };
        Self::refused(reason, &error)
    }
}
