//! Access records on demand, from the core (P-LOG-10).

use domain::AccessRecord;
use wire::access_records::{
    CODE_NOT_ISSUED, LIST_PATH, NOT_FOUND, ONE_PATH, RecordRequest, RecordsAnswer, RecordsRequest,
};

use super::{PeerFailure, Peers};

/// The core gave no records.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordsFailure {
    /// The portal's code for this person has ended (B-TBL-4).
    #[error("the core knows no such code of the portal")]
    CodeNotIssued,
    /// No such record of this person.
    #[error("no such record of this person")]
    NotFound,
    /// The core could not be asked.
    #[error("the core could not be asked")]
    Peer(#[source] PeerFailure),
}

impl From<PeerFailure> for RecordsFailure {
    fn from(failure: PeerFailure) -> Self {
        match &failure {
            PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(CODE_NOT_ISSUED) => Self::CodeNotIssued,
            PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(NOT_FOUND) => Self::NotFound,
            _ => Self::Peer(failure),
        }
    }
}

impl Peers {
    pub(crate) async fn records(&self, request: &RecordsRequest) -> Result<RecordsAnswer, RecordsFailure> {
        Ok(self.post(&self.names.core, LIST_PATH, request).await?)
    }

    pub(crate) async fn record(&self, request: &RecordRequest) -> Result<AccessRecord, RecordsFailure> {
        Ok(self.post(&self.names.core, ONE_PATH, request).await?)
    }
}
