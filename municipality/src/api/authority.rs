//! The authority of the municipality's own systems: it gives them their certificates, and nobody else believes it.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::OrgCode;
use jiff::{SignedDuration, Timestamp};
use pki::issue::{Authority, AuthorityName, IssueError, OrganisationProfile, OrganisationUse, Validity};
use pki::key::KeyError;
use pki::{Certificate, CertificateError, KeyKind, SigningKey};
use runtime::SystemRng;
use zeroize::Zeroizing;

use crate::settings::Settings;

/// Certificates hold a little before they are made: other machines' clocks are behind.
const BEFORE: SignedDuration = SignedDuration::from_hours(1);
const AUTHORITY_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365 * 10);

/// Nothing was given.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file cannot be read or written.
    #[error("{} cannot be read or written", .0.display())]
    File(PathBuf, #[source] io::Error),
    /// Not a certificate.
    #[error("{} holds no certificate", .0.display())]
    Certificate(PathBuf, #[source] CertificateError),
    /// Not a key.
    #[error("{} holds no private key", .0.display())]
    Key(PathBuf, #[source] KeyError),
    /// A key could not be made.
    #[error("a key could not be made")]
    NewKey(#[from] KeyError),
    /// A certificate could not be made.
    #[error("a certificate could not be made")]
    Issue(#[from] IssueError),
}

/// Where the certificate is. Its key is beside it, unless the authority is somebody else's. Made when it is not there.
pub(super) fn ensured(settings: &Settings, now: Timestamp) -> Result<PathBuf, AuthorityError> {
    let path = settings.systems_anchor();
    if !path.exists() {
        make(&path, &settings.org, now)?;
    }
    Ok(path)
}

/// Opens the authority to give a certificate; makes it at the first time.
pub fn open(settings: &Settings, now: Timestamp) -> Result<Authority, AuthorityError> {
    let path = ensured(settings, now)?;
    let read =
        |path: &Path| std::fs::read_to_string(path).map_err(|error| AuthorityError::File(path.to_owned(), error));
    let certificate =
        Certificate::from_pem(&read(&path)?).map_err(|error| AuthorityError::Certificate(path.clone(), error))?;
    let key = path.with_extension("key");
    let text = Zeroizing::new(read(&key)?);
    let key = SigningKey::from_pkcs8_pem(&text).map_err(|error| AuthorityError::Key(key, error))?;
    Ok(Authority::new(certificate, key)?)
}

/// A certificate that holds for `life`, and its key, for one system, in `folder`: `client.pem` and `client.key`.
pub fn give(
    authority: &Authority,
    org: &OrgCode,
    now: Timestamp,
    life: SignedDuration,
    folder: &Path,
) -> Result<Certificate, AuthorityError> {
    let validity = Validity { not_before: now - BEFORE, not_after: now + life };
    std::fs::create_dir_all(folder).map_err(|error| AuthorityError::File(folder.to_owned(), error))?;
    let key = SigningKey::generate(KeyKind::P256)?;
    let profile = OrganisationProfile { org, usage: OrganisationUse::Tls, dns: &[], ips: &[] };
    let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut SystemRng)?;
    write(&folder.join("client.key"), &key.to_pkcs8_pem()?, 0o600)?;
    write(&folder.join("client.pem"), &certificate.to_pem(), 0o644)?;
    Ok(certificate)
}

/// The key first: a certificate without one could not be used, and would never be made again.
fn make(path: &Path, org: &OrgCode, now: Timestamp) -> Result<(), AuthorityError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| AuthorityError::File(folder.to_owned(), error))?;
    }
    let name = AuthorityName { organization: org.as_str(), unit: "own systems", common_name: "own systems CA" };
    let validity = Validity { not_before: now - BEFORE, not_after: now + AUTHORITY_LIFE };
    let key = SigningKey::generate(KeyKind::P256)?;
    let pem = key.to_pkcs8_pem()?;
    let authority = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng)?;
    write(&path.with_extension("key"), &pem, 0o600)?;
    write(path, &authority.certificate().to_pem(), 0o644)
}

/// Never over what is there.
pub(crate) fn write(path: &Path, text: &str, mode: u32) -> Result<(), AuthorityError> {
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let written = file.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| AuthorityError::File(path.to_owned(), error))
}
