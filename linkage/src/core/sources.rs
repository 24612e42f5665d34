//! Which institutions a person may ask about themselves through the portal (P-INF-4).
//!
//! No record is written here: nothing about the person leaves the core but where they may look, and each look is a
//! mediation of its own, on record like every other.

use std::sync::Arc;

use axum::extract::State;
use domain::{BpId, LinkCode};
use wire::self_view::{Source, SourcesAnswer, SourcesRequest};

use super::{Core, access_records::RecordsError, conversion, id_table};
use crate::party::{CORE, Message, PORTAL, PeerOrg, Refusal};

/// `POST /v1/self-view/sources`
pub(super) async fn post_sources(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<SourcesRequest>,
) -> Result<axum::Json<SourcesAnswer>, Refusal> {
    peer.must_be(&PORTAL)?;
    Ok(axum::Json(SourcesAnswer { sources: core.sources(&request.link_code).await? }))
}

impl Core {
    async fn sources(&self, link_code: &LinkCode) -> Result<Vec<Source>, RecordsError> {
        let whitelists = self.whitelists();
        let list = whitelists.in_force(self.party.now()).ok_or(RecordsError::NotWhitelisted)?;
        let person = conversion::person(self, &PORTAL, link_code).await?.ok_or(RecordsError::CodeNotIssued)?;
        let mut read = self.pool.read().await?;
        let institutions = id_table::organisations(&mut read, &person).await.map_err(db::DbError::from)?;
        let mut sources: Vec<Source> = list
            .rows()
            .filter(|row| row.bp.as_str() == BpId::SELF_VIEW && row.requester.is(&PORTAL))
            .flat_map(|row| {
                let holders = institutions.iter().filter(|org| **org != *CORE && row.provider.is(org));
                holders.map(|org| Source { provider: org.clone(), info_kind: row.info_kind.clone() })
            })
            .collect();
        sources.sort_unstable();
        Ok(sources)
    }
}
