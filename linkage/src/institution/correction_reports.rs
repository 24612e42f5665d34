//! 「まちがいを知らせる」 at the institution (P-INF-12): takes a report that only it can open, keeps it once, signs a receipt;
//! an officer answers, and the person reads the answer when they look again.

mod answers;
mod store;

use std::sync::Arc;

use axum::extract::State;
use domain::OrgCode;
use http::StatusCode;
use jiff::SignedDuration;
use rand_core::Rng as _;
use wire::correction_report::{
    CertificateAnswer, CertificateRequest, ConcernedField, OPEN_REPORTS_MAX, ReceiptNumber, Report, ReportContent,
    ReportContext, ReportReceipt, ReportTaken, refusal,
};
use wire::mediation::AnswerContent;

pub use self::answers::{CorrectionReport, Finding, ReportAnswer};
use self::store::Kept;
pub(super) use self::store::answered;
use super::{Institution, desk::PayloadError, exchange_log::Side, internal_id::InternalId};
use crate::party::{CORE, Message, PeerOrg, Refusal};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// `POST /v1/sealing-certificates`, from the core only.
pub(super) async fn post_certificate(
    State(institution): State<Arc<Institution>>,
    peer: PeerOrg,
    Message(request): Message<CertificateRequest>,
) -> Result<axum::Json<CertificateAnswer>, Refusal> {
    peer.must_be(&CORE)?;
    if request.provider != institution.party.org {
        return Err(Refusal::malformed());
    }
    Ok(axum::Json(CertificateAnswer { sealing_certificate: institution.desk.sealing_certificate() }))
}

/// `POST /v1/correction-reports`, from the core only.
pub(super) async fn post_report(
    State(institution): State<Arc<Institution>>,
    peer: PeerOrg,
    Message(report): Message<Report>,
) -> Result<axum::Json<ReportTaken>, Refusal> {
    peer.must_be(&CORE)?;
    Ok(axum::Json(institution.take_report(&report).await?))
}

/// Why a report was not taken.
#[derive(Debug, thiserror::Error)]
enum ReportError {
    #[error("the report cannot be opened and read")]
    Unreadable(#[source] PayloadError),
    #[error("the portal did not sign the report")]
    NotThePortals(#[source] PayloadError),
    #[error("the code is nobody's")]
    PersonUnknown,
    #[error("no such answer was given about this person")]
    AnswerUnknown,
    #[error("another report has this id")]
    IdTaken,
    #[error("as many reports of the person wait for an answer as may")]
    TooMany,
    #[error("the receipt could not be signed")]
    Sign(#[source] PayloadError),
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

impl Institution {
    /// The same report again gets the same receipt, signed anew; nothing is kept twice.
    async fn take_report(&self, report: &Report) -> Result<ReportTaken, ReportError> {
        let portal = OrgCode::portal();
        let way = ReportContext {
            id: &report.id,
            reporter: &portal,
            provider: &self.party.org,
            info_kind: &report.info_kind,
        };
        let now = self.party.now();
        let content = self.desk.open_report(&report.sealed, &way, now)?;
        let person = self.person_of(&report.link_code).await?.ok_or(ReportError::PersonUnknown)?;
        if !self.gave(&content, &person).await? {
            return Err(ReportError::AnswerUnknown);
        }
        let mut bits = [0; 5];
        self.rng.clone().fill_bytes(&mut bits);
        let mut tx = self.pool.begin().await?;
        if store::kept(&mut tx, &report.id).await?.is_none() {
            if store::open_since(&mut tx, &person, now - DAY).await? >= OPEN_REPORTS_MAX {
                return Err(ReportError::TooMany);
            }
            store::keep(&mut tx, &person, &content, &ReceiptNumber::of(bits), now).await?;
        }
        let kept = store::kept(&mut tx, &report.id).await?.ok_or(ReportError::IdTaken)?;
        tx.commit().await?;
        if !kept.is(&person, &content) {
            return Err(ReportError::IdTaken);
        }
        let Kept { number, received_at, .. } = kept;
        let receipt = ReportReceipt { id: report.id, provider: self.party.org.clone(), number, received_at };
        let signed_receipt = self.desk.sign_receipt(&receipt, now).map_err(ReportError::Sign)?;
        tracing::info!("took a correction report");
        Ok(ReportTaken { id: report.id, signed_receipt })
    }

    /// Whether this institution gave the portal such an answer about this person, with that field in it: its own log says
    /// so. Whoever passes reports on cannot lay one to somebody else's charge.
    async fn gave(&self, content: &ReportContent, person: &InternalId) -> Result<bool, db::DbError> {
        let whose = store::whose(&mut *self.pool.read().await?, &content.answer).await?;
        if whose.as_ref() != Some(person) {
            return Ok(false);
        }
        let fragment = self.log_fragment(content.answer).await?;
        let provided =
            fragment.filter(|fragment| fragment.side == Side::Provider).and_then(|fragment| fragment.content);
        let answer = provided.and_then(|cms| pki::cms::verify(&cms, None).ok());
        let answer: Option<AnswerContent> = answer.and_then(|cms| serde_json::from_slice(&cms.content).ok());
        Ok(answer.is_some_and(|answer| {
            answer.info_kind == content.info_kind
                && content.field.as_ref().is_none_or(|ConcernedField { name, period }| {
                    answer.fields.iter().any(|field| field.name == *name && field.period == *period)
                })
        }))
    }
}

impl From<PayloadError> for ReportError {
    fn from(error: PayloadError) -> Self {
        match error {
            PayloadError::Signature(_) | PayloadError::Certificate(_) | PayloadError::OtherOrganisation => {
                Self::NotThePortals(error)
            }
            _ => Self::Unreadable(error),
        }
    }
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        let (status, code) = match &error {
            ReportError::Unreadable(_) => (StatusCode::BAD_REQUEST, refusal::UNREADABLE),
            ReportError::NotThePortals(_) => (StatusCode::FORBIDDEN, refusal::NOT_THE_PORTALS),
            ReportError::TooMany => (StatusCode::TOO_MANY_REQUESTS, refusal::TOO_MANY),
            ReportError::PersonUnknown => (StatusCode::NOT_FOUND, refusal::PERSON_UNKNOWN),
            ReportError::AnswerUnknown => (StatusCode::NOT_FOUND, refusal::ANSWER_UNKNOWN),
            ReportError::IdTaken => (StatusCode::CONFLICT, refusal::ID_TAKEN),
            ReportError::Sign(_) | ReportError::Db(_) => return Self::unavailable(&error),
        };
        tracing::warn!(error = crate::party::chain(&error), "refused a correction report");
        Self::new(status, code, &error.to_string())
    }
}

#[cfg(test)]
pub(crate) mod tests;
