//! What the core brings of notices (P-PSH-2, P-PSH-8). A letter is believed only when the institution that brings it signed
//! it, for this portal and under this id; everything may come twice.

use domain::{LinkCode, NoticeId, NoticeKind, OrgCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{AttachmentRow, LetterId, LetterRow, NewLetter, Repository, StoreError};
use wire::correction_report::CertificateAnswer;
use wire::notice::{
    ATTACHMENT_BYTES_MAX, AttachmentDelivery, Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome, DeliveryReceipt,
    ForPortal, LETTER_BYTES_MAX, LetterContext, LetterTaken, MediaType, NoticeContent, RECIPIENTS_MAX, SealedLetter,
    Withdrawal, WithdrawalDelivery,
};
use zeroize::Zeroizing;

use super::NOTICES_EACH_AT_MOST;
use super::headline::{Headline, ends_at};
use super::seal::{NoticeKey, Part, Place};
use crate::information::{Disbelief, Unopened};
use crate::{CoreChannel, Portal};

/// Clocks of two institutions may differ.
const AHEAD_MAX: SignedDuration = SignedDuration::from_mins(10);

/// Why nothing was taken. The sender hears which.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Does not open, or is no notice of the agreed form.
    #[error("no notice of the agreed form")]
    Unreadable,
    /// Not signed by the organisation that brings it.
    #[error("the sender did not sign it")]
    NotBelieved(#[source] BeliefError),
    /// Another letter has this id.
    #[error("another letter has this id")]
    IdTaken,
    /// Its time is over.
    #[error("its time is over")]
    Expired,
    /// What it belongs to is not here.
    #[error("its letter is not here")]
    LetterWanted,
    /// More than is taken at once.
    #[error("more than is taken at once")]
    TooMuch,
    /// The store failed.
    #[error("it could not be kept")]
    Store(#[from] StoreError),
}

/// For the log.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BeliefError(#[from] Disbelief);

/// What one message brought that was not here.
#[derive(Default)]
struct Stored {
    /// The first of the letters. None: nothing was new.
    first: Option<LetterId>,
    /// For whom, where it cannot wait.
    urgent: Vec<LinkCode>,
    /// For whom, of the rest.
    others: Vec<LinkCode>,
}

impl Stored {
    /// Some of them may have had it: whether there is something to tell is looked at once more before anybody is told.
    fn note(&mut self, letter: &LetterRow, item: &Delivery, new: u64) {
        if new > 0 {
            self.first = Some(self.first.map_or(letter.id, |first| first.min(letter.id)));
            let to_tell = if letter.kind == NoticeKind::Emergency { &mut self.urgent } else { &mut self.others };
            to_tell.extend_from_slice(&item.recipients);
        }
    }
}

/// A letter as its sender signed it.
struct Believed {
    content: NoticeContent,
    /// SHA-256 of what was signed. The same words signed again are the same letter.
    digest: [u8; 32],
    signed: Zeroizing<Vec<u8>>,
}

impl Portal {
    /// What letters are sealed to.
    pub fn notice_certificate(&self, _core: CoreChannel) -> CertificateAnswer {
        CertificateAnswer { sealing_certificate: self.desk().sealing_certificate().to_owned() }
    }

    /// Keeps a letter, once.
    pub async fn take_letter(
        &self,
        _core: CoreChannel,
        from: &ForPortal<SealedLetter>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<LetterTaken, IntakeError> {
        let ForPortal { sender, message } = from;
        let believed = self.believe_letter(sender, message, now)?;
        if believed.content.expires_at <= now {
            return Err(IntakeError::Expired);
        }
        let letter = self.letter_to_keep(&believed, now, rng)?;
        let mut repository = self.store().begin().await?;
        if repository.insert_letter(&letter).await? {
            repository.commit().await?;
            tracing::info!(%sender, kind = letter.kind.name(), "took a letter");
        } else {
            let known = repository.letter_of(sender, &message.notice).await?;
            if known.is_none_or(|known| known.digest != letter.digest) {
                return Err(IntakeError::IdTaken);
            }
        }
        Ok(LetterTaken { notice: message.notice })
    }

    /// Keeps a file of a letter, once. The letter says what it must be.
    pub async fn take_attachment(
        &self,
        _core: CoreChannel,
        from: &ForPortal<AttachmentDelivery>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<LetterTaken, IntakeError> {
        let ForPortal { sender, message: AttachmentDelivery { notice, place, sealed } } = from;
        let way = LetterContext { notice, sender, attachment: Some(*place) };
        let opened = self.desk().unseal(LetterContext::INFO, &way.aad(), sealed);
        let bytes = opened.map_err(|_| IntakeError::Unreadable)?;
        let row = self.store().read().await?.letter_to_complete(sender, notice).await?;
        let (row, body) = row.filter(|(row, _)| !row.words_missing).ok_or(IntakeError::LetterWanted)?;
        let content = self.content_at_rest(sender, notice, &body)?;
        let told = content.attachments.get(usize::from(*place)).ok_or(IntakeError::Unreadable)?;
        let digest = pki::sha256(&[&bytes]);
        let fits = bytes.len() <= ATTACHMENT_BYTES_MAX as usize
            && usize::try_from(told.bytes) == Ok(bytes.len())
            && hex::encode(digest) == told.sha256
            && is_what_it_says(told.media_type, &bytes);
        if !fits || row.expires_at <= now {
            return Err(IntakeError::Unreadable);
        }
        let at = Place { sender, notice, part: Part::Attachment(*place) };
        let sealed = self.notice_key()?.seal(at, &bytes, rng).map_err(|_| IntakeError::Unreadable)?;
        let attachment = AttachmentRow { digest, sealed };
        let mut repository = self.store().begin().await?;
        if repository.insert_attachment(row.id, *place, &attachment).await? {
            repository.commit().await?;
        }
        Ok(LetterTaken { notice: *notice })
    }

    /// Stores letters for those who can receive them; says for whom not.
    pub async fn take_deliveries(
        &self,
        _core: CoreChannel,
        from: &ForPortal<Deliveries>,
        now: Timestamp,
    ) -> Result<DeliveriesAnswer, IntakeError> {
        let ForPortal { sender, message } = from;
        let recipients: usize = message.items.iter().map(|item| item.recipients.len()).sum();
        if recipients > RECIPIENTS_MAX || message.items.len() > RECIPIENTS_MAX {
            return Err(IntakeError::TooMuch);
        }
        let mut repository = self.store().begin().await?;
        let (mut items, mut stored) = (Vec::with_capacity(message.items.len()), Stored::default());
        for item in &message.items {
            items.push(self.deliver(&mut repository, sender, item, now, &mut stored).await?);
        }
        // Whom to tell of it elsewhere becomes durable with what arrived.
        repository.note_alert_arrivals(&stored.urgent, true, now).await?;
        repository.note_alert_arrivals(&stored.others, false, now).await?;
        if let Some(first) = stored.first {
            repository.ring(first).await?;
        }
        repository.commit().await?;
        if let Some(first) = stored.first {
            self.notice_bell().ring(first);
        }
        Ok(DeliveriesAnswer { items })
    }

    /// The sender takes a notice back: nobody who has not opened it will see it, and the upkeep takes it from them.
    pub async fn take_withdrawal(
        &self,
        _core: CoreChannel,
        from: &ForPortal<WithdrawalDelivery>,
        now: Timestamp,
    ) -> Result<LetterTaken, IntakeError> {
        use base64ct::Encoding as _;
        let ForPortal { sender, message: WithdrawalDelivery { notice, signed } } = from;
        let signed = base64ct::Base64::decode_vec(signed).map_err(|_| IntakeError::Unreadable)?;
        let content = self.desk().signed_by(sender, &signed, now).map_err(not_believed)?;
        let told: Withdrawal = serde_json::from_slice(&content).map_err(|_| IntakeError::Unreadable)?;
        if told.withdrawn != *notice || told.sender != *sender {
            return Err(IntakeError::Unreadable);
        }
        let mut repository = self.store().begin().await?;
        if repository.withdraw_letter(sender, notice, now).await? {
            repository.commit().await?;
            tracing::info!(%sender, "a letter was taken back");
        } else if repository.letter_of(sender, notice).await?.is_none() {
            return Err(IntakeError::LetterWanted);
        }
        Ok(LetterTaken { notice: *notice })
    }

    async fn deliver(
        &self,
        repository: &mut Repository,
        sender: &OrgCode,
        item: &Delivery,
        now: Timestamp,
        stored: &mut Stored,
    ) -> Result<DeliveryOutcome, StoreError> {
        let Some(letter) = repository.letter_to_deliver(sender, &item.notice).await? else {
            return Ok(DeliveryOutcome::LetterWanted);
        };
        if letter.withdrawn_at.is_some() || letter.expires_at <= now {
            return Ok(DeliveryOutcome::Over);
        }
        let whole = letter.attachments_missing == 0 && !letter.words_missing;
        // Where nobody would get it, it need not be brought again.
        if !whole && repository.reaches(letter.id, &item.recipients, NOTICES_EACH_AT_MOST).await? {
            return Ok(DeliveryOutcome::LetterWanted);
        }
        let new =
            if whole { repository.deliver(letter.id, &item.recipients, NOTICES_EACH_AT_MOST, now).await? } else { 0 };
        stored.note(&letter, item, new);
        if new == 0 {
            // Nothing stays of a letter that is for nobody here (P-PSH-8).
            repository.empty_undelivered(letter.id).await?;
        }
        let undeliverable = undeliverable(repository, &letter, item, new).await?;
        let receipt = match item.recipients.as_slice() {
            [person] if letter.kind == NoticeKind::Document && undeliverable.is_empty() => {
                self.arrival_receipt(repository, sender, &letter, item, person, now).await?
            }
            _ => None,
        };
        Ok(DeliveryOutcome::Taken { undeliverable, unknown: Vec::new(), receipt })
    }

    /// 到達証明. The same document delivered again has the same time of arrival, also where it is gone since.
    async fn arrival_receipt(
        &self,
        repository: &mut Repository,
        sender: &OrgCode,
        letter: &LetterRow,
        item: &Delivery,
        person: &LinkCode,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        use base64ct::Encoding as _;
        let Some(arrived_at) = repository.arrival(letter.id, person).await? else { return Ok(None) };
        let receipt = DeliveryReceipt {
            notice: item.notice,
            sender: sender.clone(),
            content_sha256: hex::encode(letter.digest),
            arrived_at,
        };
        let signed = serde_json::to_vec(&receipt).ok().and_then(|json| self.desk().sign(&json, now).ok());
        Ok(signed.map(|signed| base64ct::Base64::encode_string(&signed)))
    }

    fn believe_letter(&self, sender: &OrgCode, letter: &SealedLetter, now: Timestamp) -> Result<Believed, IntakeError> {
        let way = LetterContext { notice: &letter.notice, sender, attachment: None };
        let opened = self.desk().unseal(LetterContext::INFO, &way.aad(), &letter.sealed);
        let signed = opened.map_err(|_| IntakeError::Unreadable)?;
        let json = self.desk().signed_by(sender, &signed, now).map_err(not_believed)?;
        if json.len() > LETTER_BYTES_MAX {
            return Err(IntakeError::Unreadable);
        }
        let content: NoticeContent = serde_json::from_slice(&json).map_err(|_| IntakeError::Unreadable)?;
        let ours = content.id == letter.notice
            && content.sender == *sender
            && content.issued_at.duration_since(now) <= AHEAD_MAX
            && content.check().is_ok();
        let digest = pki::sha256(&[&json]);
        if ours { Ok(Believed { content, digest, signed }) } else { Err(IntakeError::Unreadable) }
    }

    fn letter_to_keep(
        &self,
        believed: &Believed,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<NewLetter, IntakeError> {
        let Believed { content, digest, signed } = believed;
        let key = self.notice_key()?;
        let place = |part| Place { sender: &content.sender, notice: &content.id, part };
        let headline = serde_json::to_vec(&Headline::of(content)).map_err(|_| IntakeError::Unreadable)?;
        let unreadable = |_: Unopened| IntakeError::Unreadable;
        Ok(NewLetter {
            sender: content.sender.clone(),
            notice: content.id,
            digest: *digest,
            kind: content.kind,
            headline: key.seal(place(Part::Headline), &headline, rng).map_err(unreadable)?,
            body: key.seal(place(Part::Letter), signed, rng).map_err(unreadable)?,
            attachments: u8::try_from(content.attachments.len()).map_err(|_| IntakeError::Unreadable)?,
            issued_at: content.issued_at,
            expires_at: content.expires_at,
            deadline: content.deadline,
            ends_at: ends_at(content.deadline, content.reply.as_ref().map(|form| form.closes_at)),
            wants_states: content.wants_states,
            replaces: content.replaces,
            taken_at: now,
        })
    }

    fn notice_key(&self) -> Result<NoticeKey, IntakeError> {
        NoticeKey::derive(self.holding_secret()).map_err(|_| IntakeError::Unreadable)
    }

    /// What rests was believed when it came.
    fn content_at_rest(&self, sender: &OrgCode, notice: &NoticeId, body: &[u8]) -> Result<NoticeContent, IntakeError> {
        let opened = self.notice_key()?.open(Place { sender, notice, part: Part::Letter }, body);
        let signed = opened.map_err(|_| IntakeError::Unreadable)?;
        let verified = pki::cms::verify(&signed, None).map_err(|_| IntakeError::Unreadable)?;
        serde_json::from_slice(&verified.content).map_err(|_| IntakeError::Unreadable)
    }
}

async fn undeliverable(
    repository: &mut Repository,
    letter: &LetterRow,
    item: &Delivery,
    new: u64,
) -> Result<Vec<u32>, StoreError> {
    // Nearly always everybody is new and gets it: then nobody need be looked for.
    if usize::try_from(new) == Ok(item.recipients.len()) {
        return Ok(Vec::new());
    }
    let mut have = repository.recipients_of(letter.id, &item.recipients).await?;
    have.sort_unstable();
    let places = (0u32..).zip(&item.recipients);
    Ok(places.filter(|(_, code)| have.binary_search(code).is_err()).map(|(place, _)| place).collect())
}

fn is_what_it_says(media_type: MediaType, bytes: &[u8]) -> bool {
    media_type.fits(bytes) && (media_type != MediaType::SignedData || pki::cms::verify(bytes, None).is_ok())
}

fn not_believed(why: Disbelief) -> IntakeError {
    tracing::warn!(error = &why as &dyn std::error::Error, "a letter is not believed");
    IntakeError::NotBelieved(why.into())
}
