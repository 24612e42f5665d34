//! What stands behind `verify-chain` and `verify-signature`: the same judgement as the login's, over bytes that anybody
//! can put into files, answered in one JSON object. Pure: the program reads files and prints.

mod chain;
mod signature;

use jiff::Timestamp;

pub use chain::{ChainInput, verify_chain};
pub use signature::{SignatureInput, verify_signature};

use crate::algorithm::SignatureError;
use crate::cms::{CmsJudgement, CmsRefusal};
use crate::crl::CrlRefusal;
use crate::{Certificate, CertificateError, Refusal, Usage, VerifierError};

/// The answer: one object with `verdict` and, unless accepted, `reason`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Good.
    Accepted {
        /// For what; absent for a bare signature.
        #[serde(skip_serializing_if = "Option::is_none")]
        usage: Option<Usage>,
        /// At which time; absent for a bare signature.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
        /// Serial number of the certificate in hexadecimal; absent where there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        serial: Option<String>,
        /// What the signer of a CMS says about the time.
        #[serde(skip_serializing_if = "Option::is_none")]
        signing_time: Option<Timestamp>,
    },
    /// The certificate is not believed.
    Refused(Refusal),
    /// The signature or its envelope is not good.
    BadSignature {
        /// Why.
        reason: &'static str,
        /// The rule of the envelope, if it is a CMS.
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<CmsRefusal>,
    },
    /// An input could not be read, so nothing was judged.
    Unreadable {
        /// Which.
        input: Input,
        /// Why.
        reason: String,
    },
}

impl Verdict {
    /// True for [`Verdict::Accepted`]: the program's exit status.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    fn unreadable(input: Input, why: impl std::fmt::Display) -> Self {
        Self::Unreadable { input, reason: why.to_string() }
    }
}

/// One of the things handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Trust anchors.
    Anchors,
    /// Intermediate certificates.
    Intermediates,
    /// The certificate to be judged.
    Leaf,
    /// A revocation list.
    Crl,
    /// A required policy.
    Policy,
    /// The public key of a raw signature.
    Key,
}

impl From<SignatureError> for Verdict {
    fn from(error: SignatureError) -> Self {
        let reason = match error {
            SignatureError::Mismatch => "mismatch",
            SignatureError::WeakKey => "weak_key",
            SignatureError::Unsupported => "unsupported",
            SignatureError::MalformedKey => return Self::unreadable(Input::Key, error),
        };
        Self::BadSignature { reason, rule: None }
    }
}

impl From<CmsRefusal> for Verdict {
    fn from(rule: CmsRefusal) -> Self {
        Self::BadSignature { reason: "cms", rule: Some(rule) }
    }
}

impl From<CmsJudgement> for Verdict {
    fn from(judgement: CmsJudgement) -> Self {
        match judgement {
            CmsJudgement::Signer(refusal) => Self::Refused(refusal),
            CmsJudgement::SigningTime => Self::BadSignature { reason: "signing_time", rule: None },
        }
    }
}

impl From<CrlRefusal> for Verdict {
    fn from(refusal: CrlRefusal) -> Self {
        Self::unreadable(Input::Crl, refusal)
    }
}

impl From<VerifierError> for Verdict {
    fn from(error: VerifierError) -> Self {
        let input = match error {
            VerifierError::NoAnchor | VerifierError::Anchor(_) => Input::Anchors,
            VerifierError::TooMany => Input::Intermediates,
            VerifierError::Policy => Input::Policy,
        };
        Self::unreadable(input, error)
    }
}

/// Certificates in PEM (any number) or DER (one).
fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    if bytes.first() == Some(&0x30) {
        return Certificate::from_der(bytes).map(|one| vec![one]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| CertificateError::Malformed)?;
    match Certificate::many_from_pem(text)? {
        none if none.is_empty() => Err(CertificateError::Absent),
        some => Ok(some),
    }
}

/// DER as it is, or out of PEM with this label.
fn der_of(bytes: &[u8], label: &str) -> Option<Vec<u8>> {
    if bytes.first() == Some(&0x30) {
        return Some(bytes.to_vec());
    }
    let (found, der) = der::pem::decode_vec(bytes).ok()?;
    (found == label).then_some(der)
}

#[cfg(test)]
mod tests;
