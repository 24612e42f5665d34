//! Whether a certificate was withdrawn, and how that is asked.

/// Why a certificate was withdrawn (RFC 5280 §5.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// Not said.
    #[default]
    Unspecified,
    /// The card was lost, or the key is known to others.
    KeyCompromise,
    /// The authority's key is known to others.
    CaCompromise,
    /// Name or address changed (JPKI: signature certificate only).
    AffiliationChanged,
    /// Renewed.
    Superseded,
    /// No longer needed; for a person: death.
    CessationOfOperation,
    /// On hold: may come back.
    CertificateHold,
    /// The right was withdrawn.
    PrivilegeWithdrawn,
    /// Attribute authority's key is known to others.
    AaCompromise,
}

impl RevocationReason {
    /// The number in lists and answers.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
        }
    }

    /// `None` for numbers that mean nothing in a complete list (7 is unused, 8 removes from a delta).
    pub(crate) fn from_code(code: u8) -> Option<Self> {
        [
            Self::Unspecified,
            Self::KeyCompromise,
            Self::CaCompromise,
            Self::AffiliationChanged,
            Self::Superseded,
            Self::CessationOfOperation,
            Self::CertificateHold,
            Self::PrivilegeWithdrawn,
            Self::AaCompromise,
        ]
        .into_iter()
        .find(|reason| reason.code() == code)
    }
}
