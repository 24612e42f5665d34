//! The profile: what a certificate must look like before path validation means anything. The library beneath lets all
//! of this pass. One rule, one reason.

mod extensions;
mod names;

use x509_cert::Version;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, NameConstraints, SubjectAltName};

use super::Refusal;
use super::paths::Path;
use crate::Certificate;
use crate::algorithm::{PublicKeyKind, SignatureAlgorithm, SignatureError};

/// Most extensions of a certificate.
const EXTENSIONS_MAX: usize = 32;
/// Most attributes of a name.
const ATTRIBUTES_MAX: usize = 32;
/// Most alternative names of a certificate.
const ALTERNATIVE_NAMES_MAX: usize = 64;
/// Most name constraints in a path: with the names they bound the comparisons to 16,384.
const NAME_CONSTRAINTS_MAX: usize = 256;

/// A rule of the profile that a certificate breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Encoding what was read gives other bytes: two readers could see two certificates.
    #[error("not-canonical")]
    NotCanonical,
    /// Not version 3: without extensions nothing says what the certificate is for.
    #[error("version")]
    Version,
    /// Zero, negative or longer than 20 bytes (RFC 5280 §4.1.2.2): lists could not name it.
    #[error("serial-number")]
    SerialNumber,
    /// Another algorithm inside than outside, or one that is not accepted (RFC 5280 §4.1.1.2).
    #[error("signature-algorithm")]
    SignatureAlgorithm,
    /// Ends before it begins.
    #[error("validity")]
    Validity,
    /// Empty issuer, an authority without a name, or a name without end.
    #[error("name")]
    Name,
    /// Unique identifiers, which RFC 5280 §4.1.2.8 forbids.
    #[error("unique-identifier")]
    UniqueIdentifier,
    /// The same extension twice (§4.2): two readers could take two of them.
    #[error("duplicate-extension")]
    DuplicateExtension,
    /// An extension that does not decode, is empty, or is not DER.
    #[error("extension-encoding")]
    ExtensionEncoding,
    /// Critical where it must not be, or not where it must.
    #[error("criticality")]
    Criticality,
    /// A critical extension that is not understood.
    #[error("unknown-critical-extension")]
    UnknownCriticalExtension,
    /// An authority without subject key identifier, or one of its issuer missing (§4.2.1.1, §4.2.1.2).
    #[error("key-identifier")]
    KeyIdentifier,
    /// No key usage, or none of its bits, or bits that contradict the rest.
    #[error("key-usage")]
    KeyUsage,
    /// A path length without the right to certify (§4.2.1.9).
    #[error("basic-constraints")]
    BasicConstraints,
    /// Name constraints in an end entity, empty, or of a form that is not compared.
    #[error("name-constraints")]
    NameConstraints,
    /// An alternative name that is empty or malformed for its kind (§4.2.1.6).
    #[error("alternative-name")]
    AlternativeName,
    /// The same policy twice, or none (§4.2.1.4).
    #[error("policies")]
    Policies,
    /// Speaks of delta lists, which are not read: the base alone could be out of date.
    #[error("delta")]
    Delta,
    /// No key that is accepted.
    #[error("public-key")]
    PublicKey,
    /// RSA below 2048 bits.
    #[error("weak-key")]
    WeakKey,
    /// An authority's certificate where somebody's own is expected.
    #[error("authority-as-end-entity")]
    AuthorityAsEndEntity,
    /// No authority where one is expected.
    #[error("not-an-authority")]
    NotAnAuthority,
    /// More extensions, names or constraints than are looked at.
    #[error("too-many")]
    TooMany,
}

/// A trust anchor: believed by configuration, but it must be an authority's certificate.
pub(super) fn anchor(certificate: &Certificate) -> Result<(), Rule> {
    everyone(certificate)?;
    authority_only(certificate)
}

/// A certificate between anchor and leaf.
pub(super) fn authority(certificate: &Certificate) -> Result<(), Rule> {
    everyone(certificate)?;
    extensions::names_its_issuer(certificate)?;
    authority_only(certificate)
}

/// The certificate that is presented.
pub(super) fn end_entity(certificate: &Certificate) -> Result<(), Rule> {
    everyone(certificate)?;
    let constraints = extensions::read::<BasicConstraints>(certificate)?;
    if constraints.as_ref().is_some_and(|c| c.ca) {
        return Err(Rule::AuthorityAsEndEntity);
    }
    extensions::names_its_issuer(certificate)?;
    if constraints.is_some_and(|c| c.path_len_constraint.is_some()) {
        return Err(Rule::BasicConstraints);
    }
    let usage = extensions::read::<KeyUsage>(certificate)?.ok_or(Rule::KeyUsage)?;
    if usage.0.is_empty() || usage.key_cert_sign() || usage.crl_sign() {
        return Err(Rule::KeyUsage);
    }
    if extensions::read::<NameConstraints>(certificate)?.is_some() {
        return Err(Rule::NameConstraints);
    }
    Ok(())
}

fn authority_only(certificate: &Certificate) -> Result<(), Rule> {
    let constraints = extensions::read::<BasicConstraints>(certificate)?.ok_or(Rule::NotAnAuthority)?;
    let usage = extensions::read::<KeyUsage>(certificate)?.ok_or(Rule::KeyUsage)?;
    if !constraints.ca {
        return Err(Rule::NotAnAuthority);
    }
    if !usage.key_cert_sign() {
        return Err(Rule::KeyUsage);
    }
    if certificate.tbs().subject().is_empty() {
        return Err(Rule::Name);
    }
    extensions::names_its_key(certificate)?;
    match extensions::read::<NameConstraints>(certificate)? {
        Some(constraints) => names::constraints(&constraints),
        None => Ok(()),
    }
}

fn everyone(certificate: &Certificate) -> Result<(), Rule> {
    let tbs = certificate.tbs();
    if tbs.version() != Version::V3 {
        return Err(Rule::Version);
    }
    serial_number(certificate)?;
    let algorithm = tbs.signature();
    if algorithm != certificate.inner().signature_algorithm() || SignatureAlgorithm::of(algorithm).is_none() {
        return Err(Rule::SignatureAlgorithm);
    }
    if certificate.not_after() < certificate.not_before() {
        return Err(Rule::Validity);
    }
    if tbs.issuer().is_empty() {
        return Err(Rule::Name);
    }
    if tbs.issuer().iter().count() > ATTRIBUTES_MAX || tbs.subject().iter().count() > ATTRIBUTES_MAX {
        return Err(Rule::TooMany);
    }
    if tbs.issuer_unique_id().is_some() || tbs.subject_unique_id().is_some() {
        return Err(Rule::UniqueIdentifier);
    }
    public_key(certificate)?;
    extensions::check(certificate)?;
    if let Some(names) = extensions::read::<SubjectAltName>(certificate)? {
        names::alternative(&names)?;
    }
    // Last, so that a more telling rule is named first.
    if certificate.is_canonical() { Ok(()) } else { Err(Rule::NotCanonical) }
}

fn serial_number(certificate: &Certificate) -> Result<(), Rule> {
    let bytes = certificate.tbs().serial_number().as_bytes();
    let negative = bytes.first().is_none_or(|first| *first >= 0x80);
    let zero = bytes.iter().all(|b| *b == 0);
    if negative || zero || bytes.len() > 20 { Err(Rule::SerialNumber) } else { Ok(()) }
}

fn public_key(certificate: &Certificate) -> Result<(), Rule> {
    PublicKeyKind::of(certificate.spki_der()).and_then(|kind| kind.check(certificate.spki_der())).map_err(|fault| {
        match fault {
            SignatureError::WeakKey => Rule::WeakKey,
            _ => Rule::PublicKey,
        }
    })
}

/// Names times constraints, summed over a path, before the library multiplies them.
pub(super) fn work_is_bounded(path: &Path) -> Result<(), Refusal> {
    let constraints: usize = path
        .intermediates
        .iter()
        .chain([&path.anchor])
        .filter_map(|c| extensions::read::<NameConstraints>(c).ok().flatten())
        .map(|c| names::count(&c))
        .sum();
    if constraints > NAME_CONSTRAINTS_MAX { Err(Refusal::TooComplex) } else { Ok(()) }
}
