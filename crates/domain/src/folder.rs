//! The life of a user folder (requirements B.10).

/// State of a folder: `Open ⇄ Suspended → Closed`; `Open/Suspended → Retained`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FolderState {
    /// 開設中: login possible.
    Open,
    /// 一時停止中: no login, no retrieval (P-FLD-2).
    Suspended,
    /// 廃止: the person closed it (P-FLD-3).
    Closed,
    /// Eligibility was lost; kept for a fixed period, readable by nobody (P-FLD-5, P-FLD-6).
    Retained,
}

/// The stored state is none that this version knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown folder state")]
pub struct FolderStateError;

impl FolderState {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::Retained => "retained",
        }
    }
}

impl std::str::FromStr for FolderState {
    type Err = FolderStateError;
    fn from_str(text: &str) -> Result<Self, FolderStateError> {
        [Self::Open, Self::Suspended, Self::Closed, Self::Retained]
            .into_iter()
            .find(|s| s.name() == text)
            .ok_or(FolderStateError)
    }
}
