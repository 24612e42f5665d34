//! The generation body's listener.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::post};
use http::StatusCode;

use crate::{
    numbers::{AssignError, MyNumber, NumberAuthority, is_entitled},
    party::{Message, PeerError, PeerOrg, REGISTER, Refusal},
    register::{Identified, MATCH_UNKNOWN, NUMBER_RESOLVE_PATH, NumberMatch, NumberResolution},
};

/// `POST {numbers}/v1/my-numbers`, from entitled institutions only: [`NumberMatch`] of the register →
/// [`MyNumberAnswer`]; 404 `match-unknown` when the register does not know the match (any more).
pub const MY_NUMBERS_PATH: &str = "/v1/my-numbers";

/// The person's number.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MyNumberAnswer {
    /// 番号
    pub my_number: MyNumber,
}

pub(super) fn router(authority: Arc<NumberAuthority>) -> Router {
    Router::new().route(MY_NUMBERS_PATH, post(my_number)).with_state(authority)
}

async fn my_number(
    State(authority): State<Arc<NumberAuthority>>,
    PeerOrg(peer): PeerOrg,
    Message(NumberMatch { number_match }): Message<NumberMatch>,
) -> Result<Json<MyNumberAnswer>, Refusal> {
    if !is_entitled(&peer) {
        return Err(Refusal::not_entitled());
    }
    let resolution = NumberResolution { number_match, org: peer };
    let person: Identified =
        authority.party.peers.post(&REGISTER, NUMBER_RESOLVE_PATH, &resolution).await.map_err(|error| match error {
            PeerError::Problem(problem) if problem.code() == Some(MATCH_UNKNOWN) => {
                Refusal::new(StatusCode::NOT_FOUND, MATCH_UNKNOWN, "the register knows no such match")
            }
            error => Refusal::unavailable(&error),
        })?;
    let my_number = authority.number_of(&person.resident_record_code, authority.party.now()).await.map_err(
        |error| match error {
            AssignError::Db(error) => error.into(),
            exhausted @ AssignError::Exhausted => Refusal::unavailable(&exhausted),
        },
    )?;
    Ok(Json(MyNumberAnswer { my_number }))
}
