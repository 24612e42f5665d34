use axum::{Router, body::Bytes, routing::post};
use domain::MatchNumber;
use http::StatusCode;
use jiff::SignedDuration;
use tokio::sync::mpsc;
use wire::issuance::{IssuanceOrder, LinkCodeRequest, MatchAnswer, NOT_IDENTIFIED, ORDER_PATH, REQUEST_PATH};

use super::*;
use crate::{
    party::{CORE, JPKI, PORTAL, PeerError},
    testing::bare::{Bare, contains, four_info, hanako, message, org, record_code, until},
};

async fn ask(bare: &Bare, from: &domain::OrgCode, who: &domain::FourInfo) -> Result<MatchNumber, PeerError> {
    let request = LinkCodeRequest { four_info: message(who) };
    let answer: MatchAnswer = bare.of(from).post(&JLIS, REQUEST_PATH, &request).await?;
    Ok(answer.match_number)
}

/// A core that answers with this status and shows what it was sent.
fn listening_core(status: StatusCode) -> (Router, mpsc::UnboundedReceiver<Bytes>) {
    let (tell, told) = mpsc::unbounded_channel();
    let take = move |body: Bytes| {
        let _ = tell.send(body);
        std::future::ready(status)
    };
    (Router::new().route(ORDER_PATH, post(take)), told)
}

async fn settlements(bare: &Bare) -> Vec<String> {
    bare.query("jlis", "SELECT coalesce(settlement, 'waiting') FROM issuances UNION ALL SELECT 'order' FROM orders")
        .await
}

#[tokio::test]
async fn zero_and_several_candidates_get_the_same_bytes() {
    let bare = Bare::start(&[]).await;
    let twins = four_info("鈴木　一", "神奈川県横浜市西区１");
    bare.enrols(1, &twins).await;
    bare.enrols(2, &twins).await;
    let answer = async |who| {
        let request = serde_json::to_vec(&LinkCodeRequest { four_info: message(&who) }).unwrap();
        bare.raw(&PORTAL, &JLIS, REQUEST_PATH, request).await
    };
    let (several, nobody) = (answer(twins).await, answer(hanako()).await);
    assert_eq!(several, nobody);
    assert_eq!(several.0, 404);
    assert!(contains(&several.2, NOT_IDENTIFIED.as_bytes()));
}

/// N-4, B-ISS-1, B-ISS-2: and the requester is the organisation of the channel.
#[tokio::test]
async fn the_order_to_the_core_carries_code_organisation_and_match_number_and_no_four_info() {
    let mut bare = Bare::start(&[]).await;
    let (core, mut orders) = listening_core(StatusCode::NO_CONTENT);
    bare.replaces(&CORE, core).await;
    bare.enrols(1, &hanako()).await;
    let match_number = ask(&bare, &PORTAL, &hanako()).await.unwrap();
    let sent = orders.recv().await.unwrap();
    let order: IssuanceOrder = serde_json::from_slice(&sent).unwrap();
    assert_eq!(order.resident_record_code, record_code(1).expose());
    assert_eq!((&order.org, &order.match_number), (&*PORTAL, &match_number));
    for item in ["山田", "花子", "横浜", "1980"] {
        assert!(!contains(&sent, item.as_bytes()), "{item}");
    }
}

#[tokio::test]
async fn an_order_survives_a_restart_while_the_core_is_away() {
    let mut bare = Bare::start(&[]).await;
    bare.parties.stop_party(&CORE).await;
    bare.enrols(1, &hanako()).await;
    let match_number = ask(&bare, &org("NTA"), &hanako()).await.unwrap();
    bare.parties.stop_party(&JLIS).await;
    let (core, mut orders) = listening_core(StatusCode::NO_CONTENT);
    bare.replaces(&CORE, core).await;
    bare.parties.start_party(&JLIS).await.unwrap();
    let order: IssuanceOrder = serde_json::from_slice(&orders.recv().await.unwrap()).unwrap();
    assert_eq!(order.match_number, match_number);
    until(async || settlements(&bare).await == ["ordered"]).await;
    assert!(orders.try_recv().is_err(), "the order was sent twice");
}

#[tokio::test]
async fn an_order_that_the_core_refuses_is_settled_and_not_repeated() {
    let mut bare = Bare::start(&[]).await;
    let (core, mut orders) = listening_core(StatusCode::CONFLICT);
    bare.replaces(&CORE, core).await;
    bare.enrols(1, &hanako()).await;
    ask(&bare, &PORTAL, &hanako()).await.unwrap();
    until(async || settlements(&bare).await == ["refused"]).await;
    assert!(orders.recv().await.is_some() && orders.try_recv().is_err());
}

#[tokio::test]
async fn an_order_too_old_is_dropped() {
    let mut bare = Bare::start(&[]).await;
    bare.parties.stop_party(&CORE).await;
    bare.enrols(1, &hanako()).await;
    ask(&bare, &PORTAL, &hanako()).await.unwrap();
    bare.clock.advance(SignedDuration::from_mins(16));
    until(async || settlements(&bare).await == ["expired"]).await;
}

/// B-ISS-4: what is stored is a hash, also while the order waits.
#[tokio::test]
async fn the_database_holds_no_match_number_and_no_four_info() {
    let mut bare = Bare::start(&[]).await;
    bare.parties.stop_party(&CORE).await;
    bare.enrols(1, &hanako()).await;
    let number = ask(&bare, &PORTAL, &hanako()).await.unwrap();
    let stored = bare.stored("jlis");
    assert!(contains(&stored, number.hash().as_bytes()));
    assert!(!contains(&stored, number.as_bytes()) && !contains(&stored, number.expose().as_bytes()));
    assert!(!contains(&stored, "花子".as_bytes()) && !contains(&stored, "横浜".as_bytes()));
}

#[tokio::test]
async fn two_requests_for_one_person_get_two_match_numbers() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let mut seen = Vec::new();
    for from in [&*PORTAL, &org("NTA"), &org("NTA")] {
        seen.push(ask(&bare, from, &hanako()).await.unwrap());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn an_authority_gets_no_link_code() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    for from in [&CORE, &JPKI] {
        assert_eq!(ask(&bare, from, &hanako()).await.unwrap_err().code(), Some("not-entitled"));
    }
}

#[tokio::test]
async fn with_the_register_away_the_answer_is_unavailable_and_not_unknown() {
    let mut bare = Bare::start(&[]).await;
    bare.parties.stop_party(&crate::party::REGISTER).await;
    let error = ask(&bare, &PORTAL, &hanako()).await.unwrap_err();
    assert!(error.may_pass() && error.code() == Some("unavailable"));
}

#[tokio::test]
async fn a_message_that_is_none_is_refused_without_repeating_it() {
    let bare = Bare::start(&[]).await;
    let (status, headers, body) =
        bare.raw(&PORTAL, &JLIS, REQUEST_PATH, b"{\"four_info\":{\"name\":\"secret".to_vec()).await;
    assert_eq!(status, 400);
    assert!(headers.contains("application/problem+json") && !contains(&body, b"secret"));
}
