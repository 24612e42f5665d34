//! The institution's keys at work: signs and seals what it answers, opens and verifies what it is answered.
//!
//! A provider signs its answer by CMS before sealing it by HPKE (B-GW-1), so that neither the core nor the requester
//! can put words in its mouth; the associated data bind the sealed payload to its exchange.

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use domain::OrgCode;
use jiff::Timestamp;
use pki::{
    Certificate, NotPublished, SigningKey, Usage, Verifier, VerifierError,
    cms::{self, CmsError, CmsRefusal},
    seal::{self, OpenError, SealError, Sealed},
};
use rand_core::CryptoRng;
use wire::correction_report::{PaddedReport, ReportContent, ReportContext, ReportReceipt};
use wire::mediation::{AnswerContent, SealContext, SealedPayload};

use crate::party::{DataDir, IdentityKind};

/// Keys and certificates of one organisation, and whose certificates it believes.
pub(super) struct Desk {
    org: OrgCode,
    signing_certificate: Certificate,
    signing_key: SigningKey,
    sealing_certificate: Certificate,
    sealing_key: SigningKey,
    organisations: Verifier,
}

/// Keys or certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A file is not there or not readable.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is no certificate.
    #[error("{path} holds no certificate")]
    Certificate {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: pki::CertificateError,
    },
    /// A file is no private key.
    #[error("{path} holds no private key")]
    Key {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: pki::key::KeyError,
    },
    /// The trust anchor cannot be used.
    #[error("the organisations' authority cannot be used")]
    Anchor(#[from] VerifierError),
}

/// What was received cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PayloadError {
    /// Not base64, or no certificate.
    #[error("the payload or certificate is malformed")]
    Malformed,
    /// The certificate is not accepted.
    #[error("the certificate is not accepted")]
    Certificate(#[source] pki::Refusal),
    /// The certificate is another organisation's.
    #[error("the certificate is another organisation's")]
    OtherOrganisation,
    /// Not sealed for us and this exchange.
    #[error("the payload cannot be opened")]
    Open(#[from] OpenError),
    /// Not signed as an answer must be.
    #[error("the signature is not accepted")]
    Signature(#[from] CmsRefusal),
    /// The content tells of another exchange.
    #[error("the content is that of another exchange")]
    OtherExchange,
    /// Signing failed.
    #[error("the answer could not be signed")]
    Sign(#[from] CmsError),
    /// Sealing failed.
    #[error("the answer could not be sealed")]
    Seal(#[from] SealError),
}

/// An answer on its way out or in, with the CMS that proves it (⑪).
pub(super) struct Signed<T> {
    pub(super) value: T,
    pub(super) cms: Vec<u8>,
}

impl Desk {
    pub(super) fn load(data: &DataDir, org: &OrgCode) -> Result<Self, DeskError> {
        let certificate = |kind| read_certificate(&data.certificate(org, kind));
        let key = |kind| read_key(&data.private_key(org, kind));
        let anchor = read_certificate(&data.anchor("org-ca"))?;
        Ok(Self {
            org: org.clone(),
            signing_certificate: certificate(IdentityKind::Sign)?,
            signing_key: key(IdentityKind::Sign)?,
            sealing_certificate: certificate(IdentityKind::Seal)?,
            sealing_key: key(IdentityKind::Seal)?,
            organisations: Verifier::new(vec![anchor], Vec::new())?,
        })
    }

    /// What others seal to, as it travels.
    pub(super) fn sealing_certificate(&self) -> String {
        Base64::encode_string(self.sealing_certificate.der())
    }

    /// Provider: is this the sealing certificate of `requester`, issued by the organisations' authority? The core's
    /// word is not enough.
    pub(super) fn accept_sealing_certificate(
        &self,
        base64: &str,
        requester: &OrgCode,
        now: Timestamp,
    ) -> Result<Certificate, PayloadError> {
        let der = Base64::decode_vec(base64).map_err(|_| PayloadError::Malformed)?;
        let certificate = Certificate::from_der(&der).map_err(|_| PayloadError::Malformed)?;
        self.accept(&certificate, requester, Usage::OrgSealing, now)?;
        Ok(certificate)
    }

    /// Provider: signs the content and seals it to the requester.
    pub(super) fn sign_and_seal(
        &self,
        content: &AnswerContent,
        to: &Certificate,
        exchange: &SealContext<'_>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Signed<SealedPayload>, PayloadError> {
        let json = serde_json::to_vec(content).map_err(|_| PayloadError::Malformed)?;
        let cms = cms::prepare(&json, &self.signing_certificate, now)?.sign(&self.signing_key, cms::Form::Attached)?;
        let sealed = seal::seal(to, SealContext::INFO, &exchange.aad(), &cms, rng)?;
        Ok(Signed {
            value: SealedPayload {
                encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
                ciphertext: Base64::encode_string(&sealed.ciphertext),
            },
            cms,
        })
    }

    /// Requester: opens the seal, verifies the provider's signature and that the content is of this exchange.
    pub(super) fn open_and_verify(
        &self,
        payload: &SealedPayload,
        exchange: &SealContext<'_>,
        now: Timestamp,
    ) -> Result<Signed<AnswerContent>, PayloadError> {
        let cms = seal::open(&self.sealing_key, SealContext::INFO, &exchange.aad(), &sealed(payload)?)?;
        let verified = cms::verify(&cms, None)?;
        self.accept(&verified.signer, exchange.provider, Usage::OrgSigning, now)?;
        let content: AnswerContent = serde_json::from_slice(&verified.content).map_err(|_| PayloadError::Malformed)?;
        let ours = content.id == *exchange.id
            && content.provider == *exchange.provider
            && content.info_kind == *exchange.info_kind;
        if !ours {
            return Err(PayloadError::OtherExchange);
        }
        Ok(Signed { value: content, cms: cms.to_vec() })
    }

    /// Opens a report that was sealed to this institution, and sees that its reporter signed it, for this institution,
    /// and that it is the one that was announced.
    pub(super) fn open_report(
        &self,
        payload: &SealedPayload,
        way: &ReportContext<'_>,
        now: Timestamp,
    ) -> Result<ReportContent, PayloadError> {
        let padded = seal::open(&self.sealing_key, ReportContext::INFO, &way.aad(), &sealed(payload)?)?;
        let verified = cms::verify(PaddedReport::cms(&padded).ok_or(PayloadError::Malformed)?, None)?;
        self.accept(&verified.signer, way.reporter, Usage::OrgSigning, now)?;
        let content: ReportContent = serde_json::from_slice(&verified.content).map_err(|_| PayloadError::Malformed)?;
        let ours = content.id == *way.id && content.provider == *way.provider && content.info_kind == *way.info_kind;
        if ours { Ok(content) } else { Err(PayloadError::OtherExchange) }
    }

    /// Signs that a report is kept, as it travels.
    pub(super) fn sign_receipt(&self, receipt: &ReportReceipt, now: Timestamp) -> Result<String, PayloadError> {
        let json = serde_json::to_vec(receipt).map_err(|_| PayloadError::Malformed)?;
        let cms = cms::prepare(&json, &self.signing_certificate, now)?.sign(&self.signing_key, cms::Form::Attached)?;
        Ok(Base64::encode_string(&cms))
    }

    fn accept(
        &self,
        certificate: &Certificate,
        org: &OrgCode,
        usage: Usage,
        now: Timestamp,
    ) -> Result<(), PayloadError> {
        self.organisations.verify(certificate, &[], usage, now, &NotPublished).map_err(PayloadError::Certificate)?;
        match pki::org_code(certificate) {
            Ok(found) if found == *org => Ok(()),
            _ => Err(PayloadError::OtherOrganisation),
        }
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Desk({})", self.org)
    }
}

fn sealed(payload: &SealedPayload) -> Result<Sealed, PayloadError> {
    let decode = |text: &str| Base64::decode_vec(text).map_err(|_| PayloadError::Malformed);
    Ok(Sealed { encapsulated_key: decode(&payload.encapsulated_key)?, ciphertext: decode(&payload.ciphertext)? })
}

fn read(path: &Path) -> Result<String, DeskError> {
    std::fs::read_to_string(path).map_err(|source| DeskError::Read { path: path.to_owned(), source })
}

pub(super) fn read_certificate(path: &Path) -> Result<Certificate, DeskError> {
    Certificate::from_pem(&read(path)?).map_err(|source| DeskError::Certificate { path: path.to_owned(), source })
}

fn read_key(path: &Path) -> Result<SigningKey, DeskError> {
    let pem = zeroize::Zeroizing::new(read(path)?);
    SigningKey::from_pkcs8_pem(&pem).map_err(|source| DeskError::Key { path: path.to_owned(), source })
}
