//! The question.

use certval::ocsp::CertId;
use der::asn1::{Null, OctetString};
use der::{Any, Encode as _};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use spki::der::Decode as _;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoRef};
use x509_cert::serial_number::SerialNumber;

use super::{SHA_1, SHA_256};
use crate::Certificate;
use crate::issue::tlv;

const NONCE_BYTES: usize = 32;
/// id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2
const NONCE_OID: [u8; 11] = [0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02];

/// A request about one certificate, with the nonce that the answer must repeat.
#[derive(Clone, PartialEq, Eq)]
pub struct OcspRequest {
    der: Vec<u8>,
    nonce: Option<[u8; NONCE_BYTES]>,
}

impl OcspRequest {
    /// Asks about `certificate`, which `issuer` issued. `None` if a part cannot be written.
    pub fn new(certificate: &Certificate, issuer: &Certificate, rng: &mut (impl CryptoRng + ?Sized)) -> Option<Self> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let id = cert_id(certificate, issuer, HashKind::Sha256)?.to_der().ok()?;
        let list = tlv(0x30, &[&tlv(0x30, &[&id])]);
        let value = tlv(0x04, &[&tlv(0x04, &[&nonce])]);
        let extension = tlv(0x30, &[&NONCE_OID, &value]);
        let extensions = tlv(0xa2, &[&tlv(0x30, &[&extension])]);
        let der = tlv(0x30, &[&tlv(0x30, &[&list, &extensions])]);
        Some(Self { der, nonce: Some(nonce) })
    }

    /// For an answer that somebody else asked for (a file, a stapled one): no nonce is compared, only its age counts.
    pub fn unasked() -> Self {
        Self { der: Vec::new(), nonce: None }
    }

    /// DER, to be posted as [`super::REQUEST_TYPE`].
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn nonce(&self) -> Option<&[u8; NONCE_BYTES]> {
        self.nonce.as_ref()
    }
}

impl std::fmt::Debug for OcspRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OcspRequest")
    }
}

/// Names certificates in questions; no signature depends on it. SHA-1 is what others ask with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HashKind {
    Sha1,
    Sha256,
}

impl HashKind {
    pub(super) fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        let parameters_fit = algorithm.parameters.as_ref().is_none_or(Any::is_null);
        match algorithm.oid {
            SHA_1 if parameters_fit => Some(Self::Sha1),
            SHA_256 if parameters_fit => Some(Self::Sha256),
            _ => None,
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => {
                aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
            }
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
        }
    }

    fn identifier(self) -> Option<AlgorithmIdentifierOwned> {
        let oid = match self {
            Self::Sha1 => SHA_1,
            Self::Sha256 => SHA_256,
        };
        Some(AlgorithmIdentifierOwned { oid, parameters: Some(Any::encode_from(&Null).ok()?) })
    }

    /// Hashes of an issuer's name and key.
    pub(super) fn issuer(self, issuer: &Certificate) -> Option<(Vec<u8>, Vec<u8>)> {
        let name = issuer.tbs().subject().to_der().ok()?;
        let spki = SubjectPublicKeyInfoRef::from_der(issuer.spki_der()).ok()?;
        Some((self.digest(&name), self.digest(spki.subject_public_key.raw_bytes())))
    }
}

pub(super) fn cert_id(certificate: &Certificate, issuer: &Certificate, hash: HashKind) -> Option<CertId> {
    let (name, key) = hash.issuer(issuer)?;
    Some(CertId {
        hash_algorithm: hash.identifier()?,
        issuer_name_hash: OctetString::new(name).ok()?,
        issuer_key_hash: OctetString::new(key).ok()?,
        serial_number: SerialNumber::new(certificate.serial_bytes()).ok()?,
    })
}
