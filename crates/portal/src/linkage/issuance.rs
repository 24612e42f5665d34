//! Steps 4–5 of the first registration: J-LIS identifies the person.

use domain::{FourInfo, MatchNumber};
use wire::issuance::{LinkCodeRequest, MatchAnswer, NOT_IDENTIFIED, REQUEST_PATH};

use super::{PeerFailure, Peers};

/// J-LIS gave no match number.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MatchFailure {
    /// Zero or several candidates: the same answer (B-ISS-3).
    #[error("the register does not identify one person")]
    NotIdentified,
    /// J-LIS could not be asked.
    #[error("J-LIS could not be asked")]
    Peer(#[source] PeerFailure),
}

impl Peers {
    pub(crate) async fn match_person(&self, four_info: &FourInfo) -> Result<MatchNumber, MatchFailure> {
        let request = LinkCodeRequest { four_info: four_info.into() };
        match self.post::<MatchAnswer>(&self.names.jlis, REQUEST_PATH, &request).await {
            Ok(answer) => Ok(answer.match_number),
            Err(PeerFailure::Problem(_, _, Some(problem))) if problem.code() == Some(NOT_IDENTIFIED) => {
                Err(MatchFailure::NotIdentified)
            }
            Err(failure) => Err(MatchFailure::Peer(failure)),
        }
    }
}
