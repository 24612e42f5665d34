//! How a login ended, as the person sees it in the login history (P-AUT-9).

/// Why a login was refused after a card that has a folder answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginFailure {
    /// The authentication certificate has expired (P-RNW-1).
    Expired,
    /// The authentication certificate is revoked: loss, death or return.
    Revoked,
    /// Validity could not be checked: fail closed (P-AUT-3).
    ValidityUnknown,
    /// The card answered without a PIN (P-AUT-6).
    WithoutPin,
    /// Another browser tried to finish the login.
    OtherBrowser,
    /// The folder is not open.
    FolderNotOpen,
}

/// How a login ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginOutcome {
    /// The folder was shown.
    Succeeded,
    /// Refused, and why.
    Failed(LoginFailure),
}

impl LoginOutcome {
    const ALL: [Self; 7] = [
        Self::Succeeded,
        Self::Failed(LoginFailure::Expired),
        Self::Failed(LoginFailure::Revoked),
        Self::Failed(LoginFailure::ValidityUnknown),
        Self::Failed(LoginFailure::WithoutPin),
        Self::Failed(LoginFailure::OtherBrowser),
        Self::Failed(LoginFailure::FolderNotOpen),
    ];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed(LoginFailure::Expired) => "expired",
            Self::Failed(LoginFailure::Revoked) => "revoked",
            Self::Failed(LoginFailure::ValidityUnknown) => "validity_unknown",
            Self::Failed(LoginFailure::WithoutPin) => "without_pin",
            Self::Failed(LoginFailure::OtherBrowser) => "other_browser",
            Self::Failed(LoginFailure::FolderNotOpen) => "folder_not_open",
        }
    }

    /// Reads the stored form.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }
}
