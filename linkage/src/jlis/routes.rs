//! Steps 2 to 4: an organisation asks, J-LIS answers with a match number or with the one error.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::post};
use http::StatusCode;
use runtime::SystemRng;
use wire::issuance::{LinkCodeRequest, MatchAnswer, NOT_IDENTIFIED, REQUEST_PATH};

use crate::{
    jlis::Jlis,
    party::{self, Message, PeerError, PeerOrg, REGISTER, Refusal},
    register::{IDENTIFY_PATH, Identified},
};

pub(super) fn router(jlis: Arc<Jlis>) -> Router {
    Router::new().route(REQUEST_PATH, post(request)).with_state(jlis)
}

/// The organisation is the one of the channel; the 4-info go to the register and are dropped here.
async fn request(
    State(jlis): State<Arc<Jlis>>,
    PeerOrg(peer): PeerOrg,
    Message(LinkCodeRequest { four_info }): Message<LinkCodeRequest>,
) -> Result<Json<MatchAnswer>, Refusal> {
    if party::is_authority(&peer) {
        return Err(Refusal::not_entitled());
    }
    let person: Identified =
        jlis.party.peers.post(&REGISTER, IDENTIFY_PATH, &four_info).await.map_err(|e| refused(&e))?;
    let match_number =
        jlis.begin_issuance(&peer, &person.resident_record_code, jlis.party.now(), &mut SystemRng).await?;
    tracing::info!(org = %peer, "identified one person and ordered a link code");
    Ok(Json(MatchAnswer { match_number }))
}

/// Zero and several candidates are one answer, made anew here so that nothing of the register's shows (B-ISS-3).
fn refused(error: &PeerError) -> Refusal {
    match error.code() {
        Some(NOT_IDENTIFIED) => {
            Refusal::new(StatusCode::NOT_FOUND, NOT_IDENTIFIED, "these four items do not mean exactly one person")
        }
        Some(Refusal::MALFORMED) => Refusal::malformed(),
        _ => Refusal::unavailable(error),
    }
}
