//! CMS `SignedData` (RFC 5652) in two phases, since the private key is in a card: [`prepare`] gives the bytes to be
//! signed, [`assemble`] puts the signature in; [`verify`] reads it back.
//!
//! One form only: SHA-256, exactly one signer named by issuer and serial number, signed attributes with content type,
//! message digest, signing time and signing-certificate-v2 (RFC 5035), DER to the last byte. What is unsigned in a CMS
//! (which certificates come along) identifies nothing.

mod parse;
mod sign;

use jiff::{SignedDuration, Timestamp};

pub use parse::verify;
pub use sign::{Form, Prepared, assemble, prepare};

use crate::key::KeyError;
use crate::{Accepted, Certificate, Refusal, RevocationProvider, Usage, Verifier};

/// Most bytes of a CMS.
pub const CMS_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most certificates in a CMS.
pub const CMS_CERTIFICATES_MAX: usize = 8;

/// A CMS could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CmsError {
    /// The certificate's key is neither RSA (2048 to 8192 bits) nor P-256.
    #[error("the certificate's key cannot sign a CMS")]
    WrongKey,
    /// The signature is not by the certificate's key over the prepared bytes.
    #[error("the signature does not belong to the certificate and the prepared bytes")]
    Signature,
    /// A time or a length cannot be written.
    #[error("a part cannot be written")]
    Unwritable,
    /// Signing failed.
    #[error("signing failed")]
    Key(#[from] KeyError),
}

impl From<der::Error> for CmsError {
    fn from(_: der::Error) -> Self {
        Self::Unwritable
    }
}

/// Why a CMS is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CmsRefusal {
    /// More than [`CMS_BYTES_MAX`] bytes or [`CMS_CERTIFICATES_MAX`] certificates.
    #[error("the signed message is too long or brings too many certificates")]
    TooLarge,
    /// No CMS `SignedData` in DER.
    #[error("not a CMS SignedData in DER")]
    Malformed,
    /// Another encoding of the same content would differ: sets out of order, defaults written out.
    #[error("the signed message is not canonical DER")]
    NotCanonical,
    /// Not exactly one signer.
    #[error("the message has not exactly one signer")]
    SignerCount,
    /// Version, signer name, lists or unsigned attributes that this profile does not have.
    #[error("the signed message has parts outside the profile")]
    Profile,
    /// Another digest or signature algorithm, or one that does not fit the key.
    #[error("the algorithms are not those accepted")]
    Algorithm,
    /// A required signed attribute is absent, double or malformed.
    #[error("a required signed attribute is absent, repeated or malformed")]
    SignedAttributes,
    /// The signer's certificate is not in the message.
    #[error("the signer's certificate is not in the message")]
    NoCertificate,
    /// signing-certificate-v2 names another certificate.
    #[error("the signed attributes name another certificate")]
    OtherCertificate,
    /// The content is neither in the message nor beside it, or in both.
    #[error("the content is missing, or given twice")]
    Content,
    /// The content is not what was signed.
    #[error("the content is not what was signed")]
    Digest,
    /// The signature is not by the signer's key.
    #[error("the signature is not by the signer's key")]
    Signature,
}

/// A CMS whose signature is by the key of `signer`. Whether `signer` is to be believed is not said yet: hand it to a
/// [`crate::Verifier`] with the usage that the document needs.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedCms {
    /// The content that was signed.
    pub content: Vec<u8>,
    /// The certificate that the signed attributes name.
    pub signer: Certificate,
    /// The other certificates that came along: candidates for the path, nothing more.
    pub others: Vec<Certificate>,
    /// What the signer says about the time; only as good as the signer's clock.
    pub signing_time: Timestamp,
}

/// Why a verified CMS is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CmsJudgement {
    /// The signer's certificate is refused.
    #[error("the signer's certificate is refused")]
    Signer(#[source] Refusal),
    /// Says it was signed after it was received, or before the certificate held.
    #[error("the signing time is impossible")]
    SigningTime,
}

/// How far a signer's clock may be ahead of the receiver's.
const CLOCK_SKEW_MAX: SignedDuration = SignedDuration::from_mins(5);

impl VerifiedCms {
    /// Judges the signer at `received_at`: the receiver's time, or the time of the log that holds the document. The
    /// signer's own word about the time is believed only so far as it is possible.
    pub fn accept(
        &self,
        verifier: &Verifier,
        usage: Usage,
        received_at: Timestamp,
        revocation: &dyn RevocationProvider,
    ) -> Result<Accepted, CmsJudgement> {
        let accepted = verifier
            .verify(&self.signer, &self.others, usage, received_at, revocation)
            .map_err(CmsJudgement::Signer)?;
        let ahead = self.signing_time.duration_since(received_at);
        if ahead > CLOCK_SKEW_MAX || self.signing_time < self.signer.not_before() {
            return Err(CmsJudgement::SigningTime);
        }
        Ok(accepted)
    }
}

impl std::fmt::Debug for VerifiedCms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VerifiedCms")
    }
}

mod oid {
    use der::asn1::ObjectIdentifier;

    pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
    pub(super) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
    pub(super) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
    pub(super) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
    pub(super) const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
    pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
    pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
}

#[cfg(test)]
mod tests;
