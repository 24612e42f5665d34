//! Issuing: authorities, organisation certificates, card certificates in the shape of JPKI, responder certificates and
//! revocation lists. Used by the demo's authorities and by tests.

mod draft;
mod jpki;
mod list;
mod organisation;

use jiff::Timestamp;
use rand_core::CryptoRng;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, KeyUsage, KeyUsages};
use x509_cert::name::Name;

pub(crate) use draft::{Draft, tlv};
#[cfg(test)]
pub(crate) use draft::{key_identifier, signed};
pub use jpki::JpkiEndpoints;
pub(crate) use jpki::{AUTHENTICATION_POLICY, SIGNATURE_POLICY};
#[cfg(test)]
pub(crate) use list::extension;
pub use list::{CrlTimes, RevokedCertificate};
pub use organisation::{OrganisationProfile, OrganisationUse};

use crate::key::{KeyError, SigningKey};
use crate::{Certificate, CertificateError};

/// From when to when a certificate holds, both seconds included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First second.
    pub not_before: Timestamp,
    /// Last second.
    pub not_after: Timestamp,
}

/// The name of an authority.
#[derive(Clone, Copy, Debug)]
pub struct AuthorityName<'a> {
    /// O, e.g. `JPKI`.
    pub organization: &'a str,
    /// OU, e.g. `JPKI for digital signature`.
    pub unit: &'a str,
    /// CN, e.g. `signature CA G1`.
    pub common_name: &'a str,
}

/// Nothing was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// A name, time, address or serial number cannot be written into a certificate.
    #[error("a name, a time or an address does not fit into a certificate")]
    Unwritable,
    /// The subject's key is malformed, weak or of a kind that is not accepted.
    #[error("the subject's key is not accepted")]
    SubjectKey,
    /// The key does not belong to the authority's certificate.
    #[error("the key does not belong to the authority's certificate")]
    WrongKey,
    /// Signing failed.
    #[error("signing failed")]
    Key(#[from] KeyError),
}

impl From<der::Error> for IssueError {
    fn from(_: der::Error) -> Self {
        Self::Unwritable
    }
}

impl From<CertificateError> for IssueError {
    fn from(_: CertificateError) -> Self {
        Self::Unwritable
    }
}

/// An authority: a CA certificate with its key.
#[derive(Debug)]
pub struct Authority {
    certificate: Certificate,
    key: SigningKey,
}

impl Authority {
    /// Makes a trust anchor: a self-signed CA certificate. `path_len` is how many intermediate authorities may follow.
    pub fn self_signed(
        name: &AuthorityName<'_>,
        key: SigningKey,
        validity: Validity,
        path_len: Option<u8>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, IssueError> {
        let name = name.to_name()?;
        let draft = Draft::new(name.clone(), key.spki_der(), validity, rng)?;
        let draft = authority_extensions(draft, path_len)?;
        let der = draft.authority_key_of(key.spki_der())?.sign(&name, &key)?;
        Ok(Self { certificate: Certificate::from_der(&der)?, key })
    }

    /// Makes an authority beneath this one.
    pub fn intermediate(
        &self,
        name: &AuthorityName<'_>,
        key: SigningKey,
        validity: Validity,
        path_len: Option<u8>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, IssueError> {
        let draft = Draft::new(name.to_name()?, key.spki_der(), validity, rng)?;
        let draft = authority_extensions(draft, path_len)?.extend(&any_policy())?;
        let certificate = self.issue(draft)?;
        Ok(Self { certificate, key })
    }

    /// Puts a stored certificate and its key together again.
    pub fn new(certificate: Certificate, key: SigningKey) -> Result<Self, IssueError> {
        if certificate.spki_der() == key.spki_der() { Ok(Self { certificate, key }) } else { Err(IssueError::WrongKey) }
    }

    /// The authority's own certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The authority's key.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Adds the authority's key identifier and signs.
    pub(crate) fn issue(&self, draft: Draft) -> Result<Certificate, IssueError> {
        let der =
            draft.authority_key_of(self.certificate.spki_der())?.sign(self.certificate.tbs().subject(), &self.key)?;
        Ok(Certificate::from_der(&der)?)
    }
}

impl AuthorityName<'_> {
    fn to_name(self) -> Result<Name, IssueError> {
        use const_oid::db::rfc4519;
        draft::name(&[
            (rfc4519::COUNTRY_NAME, "JP"),
            (rfc4519::ORGANIZATION_NAME, self.organization),
            (rfc4519::ORGANIZATIONAL_UNIT_NAME, self.unit),
            (rfc4519::COMMON_NAME, self.common_name),
        ])
    }
}

fn authority_extensions(draft: Draft, path_len: Option<u8>) -> Result<Draft, IssueError> {
    draft
        .extend(&BasicConstraints { ca: true, path_len_constraint: path_len })?
        .extend(&KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign))
}

/// Without it the path below an intermediate authority has no policy at all (RFC 5280 §6.1.3 (e)).
fn any_policy() -> CertificatePolicies {
    CertificatePolicies(vec![PolicyInformation {
        policy_identifier: const_oid::db::rfc5280::ANY_POLICY,
        policy_qualifiers: None,
    }])
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
