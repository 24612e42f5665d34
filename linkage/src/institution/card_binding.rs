//! Binding a code by card (B-ID-6): an institution that never has a 番号 lets its people bind their code themselves, on
//! its own site, with the signature certificate of their card.
//!
//! The site knows the person by its own number. The reader signs a statement that names the site's origin, a challenge
//! of this row and the document that was shown; the certificate's 4-info go to J-LIS and are not kept.

mod citizens;
mod error;
mod site;

use std::sync::Arc;

use base64ct::{Base64, Encoding as _};
use domain::{CardPurpose, ChallengeNonce, FourInfo, PinPresence, SecretHash};
use jiff::{SignedDuration, Timestamp};
use pki::Certificate;
use sqlx::Row as _;
use wire::reader::{Answer, AnswerKind, statement};

use super::{Institution, internal_id::InternalId};
use crate::party::DataDir;

use citizens::Citizens;
pub use citizens::{CitizenError, CitizensError};
pub use error::CardBindingError;
pub use site::{ANSWER_PATH, BindingSite};

/// People enter a PIN slowly.
const CHALLENGE_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// The use cases of binding by card, for a site at one origin.
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

/// What a challenge was made for.
struct Waiting {
    /// None: nobody has the number that was typed.
    person: Option<InternalId>,
    /// Which browser started; none where no browser did.
    browser: Option<SecretHash>,
    document: String,
}

/// Somebody showed, by card, to be the person of a number here. The 4-info live as long as this value.
struct Shown {
    person: InternalId,
    four_info: FourInfo,
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

    /// Somebody wants to bind a code to this number. A number that nobody has is asked about all the same: only who
    /// holds the card learns whether it is theirs.
    pub async fn begin(&self, number: &InternalId) -> Result<CardBindingAsk, CardBindingError> {
        self.begin_in(number, None).await
    }

    /// The same, for the browser that alone may end it.
    async fn begin_in(
        &self,
        number: &InternalId,
        browser: Option<&SecretHash>,
    ) -> Result<CardBindingAsk, CardBindingError> {
        let profile = self.institution.profile;
        let challenge = ChallengeNonce::generate(&mut self.institution.rng.clone());
        let document = format!(
            "{}の{} {} の方として、情報連携のための符号をこの番号に結び付けることを申し込みます。",
            profile.name,
            profile.person_number,
            number.as_str()
        );
        let is_known = self.institution.four_info(number).await?.is_some();
        let now = self.institution.party.now();
        let mut tx = self.institution.pool.begin().await?;
        sqlx::query(
            "DELETE FROM card_bindings
            WHERE started_at < $1",
        )
        .bind((now - CHALLENGE_LIFETIME).as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        sqlx::query(
            "INSERT INTO card_bindings (challenge_hash, internal_id, browser_hash, document, started_at)
            VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&challenge.hash().as_bytes()[..])
        .bind(is_known.then_some(number.as_str()))
        .bind(browser.map(|hash| &hash.as_bytes()[..]))
        .bind(&document)
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(CardBindingAsk { challenge, document })
    }

    /// The reader's answer came. When this returns, a code is on its way to the person's number.
    pub async fn finish(&self, answer: &Answer) -> Result<InternalId, CardBindingError> {
        let waiting = self.use_up(&answer.challenge).await?;
        let shown = self.judge(&waiting, answer).await?;
        self.bind(&shown).await?;
        Ok(shown.person)
    }

    /// Whether the card is that of the person whose number was typed. Changes nothing.
    async fn judge(&self, waiting: &Waiting, answer: &Answer) -> Result<Shown, CardBindingError> {
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
        let now = self.institution.party.now();
        let four_info = self.citizens.four_info(&certificate, now, &mut self.institution.rng.clone()).await?;
        let Some(person) = &waiting.person else {
            return Err(CardBindingError::OtherPerson);
        };
        let known = self.institution.four_info(person).await?;
        let is_theirs =
            |known: FourInfo| known.name() == four_info.name() && known.birth_date() == four_info.birth_date();
        if !known.is_some_and(is_theirs) {
            return Err(CardBindingError::OtherPerson);
        }
        Ok(Shown { person: person.clone(), four_info })
    }

    /// Asks for the code of somebody who showed who they are.
    async fn bind(&self, shown: &Shown) -> Result<(), CardBindingError> {
        Ok(self.institution.request_code_for(&shown.person, &shown.four_info).await?)
    }

    /// What a challenge was made for, once.
    async fn use_up(&self, challenge: &ChallengeNonce) -> Result<Waiting, CardBindingError> {
        let now = self.institution.party.now();
        let waiting = self.take(challenge, now).await?;
        waiting.ok_or(CardBindingError::NothingWaits)
    }

    async fn take(&self, challenge: &ChallengeNonce, now: Timestamp) -> Result<Option<Waiting>, db::DbError> {
        let mut tx = self.institution.pool.begin().await?;
        let row = sqlx::query(
            "UPDATE card_bindings
            SET used_at = $2
            WHERE challenge_hash = $1
                AND used_at IS NULL
                AND started_at >= $3
            RETURNING internal_id, browser_hash, document",
        )
        .bind(&challenge.hash().as_bytes()[..])
        .bind(now.as_microsecond())
        .bind((now - CHALLENGE_LIFETIME).as_microsecond())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let browser: Option<Vec<u8>> = row.try_get("browser_hash")?;
        let browser = browser
            .map(|bytes| SecretHash::try_from(bytes.as_slice()))
            .transpose()
            .map_err(|_| super::corrupt("card_bindings", "browser_hash"))?;
        let person = row.try_get::<Option<String>, _>("internal_id")?.map(InternalId::stored);
        let waiting = Waiting { person, browser, document: row.try_get("document")? };
        tx.commit().await?;
        Ok(Some(waiting))
    }
}

#[cfg(test)]
mod tests;
