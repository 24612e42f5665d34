//! The key under which own information is held: derived from what only the browser has (the cookie's id), what only the
//! portal has (its secret) and what is destroyed first (the gathering's salt). It is never stored (P-INF-6, N-6).

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use domain::{CorrectionReportId, SecretHash};
use rand_core::CryptoRng;
use secrecy::{ExposeSecret as _, SecretSlice};
use zeroize::Zeroizing;

/// What a browser's cookie says: the key to what is held for its session. Made by the server's session extractor alone.
#[derive(Clone)]
pub struct Holder {
    cookie_id: Zeroizing<[u8; 16]>,
    session_hash: SecretHash,
}

impl Holder {
    /// `cookie_id` are the bytes of which the session store keeps the SHA-256.
    pub fn new(cookie_id: [u8; 16]) -> Self {
        Self { session_hash: SecretHash::of(&cookie_id), cookie_id: Zeroizing::new(cookie_id) }
    }

    /// As the session store knows it.
    pub fn session_hash(&self) -> &SecretHash {
        &self.session_hash
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder")
    }
}

/// The portal's part of every key. At least 32 bytes.
#[derive(Clone)]
pub struct HoldingSecret(SecretSlice<u8>);

/// Too short to be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret of fewer than 32 bytes protects nothing")]
pub struct HoldingSecretTooShort;

impl HoldingSecret {
    /// Takes the bytes of a secret.
    pub fn new(secret: SecretSlice<u8>) -> Result<Self, HoldingSecretTooShort> {
        if secret.expose_secret().len() < 32 { Err(HoldingSecretTooShort) } else { Ok(Self(secret)) }
    }
}

impl HoldingSecret {
    /// A key of the portal's own for one purpose, apart from every other.
    pub(crate) fn key_for(&self, purpose: &'static [u8]) -> Result<Zeroizing<[u8; 32]>, Unopened> {
        let mut key = Zeroizing::new([0; 32]);
        let extracted = Salt::new(HKDF_SHA256, purpose).extract(self.0.expose_secret());
        let expanded = extracted.expand(&[], Bytes32).map_err(|_| Unopened)?;
        expanded.fill(key.as_mut_slice()).map_err(|_| Unopened)?;
        Ok(key)
    }
}

impl fmt::Debug for HoldingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HoldingSecret")
    }
}

/// Seals and opens what is held for one session.
#[derive(Clone)]
pub(crate) struct HoldingKey {
    key: Zeroizing<[u8; 32]>,
    session_hash: SecretHash,
}

/// Sealed under another key, for another place, or changed: cannot be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what is held cannot be opened")]
pub struct Unopened;

/// A key's length, as HKDF asks for it.
pub(crate) struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

struct Bytes16;

impl KeyType for Bytes16 {
    fn len(&self) -> usize {
        16
    }
}

impl HoldingKey {
    pub(crate) fn derive(holder: &Holder, secret: &HoldingSecret, salt: &[u8; 32]) -> Result<Self, Unopened> {
        let mut material = Zeroizing::new(Vec::with_capacity(64));
        material.extend_from_slice(holder.cookie_id.as_slice());
        material.extend_from_slice(secret.0.expose_secret());
        let mut key = Zeroizing::new([0; 32]);
        let extracted = Salt::new(HKDF_SHA256, salt).extract(&material);
        let info = [INFO, holder.session_hash.as_bytes()];
        let expanded = extracted.expand(&info, Bytes32).map_err(|_| Unopened)?;
        expanded.fill(key.as_mut_slice()).map_err(|_| Unopened)?;
        Ok(Self { key, session_hash: holder.session_hash.clone() })
    }

    /// Nonce, ciphertext, tag.
    pub(crate) fn seal(
        &self,
        place: u32,
        content: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, Unopened> {
        sealed(&self.key, self.aad(place), content, rng)
    }

    pub(crate) fn open(&self, place: u32, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        opened(&self.key, self.aad(place), sealed)
    }

    /// The id of a report (P-INF-12): the same for the same report of the same session, so that one that is sent twice is
    /// kept once; to everybody else it is random.
    pub(crate) fn report_id(&self, report: &[u8]) -> Result<CorrectionReportId, Unopened> {
        let digest = pki::sha256(&[report]);
        let info = [REPORT_INFO, digest.as_slice()];
        let prk = Prk::new_less_safe(HKDF_SHA256, self.key.as_slice());
        let mut id = [0; 16];
        let expanded = prk.expand(&info, Bytes16).map_err(|_| Unopened)?;
        expanded.fill(&mut id).map_err(|_| Unopened)?;
        Ok(id.into())
    }

    fn aad(&self, place: u32) -> Aad<Vec<u8>> {
        Aad::from([self.session_hash.as_bytes().as_slice(), &place.to_be_bytes()].concat())
    }
}

/// AES-256-GCM under a nonce that is drawn: nonce, ciphertext, tag.
pub(crate) fn sealed(
    key: &[u8; 32],
    aad: Aad<Vec<u8>>,
    content: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, Unopened> {
    let mut nonce = [0; NONCE_LEN];
    rng.fill_bytes(&mut nonce);
    let mut body = Zeroizing::new(content.to_vec());
    let tag = aead(key)?
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, body.as_mut_slice())
        .map_err(|_| Unopened)?;
    Ok([nonce.as_slice(), &body, tag.as_ref()].concat())
}

/// What was [`sealed`] under this key with these associated data. Wiped when dropped.
pub(crate) fn opened(key: &[u8; 32], aad: Aad<Vec<u8>>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(Unopened)?;
    let mut body = Zeroizing::new(body.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let length = aead(key)?.open_in_place(nonce, aad, &mut body).map_err(|_| Unopened)?.len();
    body.truncate(length);
    Ok(body)
}

fn aead(key: &[u8; 32]) -> Result<LessSafeKey, Unopened> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| Unopened)
}

impl fmt::Debug for HoldingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HoldingKey")
    }
}

const INFO: &[u8] = b"my-portal-held/1";
const REPORT_INFO: &[u8] = b"my-portal-report-id/1";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    fn secret(byte: u8) -> HoldingSecret {
        HoldingSecret::new(vec![byte; 32].into()).unwrap()
    }

    fn key(cookie: u8, secret_byte: u8, salt: u8) -> HoldingKey {
        HoldingKey::derive(&Holder::new([cookie; 16]), &secret(secret_byte), &[salt; 32]).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_same_cookie_secret_and_salt() {
        let sealed = key(1, 2, 3).seal(7, b"total-income", &mut rng()).unwrap();
        assert!(!sealed.windows(5).any(|window| window == b"total"));
        assert_eq!(key(1, 2, 3).open(7, &sealed).unwrap().as_slice(), b"total-income");
    }

    #[test]
    fn without_any_one_of_the_three_it_stays_closed() {
        let sealed = key(1, 2, 3).seal(7, b"total-income", &mut rng()).unwrap();
        for other in [key(9, 2, 3), key(1, 9, 3), key(1, 2, 0)] {
            assert_eq!(other.open(7, &sealed), Err(Unopened));
        }
    }

    #[test]
    fn what_is_held_cannot_be_moved_shortened_or_changed() {
        let key = key(1, 2, 3);
        let sealed = key.seal(7, b"total-income", &mut rng()).unwrap();
        assert_eq!(key.open(8, &sealed), Err(Unopened));
        for length in 0..sealed.len() {
            assert_eq!(key.open(7, &sealed[..length]), Err(Unopened));
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(7, &changed), Err(Unopened));
        }
    }

    #[test]
    fn the_same_content_never_looks_the_same() {
        let (key, mut rng) = (key(1, 2, 3), rng());
        assert_ne!(key.seal(7, b"x", &mut rng).unwrap(), key.seal(7, b"x", &mut rng).unwrap());
    }

    #[test]
    fn the_same_report_of_the_same_session_has_the_same_id_and_no_other_has_it() {
        let id = |cookie, report: &[u8]| key(cookie, 2, 3).report_id(report).unwrap();
        assert_eq!(id(1, b"x"), id(1, b"x"));
        assert_ne!(id(1, b"x"), id(1, b"y"));
        assert_ne!(id(1, b"x"), id(9, b"x"));
    }

    #[test]
    fn a_short_secret_is_none() {
        assert_eq!(HoldingSecret::new(vec![1; 31].into()).unwrap_err(), HoldingSecretTooShort);
    }
}
