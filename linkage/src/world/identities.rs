//! Keys and certificates of everybody: the organisations' authority, the two authorities of JPKI, and three
//! certificates for each organisation. What is there stays; what is missing is made.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
};

use domain::OrgCode;
use jiff::{SignedDuration, Timestamp};
use pki::{
    Certificate, CertificateError, SigningKey,
    issue::{Authority, AuthorityName, IssueError, OrganisationProfile, OrganisationUse, Validity},
    key::{KeyError, KeyKind},
};
use rand_core::CryptoRng;

use crate::{
    jlis,
    jpki::{AuthorityFiles, CertificateKind},
    numbers,
    party::{DataDir, Directory, IdentityKind, SecretKey},
    world::files::{Access, FileError, read, write_once},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Certificates begin this much before the world, so that past days can be simulated.
const DAYS_BEFORE: i32 = 800;
const AUTHORITY_DAYS: i32 = 365 * 25;
const ORGANISATION_DAYS: i32 = 365 * 12;

/// Keys or certificates could not be made.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key.
    #[error("a key cannot be made or read")]
    Key(#[from] KeyError),
    /// A certificate that is there is damaged.
    #[error("a certificate that is there is damaged")]
    Certificate(#[from] CertificateError),
    /// Issuing.
    #[error("a certificate cannot be issued")]
    Issue(#[from] IssueError),
}

/// Makes whatever is missing.
pub(super) fn complete(
    data: &DataDir,
    orgs: &[OrgCode],
    made_at: Timestamp,
    seeded: &mut (impl CryptoRng + ?Sized),
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(), IdentityError> {
    let organisations =
        AuthorityName { organization: "My Portal Demo", unit: "Organisations", common_name: "organisation CA" };
    let org_key = data.path().join("orgs").join("org-ca.key");
    let authority = authority(&data.anchor("org-ca"), &org_key, KeyKind::P256, &organisations, made_at, rng)?;
    for org in orgs {
        for kind in IdentityKind::ALL {
            organisation(data, &authority, org, kind, made_at, rng)?;
        }
    }
    for (kind, unit) in [
        (CertificateKind::Signature, "JPKI for digital signature"),
        (CertificateKind::Authentication, "JPKI for user authentication"),
    ] {
        let files = AuthorityFiles::new(data, kind);
        let name = AuthorityName { organization: "JPKI (demo)", unit, common_name: kind.name() };
        self::authority(&files.certificate, &files.key, KeyKind::Rsa2048, &name, made_at, rng)?;
        key(&files.responder_key, KeyKind::Rsa2048)?;
    }
    // Drawn from the seed, so that the same seed gives the same 番号. Only a demo does that.
    let number_key = SecretKey::generate(seeded);
    write_once(&numbers::key_file(data), number_key.to_hex().as_bytes(), Access::Owner)?;
    write_once(&jlis::key_file(data), SecretKey::generate(rng).to_hex().as_bytes(), Access::Owner)?;
    Ok(())
}

/// Reads a key, or makes it.
fn key(path: &Path, kind: KeyKind) -> Result<SigningKey, IdentityError> {
    if !path.exists() {
        let key = SigningKey::generate(kind)?;
        write_once(path, key.to_pkcs8_pem()?.as_bytes(), Access::Owner)?;
    }
    Ok(SigningKey::from_pkcs8_pem(&zeroize::Zeroizing::new(read(path)?))?)
}

fn authority(
    certificate: &Path,
    key_file: &Path,
    kind: KeyKind,
    name: &AuthorityName<'_>,
    made_at: Timestamp,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Authority, IdentityError> {
    let key = key(key_file, kind)?;
    if certificate.exists() {
        return Ok(Authority::new(Certificate::from_pem(&read(certificate)?)?, key)?);
    }
    let authority = Authority::self_signed(name, key, validity(made_at, AUTHORITY_DAYS), Some(0), rng)?;
    write_once(certificate, authority.certificate().to_pem().as_bytes(), Access::Everybody)?;
    Ok(authority)
}

fn organisation(
    data: &DataDir,
    authority: &Authority,
    org: &OrgCode,
    kind: IdentityKind,
    made_at: Timestamp,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(), IdentityError> {
    let key = key(&data.private_key(org, kind), KeyKind::P256)?;
    let path = data.certificate(org, kind);
    if path.exists() {
        return Ok(());
    }
    let host = Directory::host(org);
    let (usage, dns, ips): (_, &[&str], &[IpAddr]) = match kind {
        IdentityKind::Tls => (OrganisationUse::Tls, &[&host], &[IpAddr::V4(Ipv4Addr::LOCALHOST)]),
        IdentityKind::Sign => (OrganisationUse::Signing, &[], &[]),
        IdentityKind::Seal => (OrganisationUse::Sealing, &[], &[]),
    };
    let profile = OrganisationProfile { org, usage, dns, ips };
    let certificate = authority.organisation(&profile, key.spki_der(), validity(made_at, ORGANISATION_DAYS), rng)?;
    write_once(&path, certificate.to_pem().as_bytes(), Access::Everybody)?;
    Ok(())
}

fn validity(made_at: Timestamp, days: i32) -> Validity {
    Validity { not_before: made_at - DAY * DAYS_BEFORE, not_after: made_at + DAY * days }
}
