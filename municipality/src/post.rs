//! The institution's post: signs and seals what it sends, and speaks with the core over mutual TLS.
//!
//! Its three keys stay here: one says who it is on the channel, one signs, one opens replies. What is sealed to the portal
//! nobody between can read (N-5); the portal's certificate comes through the core and is believed only as the portal's own.

mod core;
mod failure;
mod keys;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use base64ct::{Base64, Encoding as _};
use domain::OrgCode;
use jiff::{SignedDuration, Timestamp};
use pki::cms::Form;
use pki::{Certificate, NotPublished, SigningKey, Usage, Verifier, cms, seal};
use rand_core::CryptoRng;
use runtime::Clock;
use wire::mediation::SealedPayload;
use wire::notice::{
    AttachmentDelivery, Deliveries, DeliveriesAnswer, DeliveryReceipt, LetterContext, NoticeContent, ReplyContent,
    ReplyContext, Returns, ReturnsRequest, SealedLetter, Withdrawal, WithdrawalDelivery,
};
use zeroize::Zeroizing;

use self::core::CoreClient;
pub use self::core::CoreError;
pub use failure::{OpenFailure, PostFailure};

use crate::settings::Settings;

/// What the portal signed while its certificate held may wait so long to be fetched, or for a key that opens it.
const WAITS_AT_MOST: SignedDuration = SignedDuration::from_hours(24 * 31);

/// See the module.
pub struct Post {
    org: OrgCode,
    core: CoreClient,
    signing_certificate: Certificate,
    signing_key: SigningKey,
    sealing_certificate: String,
    /// The certificate's own first, then those that were renewed.
    sealing_keys: Vec<SigningKey>,
    organisations: Verifier,
    /// Asked for once, and again when the portal can no longer read what was sealed to it.
    portal: RwLock<Option<Arc<Certificate>>>,
}

/// The post cannot open.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// A file cannot be read.
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    /// Not a certificate.
    #[error("{} holds no certificate", .0.display())]
    Certificate(PathBuf, #[source] pki::CertificateError),
    /// Not a key.
    #[error("{} holds no private key", .0.display())]
    Key(PathBuf, #[source] pki::key::KeyError),
    /// Another organisation's certificate.
    #[error("{} is not a certificate of {org}", file.display())]
    OtherOrganisation {
        /// Which file.
        file: PathBuf,
        /// Whose it must be.
        org: OrgCode,
    },
    /// A certificate, and a key that is not its own.
    #[error("{} and the key beside it do not belong together", .0.display())]
    OtherKey(PathBuf),
    /// The organisations' authority cannot be used.
    #[error("the organisations' authority cannot be used")]
    Anchor(#[from] pki::VerifierError),
    /// The core cannot be reached as configured.
    #[error("the core cannot be reached as configured")]
    Core(#[from] CoreError),
}

impl Post {
    /// Reads keys and certificates; asks nobody anything yet.
    pub fn open(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Self, PostError> {
        let folder = settings.identity();
        let (signing_certificate, signing_key) = keys::pair(&folder, "sign", &settings.org)?;
        let (sealing_certificate, sealing_key) = keys::pair(&folder, "seal", &settings.org)?;
        let mut sealing_keys = vec![sealing_key];
        sealing_keys.extend(keys::former(&folder)?);
        let anchor = settings.anchor();
        let anchors =
            Certificate::many_from_pem(&read(&anchor)?).map_err(|e| PostError::Certificate(anchor.clone(), e))?;
        Ok(Self {
            org: settings.org.clone(),
            core: CoreClient::open(settings, clock)?,
            signing_certificate,
            signing_key,
            sealing_certificate: Base64::encode_string(sealing_certificate.der()),
            sealing_keys,
            organisations: Verifier::new(anchors, Vec::new())?,
            portal: RwLock::new(None),
        })
    }

    /// Who sends.
    pub fn org(&self) -> &OrgCode {
        &self.org
    }

    /// What replies are sealed to, base64 DER.
    pub fn sealing_certificate(&self) -> &str {
        &self.sealing_certificate
    }

    /// Signs and seals a letter and brings it.
    pub async fn bring_letter(
        &self,
        content: &NoticeContent,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PostFailure> {
        let json = serde_json::to_vec(content).map_err(|_| PostFailure::Unwritable)?;
        // The time of signing is the notice's, so that it does not say when it was tried again.
        let signed = self.sign(&json, content.issued_at)?;
        let way = LetterContext { notice: &content.id, sender: &self.org, attachment: None };
        let sealed = self.seal(LetterContext::INFO, &way.aad(), &signed, now, rng).await?;
        self.taken(self.core.letter(&SealedLetter { notice: content.id, sealed }).await)
    }

    /// Seals a file of a letter and brings it.
    pub async fn bring_attachment(
        &self,
        content: &NoticeContent,
        place: u8,
        bytes: &[u8],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PostFailure> {
        let way = LetterContext { notice: &content.id, sender: &self.org, attachment: Some(place) };
        let sealed = self.seal(LetterContext::INFO, &way.aad(), bytes, now, rng).await?;
        self.taken(self.core.attachment(&AttachmentDelivery { notice: content.id, place, sealed }).await)
    }

    /// Says for whom letters are.
    pub async fn deliver(&self, deliveries: &Deliveries) -> Result<DeliveriesAnswer, PostFailure> {
        let answer = self.core.deliver(deliveries).await?;
        if answer.items.len() == deliveries.items.len() { Ok(answer) } else { Err(PostFailure::Malformed) }
    }

    /// Takes a notice back.
    pub async fn withdraw(&self, notice: domain::NoticeId, withdrawn_at: Timestamp) -> Result<(), PostFailure> {
        let withdrawal = Withdrawal { withdrawn: notice, sender: self.org.clone(), withdrawn_at };
        let json = serde_json::to_vec(&withdrawal).map_err(|_| PostFailure::Unwritable)?;
        let signed = Base64::encode_string(&self.sign(&json, withdrawn_at)?);
        self.core.withdraw(&WithdrawalDelivery { notice, signed }).await.map(|_| ())
    }

    /// What came back since.
    pub async fn returns(&self, after: u64) -> Result<Returns, PostFailure> {
        self.core.returns(&ReturnsRequest { after }).await
    }

    /// Opens a reply, which the portal must have signed for this very notice. Answers what was said, and the signed form.
    pub fn open_reply(
        &self,
        notice: &domain::NoticeId,
        payload: &SealedPayload,
        now: Timestamp,
    ) -> Result<(ReplyContent, Zeroizing<Vec<u8>>), OpenFailure> {
        let decode = |text: &str| Base64::decode_vec(text).map_err(|_| OpenFailure::Malformed);
        let sealed = seal::Sealed {
            encapsulated_key: decode(&payload.encapsulated_key)?,
            ciphertext: decode(&payload.ciphertext)?,
        };
        let way = ReplyContext { notice, sender: &self.org };
        let open = |key| seal::open(key, ReplyContext::INFO, &way.aad(), &sealed);
        let opened = self.sealing_keys.iter().map(open).find(Result::is_ok);
        let padded = opened.unwrap_or(Err(seal::OpenError::Refused))?;
        let signed = ReplyContext::signed(&padded).ok_or(OpenFailure::Malformed)?;
        let json = self.of_portal(signed, now)?;
        let content: ReplyContent = serde_json::from_slice(&json).map_err(|_| OpenFailure::Malformed)?;
        if content.notice != *notice || content.sender != self.org {
            return Err(OpenFailure::OtherNotice);
        }
        Ok((content, Zeroizing::new(signed.to_vec())))
    }

    /// 到達証明: believed only when the portal signed it for this very notice.
    pub fn believe_receipt(
        &self,
        notice: &domain::NoticeId,
        signed: &[u8],
        now: Timestamp,
    ) -> Result<DeliveryReceipt, OpenFailure> {
        let json = self.of_portal(signed, now)?;
        let content: DeliveryReceipt = serde_json::from_slice(&json).map_err(|_| OpenFailure::Malformed)?;
        if content.notice == *notice && content.sender == self.org {
            Ok(content)
        } else {
            Err(OpenFailure::OtherNotice)
        }
    }

    fn of_portal(&self, signed: &[u8], now: Timestamp) -> Result<Zeroizing<Vec<u8>>, OpenFailure> {
        let verified = cms::verify(signed, None)?;
        let ended_at = verified.signer.not_after();
        let has_just_ended = ended_at < now && now.duration_since(ended_at) <= WAITS_AT_MOST;
        let judged_at = if has_just_ended { ended_at } else { now };
        verified.accept(&self.organisations, Usage::OrgSigning, judged_at, &NotPublished)?;
        if pki::org_code(&verified.signer).ok() != Some(OrgCode::portal()) {
            return Err(OpenFailure::NotOfPortal);
        }
        Ok(Zeroizing::new(verified.content))
    }

    fn sign(&self, content: &[u8], at: Timestamp) -> Result<Vec<u8>, PostFailure> {
        let at = keys::signing_time(&self.signing_certificate, at);
        let prepared = cms::prepare(content, &self.signing_certificate, at).map_err(|_| PostFailure::Unwritable)?;
        prepared.sign(&self.signing_key, Form::Attached).map_err(|_| PostFailure::Unwritable)
    }

    async fn seal(
        &self,
        info: &[u8],
        aad: &[u8],
        content: &[u8],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<SealedPayload, PostFailure> {
        let certificate = self.portals_certificate(now).await?;
        let sealed = seal::seal(&certificate, info, aad, content, rng).map_err(|_| PostFailure::PortalUnknown)?;
        Ok(SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        })
    }

    async fn portals_certificate(&self, now: Timestamp) -> Result<Arc<Certificate>, PostFailure> {
        let known = self.portal.read().unwrap_or_else(PoisonError::into_inner).clone();
        let certificate = if let Some(certificate) = known {
            certificate
        } else {
            let told = self.core.certificate().await?;
            let der = Base64::decode_vec(&told.sealing_certificate).map_err(|_| PostFailure::PortalUnknown)?;
            Arc::new(Certificate::from_der(&der).map_err(|_| PostFailure::PortalUnknown)?)
        };
        let judged = self.organisations.verify(&certificate, &[], Usage::OrgSealing, now, &NotPublished);
        if judged.is_err() || pki::org_code(&certificate).ok() != Some(OrgCode::portal()) {
            self.forget_portal();
            return Err(PostFailure::PortalUnknown);
        }
        *self.portal.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&certificate));
        Ok(certificate)
    }

    /// A letter that the portal cannot read may have been sealed to a key that it no longer has.
    fn taken<T>(&self, answer: Result<T, PostFailure>) -> Result<(), PostFailure> {
        if matches!(&answer, Err(PostFailure::Refused(problem)) if problem.code() == Some(wire::notice::refusal::UNREADABLE))
        {
            self.forget_portal();
        }
        answer.map(|_| ())
    }

    fn forget_portal(&self) {
        *self.portal.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Post")
    }
}

fn read(path: &Path) -> Result<String, PostError> {
    std::fs::read_to_string(path).map_err(|error| PostError::Read(path.to_owned(), error))
}
