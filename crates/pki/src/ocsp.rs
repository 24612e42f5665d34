//! OCSP (RFC 6960): asking with a nonce, judging an answer, and answering. No network: the bytes are handed in.

mod ask;
mod judge;
mod respond;

use std::collections::HashMap;

use der::asn1::ObjectIdentifier;
use jiff::Timestamp;

pub use ask::OcspRequest;
pub use judge::verify_response;
pub use respond::{Known, Responder};

use crate::{Certificate, RevocationProvider, RevocationStatus, RevocationUnknown};

/// Media type of a request.
pub const REQUEST_TYPE: &str = "application/ocsp-request";
/// Media type of a response.
pub const RESPONSE_TYPE: &str = "application/ocsp-response";
/// Most bytes of a request.
pub const REQUEST_BYTES_MAX: usize = 16 * 1024;
/// Most bytes of a response.
pub const RESPONSE_BYTES_MAX: usize = 64 * 1024;

pub(crate) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(crate) const SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OcspRefusal {
    /// More than [`RESPONSE_BYTES_MAX`] bytes.
    #[error("the OCSP response is too long")]
    TooLarge,
    /// Not a basic OCSP response in DER.
    #[error("not a basic OCSP response in DER")]
    Malformed,
    /// The responder refused to answer.
    #[error("the OCSP responder did not answer the question")]
    Unsuccessful,
    /// Without our nonce, or with another: perhaps an old answer played again.
    #[error("the OCSP response does not repeat the nonce")]
    Nonce,
    /// Nothing about the certificate that was asked about.
    #[error("the OCSP response is about another certificate")]
    OtherCertificate,
    /// Signed by nobody whom the issuer appointed.
    #[error("the OCSP responder was not appointed by the issuer")]
    Responder,
    /// The responder's own certificate is withdrawn, or nobody can say.
    #[error("the OCSP responder's own certificate is withdrawn or unknown")]
    ResponderRevoked,
    /// Not by the responder's key, or with an algorithm that is not accepted.
    #[error("the OCSP response's signature does not verify")]
    Signature,
    /// Too old, or without a next update.
    #[error("the OCSP response is too old")]
    Stale,
    /// Of a later time.
    #[error("the OCSP response is of a later time")]
    NotYetValid,
    /// The responder does not know the certificate.
    #[error("the OCSP responder does not know the certificate")]
    Unknown,
    /// A critical extension that is not understood.
    #[error("the OCSP response holds something critical that is not understood")]
    CriticalExtension,
}

impl From<OcspRefusal> for RevocationUnknown {
    fn from(refusal: OcspRefusal) -> Self {
        match refusal {
            OcspRefusal::Stale => Self::Stale,
            OcspRefusal::NotYetValid => Self::NotYetValid,
            OcspRefusal::Unknown => Self::Unknown,
            OcspRefusal::Unsuccessful => Self::NoSource,
            _ => Self::Refused,
        }
    }
}

/// Answers that were verified for one judgement: hand it to [`crate::Verifier::verify`].
#[derive(Debug, Default)]
pub struct OcspAnswers(HashMap<[u8; 32], Result<RevocationStatus, RevocationUnknown>>);

impl OcspAnswers {
    /// None yet: everything is unknown.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the outcome of [`verify_response`] for a certificate.
    pub fn keep(&mut self, certificate: &Certificate, outcome: Result<RevocationStatus, OcspRefusal>) {
        self.0.insert(certificate.fingerprint(), outcome.map_err(Into::into));
    }
}

impl RevocationProvider for OcspAnswers {
    fn status(
        &self,
        certificate: &Certificate,
        _: &Certificate,
        _: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        self.0.get(&certificate.fingerprint()).copied().unwrap_or(Err(RevocationUnknown::NoSource))
    }
}

#[cfg(test)]
mod tests;
