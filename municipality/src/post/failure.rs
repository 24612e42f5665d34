//! Why something was not brought, or not believed.

use wire::Problem;

/// Nothing was taken, or nobody knows.
#[derive(Debug, thiserror::Error)]
pub enum PostFailure {
    /// No connection, no answer in time, or a failure there: the same again may pass.
    #[error("the core or the portal cannot be reached")]
    Later,
    /// Refused: the same again will be refused again.
    #[error("refused with status {} ({})", .0.status, .0.kind)]
    Refused(Problem),
    /// No message of the agreed form.
    #[error("the answer is not the expected message")]
    Malformed,
    /// What the core calls the portal's certificate is none.
    #[error("the portal's certificate is not to be believed")]
    PortalUnknown,
    /// The module failed.
    #[error("the notice could not be written or signed")]
    Unwritable,
}

impl PostFailure {
    /// Whether trying again makes sense.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Refused(_) | Self::Unwritable)
    }

    /// The word for it that stands in the database, in the API and in officers' pages.
    pub fn code(&self) -> &str {
        match self {
            Self::Later => "unreachable",
            Self::Refused(problem) => problem.code().unwrap_or("refused"),
            Self::Malformed => "malformed-answer",
            Self::PortalUnknown => "portal-unknown",
            Self::Unwritable => "unwritable",
        }
    }
}

/// What came from the portal is not believed.
#[derive(Debug, thiserror::Error)]
pub enum OpenFailure {
    /// Not of the agreed form.
    #[error("not of the agreed form")]
    Malformed,
    /// Not sealed for this.
    #[error("not sealed for this notice")]
    Unopened(#[from] pki::seal::OpenError),
    /// Not signed as it must be.
    #[error("not signed as it must be")]
    Signature(#[from] pki::cms::CmsRefusal),
    /// The signer is not to be believed.
    #[error("the signer is not to be believed")]
    Signer(#[from] pki::cms::CmsJudgement),
    /// Somebody else signed.
    #[error("not signed by the portal")]
    NotOfPortal,
    /// About something else.
    #[error("about another notice")]
    OtherNotice,
}
