//! The authority of the municipality's own systems: it gives them their certificates, and nobody else believes it.

use std::fs::{File, OpenOptions};
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

/// Of those who come here at the same time one makes it.
fn make(path: &Path, org: &OrgCode, now: Timestamp) -> Result<(), AuthorityError> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| AuthorityError::File(folder.to_owned(), error))?;
    let lock = path.with_extension("lock");
    let failed = |error| AuthorityError::File(lock.clone(), error);
    let locked = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&lock).map_err(failed)?;
    locked.lock().map_err(failed)?;
    if !path.exists() {
        make_alone(path, folder, org, now)?;
    }
    // Who waits for it, or makes another one now, finds the certificate: it matters no more.
    let _ = std::fs::remove_file(&lock);
    Ok(())
}

/// The certificate last: where it is, its key is beside it, whenever the program or the machine stops.
fn make_alone(path: &Path, folder: &Path, org: &OrgCode, now: Timestamp) -> Result<(), AuthorityError> {
    let durable = || {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| AuthorityError::File(folder.to_owned(), error))
    };
    let name = AuthorityName { organization: org.as_str(), unit: "own systems", common_name: "own systems CA" };
    let validity = Validity { not_before: now - BEFORE, not_after: now + AUTHORITY_LIFE };
    let key = ensured_key(&path.with_extension("key"))?;
    durable()?;
    let authority = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng)?;
    put(path, &authority.certificate().to_pem(), 0o644)?;
    durable()
}

/// A key without its certificate is what is left of a first start that was stopped: it is used. What is no key is not.
fn ensured_key(path: &Path) -> Result<SigningKey, AuthorityError> {
    let failed = |error| AuthorityError::File(path.to_owned(), error);
    if path.exists() {
        let text = Zeroizing::new(std::fs::read(path).map_err(failed)?);
        let key = std::str::from_utf8(&text).ok().and_then(|text| SigningKey::from_pkcs8_pem(text).ok());
        if let Some(key) = key {
            return Ok(key);
        }
        tracing::warn!(path = %path.display(), "what is there is no key and has no certificate: both are made anew");
    }
    let key = SigningKey::generate(KeyKind::P256)?;
    put(path, &key.to_pkcs8_pem()?, 0o600)?;
    Ok(key)
}

/// Whole or not at all: under another name first. What is left there of an earlier try goes.
fn put(path: &Path, text: &str, mode: u32) -> Result<(), AuthorityError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(AuthorityError::File(new, error)),
        _ => {}
    }
    write(&new, text, mode)?;
    std::fs::rename(&new, path).map_err(|error| AuthorityError::File(path.to_owned(), error))
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    struct Ground {
        path: PathBuf,
        folder: tempfile::TempDir,
    }

    impl Ground {
        fn empty() -> Self {
            let folder = tempfile::tempdir().unwrap();
            Self { path: folder.path().join("data/141003-systems-ca.pem"), folder }
        }

        fn made(&self) -> String {
            make(&self.path, &"141003".parse().unwrap(), "2026-11-21T05:05:00Z".parse().unwrap()).unwrap();
            let certificate = std::fs::read_to_string(&self.path).unwrap();
            let key = std::fs::read_to_string(self.key()).unwrap();
            let key = SigningKey::from_pkcs8_pem(&key).unwrap();
            assert!(Authority::new(Certificate::from_pem(&certificate).unwrap(), key).is_ok());
            certificate
        }

        fn key(&self) -> PathBuf {
            self.path.with_extension("key")
        }

        fn files(&self) -> usize {
            std::fs::read_dir(self.folder.path().join("data")).unwrap().count()
        }
    }

    #[test]
    fn wherever_the_first_start_was_stopped_the_next_one_makes_an_authority() {
        let ground = Ground::empty();
        let first = ground.made();
        assert_eq!(std::fs::metadata(ground.key()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(ground.made(), first, "what is there stays");

        let key = std::fs::read(ground.key()).unwrap();
        std::fs::remove_file(&ground.path).unwrap();
        std::fs::write(ground.path.with_extension("pem.new"), "-----BEGIN").unwrap();
        assert_ne!(ground.made(), first);
        assert_eq!(std::fs::read(ground.key()).unwrap(), key, "a key that is whole is used");

        std::fs::remove_file(&ground.path).unwrap();
        std::fs::write(ground.key(), &key[..40]).unwrap();
        std::fs::write(ground.path.with_extension("key.new"), &key[..50]).unwrap();
        ground.made();
        assert_eq!(ground.files(), 2, "nothing else is left");
    }

    #[test]
    fn of_many_who_start_at_once_one_makes_it() {
        let ground = Ground::empty();
        std::thread::scope(|scope| {
            let makers: Vec<_> = (0..8).map(|_| scope.spawn(|| ground.made())).collect();
            let made: std::collections::BTreeSet<_> = makers.into_iter().map(|maker| maker.join().unwrap()).collect();
            assert_eq!(made.len(), 1);
        });
    }
}
