//! Private keys of authorities, organisations and cards.

use std::fmt;

use aws_lc_rs::encoding::{AsBigEndian as _, AsDer as _, EcPrivateKeyBin, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use der::pem::LineEnding;
use zeroize::Zeroizing;

use crate::algorithm::SignatureAlgorithm;

const PEM_LABEL: &str = "PRIVATE KEY";

/// The two kinds of key that are made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// As on real cards; signs PKCS#1 v1.5 with SHA-256.
    Rsa2048,
    /// Authorities and organisations; signs ECDSA with SHA-256, and opens what was sealed to it.
    P256,
}

/// A private key; prints only its type's name.
///
/// Every private operation happens inside aws-lc: the one place where randomness is not an argument, because the
/// module draws the bits of a new key and of an ECDSA nonce itself.
pub struct SigningKey {
    inner: Inner,
    spki: Vec<u8>,
}

enum Inner {
    Rsa(Box<RsaKeyPair>),
    P256(EcdsaKeyPair),
}

/// A key could not be read, made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not an unencrypted PKCS#8 `PRIVATE KEY`.
    #[error("not an unencrypted PKCS#8 private key")]
    Malformed,
    /// PKCS#8, but neither RSA of 2048 to 4096 bits nor P-256.
    #[error("the private key is neither RSA of 2048 to 4096 bits nor P-256")]
    Unsupported,
    /// The cryptographic module failed.
    #[error("the cryptographic module failed")]
    Module,
}

impl SigningKey {
    /// Makes a new key.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        match kind {
            KeyKind::Rsa2048 => Self::of_rsa(RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Module)?),
            KeyKind::P256 => {
                Self::of_p256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).map_err(|_| KeyError::Module)?)
            }
        }
    }

    /// Reads PKCS#8 DER.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der) {
            return Self::of_p256(pair);
        }
        match RsaKeyPair::from_pkcs8(der) {
            Ok(pair) if (256..=512).contains(&pair.public_modulus_len()) => Self::of_rsa(pair),
            _ => Err(KeyError::Unsupported),
        }
    }

    /// Reads a `-----BEGIN PRIVATE KEY-----` text.
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, KeyError> {
        let (label, der) = der::pem::decode_vec(pem.as_bytes()).map_err(|_| KeyError::Malformed)?;
        let der = Zeroizing::new(der);
        if label == PEM_LABEL { Self::from_pkcs8_der(&der) } else { Err(KeyError::Malformed) }
    }

    /// PKCS#8 DER, wiped when dropped.
    pub fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let der = match &self.inner {
            Inner::Rsa(pair) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Module)?;
                der.as_ref().to_vec()
            }
            Inner::P256(pair) => pair.to_pkcs8v1().map_err(|_| KeyError::Module)?.as_ref().to_vec(),
        };
        Ok(Zeroizing::new(der))
    }

    /// PKCS#8 PEM, wiped when dropped. The file it goes to must be 0600.
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        let der = self.to_pkcs8_der()?;
        der::pem::encode_string(PEM_LABEL, LineEnding::LF, &der).map(Zeroizing::new).map_err(|_| KeyError::Module)
    }

    /// The public key as `SubjectPublicKeyInfo` DER.
    pub fn spki_der(&self) -> &[u8] {
        &self.spki
    }

    /// RSA or P-256.
    pub fn kind(&self) -> KeyKind {
        match &self.inner {
            Inner::Rsa(_) => KeyKind::Rsa2048,
            Inner::P256(_) => KeyKind::P256,
        }
    }

    /// Signs: PKCS#1 v1.5 with SHA-256 (RSA) or ECDSA with SHA-256 in ASN.1 form (P-256). What
    /// [`crate::verify_raw`] verifies.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let rng = SystemRandom::new();
        match &self.inner {
            Inner::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &rng, message, &mut signature).map_err(|_| KeyError::Module)?;
                Ok(signature)
            }
            Inner::P256(pair) => {
                pair.sign(&rng, message).map(|signature| signature.as_ref().to_vec()).map_err(|_| KeyError::Module)
            }
        }
    }

    pub(crate) fn algorithm(&self) -> SignatureAlgorithm {
        match &self.inner {
            Inner::Rsa(_) => SignatureAlgorithm::RsaSha256,
            Inner::P256(_) => SignatureAlgorithm::P256Sha256,
        }
    }

    /// The secret scalar, big-endian; `None` for RSA.
    pub(crate) fn p256_scalar(&self) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        match &self.inner {
            Inner::Rsa(_) => Ok(None),
            Inner::P256(pair) => {
                let scalar: EcPrivateKeyBin<'_> = pair.private_key().as_be_bytes().map_err(|_| KeyError::Module)?;
                Ok(Some(Zeroizing::new(scalar.as_ref().to_vec())))
            }
        }
    }

    fn of_rsa(pair: RsaKeyPair) -> Result<Self, KeyError> {
        let spki: aws_lc_rs::encoding::PublicKeyX509Der<'_> =
            pair.public_key().as_der().map_err(|_| KeyError::Module)?;
        let spki = spki.as_ref().to_vec();
        Ok(Self { inner: Inner::Rsa(Box::new(pair)), spki })
    }

    fn of_p256(pair: EcdsaKeyPair) -> Result<Self, KeyError> {
        let spki: aws_lc_rs::encoding::PublicKeyX509Der<'_> =
            pair.public_key().as_der().map_err(|_| KeyError::Module)?;
        let spki = spki.as_ref().to_vec();
        Ok(Self { inner: Inner::P256(pair), spki })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify_raw;

    #[test]
    fn a_key_survives_being_written_and_read() {
        for kind in [KeyKind::Rsa2048, KeyKind::P256] {
            let key = SigningKey::generate(kind).unwrap();
            let again = SigningKey::from_pkcs8_pem(&key.to_pkcs8_pem().unwrap()).unwrap();
            assert_eq!((again.kind(), again.spki_der()), (kind, key.spki_der()));
            let signature = again.sign(b"statement").unwrap();
            assert_eq!(verify_raw(key.spki_der(), b"statement", &signature), Ok(()));
        }
    }

    #[test]
    fn a_key_never_prints_itself() {
        let key = SigningKey::generate(KeyKind::P256).unwrap();
        assert_eq!(format!("{key:?}"), "SigningKey");
    }

    #[test]
    fn what_is_no_private_key_is_refused() {
        let wrong = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(SigningKey::from_pkcs8_pem(wrong).map(|_| ()), Err(KeyError::Malformed));
        assert_eq!(SigningKey::from_pkcs8_der(&[0x30, 0x00]).map(|_| ()), Err(KeyError::Unsupported));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_key_or_not_without_a_panic(body in "[A-Za-z0-9+/=\n]{0,200}") {
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
            proptest::prop_assert!(SigningKey::from_pkcs8_pem(&pem).is_err());
        }
    }
}
