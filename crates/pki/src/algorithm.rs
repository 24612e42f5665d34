//! The signature algorithms that are accepted, and no others. The key decides; a message never chooses.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use const_oid::db::rfc5912;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Any, Decode as _};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoRef};

const RSA_BITS_MAX: usize = 8192;

/// A signature algorithm in the sense of X.509.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignatureAlgorithm {
    RsaSha256,
    RsaSha384,
    RsaSha512,
    P256Sha256,
    P384Sha384,
}

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not by this key over these bytes.
    #[error("the signature is not by this key over these bytes")]
    Mismatch,
    /// RSA below 2048 bits.
    #[error("the RSA key has fewer than 2048 bits")]
    WeakKey,
    /// Neither RSA (2048 to 8192 bits) nor P-256 nor P-384, or an algorithm that does not belong to the key.
    #[error("the key or the algorithm is not among those accepted")]
    Unsupported,
    /// No `SubjectPublicKeyInfo`.
    #[error("the public key is malformed")]
    MalformedKey,
}

/// Which key a `SubjectPublicKeyInfo` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublicKeyKind {
    Rsa { bits: usize },
    P256,
    P384,
}

/// Verifies a raw signature: RSA keys by PKCS#1 v1.5 with SHA-256, P-256 by ECDSA with SHA-256 and P-384 by ECDSA with
/// SHA-384, both in ASN.1 form. `spki_der` is a `SubjectPublicKeyInfo`.
pub fn verify_raw(spki_der: &[u8], message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
    let algorithm = match PublicKeyKind::of(spki_der)? {
        PublicKeyKind::Rsa { .. } => SignatureAlgorithm::RsaSha256,
        PublicKeyKind::P256 => SignatureAlgorithm::P256Sha256,
        PublicKeyKind::P384 => SignatureAlgorithm::P384Sha384,
    };
    algorithm.verify(spki_der, message, signature)
}

impl PublicKeyKind {
    pub(crate) fn of(spki_der: &[u8]) -> Result<Self, SignatureError> {
        let spki = SubjectPublicKeyInfoRef::from_der(spki_der).map_err(|_| SignatureError::MalformedKey)?;
        match spki.algorithm.oid {
            rfc5912::RSA_ENCRYPTION => {
                let bits = rsa_bits(spki.subject_public_key.raw_bytes()).ok_or(SignatureError::MalformedKey)?;
                match bits {
                    0..2048 => Err(SignatureError::WeakKey),
                    2048..=RSA_BITS_MAX => Ok(Self::Rsa { bits }),
                    _ => Err(SignatureError::Unsupported),
                }
            }
            rfc5912::ID_EC_PUBLIC_KEY => match curve(&spki) {
                Some(rfc5912::SECP_256_R_1) => Ok(Self::P256),
                Some(rfc5912::SECP_384_R_1) => Ok(Self::P384),
                _ => Err(SignatureError::Unsupported),
            },
            _ => Err(SignatureError::Unsupported),
        }
    }
}

impl PublicKeyKind {
    /// The key is one that could verify something: a point on its curve, a modulus that is a number.
    pub(crate) fn check(self, spki_der: &[u8]) -> Result<(), SignatureError> {
        let spki = SubjectPublicKeyInfoRef::from_der(spki_der).map_err(|_| SignatureError::MalformedKey)?;
        let algorithm = match self {
            Self::Rsa { .. } => SignatureAlgorithm::RsaSha256,
            Self::P256 => SignatureAlgorithm::P256Sha256,
            Self::P384 => SignatureAlgorithm::P384Sha384,
        };
        UnparsedPublicKey::new(algorithm.verification(), spki.subject_public_key.raw_bytes())
            .parse()
            .map(|_| ())
            .map_err(|_| SignatureError::MalformedKey)
    }
}

fn curve(spki: &SubjectPublicKeyInfoRef<'_>) -> Option<ObjectIdentifier> {
    spki.algorithm.parameters?.decode_as().ok()
}

/// Length in bits of the modulus of a PKCS#1 `RSAPublicKey`.
fn rsa_bits(key: &[u8]) -> Option<usize> {
    use crate::tlv::{INTEGER, Reader, SEQUENCE};
    let mut parts = Reader::new(Reader::only(key, SEQUENCE).ok()?.value);
    let modulus = parts.expect(INTEGER).ok()?.value;
    let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus);
    let first = modulus.first()?;
    Some(modulus.len() * 8 - usize::try_from(first.leading_zeros()).ok()?)
}

impl SignatureAlgorithm {
    /// Reads an `AlgorithmIdentifier` as certificates and lists carry it. RSA parameters must be NULL, ECDSA ones absent.
    pub(crate) fn of(identifier: &AlgorithmIdentifierOwned) -> Option<Self> {
        let null = identifier.parameters.as_ref().is_some_and(Any::is_null);
        let absent = identifier.parameters.is_none();
        match identifier.oid {
            rfc5912::SHA_256_WITH_RSA_ENCRYPTION if null => Some(Self::RsaSha256),
            rfc5912::SHA_384_WITH_RSA_ENCRYPTION if null => Some(Self::RsaSha384),
            rfc5912::SHA_512_WITH_RSA_ENCRYPTION if null => Some(Self::RsaSha512),
            rfc5912::ECDSA_WITH_SHA_256 if absent => Some(Self::P256Sha256),
            rfc5912::ECDSA_WITH_SHA_384 if absent => Some(Self::P384Sha384),
            _ => None,
        }
    }

    pub(crate) fn identifier(self) -> AlgorithmIdentifierOwned {
        let null = Some(Any::from(AnyRef::NULL));
        let (oid, parameters) = match self {
            Self::RsaSha256 => (rfc5912::SHA_256_WITH_RSA_ENCRYPTION, null),
            Self::RsaSha384 => (rfc5912::SHA_384_WITH_RSA_ENCRYPTION, null),
            Self::RsaSha512 => (rfc5912::SHA_512_WITH_RSA_ENCRYPTION, null),
            Self::P256Sha256 => (rfc5912::ECDSA_WITH_SHA_256, None),
            Self::P384Sha384 => (rfc5912::ECDSA_WITH_SHA_384, None),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }

    pub(crate) fn verify(self, spki_der: &[u8], message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
        let fits = matches!(
            (PublicKeyKind::of(spki_der)?, self),
            (PublicKeyKind::Rsa { .. }, Self::RsaSha256 | Self::RsaSha384 | Self::RsaSha512)
                | (PublicKeyKind::P256, Self::P256Sha256)
                | (PublicKeyKind::P384, Self::P384Sha384)
        );
        if !fits {
            return Err(SignatureError::Unsupported);
        }
        let spki = SubjectPublicKeyInfoRef::from_der(spki_der).map_err(|_| SignatureError::MalformedKey)?;
        UnparsedPublicKey::new(self.verification(), spki.subject_public_key.raw_bytes())
            .verify(message, signature)
            .map_err(|_| SignatureError::Mismatch)
    }

    fn verification(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::RsaSha256 => &RSA_PKCS1_2048_8192_SHA256,
            Self::RsaSha384 => &RSA_PKCS1_2048_8192_SHA384,
            Self::RsaSha512 => &RSA_PKCS1_2048_8192_SHA512,
            Self::P256Sha256 => &ECDSA_P256_SHA256_ASN1,
            Self::P384Sha384 => &ECDSA_P384_SHA384_ASN1,
        }
    }
}

#[cfg(test)]
mod tests;
