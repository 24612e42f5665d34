//! JPKI's mTLS listener.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::post};
use domain::OrgCode;
use http::StatusCode;
use runtime::SystemRng;
use wire::jpki::{
    CERTIFICATES_PATH, CertificateOrder, CertificatePair, HISTORY_PATH, HistoryAnswer, HistoryRequest, PAIR_PATH,
    PairAnswer, PairRequest, TICKET_REFUSED,
};

use crate::{
    jpki::{
        CARD_EVENTS_PATH, CARD_ORDERS_PATH, CARD_UNKNOWN, CARDS_PATH, CHANGE_NOTICES_PATH, CardEventMessage, CardOrder,
        CardsAnswer, CardsRequest, Jpki, issue::OrderError,
    },
    party::{ISSUER, Message, PORTAL, PeerOrg, REGISTER, Refusal},
    register::ChangeNotice,
};

pub(super) fn router(jpki: Arc<Jpki>) -> Router {
    Router::new()
        .route(PAIR_PATH, post(pair))
        .route(HISTORY_PATH, post(history))
        .route(CERTIFICATES_PATH, post(certificates))
        .route(CARD_ORDERS_PATH, post(card_order))
        .route(CARD_EVENTS_PATH, post(card_event))
        .route(CARDS_PATH, post(cards))
        .route(CHANGE_NOTICES_PATH, post(change_notice))
        .with_state(jpki)
}

/// Authorised verifiers (B-PKI-3): the portal, and institutions that bind by card (B-ID-6).
fn is_verifier(org: &OrgCode) -> bool {
    *org == *PORTAL || org.as_str() == "JASSO"
}

async fn pair(
    State(jpki): State<Arc<Jpki>>,
    PeerOrg(peer): PeerOrg,
    Message(request): Message<PairRequest>,
) -> Result<Json<PairAnswer>, Refusal> {
    if !is_verifier(&peer) {
        return Err(Refusal::not_entitled());
    }
    Ok(Json(PairAnswer { same_person: jpki.same_person(&request).await? }))
}

async fn history(
    State(jpki): State<Arc<Jpki>>,
    PeerOrg(peer): PeerOrg,
    Message(request): Message<HistoryRequest>,
) -> Result<Json<HistoryAnswer>, Refusal> {
    if !is_verifier(&peer) {
        return Err(Refusal::not_entitled());
    }
    Ok(Json(HistoryAnswer { earlier: jpki.earlier_serials(&request.authentication_serial).await? }))
}

async fn cards(
    State(jpki): State<Arc<Jpki>>,
    peer: PeerOrg,
    Message(request): Message<CardsRequest>,
) -> Result<Json<CardsAnswer>, Refusal> {
    peer.must_be(&ISSUER)?;
    Ok(Json(CardsAnswer { cards: jpki.card_standings(&request.card_ids).await? }))
}

async fn certificates(
    State(jpki): State<Arc<Jpki>>,
    peer: PeerOrg,
    Message(order): Message<CertificateOrder>,
) -> Result<Json<CertificatePair>, Refusal> {
    peer.must_be(&ISSUER)?;
    let now = jpki.party.now();
    jpki.certificates(&order, now, &mut SystemRng).await.map(Json).map_err(|error| match error {
        OrderError::Malformed => Refusal::malformed(),
        OrderError::Proof => {
            Refusal::new(StatusCode::FORBIDDEN, "proof-refused", "a proof of possession does not verify")
        }
        OrderError::Ticket => ticket_refused(),
        // The desk learns no more than that this ticket gives no certificates.
        OrderError::NoResident => {
            tracing::warn!(card.id = order.card_id, "refused certificates to a person who is no resident any more");
            ticket_refused()
        }
        OrderError::Db(error) => error.into(),
        error @ (OrderError::Register(_) | OrderError::Issue(_)) => Refusal::unavailable(&error),
    })
}

fn ticket_refused() -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, TICKET_REFUSED, "the ticket is unknown, used, ended, or of another card")
}

async fn card_order(
    State(jpki): State<Arc<Jpki>>,
    peer: PeerOrg,
    Message(order): Message<CardOrder>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&ISSUER)?;
    jpki.register_card(&order, jpki.party.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn card_event(
    State(jpki): State<Arc<Jpki>>,
    peer: PeerOrg,
    Message(message): Message<CardEventMessage>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&ISSUER)?;
    if jpki.card_event(&message.card_id, message.event, jpki.party.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refusal::new(StatusCode::NOT_FOUND, CARD_UNKNOWN, "no such card"))
    }
}

async fn change_notice(
    State(jpki): State<Arc<Jpki>>,
    peer: PeerOrg,
    Message(notice): Message<ChangeNotice>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&REGISTER)?;
    jpki.change_notice(&notice, jpki.party.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
