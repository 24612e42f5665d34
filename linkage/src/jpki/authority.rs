//! The two certification authorities and their OCSP responders.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use domain::FourInfo;
use jiff::{SignedDuration, Timestamp};
use pki::{
    Certificate, CertificateError, SigningKey,
    issue::{Authority, IssueError, JpkiEndpoints, Validity},
    key::KeyError,
    ocsp::Responder,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    jpki::CertificateKind,
    party::{DataDir, JPKI},
};

/// How long a responder's certificate lasts; it has `ocsp-nocheck`, so it is short and made anew.
const RESPONDER_LIFE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Made anew after this.
const RESPONDER_RENEWAL: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Verifiers' clocks may be this much behind.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(10);

/// An authority cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JpkiAuthorityError {
    /// A file is missing or not readable.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A key file.
    #[error("a key of JPKI is not usable")]
    Key(#[from] KeyError),
    /// A certificate file.
    #[error("a certificate of JPKI is not usable")]
    Certificate(#[from] CertificateError),
    /// Nothing could be issued.
    #[error("JPKI cannot issue")]
    Issue(#[from] IssueError),
}

/// Where the files of one authority lie.
pub struct AuthorityFiles {
    /// The trust anchor, readable by everybody.
    pub certificate: PathBuf,
    /// The authority's key.
    pub key: PathBuf,
    /// The OCSP responder's key.
    pub responder_key: PathBuf,
}

impl AuthorityFiles {
    /// In the data directory.
    pub fn new(data: &DataDir, kind: CertificateKind) -> Self {
        let own = data.org(&JPKI);
        Self {
            certificate: data.anchor(&format!("jpki-{}-ca", kind.name())),
            key: own.join(format!("{}-ca.key", kind.name())),
            responder_key: own.join(format!("{}-ocsp.key", kind.name())),
        }
    }
}

/// Both authorities.
pub struct Authorities {
    signature: Ca,
    authentication: Ca,
}

/// One authority.
pub(super) struct Ca {
    authority: Authority,
    kind: CertificateKind,
    responder_key: Zeroizing<String>,
    responder: Mutex<Option<(Timestamp, Arc<Responder>)>>,
    crl_url: String,
    ocsp_url: String,
}

impl Authorities {
    /// Reads both; `http` is the base address that certificates name for CRL and OCSP.
    pub fn read(data: &DataDir, http: &str) -> Result<Self, JpkiAuthorityError> {
        Ok(Self {
            signature: Ca::read(data, CertificateKind::Signature, http)?,
            authentication: Ca::read(data, CertificateKind::Authentication, http)?,
        })
    }

    pub(super) fn of(&self, kind: CertificateKind) -> &Ca {
        match kind {
            CertificateKind::Signature => &self.signature,
            CertificateKind::Authentication => &self.authentication,
        }
    }
}

impl Ca {
    fn read(data: &DataDir, kind: CertificateKind, http: &str) -> Result<Self, JpkiAuthorityError> {
        let files = AuthorityFiles::new(data, kind);
        let certificate = Certificate::from_pem(&text(&files.certificate)?)?;
        Ok(Self {
            authority: Authority::new(certificate, SigningKey::from_pkcs8_pem(&text(&files.key)?)?)?,
            kind,
            responder_key: text(&files.responder_key)?,
            responder: Mutex::new(None),
            crl_url: format!("{http}{}", kind.crl_path()),
            ocsp_url: format!("{http}{}", kind.ocsp_path()),
        })
    }

    pub(super) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The signature certificate: carries the 4-info of this moment.
    pub(super) fn issue_signature(
        &self,
        four_info: &FourInfo,
        spki_der: &[u8],
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        self.authority.jpki_signature(four_info, spki_der, &self.endpoints(), validity, rng)
    }

    /// The authentication certificate: no 4-info can reach it (N-22).
    pub(super) fn issue_authentication(
        &self,
        spki_der: &[u8],
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        self.authority.jpki_authentication(spki_der, &self.endpoints(), validity, rng)
    }

    fn endpoints(&self) -> JpkiEndpoints<'_> {
        JpkiEndpoints { crl: &self.crl_url, ocsp: &self.ocsp_url }
    }

    /// Whoever signs OCSP answers at this moment.
    pub(super) fn responder(
        &self,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Arc<Responder>, IssueError> {
        let mut current = self.responder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, responder)) = current.as_ref()
            && *since <= now
            && now < *since + RESPONDER_RENEWAL
        {
            return Ok(Arc::clone(responder));
        }
        let key = SigningKey::from_pkcs8_pem(&self.responder_key)?;
        let validity = Validity { not_before: now - CLOCK_SKEW, not_after: now + RESPONDER_LIFE };
        let name = format!("JPKI {} OCSP responder", self.kind.name());
        let certificate = self.authority.ocsp_responder(&name, key.spki_der(), validity, rng)?;
        let responder = Arc::new(Responder::new(self.authority.certificate().clone(), certificate, key)?);
        *current = Some((now, Arc::clone(&responder)));
        Ok(responder)
    }
}

fn text(path: &Path) -> Result<Zeroizing<String>, JpkiAuthorityError> {
    fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|source| JpkiAuthorityError::Read { path: path.to_owned(), source })
}
