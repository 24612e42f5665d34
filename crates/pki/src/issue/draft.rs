//! A certificate about to be signed. Written part by part, so that tests can also make the bad ones.

use const_oid::AssociatedOid;
use der::asn1::{Int, ObjectIdentifier, OctetString, PrintableStringRef, SetOfVec, Utf8StringRef};
use der::{Any, Decode as _, Encode};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};
use x509_cert::ext::{Criticality, Extension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use super::{IssueError, Validity};
use crate::algorithm::PublicKeyKind;
use crate::certificate::x509_time;
use crate::key::SigningKey;

/// A triple of DER around parts.
pub(crate) fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = Vec::with_capacity(length + 6);
    bytes.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let digits = length.to_be_bytes();
            let skipped = digits.iter().take_while(|b| **b == 0).count();
            let digits = digits.get(skipped..).unwrap_or_default();
            bytes.push(0x80 | u8::try_from(digits.len()).unwrap_or(0x7f));
            bytes.extend_from_slice(digits);
        }
    }
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A name of attributes in the given order; countries as `PrintableString`, everything else as `UTF8String`.
pub(crate) fn name(parts: &[(ObjectIdentifier, &str)]) -> Result<Name, IssueError> {
    let mut sequence = RdnSequence::default();
    for (oid, text) in parts {
        let value = if *oid == const_oid::db::rfc4519::COUNTRY_NAME {
            Any::encode_from(&PrintableStringRef::new(text)?)?
        } else {
            Any::encode_from(&Utf8StringRef::new(text)?)?
        };
        let attribute = AttributeTypeAndValue { oid: *oid, value };
        sequence.push(RelativeDistinguishedName::from(SetOfVec::try_from(vec![attribute])?));
    }
    Ok(Name::from_der(&sequence.to_der()?)?)
}

/// RFC 7093 method 1: the first 160 bits of SHA-256 of the key's bits.
pub(crate) fn key_identifier(spki_der: &[u8]) -> Result<OctetString, IssueError> {
    let spki = spki::SubjectPublicKeyInfoRef::from_der(spki_der)?;
    let digest = Sha256::digest(spki.subject_public_key.raw_bytes());
    let first: &[u8] = digest.get(..20).unwrap_or_default();
    Ok(OctetString::new(first)?)
}

pub(crate) struct Draft {
    pub(crate) serial: Vec<u8>,
    pub(crate) subject: Name,
    pub(crate) spki: Vec<u8>,
    pub(crate) validity: Validity,
    pub(crate) extensions: Vec<Extension>,
}

impl Draft {
    /// Draws a serial number of 16 bytes and names the key.
    pub(crate) fn new(
        subject: Name,
        spki: &[u8],
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, IssueError> {
        PublicKeyKind::of(spki).map_err(|_| IssueError::SubjectKey)?;
        let mut serial = [0; 16];
        rng.fill_bytes(&mut serial);
        if let Some(first) = serial.first_mut() {
            *first = (*first & 0x3f) | 0x40;
        }
        let identifier = key_identifier(spki)?;
        Self { serial: serial.to_vec(), subject, spki: spki.to_vec(), validity, extensions: Vec::new() }
            .extend(&SubjectKeyIdentifier(identifier))
    }

    /// Adds an extension with the criticality of its type.
    pub(crate) fn extend<T: Encode + AssociatedOid + Criticality>(self, value: &T) -> Result<Self, IssueError> {
        let critical = value.criticality(&self.subject, &self.extensions);
        self.extend_raw(T::OID, critical, &value.to_der()?)
    }

    /// Adds an extension as bytes.
    pub(crate) fn extend_raw(
        mut self,
        extn_id: ObjectIdentifier,
        critical: bool,
        value: &[u8],
    ) -> Result<Self, IssueError> {
        self.extensions.push(Extension { extn_id, critical, extn_value: OctetString::new(value)? });
        Ok(self)
    }

    pub(crate) fn authority_key_of(self, spki_der: &[u8]) -> Result<Self, IssueError> {
        let identifier = key_identifier(spki_der)?;
        self.extend(&AuthorityKeyIdentifier { key_identifier: Some(identifier), ..AuthorityKeyIdentifier::default() })
    }

    /// DER of the certificate, version 3, signed by `key` in the name of `issuer`.
    pub(crate) fn sign(&self, issuer: &Name, key: &SigningKey) -> Result<Vec<u8>, IssueError> {
        let algorithm = key.algorithm().identifier().to_der()?;
        let times = [self.validity.not_before, self.validity.not_after]
            .map(|time| x509_time(time).ok_or(IssueError::Unwritable));
        let [not_before, not_after] = times;
        let validity = tlv(0x30, &[&not_before?.to_der()?, &not_after?.to_der()?]);
        let body = tlv(
            0x30,
            &[
                &[0xa0, 0x03, 0x02, 0x01, 0x02],
                &Int::new(&self.serial)?.to_der()?,
                &algorithm,
                &issuer.to_der()?,
                &validity,
                &self.subject.to_der()?,
                &self.spki,
                &tlv(0xa3, &[&self.extensions.to_der()?]),
            ],
        );
        signed(&body, &algorithm, key)
    }
}

/// Body, algorithm and signature, as everything in X.509 is signed.
pub(crate) fn signed(body: &[u8], algorithm: &[u8], key: &SigningKey) -> Result<Vec<u8>, IssueError> {
    let signature = key.sign(body)?;
    Ok(tlv(0x30, &[body, algorithm, &tlv(0x03, &[&[0], &signature])]))
}
