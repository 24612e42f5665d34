//! 「まちがいを知らせる」 (P-INF-12): the core tells the portal to whom an institution's reports are sealed, converts the
//! person's code, and passes the report on. It can read nothing of it (N-5).
//!
//! No information about the person is exchanged, so there is no access record; a line of the core's own log says that
//! a report went by, without whose or what about.

use std::sync::Arc;

use axum::extract::State;
use domain::{BpId, InfoKind, OrgCode};
use http::StatusCode;
use wire::access_records::CODE_NOT_ISSUED;
use wire::correction_report::{
    CERTIFICATE_PATH, CertificateAnswer, CertificateRequest, REPORT_PATH, Report, ReportRequest, ReportTaken, refusal,
};

use super::{
    Core,
    conversion::{self, ConversionError},
};
use crate::{
    party::{Message, PORTAL, PeerError, PeerOrg, Refusal},
    whitelist::Tuple,
};

/// `POST /v1/sealing-certificates`, from the portal only.
pub(super) async fn post_certificate(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<CertificateRequest>,
) -> Result<axum::Json<CertificateAnswer>, Refusal> {
    peer.must_be(&PORTAL)?;
    Ok(axum::Json(core.certificate_of(&request).await?))
}

/// `POST /v1/correction-reports`, from the portal only.
pub(super) async fn post_report(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<ReportRequest>,
) -> Result<axum::Json<ReportTaken>, Refusal> {
    peer.must_be(&PORTAL)?;
    Ok(axum::Json(core.pass_on(request).await?))
}

/// Why a report, or the question for a certificate, was not passed on.
#[derive(Debug, thiserror::Error)]
enum PassingError {
    #[error("no row of the whitelist lets the person look there")]
    NotWhitelisted,
    #[error("the portal was never given this code")]
    CodeNotIssued,
    #[error("the institution did not take it")]
    NotTaken,
    #[error("as many reports of the person wait for an answer there as may")]
    TooMany,
    #[error("the institution gave no answer")]
    Unreachable,
    #[error("the person cannot be found")]
    Conversion(#[from] ConversionError),
}

impl Core {
    /// The answer is verified by the portal, which does not take the core's word for it.
    async fn certificate_of(&self, request: &CertificateRequest) -> Result<CertificateAnswer, PassingError> {
        if !self.may_report(&request.provider, None) {
            return Err(PassingError::NotWhitelisted);
        }
        self.ask_institution(&request.provider, CERTIFICATE_PATH, request).await
    }

    /// In the order of every mediation: the whitelist comes before any code (B-MED-1).
    async fn pass_on(&self, request: ReportRequest) -> Result<ReportTaken, PassingError> {
        if !self.may_report(&request.provider, Some(&request.info_kind)) {
            return Err(PassingError::NotWhitelisted);
        }
        let converted = conversion::convert(self, &PORTAL, &request.link_code, &request.provider).await?;
        let converted = converted.ok_or(PassingError::CodeNotIssued)?;
        // Outwardly the same as an institution that does not take it (B-MED-4).
        let link_code = converted.provider_code.ok_or(PassingError::NotTaken)?;
        let (id, provider) = (request.id, request.provider);
        let report = Report { id, link_code, info_kind: request.info_kind, sealed: request.sealed };
        let taken: ReportTaken = self.ask_institution(&provider, REPORT_PATH, &report).await?;
        if taken.id != id {
            tracing::error!(%provider, "the institution answered another report");
            return Err(PassingError::Unreachable);
        }
        tracing::info!(%provider, "passed on a correction report");
        Ok(taken)
    }

    /// Whoever may look somewhere may say that it looks wrong.
    fn may_report(&self, provider: &OrgCode, info_kind: Option<&InfoKind>) -> bool {
        let whitelists = self.whitelists();
        let Some(list) = whitelists.in_force(self.party.now()) else { return false };
        let allows = |info_kind: InfoKind| {
            let (requester, provider, bp) = (PORTAL.clone(), provider.clone(), BpId::self_view());
            list.allows(&Tuple { requester, provider, info_kind, bp }).is_some()
        };
        let answers = InfoKind::CORRECTION_REPORT.parse().is_ok_and(&allows);
        answers && info_kind.is_none_or(|kind| allows(kind.clone()))
    }

    async fn ask_institution<R: serde::de::DeserializeOwned>(
        &self,
        provider: &OrgCode,
        path: &str,
        message: &impl serde::Serialize,
    ) -> Result<R, PassingError> {
        let asking = self.party.peers.post(provider, path, message);
        let Ok(answered) = tokio::time::timeout(self.answer_within, asking).await else {
            tracing::warn!(%provider, "the institution was too slow for a correction report");
            return Err(PassingError::Unreachable);
        };
        answered.map_err(|error| {
            tracing::warn!(%provider, %error, "the institution did not take a correction report");
            match error {
                // The person has reported there before, and may know it.
                PeerError::Problem(problem) if problem.code() == Some(refusal::TOO_MANY) => PassingError::TooMany,
                PeerError::Problem(problem) if problem.status < 500 => PassingError::NotTaken,
                PeerError::Problem(_) | PeerError::Unreachable { .. } | PeerError::Malformed => {
                    PassingError::Unreachable
                }
            }
        })
    }
}

impl From<PassingError> for Refusal {
    fn from(error: PassingError) -> Self {
        let (status, code) = match &error {
            PassingError::NotWhitelisted => (StatusCode::FORBIDDEN, refusal::NOT_WHITELISTED),
            PassingError::CodeNotIssued => (StatusCode::NOT_FOUND, CODE_NOT_ISSUED),
            PassingError::NotTaken => (StatusCode::CONFLICT, refusal::NOT_TAKEN),
            PassingError::TooMany => (StatusCode::TOO_MANY_REQUESTS, refusal::TOO_MANY),
            PassingError::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, refusal::PROVIDER_UNREACHABLE),
            PassingError::Conversion(_) => return Self::unavailable(&error),
        };
        Self::new(status, code, &error.to_string())
    }
}
