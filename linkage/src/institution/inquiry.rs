//! The provider's side (B-INS-1): checks who may ask, finds what is asked for, logs, answers in time.
//!
//! A code that is bound to nobody takes the same steps as one whose person has no such information, and gets the same
//! answer (B-MED-4).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use domain::{InfoKind, LinkCode};
use http::StatusCode;
use wire::mediation::{AnswerContent, AnswerField, Inquiry, InquiryAnswer, SealContext, TransferMode};

use super::{
    Institution, correction_reports,
    desk::PayloadError,
    exchange_log::{self, LogFragment, Side},
    internal_id::InternalId,
    kind::{KindSpec, SCHEMA_VERSION},
    legacy::{HoldingRecord, LegacyError},
    profile::ANSWERING_TERMINAL,
};
use crate::party::{CORE, Message, PORTAL, PeerOrg, Refusal};

/// The fixed period (一定の期間内) of B-INS-1.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);

/// Problem code: the certificate to seal for is not one of the requester.
pub const SEALING_CERTIFICATE_REFUSED: &str = "sealing-certificate-refused";

/// `POST /v1/inquiries`, from the core only.
pub(super) async fn post_inquiry(
    State(institution): State<Arc<Institution>>,
    peer: PeerOrg,
    Message(inquiry): Message<Inquiry>,
) -> Result<axum::Json<InquiryAnswer>, Refusal> {
    peer.must_be(&CORE)?;
    let answering = institution.answer(&inquiry);
    match tokio::time::timeout(ANSWER_WITHIN, answering).await {
        Ok(answer) => Ok(axum::Json(answer?)),
        Err(_) => Err(Refusal::new(StatusCode::GATEWAY_TIMEOUT, "too-slow", "no answer in time")),
    }
}

/// Why an inquiry was not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum InquiryError {
    #[error("the requester's sealing certificate is not accepted")]
    SealingCertificate(#[source] PayloadError),
    #[error("the answer could not be signed and sealed")]
    Payload(#[from] PayloadError),
    #[error("the holdings cannot be read")]
    Legacy(#[from] LegacyError),
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

impl Institution {
    async fn answer(&self, inquiry: &Inquiry) -> Result<InquiryAnswer, InquiryError> {
        let now = self.party.now();
        let certificate = self
            .desk
            .accept_sealing_certificate(&inquiry.sealing_certificate, &inquiry.requester, now)
            .map_err(InquiryError::SealingCertificate)?;
        let held = self.held(&inquiry.link_code, &inquiry.info_kind).await?;
        let answer = match held {
            None => None,
            Some(fields) => {
                let content = AnswerContent {
                    id: inquiry.id,
                    provider: self.party.org.clone(),
                    info_kind: inquiry.info_kind.clone(),
                    schema_version: SCHEMA_VERSION,
                    fields,
                };
                let exchange = SealContext {
                    id: &inquiry.id,
                    requester: &inquiry.requester,
                    provider: &self.party.org,
                    info_kind: &inquiry.info_kind,
                    mode: TransferMode::Gateway,
                };
                let mut rng = self.rng.clone();
                Some(self.desk.sign_and_seal(&content, &certificate, &exchange, now, &mut rng)?)
            }
        };
        let (content, answer) = match answer {
            None => (None, InquiryAnswer::NoDataHeld { id: inquiry.id }),
            Some(signed) => (
                Some(signed.cms),
                InquiryAnswer::Provided { id: inquiry.id, link_code: inquiry.link_code.clone(), sealed: signed.value },
            ),
        };
        // Only people who look at their own information report mistakes in it.
        let looking = matches!(answer, InquiryAnswer::Provided { .. }) && inquiry.requester == *PORTAL;
        let person = if looking { self.person_of(&inquiry.link_code).await? } else { None };
        // ⑧ ⑩ ⑪ are durable before the answer leaves.
        let fragment = LogFragment {
            id: inquiry.id,
            recorded_at: now,
            section: self.profile.answering_section.to_owned(),
            terminal: ANSWERING_TERMINAL.to_owned(),
            content,
            side: Side::Provider,
        };
        let mut tx = self.pool.begin().await?;
        exchange_log::write(&mut tx, &fragment).await.map_err(db::DbError::from)?;
        if let Some(person) = person {
            correction_reports::answered(&mut tx, &inquiry.id, &person).await.map_err(db::DbError::from)?;
        }
        tx.commit().await?;
        Ok(answer)
    }

    /// None: nothing is held of this kind, or the code is bound to nobody.
    async fn held(&self, link_code: &LinkCode, kind: &InfoKind) -> Result<Option<Vec<AnswerField>>, InquiryError> {
        if let Some(latency) = self.latency {
            tokio::time::sleep(latency.of(&self.party.org, link_code)).await;
        }
        if kind.as_str() == InfoKind::CORRECTION_REPORT {
            let person = self.person_of(link_code).await?.unwrap_or_else(InternalId::nobody);
            let fields = self.answers_to_reports_of(&person).await?;
            return Ok((!fields.is_empty()).then_some(fields));
        }
        let Some(spec) = KindSpec::of(kind).filter(|_| self.profile.holds(kind)) else {
            return Ok(None);
        };
        let person = self.person_of(link_code).await?.unwrap_or_else(InternalId::nobody);
        let records = {
            let mut read = self.pool.read().await?;
            self.legacy.read(&mut read, &person, spec).await?
        };
        let fields: Vec<AnswerField> = records.iter().flat_map(|record| normalised(spec, record)).collect();
        Ok((!fields.is_empty()).then_some(fields))
    }
}

fn normalised<'a>(spec: &'static KindSpec, record: &'a HoldingRecord) -> impl Iterator<Item = AnswerField> + 'a {
    spec.fields.iter().zip(&record.values).map(|(field, value)| AnswerField {
        name: field.name.to_owned(),
        period: record.period.clone(),
        value: value.clone(),
        unit: field.unit.map(str::to_owned),
    })
}

impl From<InquiryError> for Refusal {
    fn from(error: InquiryError) -> Self {
        match error {
            InquiryError::SealingCertificate(cause) => {
                tracing::error!(
                    error = crate::party::chain(&cause),
                    "refused to seal for a certificate that is not the requester's"
                );
                Self::new(
                    StatusCode::FORBIDDEN,
                    SEALING_CERTIFICATE_REFUSED,
                    "the sealing certificate is not one of the requester",
                )
            }
            InquiryError::Payload(_) | InquiryError::Legacy(_) | InquiryError::Db(_) => Self::unavailable(&error),
        }
    }
}
