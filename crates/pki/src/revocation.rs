//! Whether a certificate was withdrawn, and how that is asked.

use jiff::Timestamp;

use crate::Certificate;

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

/// What is known about one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// Not withdrawn, by an answer that is fresh.
    Good,
    /// Withdrawn.
    Revoked {
        /// Why.
        reason: RevocationReason,
        /// Since when.
        at: Timestamp,
    },
}

/// Why nothing is known. Whoever must know refuses then (fail closed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationUnknown {
    /// No list and no answer for this issuer or certificate.
    #[error("nobody was there to ask about the certificate")]
    NoSource,
    /// The list or the answer is too old.
    #[error("what is known about the certificate is too old")]
    Stale,
    /// The list or the answer is of a later time than the one asked for.
    #[error("what is known about the certificate is of a later time")]
    NotYetValid,
    /// The responder does not know the certificate.
    #[error("the responder does not know the certificate")]
    Unknown,
    /// The list or the answer was refused.
    #[error("the answer about the certificate was not acceptable")]
    Refused,
}

/// Who knows about withdrawn certificates: a list, OCSP answers, or the real JPKI one day. No network: whoever asks
/// fetches first.
pub trait RevocationProvider {
    /// The status of `certificate`, which `issuer` issued, at `now`.
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown>;
}

/// Asks nobody. For certificates whose authority publishes nothing (the demo's organisations, which are withdrawn by
/// leaving their party's configuration); never for a citizen's certificate.
#[derive(Clone, Copy, Debug)]
pub struct NotPublished;

impl RevocationProvider for NotPublished {
    fn status(&self, _: &Certificate, _: &Certificate, _: Timestamp) -> Result<RevocationStatus, RevocationUnknown> {
        Ok(RevocationStatus::Good)
    }
}

/// Asks one after another until somebody knows, and believes that one.
pub struct FirstWhoKnows<'a>(pub &'a [&'a dyn RevocationProvider]);

impl RevocationProvider for FirstWhoKnows<'_> {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let mut unknown = RevocationUnknown::NoSource;
        for provider in self.0 {
            match provider.status(certificate, issuer, now) {
                Ok(status) => return Ok(status),
                Err(RevocationUnknown::NoSource) => {}
                Err(why) => unknown = why,
            }
        }
        Err(unknown)
    }
}

/// Asks all, and believes whoever says revoked; good needs one who knows.
pub struct WhoeverKnowsWorse<'a>(pub &'a [&'a dyn RevocationProvider]);

impl RevocationProvider for WhoeverKnowsWorse<'_> {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let mut known = Err(RevocationUnknown::NoSource);
        for provider in self.0 {
            match provider.status(certificate, issuer, now) {
                Ok(RevocationStatus::Good) => known = Ok(RevocationStatus::Good),
                Ok(revoked) => return Ok(revoked),
                Err(RevocationUnknown::NoSource) => {}
                Err(why) if known.is_err() => known = Err(why),
                Err(_) => {}
            }
        }
        known
    }
}
