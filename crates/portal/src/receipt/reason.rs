//! Why something was erased.

use serde::{Deserialize, Serialize};

/// Why something was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum PurgeReason {
    /// ログアウト, also by another login in the same browser
    Logout,
    /// The person did nothing for a while.
    Idle,
    /// The session's time was over.
    Absolute,
    /// The card was taken out of a shared device.
    CardRemoved,
    /// The portal stopped and began again.
    Restart,
    /// The folder was closed, suspended or retained while something was held.
    FolderEnded,
    /// The person closed the folder: the folder itself is gone.
    Closed,
    /// The folder's time of retention is over: the folder itself is gone.
    RetentionEnded,
}

/// Not a reason for erasing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason for erasing")]
pub struct UnknownReason;

impl PurgeReason {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Logout,
        Self::Idle,
        Self::Absolute,
        Self::CardRemoved,
        Self::Restart,
        Self::FolderEnded,
        Self::Closed,
        Self::RetentionEnded,
    ];

    /// As receipts name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Idle => "idle",
            Self::Absolute => "absolute",
            Self::CardRemoved => "card-removed",
            Self::Restart => "restart",
            Self::FolderEnded => "folder-ended",
            Self::Closed => "closed",
            Self::RetentionEnded => "retention-ended",
        }
    }
}

impl From<PurgeReason> for &'static str {
    fn from(reason: PurgeReason) -> Self {
        reason.name()
    }
}

impl TryFrom<String> for PurgeReason {
    type Error = UnknownReason;

    fn try_from(name: String) -> Result<Self, UnknownReason> {
        Self::ALL.into_iter().find(|reason| reason.name() == name).ok_or(UnknownReason)
    }
}
