//! Where the demo keeps what: one place that knows the paths.

use std::path::{Path, PathBuf};

use domain::OrgCode;
use runtime::tls::{Identity, PemError, TlsError};
use rustls_pki_types::CertificateDer;

/// The data directory, `data/` by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir(PathBuf);

/// What an organisation's certificate is for. Each has its own key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityKind {
    /// Its channel, as server and as client.
    Tls,
    /// Its CMS signatures.
    Sign,
    /// What is sealed for it.
    Seal,
}

/// A channel's certificate, key or trust anchor is not usable.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file.
    #[error("a certificate or key file is not usable")]
    Pem(#[from] PemError),
    /// What the files hold.
    #[error("certificate, key or trust anchor is not usable for TLS")]
    Tls(#[from] TlsError),
}

impl IdentityKind {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Tls, Self::Sign, Self::Seal];

    /// As in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Sign => "sign",
            Self::Seal => "seal",
        }
    }
}

impl DataDir {
    /// The directory at `path`, which need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Addresses of all parties.
    pub fn parties_file(&self) -> PathBuf {
        self.0.join("parties.toml")
    }

    /// Where institutions have sites of their own.
    pub fn sites_file(&self) -> PathBuf {
        self.0.join("sites.toml")
    }

    /// What was built here, from which seed.
    pub fn world_file(&self) -> PathBuf {
        self.0.join("world.toml")
    }

    /// A trust anchor: `org-ca`, `jpki-signature-ca` or `jpki-authentication-ca`.
    pub fn anchor(&self, name: &str) -> PathBuf {
        self.0.join("pki").join(format!("{name}.pem"))
    }

    /// Everything that belongs to one organisation alone.
    pub fn org(&self, org: &OrgCode) -> PathBuf {
        self.0.join("orgs").join(org.as_str())
    }

    /// Certificate of an organisation.
    pub fn certificate(&self, org: &OrgCode, kind: IdentityKind) -> PathBuf {
        self.org(org).join(format!("{}.pem", kind.name()))
    }

    /// Private key of an organisation, PKCS#8 PEM, mode 0600.
    pub fn private_key(&self, org: &OrgCode, kind: IdentityKind) -> PathBuf {
        self.org(org).join(format!("{}.key", kind.name()))
    }

    /// A party's own database: `core` or an organisation code, lower case.
    pub fn database(&self, party: &str) -> PathBuf {
        self.0.join("linkage").join(format!("{}.sqlite", party.to_ascii_lowercase()))
    }

    /// Chips and the demo table.
    pub fn cards(&self) -> PathBuf {
        self.0.join("cards")
    }

    /// What an organisation shows on its channel.
    pub fn tls_identity(&self, org: &OrgCode) -> Result<Identity, IdentityError> {
        let certificate = self.certificate(org, IdentityKind::Tls);
        Ok(Identity::from_pem_files(&certificate, self.private_key(org, IdentityKind::Tls))?)
    }

    /// Who may issue certificates of organisations.
    pub fn organisation_anchors(&self) -> Result<Vec<CertificateDer<'static>>, IdentityError> {
        Ok(runtime::tls::anchors_from_pem_file(self.anchor("org-ca"))?)
    }
}
