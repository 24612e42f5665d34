//! Opens what an institution sealed for the portal, and believes it only when the institution signed it for this very
//! question (B-GW-1, P-INF-11).

use base64ct::{Base64, Encoding as _};
use jiff::Timestamp;
use pki::seal::{self, Sealed};
use pki::{Certificate, NotPublished, SigningKey, Usage, Verifier, cms};
use rand_core::CryptoRng;
use wire::correction_report::{PaddedReport, ReportContent, ReportContext, ReportReceipt};
use wire::mediation::{AnswerContent, SealContext, SealedPayload};
use zeroize::Zeroizing;

/// Keys of the portal, and whose certificates it believes.
#[derive(Clone, Debug)]
pub struct DeskSettings {
    /// The portal's sealing certificate, PEM.
    pub sealing_certificate_pem: String,
    /// Its key, PKCS#8 PEM.
    pub sealing_key_pem: Zeroizing<String>,
    /// The portal's signing certificate, PEM.
    pub signing_certificate_pem: String,
    /// Its key, PKCS#8 PEM.
    pub signing_key_pem: Zeroizing<String>,
    /// The organisations' authority, PEM.
    pub organisations_anchor_pem: String,
}

/// The portal cannot be sealed to.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// No certificate.
    #[error("a file holds no certificate")]
    Certificate(#[from] pki::CertificateError),
    /// No key.
    #[error("a file holds no private key")]
    Key(#[from] pki::key::KeyError),
    /// No authority.
    #[error("the organisations' authority cannot be used")]
    Anchor(#[from] pki::VerifierError),
}

/// The portal's desk for answers of institutions.
pub struct Desk {
    sealing_certificate: String,
    sealing_key: SigningKey,
    signing_certificate: Certificate,
    signing_key: SigningKey,
    organisations: Verifier,
    authority_pem: String,
}

/// An answer that is believed.
pub(super) struct Believed {
    pub(super) content: AnswerContent,
    /// DER of the CMS, the content inside.
    pub(super) signed: Zeroizing<Vec<u8>>,
}

/// Why an answer is not believed. For the log; the person hears one thing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Disbelief {
    #[error("the answer is malformed")]
    Malformed,
    #[error("the answer was not sealed for this question")]
    Unopened(#[from] seal::OpenError),
    #[error("the answer is not signed as it must be")]
    Signature(#[from] cms::CmsRefusal),
    #[error("the signer is not to be believed")]
    Signer(#[from] cms::CmsJudgement),
    #[error("another organisation signed")]
    OtherOrganisation,
    #[error("the answer tells of another question")]
    OtherQuestion,
    #[error("the certificate to seal to is not to be believed")]
    Certificate(#[from] pki::Refusal),
    #[error("the portal cannot sign")]
    Unsigned(#[from] cms::CmsError),
    #[error("nothing can be sealed to the certificate")]
    Unsealed(#[from] seal::SealError),
}

impl Desk {
    /// Reads keys and certificates.
    pub fn new(settings: &DeskSettings) -> Result<Self, DeskError> {
        let certificate = Certificate::from_pem(&settings.sealing_certificate_pem)?;
        let anchors = Certificate::many_from_pem(&settings.organisations_anchor_pem)?;
        Ok(Self {
            sealing_certificate: Base64::encode_string(certificate.der()),
            sealing_key: SigningKey::from_pkcs8_pem(&settings.sealing_key_pem)?,
            signing_certificate: Certificate::from_pem(&settings.signing_certificate_pem)?,
            signing_key: SigningKey::from_pkcs8_pem(&settings.signing_key_pem)?,
            organisations: Verifier::new(anchors, Vec::new())?,
            authority_pem: settings.organisations_anchor_pem.clone(),
        })
    }

    /// What institutions seal to, as it travels.
    pub(crate) fn sealing_certificate(&self) -> &str {
        &self.sealing_certificate
    }

    /// The organisations' authority, for whoever checks a file by himself.
    pub(crate) fn authority_pem(&self) -> &str {
        &self.authority_pem
    }

    pub(super) fn believe(
        &self,
        payload: &SealedPayload,
        question: &SealContext<'_>,
        now: Timestamp,
    ) -> Result<Believed, Disbelief> {
        let signed = self.unseal(SealContext::INFO, &question.aad(), payload)?;
        let told = self.signed_by(question.provider, &signed, now)?;
        let content: AnswerContent = serde_json::from_slice(&told).map_err(|_| Disbelief::Malformed)?;
        let ours = content.id == *question.id
            && content.provider == *question.provider
            && content.info_kind == *question.info_kind;
        if ours { Ok(Believed { content, signed }) } else { Err(Disbelief::OtherQuestion) }
    }
}

impl Desk {
    /// Signs a report as the portal, so that nobody on the way can write one in somebody's name, and seals it to an
    /// institution, whose certificate the core brought: it is believed only as a sealing certificate
    /// of that very organisation, so that the core cannot put its own in its place (N-5).
    pub(super) fn seal_report(
        &self,
        content: &ReportContent,
        way: &ReportContext<'_>,
        certificate: &str,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<SealedPayload, Disbelief> {
        let json = Zeroizing::new(serde_json::to_vec(content).map_err(|_| Disbelief::Malformed)?);
        let signed = self.sign(&json, now)?;
        let padded = Zeroizing::new(PaddedReport::of(&signed).ok_or(Disbelief::Malformed)?);
        self.seal_to(way.provider, certificate, (ReportContext::INFO, &way.aad()), &padded, now, rng)
    }

    /// That the institution has a report, as the institution itself signed it.
    pub(super) fn believe_receipt(
        &self,
        signed: &str,
        way: &ReportContext<'_>,
        now: Timestamp,
    ) -> Result<ReportReceipt, Disbelief> {
        let cms = Base64::decode_vec(signed).map_err(|_| Disbelief::Malformed)?;
        let told = self.signed_by(way.provider, &cms, now)?;
        let receipt: ReportReceipt = serde_json::from_slice(&told).map_err(|_| Disbelief::Malformed)?;
        let ours = receipt.id == *way.id && receipt.provider == *way.provider;
        if ours { Ok(receipt) } else { Err(Disbelief::OtherQuestion) }
    }
}

impl Desk {
    /// What was sealed to the portal on this way; not judged.
    pub(crate) fn unseal(
        &self,
        info: &[u8],
        aad: &[u8],
        payload: &SealedPayload,
    ) -> Result<Zeroizing<Vec<u8>>, Disbelief> {
        let decode = |text: &str| Base64::decode_vec(text).map_err(|_| Disbelief::Malformed);
        let sealed =
            Sealed { encapsulated_key: decode(&payload.encapsulated_key)?, ciphertext: decode(&payload.ciphertext)? };
        Ok(seal::open(&self.sealing_key, info, aad, &sealed)?)
    }

    /// Signs as the portal: DER of a CMS, the content inside.
    pub(crate) fn sign(&self, content: &[u8], now: Timestamp) -> Result<Zeroizing<Vec<u8>>, Disbelief> {
        let prepared = cms::prepare(content, &self.signing_certificate, now)?;
        Ok(Zeroizing::new(prepared.sign(&self.signing_key, cms::Form::Attached)?))
    }

    /// Seals to an organisation, whose certificate somebody brought: believed only as a sealing certificate of that very
    /// organisation.
    pub(crate) fn seal_to(
        &self,
        org: &domain::OrgCode,
        certificate: &str,
        (info, aad): (&[u8], &[u8]),
        content: &[u8],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<SealedPayload, Disbelief> {
        let der = Base64::decode_vec(certificate).map_err(|_| Disbelief::Malformed)?;
        let certificate = Certificate::from_der(&der).map_err(|_| Disbelief::Malformed)?;
        self.organisations.verify(&certificate, &[], Usage::OrgSealing, now, &NotPublished)?;
        if pki::org_code(&certificate).ok().as_ref() != Some(org) {
            return Err(Disbelief::OtherOrganisation);
        }
        let sealed = seal::seal(&certificate, info, aad, content, rng)?;
        Ok(SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        })
    }

    /// What this organisation signed, and the portal believed at `taken_at`, looked at again: judged as of then, or as of
    /// the signature where that came later.
    pub(crate) fn still_signed_by(
        &self,
        org: &domain::OrgCode,
        signed: &[u8],
        taken_at: Timestamp,
        now: Timestamp,
    ) -> Result<cms::VerifiedCms, Disbelief> {
        let verified = cms::verify(signed, None)?;
        let at = verified.signing_time.min(now).max(taken_at);
        verified.accept(&self.organisations, Usage::OrgSigning, at, &NotPublished)?;
        if pki::org_code(&verified.signer).ok().as_ref() != Some(org) {
            return Err(Disbelief::OtherOrganisation);
        }
        Ok(verified)
    }

    /// What this organisation signed, and nobody else; judged now.
    pub(crate) fn signed_by(
        &self,
        org: &domain::OrgCode,
        signed: &[u8],
        now: Timestamp,
    ) -> Result<Zeroizing<Vec<u8>>, Disbelief> {
        let verified = cms::verify(signed, None)?;
        verified.accept(&self.organisations, Usage::OrgSigning, now, &NotPublished)?;
        if pki::org_code(&verified.signer).ok().as_ref() != Some(org) {
            return Err(Disbelief::OtherOrganisation);
        }
        Ok(Zeroizing::new(verified.content))
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

#[cfg(test)]
mod tests;
