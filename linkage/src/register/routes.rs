//! The register's listener. Who may ask what is decided by the organisation of the channel.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::post};
use domain::FourInfo;
use http::StatusCode;
use runtime::SystemRng;
use wire::issuance::{FourInfoMessage, NOT_IDENTIFIED};

use crate::{
    numbers,
    party::{JLIS, JPKI, Message, NUMBERS, PeerOrg, Refusal},
    register::{
        CHANGES_PATH, ChangeMessage, IDENTIFICATION_INFO_PATH, IDENTIFY_PATH, IdentificationInfoRequest, Identified,
        MATCH_UNKNOWN, NUMBER_MATCHES_PATH, NUMBER_RESOLVE_PATH, NumberMatch, NumberResolution, PERSON_UNKNOWN,
        Register, change::ChangeError,
    },
};

pub(super) fn router(register: Arc<Register>) -> Router {
    Router::new()
        .route(IDENTIFY_PATH, post(identify))
        .route(IDENTIFICATION_INFO_PATH, post(identification_info))
        .route(CHANGES_PATH, post(change))
        .route(NUMBER_MATCHES_PATH, post(number_match))
        .route(NUMBER_RESOLVE_PATH, post(resolve))
        .with_state(register)
}

type Answer<T> = Result<Json<T>, Refusal>;

async fn identify(
    State(register): State<Arc<Register>>,
    peer: PeerOrg,
    Message(message): Message<FourInfoMessage>,
) -> Answer<Identified> {
    peer.must_be(&JLIS)?;
    let found = register.identify(&four_info(message)?).await?.ok_or_else(not_identified)?;
    Ok(Json(Identified { resident_record_code: found.resident_record_code }))
}

async fn identification_info(
    State(register): State<Arc<Register>>,
    peer: PeerOrg,
    Message(message): Message<IdentificationInfoRequest>,
) -> Answer<FourInfoMessage> {
    if peer.0.is_municipality() {
        let lives_in = register.municipality_of(&message.resident_record_code).await?.ok_or_else(person_unknown)?;
        peer.must_be(&lives_in)?;
    } else {
        peer.must_be(&JPKI)?;
    }
    let four_info = register.four_info_of(&message.resident_record_code).await?.ok_or_else(person_unknown)?;
    Ok(Json(FourInfoMessage::from(&four_info)))
}

async fn change(
    State(register): State<Arc<Register>>,
    PeerOrg(peer): PeerOrg,
    Message(message): Message<ChangeMessage>,
) -> Result<StatusCode, Refusal> {
    if !peer.is_municipality() {
        return Err(Refusal::not_entitled());
    }
    let now = register.party.now();
    match register.change(&peer, &message.resident_record_code, message.change, now).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(ChangeError::PersonUnknown) => Err(person_unknown()),
        Err(ChangeError::OtherMunicipality) => Err(Refusal::not_entitled()),
        Err(ChangeError::Text) => Err(Refusal::malformed()),
        Err(ChangeError::Db(error)) => Err(error.into()),
    }
}

async fn number_match(
    State(register): State<Arc<Register>>,
    PeerOrg(peer): PeerOrg,
    Message(message): Message<FourInfoMessage>,
) -> Answer<NumberMatch> {
    if !numbers::is_entitled(&peer) {
        return Err(Refusal::not_entitled());
    }
    let found = register.identify(&four_info(message)?).await?.ok_or_else(not_identified)?;
    let now = register.party.now();
    let number_match = register.remember_match(&peer, found.resident_id, now, &mut SystemRng).await?;
    Ok(Json(NumberMatch { number_match }))
}

async fn resolve(
    State(register): State<Arc<Register>>,
    peer: PeerOrg,
    Message(message): Message<NumberResolution>,
) -> Answer<Identified> {
    peer.must_be(&NUMBERS)?;
    let now = register.party.now();
    let resident_record_code = register
        .resolve_match(&message.org, &message.number_match, now)
        .await?
        .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, MATCH_UNKNOWN, "no such match, or used, or too late"))?;
    Ok(Json(Identified { resident_record_code }))
}

fn four_info(message: FourInfoMessage) -> Result<FourInfo, Refusal> {
    FourInfo::try_from(message).map_err(|_| Refusal::malformed())
}

/// B-ISS-3: the one answer to zero and to several candidates.
fn not_identified() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, NOT_IDENTIFIED, "these four items do not mean exactly one person")
}

fn person_unknown() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, PERSON_UNKNOWN, "no resident has this code")
}
