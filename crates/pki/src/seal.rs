//! Sealing to a certificate: HPKE (RFC 9180) base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
//!
//! The core between requester and provider can neither read nor change nor move what is sealed (B-GW-1, N-5): `info`
//! and `aad` name the exchange, the payload itself is signed by the provider before it is sealed.

mod kem;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use kem::P256;
use rand_core::CryptoRng;
use spki::SubjectPublicKeyInfoRef;
use spki::der::Decode as _;
use zeroize::Zeroizing;

use crate::Certificate;
use crate::algorithm::PublicKeyKind;
use crate::key::SigningKey;

/// What travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The sender's one-time public key: an uncompressed point, 65 bytes.
    pub encapsulated_key: Vec<u8>,
    /// As long as the plaintext and 16 bytes of tag.
    pub ciphertext: Vec<u8>,
}

/// Nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The certificate's key is not P-256.
    #[error("the certificate's key cannot be sealed to: it is not P-256")]
    WrongKey,
    /// The cryptographic module failed.
    #[error("sealing failed")]
    Module,
}

/// Nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Our key is not P-256.
    #[error("the key cannot open anything: it is not P-256")]
    WrongKey,
    /// Sealed for another key or another exchange, changed on the way, or no sealed payload at all: cannot be told
    /// apart.
    #[error("the payload was not sealed for this key and this exchange")]
    Refused,
}

/// Seals `plaintext` to the key of `certificate`, which the caller has accepted as a sealing certificate of the
/// receiver (`Usage::OrgSealing`). Only the owner of its key opens it, and only with the same `info` and `aad`.
pub fn seal(
    certificate: &Certificate,
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
    mut rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Sealed, SealError> {
    if PublicKeyKind::of(certificate.spki_der()) != Ok(PublicKeyKind::P256) {
        return Err(SealError::WrongKey);
    }
    let spki = SubjectPublicKeyInfoRef::from_der(certificate.spki_der()).map_err(|_| SealError::WrongKey)?;
    let point = spki.subject_public_key.raw_bytes();
    let receiver = <P256 as Kem>::PublicKey::from_bytes(point).map_err(|_| SealError::WrongKey)?;
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, P256>(
        &OpModeS::Base,
        &receiver,
        info,
        plaintext,
        aad,
        &mut rng,
    )
    .map_err(|_| SealError::Module)?;
    Ok(Sealed { encapsulated_key: encapsulated.to_bytes().to_vec(), ciphertext })
}

/// Opens what was sealed to the certificate of `key` with the same `info` and `aad`. The plaintext is wiped when
/// dropped.
pub fn open(key: &SigningKey, info: &[u8], aad: &[u8], sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let scalar = key.p256_scalar().ok().flatten().ok_or(OpenError::WrongKey)?;
    let ours = <P256 as Kem>::PrivateKey::from_bytes(&scalar).map_err(|_| OpenError::WrongKey)?;
    let encapsulated =
        <P256 as Kem>::EncappedKey::from_bytes(&sealed.encapsulated_key).map_err(|_| OpenError::Refused)?;
    hpke::single_shot_open::<AesGcm256, HkdfSha256, P256>(
        &OpModeR::Base,
        &ours,
        &encapsulated,
        info,
        &sealed.ciphertext,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| OpenError::Refused)
}

#[cfg(test)]
mod tests;
