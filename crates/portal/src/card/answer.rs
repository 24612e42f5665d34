//! The reader's answer: uses the challenge up, logs nobody in, and is worth nothing without the starting browser.

use domain::{CardPurpose, TicketCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{Challenge, ChallengeAnswer, NewChallenge, Repository, StoreError};
use wire::reader::Answer;

use super::judge::Judgement;
use super::ticket::note_failure;
use crate::Portal;

const TICKET_LIFE: SignedDuration = SignedDuration::from_secs(30);
/// What an accepted answer is stored as; everything else is a refusal's name.
pub(super) const ACCEPTED: &str = "accepted";

/// The answer belongs to no open challenge.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The portal never asked this.
    #[error("no such challenge")]
    Unknown,
    /// It was answered before.
    #[error("the challenge is used up")]
    Used,
    /// It was answered before in a registration, and the portal stopped before it knew what that came to.
    #[error("the portal stopped while it judged the answer")]
    Interrupted,
    /// The five minutes are over.
    #[error("the challenge is too old")]
    Late,
    /// The store failed.
    #[error("the challenge could not be read or written")]
    Store(#[from] StoreError),
}

impl Portal {
    /// Judges an answer. Purpose, origin, expiry and browser come from the challenge's row, never from the answer.
    /// Returns the code that leads the starting browser on, whatever the judgement was.
    pub async fn receive_answer(
        &self,
        answer: &Answer,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<TicketCode, AnswerError> {
        let challenge = self.open_challenge(answer, now).await?;
        // A login changes nothing before it is judged: one transaction uses the challenge up and keeps what came of it.
        // The others tell J-LIS or move a registration, which an answer may do only once.
        if challenge.purpose != CardPurpose::Login {
            let mut repository = self.store().begin().await?;
            use_up(&mut repository, answer, now).await?;
            repository.commit().await?;
        }
        let judgement = self.judge(&challenge, answer, now, rng).await;
        let code = TicketCode::generate(rng);
        if let Some(refusal) = judgement.refusal {
            let (why, purpose) = (refusal.name(), challenge.purpose.name());
            metrics::counter!("card_answers_refused_total", "why" => why, "purpose" => purpose).increment(1);
            tracing::info!(why, purpose, "a card's answer was refused");
        }
        let kept = ChallengeAnswer {
            outcome: judgement.refusal.map_or(ACCEPTED, super::CardRefusal::name).to_owned(),
            serial: judgement.serial.clone(),
            ticket_hash: code.hash(),
            ticket_expires_at: now + TICKET_LIFE,
        };
        let mut repository = self.store().begin().await?;
        if challenge.purpose != CardPurpose::Login {
            repository.keep_answer(&challenge.nonce, &kept).await?;
        } else if !repository.answer_challenge(&challenge.nonce, &kept, now).await? {
            return Err(AnswerError::Used);
        }
        match (judgement.refusal, &judgement.serial, judgement.not_after) {
            (Some(refusal), Some(serial), _) => note_failure(&mut repository, serial, refusal, now, rng).await?,
            (None, Some(serial), Some(end)) => repository.note_certificate_end(serial, end).await?,
            _ => {}
        }
        repository.commit().await?;
        Ok(code)
    }

    /// The challenge as it was asked. Whether it is still open when it is used up is for [`use_up`].
    async fn open_challenge(&self, answer: &Answer, now: Timestamp) -> Result<NewChallenge, AnswerError> {
        match self.store().read().await?.challenge_by_nonce(&answer.challenge).await? {
            None => Err(AnswerError::Unknown),
            Some(challenge) if challenge.answered_at.is_some() || challenge.asked.expires_at <= now => {
                Err(self.why_not(&challenge))
            }
            Some(challenge) => Ok(challenge.asked),
        }
    }

    fn why_not(&self, challenge: &Challenge) -> AnswerError {
        let Some(answered_at) = challenge.answered_at else { return AnswerError::Late };
        let registers = challenge.asked.registration_id.is_some();
        // An answer that this process took is either judged by now or being judged.
        let of_another_process = answered_at <= self.settings().started_at;
        if registers && of_another_process && !challenge.judged { AnswerError::Interrupted } else { AnswerError::Used }
    }
}

/// Once: of two answers that come together the second finds the challenge used.
async fn use_up(repository: &mut Repository, answer: &Answer, now: Timestamp) -> Result<(), AnswerError> {
    let used_up = repository.use_challenge_up(&answer.challenge, now).await?;
    used_up.map(|_| ()).ok_or(AnswerError::Used)
}

impl Judgement {
    pub(super) fn refused(refusal: super::CardRefusal) -> Self {
        Self { refusal: Some(refusal), serial: None, not_after: None }
    }
}
