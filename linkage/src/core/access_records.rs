//! Access records on demand, for the portal alone (P-LOG-9, P-LOG-10): the core keeps them, the portal shows them.
//!
//! Whose records they are is found from the person's own row of the ID table: records made under any of their codes,
//! old and unlinked ones included (B-TBL-2), and requests that were refused before the table was opened, by the code
//! that was presented. Each viewing leaves one record of its own (P-LOG-18), written before anything is shown.

mod query;
mod row;
mod viewing;

use std::sync::Arc;

use axum::extract::State;
use domain::AccessRecord;
use http::StatusCode;
use wire::access_records::{
    CODE_NOT_ISSUED, NOT_FOUND, PAGE_SIZE_MAX, RecordRequest, RecordsAnswer, RecordsRequest, ViewingId,
};
use wire::mediation::refusal;

#[cfg(test)]
pub(super) use query::statements;

use super::{
    Core,
    access_log::LogUnavailable,
    conversion::{self, ConversionError},
    id_code::IdCode,
};
use crate::party::{Message, PORTAL, PeerOrg, Refusal};

/// `POST /v1/access-records/list`
pub(super) async fn post_list(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<RecordsRequest>,
) -> Result<axum::Json<RecordsAnswer>, Refusal> {
    peer.must_be(&PORTAL)?;
    Ok(axum::Json(core.records(&request).await?))
}

/// `POST /v1/access-records/one`
pub(super) async fn post_one(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<RecordRequest>,
) -> Result<axum::Json<AccessRecord>, Refusal> {
    peer.must_be(&PORTAL)?;
    Ok(axum::Json(core.record(&request).await?))
}

/// Why no records are shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum RecordsError {
    #[error("the page size or the viewing id is not usable")]
    Malformed,
    #[error("the portal was never given this code")]
    CodeNotIssued,
    #[error("no row of the whitelist lets the portal look")]
    NotWhitelisted,
    #[error("the person has no such record")]
    NotFound,
    #[error("nothing is shown without log")]
    LogUnavailable(#[from] LogUnavailable),
    #[error("the person cannot be found")]
    Conversion(#[from] ConversionError),
    #[error("the access log cannot be read")]
    Db(#[from] db::DbError),
}

impl Core {
    async fn records(&self, request: &RecordsRequest) -> Result<RecordsAnswer, RecordsError> {
        if !(1..=PAGE_SIZE_MAX).contains(&request.limit) {
            return Err(RecordsError::Malformed);
        }
        let person = self.viewer(&request.link_code, &request.viewing).await?;
        let mut read = self.pool.read().await?;
        let kept = self.kept(&mut read).await?;
        let summary = query::summary(&mut read, &person, request, kept.from).await?;
        let records = query::page(&mut read, &person, request, kept.from).await?;
        Ok(RecordsAnswer {
            records,
            total: summary.total,
            own_views: summary.own_views,
            kept_since: kept.since,
            institutions: summary.institutions,
            info_kinds: summary.info_kinds,
        })
    }

    async fn record(&self, request: &RecordRequest) -> Result<AccessRecord, RecordsError> {
        let person = self.viewer(&request.link_code, &request.viewing).await?;
        let mut read = self.pool.read().await?;
        let kept = self.kept(&mut read).await?;
        let found = query::one(&mut read, &person, request.id).await?;
        let shown = found.filter(|record| kept.from.is_none_or(|from| record.accessed_at >= from));
        shown.ok_or(RecordsError::NotFound)
    }

    /// Who looks; their viewing is on record when this returns.
    async fn viewer(&self, link_code: &domain::LinkCode, viewing: &ViewingId) -> Result<IdCode, RecordsError> {
        let viewing = viewing::parse(viewing).ok_or(RecordsError::Malformed)?;
        let person = conversion::person(self, &PORTAL, link_code).await?.ok_or(RecordsError::CodeNotIssued)?;
        self.record_viewing(&person, viewing).await?;
        Ok(person)
    }
}

impl From<RecordsError> for Refusal {
    fn from(error: RecordsError) -> Self {
        match error {
            RecordsError::Malformed => Self::malformed(),
            RecordsError::CodeNotIssued => {
                Self::new(StatusCode::NOT_FOUND, CODE_NOT_ISSUED, "the code was not issued to the portal")
            }
            RecordsError::NotWhitelisted => {
                Self::new(StatusCode::FORBIDDEN, refusal::BP_NOT_WHITELISTED, "no law allows this linkage")
            }
            RecordsError::NotFound => Self::new(StatusCode::NOT_FOUND, NOT_FOUND, "the person has no such record"),
            RecordsError::LogUnavailable(_) => {
                tracing::error!(
                    error = crate::party::chain(&error),
                    "showed nothing because the log cannot be written"
                );
                Self::new(StatusCode::SERVICE_UNAVAILABLE, refusal::LOG_UNAVAILABLE, "nothing is shown without log")
            }
            RecordsError::Conversion(_) | RecordsError::Db(_) => Self::unavailable(&error),
        }
    }
}
