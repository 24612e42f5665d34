//! A person's answer to a notice that asks (P-PSH-6): signed by the portal, sealed to the sender, once.

use jiff::Timestamp;
use rand_core::CryptoRng;
use store::{LetterId, NewReturn, ReturnRowWhat, StoreError};
use wire::notice::{ReplyAnswer, ReplyContent, ReplyContext};
use zeroize::Zeroizing;

use super::letter::{LetterFault, SignatureFault};
use super::seal::NoticeKey;
use crate::information::{Disbelief, Unopened};
use crate::{Portal, SignedIn};

/// An answer did not go.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// There is no such notice, it is somebody else's, it was taken back, or it asks nothing.
    #[error("no notice that asks")]
    NotFound,
    /// It is too late.
    #[error("answers are no longer taken")]
    Closed,
    /// It was answered before.
    #[error("it was answered before")]
    Answered,
    /// Not answers to these questions.
    #[error("not answers to these questions")]
    Unfit,
    /// What the sender gave to seal to is not its own: nothing leaves the portal.
    #[error("nothing can be sealed to the sender")]
    Sender(#[source] SenderFault),
    /// The store failed.
    #[error("the answer could not be kept")]
    Store(#[from] StoreError),
    /// What rests does not open.
    #[error("the notice does not open")]
    Unopened(#[from] Unopened),
    /// Nobody can say that its sender signed it.
    #[error("the sender of the notice cannot be verified")]
    Unverified(#[from] SignatureFault),
}

impl From<LetterFault> for ReplyError {
    fn from(fault: LetterFault) -> Self {
        match fault {
            LetterFault::Damaged(error) => Self::Unopened(error),
            LetterFault::Unverified(error) => Self::Unverified(error),
        }
    }
}

/// For the log.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SenderFault(#[from] Disbelief);

impl Portal {
    /// Takes a person's answers and leaves them for the sender to fetch. When this returns they are durable; the sender
    /// alone can read them.
    pub async fn reply(
        &self,
        who: &SignedIn,
        letter: LetterId,
        answers: Vec<ReplyAnswer>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), ReplyError> {
        let found = self.whole_of(who, letter, now).await?;
        let standing = found.filter(|(_, whole)| whole.row.withdrawn_at.is_none());
        let (recipient, whole) = standing.ok_or(ReplyError::NotFound)?;
        if whole.row.touched.replied_at.is_some() {
            return Err(ReplyError::Answered);
        }
        let key = NoticeKey::derive(self.holding_secret())?;
        let notice = self.letter_at_rest(&key, &whole, now)?.content;
        let form = notice.reply.ok_or(ReplyError::NotFound)?;
        if form.closes_at <= now {
            return Err(ReplyError::Closed);
        }
        if !form.takes(&answers) {
            return Err(ReplyError::Unfit);
        }
        let sender = whole.row.sender;
        let told = ReplyContent { notice: notice.id, sender: sender.clone(), replied_at: now, answers };
        let json = Zeroizing::new(serde_json::to_vec(&told).map_err(|_| ReplyError::Unfit)?);
        let fault = |why: Disbelief| ReplyError::Sender(why.into());
        let signed = self.desk().sign(&json, now).map_err(fault)?;
        let padded = Zeroizing::new(ReplyContext::padded(&signed).ok_or(ReplyError::Unfit)?);
        let way = ReplyContext { notice: &notice.id, sender: &sender };
        let sealed = self
            .desk()
            .seal_to(&sender, &form.sealing_certificate, (ReplyContext::INFO, &way.aad()), &padded, now, rng)
            .map_err(fault)?;
        let mut repository = self.store().begin().await?;
        if !repository.reply_to_notice(recipient, letter, now).await? {
            return Err(ReplyError::Answered);
        }
        let what = ReturnRowWhat::Reply { encapsulated_key: sealed.encapsulated_key, ciphertext: sealed.ciphertext };
        repository.insert_return(&NewReturn { sender, notice: notice.id, recipient, at: now, what }).await?;
        repository.commit().await?;
        Ok(())
    }
}
