//! Why a certificate is not accepted.

use jiff::Timestamp;

use super::Rule;
use crate::{RevocationReason, RevocationUnknown};

/// Which certificate of the path it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The certificate that was presented.
    Leaf,
    /// An authority between it and the anchor.
    Intermediate,
    /// The trust anchor.
    Anchor,
}

/// One reason, in words that a caller can give to a person or a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
    /// Holds only later.
    #[error("the certificate is not valid yet")]
    NotYetValid {
        /// Of which certificate.
        whose: Whose,
        /// From when on it holds.
        not_before: Timestamp,
    },
    /// Held only until earlier.
    #[error("the certificate has expired")]
    Expired {
        /// Of which certificate.
        whose: Whose,
        /// Until when it held.
        not_after: Timestamp,
    },
    /// Withdrawn.
    #[error("the certificate is revoked")]
    Revoked {
        /// Of which certificate.
        whose: Whose,
        /// Why.
        #[serde(rename = "revocation_reason")]
        reason: RevocationReason,
        /// Since when.
        #[serde(rename = "revoked_at")]
        at: Timestamp,
    },
    /// Nobody could say whether it is withdrawn: refused (fail closed), may be tried again.
    #[error("whether the certificate is revoked cannot be told")]
    RevocationUnknown {
        /// Of which certificate.
        whose: Whose,
        /// Why.
        why: RevocationUnknown,
    },
    /// No path to a trust anchor.
    #[error("no trust anchor stands behind the certificate's issuer")]
    UntrustedIssuer,
    /// Names and key identifiers lead to an anchor, but a signature on the way does not verify.
    #[error("a signature in the certificate's path does not verify")]
    BadSignature,
    /// Not for this purpose.
    #[error("the certificate is not for this purpose ({rule})")]
    WrongUsage {
        /// Which rule of the purpose.
        rule: UsageRule,
    },
    /// Against the profile.
    #[error("a certificate is malformed ({rule})")]
    Malformed {
        /// Of which certificate.
        whose: Whose,
        /// Which rule.
        rule: Rule,
    },
    /// RSA below 2048 bits.
    #[error("the key of a certificate is too weak")]
    WeakKey {
        /// Of which certificate.
        whose: Whose,
    },
    /// A name that an authority above may not certify.
    #[error("a name is outside what its authority may certify")]
    NameConstraint,
    /// More authorities than one above allows.
    #[error("there are more authorities in the path than allowed")]
    PathLength,
    /// An authority without the right to issue certificates.
    #[error("an issuer in the path is not an authority")]
    NotAnAuthority,
    /// None of the required certificate policies holds along the path.
    #[error("the required certificate policy does not hold")]
    Policy,
    /// A critical extension that is not understood.
    #[error("a critical extension is not understood")]
    CriticalExtension,
    /// Over a bound on certificates, names or policies.
    #[error("the certificates are more complex than is looked at")]
    TooComplex,
}

/// What makes a certificate one for another purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageRule {
    /// An authority's certificate, or an anchor, presented as somebody's own.
    #[error("authority-as-end-entity")]
    AuthorityAsEndEntity,
    /// Key usage bits.
    #[error("key-usage")]
    KeyUsage,
    /// Extended key usage.
    #[error("extended-key-usage")]
    ExtendedKeyUsage,
    /// A kind of key that cannot do it.
    #[error("key-kind")]
    KeyKind,
    /// No organisation where one is needed.
    #[error("organisation")]
    Organisation,
}

impl Refusal {
    /// A lint rule as the refusal that callers know it by.
    pub(super) fn of_rule(whose: Whose, rule: Rule) -> Self {
        match rule {
            Rule::WeakKey => Self::WeakKey { whose },
            Rule::AuthorityAsEndEntity => Self::WrongUsage { rule: UsageRule::AuthorityAsEndEntity },
            Rule::NotAnAuthority => Self::NotAnAuthority,
            Rule::UnknownCriticalExtension => Self::CriticalExtension,
            Rule::TooMany => Self::TooComplex,
            rule => Self::Malformed { whose, rule },
        }
    }
}
