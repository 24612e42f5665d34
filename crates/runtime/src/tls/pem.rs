//! Certificates and keys in PEM files.

use std::fmt;
use std::path::{Path, PathBuf};

use rustls_pki_types::pem::{self, PemObject};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

/// Who a program is on its connections: a certificate chain (leaf first) and its private key.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

/// Why a PEM file is of no use. The file is always named.
#[derive(Debug, thiserror::Error)]
pub enum PemError {
    /// The file cannot be read.
    #[error("cannot read {}", file.display())]
    Read {
        /// Which file.
        file: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is not PEM, or what is between its markers is not what they say.
    #[error("{} is not a PEM file", file.display())]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// What the parser says.
        source: pem::Error,
    },
    /// The file is PEM but holds no certificate.
    #[error("{} holds no certificate", file.display())]
    NoCertificate {
        /// Which file.
        file: PathBuf,
    },
    /// The file is PEM but holds no private key.
    #[error("{} holds no private key", file.display())]
    NoKey {
        /// Which file.
        file: PathBuf,
    },
}

impl Identity {
    /// Reads the chain (leaf first) from `cert` and the key (PKCS#8, SEC1 or PKCS#1) from `key`.
    ///
    /// # Errors
    /// See [`PemError`].
    pub fn from_pem_files(cert: impl AsRef<Path>, key: impl AsRef<Path>) -> Result<Self, PemError> {
        let chain = certificates(cert.as_ref())?;
        let key = private_key(key.as_ref())?;
        Ok(Self { chain, key })
    }

    pub(super) fn chain(&self) -> Vec<CertificateDer<'static>> {
        self.chain.clone()
    }

    pub(super) fn key(&self) -> PrivateKeyDer<'static> {
        self.key.clone_key()
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Self { chain: self.chain(), key: self.key() }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity")
    }
}

/// Every certificate in the file, in its order; at least one.
///
/// # Errors
/// See [`PemError`].
pub fn anchors_from_pem_file(path: impl AsRef<Path>) -> Result<Vec<CertificateDer<'static>>, PemError> {
    certificates(path.as_ref())
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, PemError> {
    let text = read(file)?;
    let found: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&text).collect();
    match found {
        Err(source) => Err(PemError::Malformed { file: file.to_owned(), source }),
        Ok(none) if none.is_empty() => Err(PemError::NoCertificate { file: file.to_owned() }),
        Ok(certificates) => Ok(certificates),
    }
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, PemError> {
    let text = read(file)?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|source| match source {
        pem::Error::NoItemsFound => PemError::NoKey { file: file.to_owned() },
        source => PemError::Malformed { file: file.to_owned(), source },
    })
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, PemError> {
    std::fs::read(file).map(Zeroizing::new).map_err(|source| PemError::Read { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::testing::Authority;

    fn written(content: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        file
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let refused = anchors_from_pem_file("/nowhere/ca.pem").unwrap_err();
        assert!(matches!(refused, PemError::Read { .. }));
        assert!(refused.to_string().contains("/nowhere/ca.pem"));
    }

    #[test]
    fn a_file_without_a_certificate_is_no_anchor() {
        let file = written("hello");
        let refused = anchors_from_pem_file(file.path()).unwrap_err();
        assert!(matches!(refused, PemError::NoCertificate { .. }));
    }

    #[test]
    fn a_broken_certificate_is_told_from_a_missing_one() {
        let file = written("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
        let refused = anchors_from_pem_file(file.path()).unwrap_err();
        assert!(matches!(refused, PemError::Malformed { .. }));
    }

    #[test]
    fn an_identity_needs_a_key() {
        let certificate = written("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        let refused = Identity::from_pem_files(certificate.path(), certificate.path()).unwrap_err();
        assert!(matches!(refused, PemError::NoKey { .. }));
        assert!(refused.to_string().contains(&*certificate.path().to_string_lossy()));
    }

    #[test]
    fn an_identity_shows_its_type_only() {
        let identity = Authority::new("parties").issues("core.party");
        assert_eq!(format!("{identity:?}"), "Identity");
    }
}
