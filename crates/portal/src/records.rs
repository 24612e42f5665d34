//! アクセス記録: fetched from the core when the person looks, never stored (P-LOG-1…10).

mod filter;

use domain::{AccessRecord, AccessRecordId, FolderState, InfoKind, LinkCode, OrgCode};
use jiff::Timestamp;
use store::StoreError;
use wire::access_records::{OwnViews, RecordRequest, RecordsAnswer, RecordsRequest};

pub use filter::{FilterError, RecordsFilter};

use crate::linkage::RecordsFailure;
use crate::{Portal, SignedIn};

const RECORDS_PER_PAGE: u32 = 50;

/// One page of the person's access records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsPage {
    /// Newest first.
    pub records: Vec<AccessRecord>,
    /// How many match in all.
    pub total: u64,
    /// Own views in the same period, whether shown or not.
    pub own_views: u64,
    /// Since when the core keeps records.
    pub kept_since: Option<Timestamp>,
    /// What the filter may offer.
    pub institutions: Vec<OrgCode>,
    /// What the filter may offer.
    pub info_kinds: Vec<InfoKind>,
    /// This page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}

/// No records can be shown.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The linkage platform could not be asked; later it may.
    #[error("the linkage platform could not be asked")]
    LinkageUnreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The person's code at the portal has ended.
    #[error("the person's code at the portal has ended")]
    CodeEnded,
    /// The folder is suspended, closed or retained.
    #[error("the folder is not open")]
    FolderNotOpen,
    /// The store failed.
    #[error("the folder could not be read")]
    Store(#[from] StoreError),
}

/// No such record can be shown.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not there, or somebody else's: the same answer.
    #[error("no such record of this person")]
    NotFound,
    /// See [`RecordsError`].
    #[error(transparent)]
    Records(#[from] RecordsError),
}

impl Portal {
    /// The person's records that match the filter.
    pub async fn access_records(&self, who: &SignedIn, filter: &RecordsFilter) -> Result<RecordsPage, RecordsError> {
        let link_code = self.link_code(who).await?;
        let request = RecordsRequest {
            link_code,
            viewing: who.state.viewing.clone(),
            accessed_from: filter.accessed_from(),
            accessed_before: filter.accessed_before(),
            institution: filter.institution.clone(),
            info_kind: filter.info_kind.clone(),
            outcome: filter.outcome,
            own_views: if filter.own_views { OwnViews::Only } else { OwnViews::Hidden },
            offset: (filter.page - 1).saturating_mul(RECORDS_PER_PAGE),
            limit: RECORDS_PER_PAGE,
        };
        let answer = self.peers().records(&request).await.map_err(records_error)?;
        Ok(page(answer, filter.page))
    }

    /// One record of the person.
    pub async fn access_record(&self, who: &SignedIn, id: AccessRecordId) -> Result<AccessRecord, RecordError> {
        let link_code = self.link_code(who).await?;
        let request = RecordRequest { link_code, viewing: who.state.viewing.clone(), id };
        match self.peers().record(&request).await {
            Ok(record) => Ok(record),
            Err(RecordsFailure::NotFound) => Err(RecordError::NotFound),
            Err(failure) => Err(records_error(failure).into()),
        }
    }

    pub(crate) async fn link_code(&self, who: &SignedIn) -> Result<LinkCode, RecordsError> {
        let folder = self.store().read().await?.folder_by_id(&who.folder_id()).await?;
        let folder = folder.ok_or(RecordsError::CodeEnded)?;
        if folder.state == FolderState::Open { Ok(folder.link_code) } else { Err(RecordsError::FolderNotOpen) }
    }
}

fn page(answer: RecordsAnswer, page: u32) -> RecordsPage {
    let pages = answer.total.div_ceil(u64::from(RECORDS_PER_PAGE)).max(1);
    RecordsPage {
        records: answer.records,
        total: answer.total,
        own_views: answer.own_views,
        kept_since: answer.kept_since,
        institutions: answer.institutions,
        info_kinds: answer.info_kinds,
        page,
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
    }
}

pub(crate) fn records_error(failure: RecordsFailure) -> RecordsError {
    match failure {
        RecordsFailure::CodeNotIssued => RecordsError::CodeEnded,
        RecordsFailure::NotFound | RecordsFailure::Peer(_) => RecordsError::LinkageUnreachable(Box::new(failure)),
    }
}
