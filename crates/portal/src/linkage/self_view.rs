//! Own information on demand: where to ask, and each question (P-INF-4). The portal asks as party P, like any requester.

use domain::{BpId, InfoKind, LinkCode, OrgCode};
use wire::mediation::{MEDIATION_PATH, MediationAnswer, MediationRequest};
use wire::self_view::{SOURCES_PATH, Source, SourcesAnswer, SourcesRequest};

use super::{PeerFailure, Peers, RecordsFailure};

impl Peers {
    pub(crate) async fn sources(&self, link_code: &LinkCode) -> Result<Vec<Source>, RecordsFailure> {
        let request = SourcesRequest { link_code: link_code.clone() };
        let answer: SourcesAnswer = self.post(&self.names.core, SOURCES_PATH, &request).await?;
        Ok(answer.sources)
    }

    /// One question to one institution. An answer longer than `bytes_max` is not read to its end.
    pub(crate) async fn look(
        &self,
        link_code: &LinkCode,
        provider: &OrgCode,
        info_kind: &InfoKind,
        sealing_certificate: &str,
        bytes_max: usize,
    ) -> Result<MediationAnswer, PeerFailure> {
        let request = MediationRequest {
            bp: BpId::self_view(),
            requester: OrgCode::portal(),
            provider: provider.clone(),
            link_code: link_code.clone(),
            info_kind: info_kind.clone(),
            sealing_certificate: sealing_certificate.to_owned(),
        };
        self.post_within(&self.names.core, MEDIATION_PATH, &request, bytes_max).await
    }
}
