//! The sorted index of one list.

use certval::compare_names;
use const_oid::db::rfc5280::{
    ID_CE_AUTHORITY_KEY_IDENTIFIER, ID_CE_CRL_NUMBER, ID_CE_DELTA_CRL_INDICATOR, ID_CE_FRESHEST_CRL,
    ID_CE_ISSUING_DISTRIBUTION_POINT,
};
use der::Decode as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, KeyUsage, SubjectKeyIdentifier};
use x509_cert::name::Name;

use super::scan::{self, Body};
use super::{CRL_BYTES_MAX, CrlRefusal};
use crate::algorithm::SignatureAlgorithm;
use crate::tlv::{INTEGER, Reader, Signed};
use crate::{Certificate, RevocationReason, RevocationStatus};

/// Serial number (20 bytes, big-endian, left-padded), seconds since 1970 (4 bytes, big-endian), reason (1 byte).
const ENTRY_BYTES: usize = 25;
const SERIAL_BYTES: usize = 20;

/// A revocation list that was verified: 25 bytes an entry, looked up by bisection.
pub struct CrlIndex {
    issuer: IssuerKey,
    number: [u8; SERIAL_BYTES],
    fingerprint: [u8; 32],
    this_update: Timestamp,
    next_update: Timestamp,
    entries: Vec<[u8; ENTRY_BYTES]>,
}

/// An issuer is its name and its key together: the same name with another key is another issuer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct IssuerKey([u8; 32]);

impl IssuerKey {
    pub(super) fn of(issuer: &Certificate) -> Option<Self> {
        use der::Encode as _;
        let name = issuer.tbs().subject().to_der().ok()?;
        let mut hash = Sha256::new();
        hash.update(u64::try_from(name.len()).ok()?.to_be_bytes());
        hash.update(&name);
        hash.update(issuer.spki_der());
        Some(Self(hash.finalize().into()))
    }
}

impl CrlIndex {
    /// Verifies a list in DER by the certificate of its issuer, which the caller trusts (an anchor, or an authority
    /// that was accepted beneath one), and indexes it. One pass over the bytes for the signature, one for the entries.
    pub fn from_der(der: &[u8], issuer: &Certificate) -> Result<Self, CrlRefusal> {
        if der.len() > CRL_BYTES_MAX {
            return Err(CrlRefusal::TooLarge);
        }
        let signed = Signed::from_der(der)?;
        let body = Body::read(signed.body)?;
        is_of(&body, issuer)?;
        verify(&signed, &body, issuer)?;
        let number = list_extensions(&body, issuer)?;
        let time = |s| Timestamp::from_second(s).map_err(|_| CrlRefusal::Malformed);
        let next_update_s = body.next_update_s.ok_or(CrlRefusal::Incomplete)?;
        Ok(Self {
            issuer: IssuerKey::of(issuer).ok_or(CrlRefusal::Malformed)?,
            number,
            fingerprint: Sha256::digest(signed.signature).into(),
            this_update: time(body.this_update_s)?,
            next_update: time(next_update_s)?,
            entries: sorted(body.entries)?,
        })
    }

    /// How many certificates are withdrawn.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The list's number, lower-case hexadecimal, 40 digits: sorts as it counts.
    pub fn number_hex(&self) -> String {
        use std::fmt::Write as _;
        self.number.iter().fold(String::new(), |mut text, b| {
            let _ = write!(text, "{b:02x}");
            text
        })
    }

    /// When it was made.
    pub fn this_update(&self) -> Timestamp {
        self.this_update
    }

    /// When the next one is to be there at the latest.
    pub fn next_update(&self) -> Timestamp {
        self.next_update
    }

    /// Bytes of memory that the entries take.
    pub fn entry_bytes(&self) -> usize {
        self.entries.capacity() * ENTRY_BYTES
    }

    /// What the list says about a certificate of its issuer; freshness and issuer are the caller's to check.
    pub(super) fn look_up(&self, certificate: &Certificate) -> Option<RevocationStatus> {
        let wanted = padded(certificate.serial_bytes())?;
        let found = self
            .entries
            .binary_search_by(|entry| entry.first_chunk::<SERIAL_BYTES>().cmp(&Some(&wanted)))
            .ok()
            .and_then(|at| self.entries.get(at));
        match found {
            None => Some(RevocationStatus::Good),
            Some(entry) => status(entry),
        }
    }

    pub(super) fn issuer(&self) -> IssuerKey {
        self.issuer
    }

    pub(super) fn number(&self) -> [u8; SERIAL_BYTES] {
        self.number
    }

    /// Refuses to go back to this list from `present`: a smaller number, an earlier time, or another list of the same
    /// number. The very same list again is fine.
    pub(super) fn follows(&self, present: &Self) -> Result<(), CrlRefusal> {
        let same = self.number == present.number && self.fingerprint == present.fingerprint;
        let later = self.number > present.number && self.this_update >= present.this_update;
        if same || later { Ok(()) } else { Err(CrlRefusal::RollBack) }
    }
}

impl std::fmt::Debug for CrlIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CrlIndex").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

fn status(entry: &[u8; ENTRY_BYTES]) -> Option<RevocationStatus> {
    let (_, tail) = entry.split_first_chunk::<SERIAL_BYTES>()?;
    let (at_s, reason) = tail.split_first_chunk::<4>()?;
    Some(RevocationStatus::Revoked {
        reason: RevocationReason::from_code(*reason.first()?)?,
        at: Timestamp::from_second(i64::from(u32::from_be_bytes(*at_s))).ok()?,
    })
}

fn padded(serial: &[u8]) -> Option<[u8; SERIAL_BYTES]> {
    let mut bytes = [0; SERIAL_BYTES];
    let begin = SERIAL_BYTES.checked_sub(serial.len())?;
    bytes.get_mut(begin..)?.copy_from_slice(serial);
    Some(bytes)
}

fn is_of(body: &Body<'_>, issuer: &Certificate) -> Result<(), CrlRefusal> {
    let name = Name::from_der(body.issuer).map_err(|_| CrlRefusal::Malformed)?;
    if !compare_names(&name, issuer.tbs().subject()) {
        return Err(CrlRefusal::OtherIssuer);
    }
    match issuer.extension::<KeyUsage>() {
        Ok(Some((_, usage))) if usage.crl_sign() => Ok(()),
        _ => Err(CrlRefusal::IssuerUsage),
    }
}

fn verify(signed: &Signed<'_>, body: &Body<'_>, issuer: &Certificate) -> Result<(), CrlRefusal> {
    if signed.algorithm != body.algorithm {
        return Err(CrlRefusal::Signature);
    }
    AlgorithmIdentifierOwned::from_der(signed.algorithm)
        .ok()
        .as_ref()
        .and_then(SignatureAlgorithm::of)
        .and_then(|algorithm| algorithm.verify(issuer.spki_der(), signed.body, signed.signature).ok())
        .ok_or(CrlRefusal::Signature)
}

/// Checks the list's extensions and returns its number.
fn list_extensions(body: &Body<'_>, issuer: &Certificate) -> Result<[u8; SERIAL_BYTES], CrlRefusal> {
    let mut number = None;
    let mut key_is_named = false;
    let mut extensions = Reader::new(body.extensions);
    while !extensions.is_empty() {
        let one = scan::extension(&mut extensions)?;
        let is = |oid: der::asn1::ObjectIdentifier| one.oid == oid.as_bytes();
        if is(ID_CE_CRL_NUMBER) {
            if number.is_some() {
                return Err(CrlRefusal::Malformed);
            }
            let value = Reader::only(one.value, INTEGER)?.value;
            number = padded(scan::serial(value)?);
        } else if is(ID_CE_AUTHORITY_KEY_IDENTIFIER) {
            names_the_key(one.value, issuer)?;
            key_is_named = true;
        } else if is(ID_CE_ISSUING_DISTRIBUTION_POINT) {
            return Err(CrlRefusal::Scope);
        } else if is(ID_CE_DELTA_CRL_INDICATOR) || is(ID_CE_FRESHEST_CRL) {
            return Err(CrlRefusal::Delta);
        } else if one.critical {
            return Err(CrlRefusal::CriticalExtension);
        }
    }
    match number {
        Some(number) if key_is_named => Ok(number),
        _ => Err(CrlRefusal::Incomplete),
    }
}

fn names_the_key(value: &[u8], issuer: &Certificate) -> Result<(), CrlRefusal> {
    let named = AuthorityKeyIdentifier::from_der(value)
        .map_err(|_| CrlRefusal::Malformed)?
        .key_identifier
        .ok_or(CrlRefusal::Incomplete)?;
    match issuer.extension::<SubjectKeyIdentifier>() {
        Ok(Some((_, own))) if own.0 == named => Ok(()),
        _ => Err(CrlRefusal::OtherIssuer),
    }
}

fn sorted(entries: &[u8]) -> Result<Vec<[u8; ENTRY_BYTES]>, CrlRefusal> {
    // An entry has at least 20 bytes in DER; a typical one with serial of 16 bytes and reason 48.
    let mut list = Vec::with_capacity(entries.len() / 40);
    let mut reader = Reader::new(entries);
    let mut in_order = true;
    while !reader.is_empty() {
        let entry = scan::entry(&mut reader)?;
        let mut bytes = [0; ENTRY_BYTES];
        let serial = padded(entry.serial).ok_or(CrlRefusal::Malformed)?;
        let at_s = u32::try_from(entry.at_s).map_err(|_| CrlRefusal::Malformed)?;
        let parts = serial.iter().copied().chain(at_s.to_be_bytes()).chain([entry.reason.code()]);
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        in_order = in_order && list.last().is_none_or(|last| *last <= bytes);
        list.push(bytes);
    }
    if !in_order {
        list.sort_unstable();
    }
    list.shrink_to_fit();
    Ok(list)
}
