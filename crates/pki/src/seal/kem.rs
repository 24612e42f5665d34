//! DHKEM(P-256, HKDF-SHA256) of RFC 9180 for `hpke`, on the curve of AWS-LC: each exchange between institutions is sealed
//! once and opened once, and `hpke`'s own curve takes several times as long. Base mode only.

use aws_lc_rs::agreement::{self, ECDH_P256, ParsedPublicKey, PrivateKey as Scalar, UnparsedPublicKey};
use hpke::kdf::{HkdfSha256, Kdf as _};
use hpke::kem::{DhP256HkdfSha256 as Portable, SharedSecret};
use hpke::{Deserializable, HpkeError, Kem, Serializable};
use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

const SUITE: [u8; 5] = *b"KEM\x00\x10";
const POINT_BYTES: usize = 65;
const SCALAR_BYTES: usize = 32;

/// The KEM; what it writes and reads is [`Portable`]'s.
pub(super) struct P256;

/// An uncompressed point of the curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Point([u8; POINT_BYTES]);

/// A scalar that is a private key.
#[derive(Clone)]
pub(super) struct Secret(Zeroizing<[u8; SCALAR_BYTES]>);

impl Secret {
    fn scalar(&self) -> Option<Scalar> {
        Scalar::from_private_key(&ECDH_P256, &self.0[..]).ok()
    }

    fn point(&self) -> Option<Point> {
        let public = self.scalar()?.compute_public_key().ok()?;
        Some(Point(public.as_ref().try_into().ok()?))
    }

    /// RFC 9180, section 4.1: `ExtractAndExpand(DH(self, other), enc ‖ receiver)`.
    fn shared(&self, other: &Point, enc: &Point, receiver: &Point) -> Option<SharedSecret<P256>> {
        let mut context = [0; 2 * POINT_BYTES];
        let (first, second) = context.split_at_mut(POINT_BYTES);
        first.copy_from_slice(&enc.0);
        second.copy_from_slice(&receiver.0);
        let other = UnparsedPublicKey::new(&ECDH_P256, other.0);
        agreement::agree(&self.scalar()?, other, (), |dh| {
            let mut secret = SharedSecret::default();
            HkdfSha256::extract_and_expand(dh, &SUITE, &context, &mut secret.0).map_err(|_| ())?;
            Ok(secret)
        })
        .ok()
    }
}

impl Kem for P256 {
    type PublicKey = Point;
    type PrivateKey = Secret;
    type EncappedKey = Point;
    type NSecret = <Portable as Kem>::NSecret;

    const KEM_ID: u16 = 0x0010;

    fn sk_to_pk(secret: &Secret) -> Point {
        // A secret is made of a scalar that has a point. Were there none, nobody would agree on anything with this one.
        secret.point().unwrap_or(Point([0; POINT_BYTES]))
    }

    fn derive_keypair(ikm: &[u8]) -> (Secret, Point) {
        // The chance that the first candidate is no scalar is 2^-32; that none of 256 is, nobody lives to see.
        let candidates = (0..=u8::MAX).map(|counter| candidate(ikm, counter));
        let secret = candidates.into_iter().find(|secret| secret.scalar().is_some());
        let secret = secret.unwrap_or_else(|| candidate(ikm, 0));
        let point = Self::sk_to_pk(&secret);
        (secret, point)
    }

    fn decap(secret: &Secret, sender: Option<&Point>, enc: &Point) -> Result<SharedSecret<Self>, HpkeError> {
        let shared = || secret.shared(enc, enc, &secret.point()?);
        if sender.is_some() { None } else { shared() }.ok_or(HpkeError::DecapError)
    }

    fn encap_with_rng(
        receiver: &Point,
        sender: Option<(&Secret, &Point)>,
        rng: &mut impl CryptoRng,
    ) -> Result<(SharedSecret<Self>, Point), HpkeError> {
        if sender.is_some() {
            return Err(HpkeError::EncapError);
        }
        let (once, enc) = Self::gen_keypair_with_rng(rng);
        let shared = once.shared(receiver, &enc, receiver).ok_or(HpkeError::EncapError)?;
        Ok((shared, enc))
    }
}

/// RFC 9180, section 7.1.3: `DeriveKeyPair`, one candidate.
fn candidate(ikm: &[u8], counter: u8) -> Secret {
    type Size = <<Portable as Kem>::PrivateKey as Serializable>::OutputSize;
    let bytes = Zeroizing::new(HkdfSha256::derive_nistp_sk_eph_bytes::<Size>(&SUITE, ikm, counter));
    let mut secret = Zeroizing::new([0; SCALAR_BYTES]);
    secret.copy_from_slice(&bytes);
    Secret(secret)
}

impl Serializable for Point {
    type OutputSize = <<Portable as Kem>::PublicKey as Serializable>::OutputSize;

    fn write_exact(&self, buffer: &mut [u8]) {
        buffer.copy_from_slice(&self.0);
    }
}

impl Deserializable for Point {
    /// A point of the curve, uncompressed, and nothing else.
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let bytes: [u8; POINT_BYTES] = encoded.try_into().map_err(|_| HpkeError::ValidationError)?;
        let parsed = ParsedPublicKey::try_from(&UnparsedPublicKey::new(&ECDH_P256, bytes));
        let on_curve = bytes.first() == Some(&4) && parsed.is_ok_and(|key| key.alg() == &ECDH_P256);
        on_curve.then_some(Self(bytes)).ok_or(HpkeError::ValidationError)
    }
}

impl Serializable for Secret {
    type OutputSize = <<Portable as Kem>::PrivateKey as Serializable>::OutputSize;

    fn write_exact(&self, buffer: &mut [u8]) {
        buffer.copy_from_slice(&self.0[..]);
    }
}

impl Deserializable for Secret {
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let bytes: [u8; SCALAR_BYTES] = encoded.try_into().map_err(|_| HpkeError::ValidationError)?;
        let secret = Self(Zeroizing::new(bytes));
        if secret.scalar().is_some() { Ok(secret) } else { Err(HpkeError::ValidationError) }
    }
}

impl ConstantTimeEq for Secret {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0[..])
    }
}

#[cfg(test)]
mod tests;
