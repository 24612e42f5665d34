//! Binding a code by card (B-ID-6): an institution that never has a 番号 lets its people bind their code themselves, on
//! its own site, with the signature certificate of their card.
//!
//! The site knows the person by its own number. The reader signs a statement that names the site's origin, a challenge
//! of this row and the document that was shown; the certificate's 4-info go to J-LIS and are not kept.

mod citizens;
mod routes;

use std::sync::Arc;

use base64ct::{Base64, Encoding as _};
use domain::{CardPurpose, ChallengeNonce, PinPresence};
use jiff::{SignedDuration, Timestamp};
use pki::Certificate;
use sqlx::Row as _;
use wire::reader::{Answer, AnswerKind, statement};

use super::{Institution, code_requests::ObtainError, internal_id::InternalId};
use crate::party::DataDir;

use citizens::Citizens;
pub use citizens::{CitizenError, CitizensError};
pub use routes::ANSWER_PATH;

/// People enter a PIN slowly.
const CHALLENGE_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// The institution's own site, as far as it binds codes.
pub struct CardBinding {
    institution: Arc<Institution>,
    origin: String,
    citizens: Citizens,
}

/// What the site's page hands to the reader, with purpose `register`.
#[derive(Clone, Debug)]
pub struct CardBindingAsk {
    /// Single use.
    pub challenge: ChallengeNonce,
    /// Shown to the person and signed.
    pub document: String,
}

/// Why no code was asked for.
#[derive(Debug, thiserror::Error)]
pub enum CardBindingError {
    /// No such person here.
    #[error("the institution has no such person")]
    NoSuchPerson,
    /// The person stopped, or the card cannot be used.
    #[error("the card did not sign")]
    NotSigned(AnswerKind),
    /// The challenge is unknown, used or too old.
    #[error("nothing waits for this answer")]
    NothingWaits,
    /// Not what a reader answers.
    #[error("the answer is malformed")]
    Malformed,
    /// The signature is not by this certificate over what was shown.
    #[error("the signature is not over what was shown")]
    Signature(#[source] pki::SignatureError),
    /// The certificate is not accepted, or could not be checked.
    #[error("the certificate is not accepted")]
    Citizen(#[from] CitizenError),
    /// The card is somebody else's.
    #[error("the card is another person's")]
    OtherPerson,
    /// No code could be asked for.
    #[error("no code could be asked for")]
    Obtain(#[from] ObtainError),
    /// The institution's database failed.
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

struct Waiting {
    person: InternalId,
    document: String,
}

impl CardBinding {
    /// For the site at `origin`, e.g. `http://jasso.localhost:9195`.
    pub fn new(institution: Arc<Institution>, data: &DataDir, origin: String) -> Result<Arc<Self>, CitizensError> {
        let citizens = Citizens::load(data, &institution.party)?;
        Ok(Arc::new(Self { institution, origin, citizens }))
    }

    #[cfg(test)]
    fn asking_at(self, jpki: &crate::party::JpkiHttp) -> Self {
        Self { citizens: self.citizens.asking_at(jpki), ..self }
    }

    /// The person, known to the site, wants to bind a code.
    pub async fn begin(&self, person: &InternalId) -> Result<CardBindingAsk, CardBindingError> {
        let challenge = ChallengeNonce::generate(&mut self.institution.rng.clone());
        let document = format!(
            "{}の番号 {} の方として、情報連携のための符号をこの番号に結び付けることを申し込みます。",
            self.institution.profile.name,
            person.as_str()
        );
        if self.institution.four_info(person).await?.is_none() {
            return Err(CardBindingError::NoSuchPerson);
        }
        let mut tx = self.institution.pool.begin().await?;
        sqlx::query(
            "INSERT INTO card_bindings (challenge_hash, internal_id, document, started_at)
            VALUES ($1, $2, $3, $4)",
        )
        .bind(&challenge.hash().as_bytes()[..])
        .bind(person.as_str())
        .bind(&document)
        .bind(self.institution.party.now().as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(CardBindingAsk { challenge, document })
    }

    /// The reader's answer came. When this returns, a code is on its way to the person's number.
    pub async fn finish(&self, answer: &Answer) -> Result<InternalId, CardBindingError> {
        let now = self.institution.party.now();
        let waiting = self.use_up(&answer.challenge, now).await?.ok_or(CardBindingError::NothingWaits)?;
        if answer.result != AnswerKind::Signed {
            return Err(CardBindingError::NotSigned(answer.result));
        }
        let pin: PinPresence =
            serde_json::from_value(answer.pin.clone().into()).map_err(|_| CardBindingError::Malformed)?;
        if pin != PinPresence::Present {
            return Err(CardBindingError::Malformed);
        }
        let decode = |text: &str| Base64::decode_vec(text).map_err(|_| CardBindingError::Malformed);
        let certificate =
            Certificate::from_der(&decode(&answer.certificate)?).map_err(|_| CardBindingError::Malformed)?;
        let signed = statement(CardPurpose::Register, &self.origin, &answer.challenge, &waiting.document);
        pki::verify_raw(certificate.spki_der(), &signed, &decode(&answer.signature)?)
            .map_err(CardBindingError::Signature)?;
        let four_info = self.citizens.four_info(&certificate, now, &mut self.institution.rng.clone()).await?;
        let known = self.institution.four_info(&waiting.person).await?.ok_or(CardBindingError::NoSuchPerson)?;
        if known.name() != four_info.name() || known.birth_date() != four_info.birth_date() {
            return Err(CardBindingError::OtherPerson);
        }
        self.institution.request_code_for(&waiting.person, &four_info).await?;
        Ok(waiting.person)
    }

    /// The row of a challenge, once.
    async fn use_up(&self, challenge: &ChallengeNonce, now: Timestamp) -> Result<Option<Waiting>, db::DbError> {
        let mut tx = self.institution.pool.begin().await?;
        let row = sqlx::query(
            "UPDATE card_bindings
            SET used_at = $2
            WHERE challenge_hash = $1
                AND used_at IS NULL
                AND started_at >= $3
            RETURNING internal_id, document",
        )
        .bind(&challenge.hash().as_bytes()[..])
        .bind(now.as_microsecond())
        .bind((now - CHALLENGE_LIFETIME).as_microsecond())
        .fetch_optional(&mut *tx)
        .await?;
        let waiting = match row {
            None => None,
            Some(row) => Some(Waiting {
                person: InternalId::stored(row.try_get("internal_id")?),
                document: row.try_get("document")?,
            }),
        };
        tx.commit().await?;
        Ok(waiting)
    }
}

#[cfg(test)]
mod tests;
