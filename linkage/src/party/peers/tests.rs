//! Peers that answer otherwise than they should, and somebody else in a peer's place.

use axum::{Router, response::IntoResponse, routing::post};
use http::HeaderMap;
use serde_json::{Value, json};

use super::*;
use crate::{
    party::{CORE, JLIS, JPKI, NUMBERS},
    testing::bare::Bare,
};

const PATH: &str = "/v1/anything";

/// NUMBERS asks J-LIS, in whose place something answers as the test says.
async fn asks<F, Out>(answer: F) -> Result<Value, PeerError>
where
    F: Fn() -> Out + Clone + Send + Sync + 'static,
    Out: IntoResponse + Send + 'static,
{
    let mut bare = Bare::start(&[]).await;
    bare.replaces(&JLIS, Router::new().route(PATH, post(move || async move { answer() }))).await;
    bare.of(&NUMBERS).post(&JLIS, PATH, &json!({ "a": 1 })).await
}

#[tokio::test]
async fn an_answer_that_is_no_json_or_too_large_is_malformed() {
    assert!(matches!(asks(|| "not JSON").await, Err(PeerError::Malformed)));
    assert!(matches!(asks(|| "").await, Err(PeerError::Malformed)));
    assert!(matches!(asks(|| vec![b' '; ANSWER_BYTES_MAX + 1]).await, Err(PeerError::Malformed)));
    assert_eq!(asks(|| "{\"b\":2}").await.unwrap(), json!({ "b": 2 }));
}

#[tokio::test]
async fn a_refusal_without_a_problem_still_has_a_status_and_may_pass_only_if_it_is_the_peer_s_own() {
    let unnamed = |status: u16| move || (StatusCode::from_u16(status).unwrap(), "<html>");
    for (status, may_pass) in [(404, false), (409, false), (500, true), (503, true)] {
        let error = asks(unnamed(status)).await.unwrap_err();
        assert_eq!((error.code(), error.may_pass()), (Some("unnamed"), may_pass), "{status}");
    }
}

#[tokio::test]
async fn a_problem_that_names_another_status_than_its_own_is_not_believed() {
    let lying = || {
        let problem = serde_json::to_string(&Problem::new(404, "not-identified", "x")).unwrap();
        (StatusCode::INTERNAL_SERVER_ERROR, problem)
    };
    let error = asks(lying).await.unwrap_err();
    assert_eq!((error.code(), error.may_pass()), (Some("unnamed"), true));
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let away = || {
        let headers = HeaderMap::from_iter([(header::LOCATION, "https://core.party/".parse().unwrap())]);
        (StatusCode::TEMPORARY_REDIRECT, headers)
    };
    assert!(matches!(asks(away).await, Err(PeerError::Problem(problem)) if problem.status == 307));
}

#[tokio::test]
async fn an_answer_that_should_be_empty_and_is_not_is_malformed() {
    let mut bare = Bare::start(&[]).await;
    bare.replaces(&JLIS, Router::new().route(PATH, post(|| async { "{}" }))).await;
    let sent = bare.of(&NUMBERS).post_no_content(&JLIS, PATH, &json!({})).await;
    assert!(matches!(sent, Err(PeerError::Malformed)));
}

#[tokio::test]
async fn who_is_not_in_the_directory_or_not_there_is_unreachable() {
    let mut bare = Bare::start(&[]).await;
    let stranger = "NTA".parse().unwrap();
    let unknown: Result<Value, _> = bare.of(&NUMBERS).post(&stranger, PATH, &json!({})).await;
    assert!(matches!(&unknown, Err(PeerError::Unreachable { source: None, .. })));
    bare.parties.stop_party(&JLIS).await;
    let away: Result<Value, _> = bare.of(&NUMBERS).post(&JLIS, PATH, &json!({})).await;
    assert!(away.as_ref().is_err_and(PeerError::may_pass) && unknown.is_err_and(|error| error.may_pass()));
}

/// The directory is no proof of anything: whoever changes it can make a party unreachable, not speak as it.
#[tokio::test]
async fn another_party_at_a_party_s_address_is_not_spoken_to() {
    let bare = Bare::start(&[]).await;
    let mut directory = (**bare.parties.directory()).clone();
    let elsewhere = directory.address(&JPKI).unwrap();
    directory.parties.insert((*CORE).clone(), elsewhere);
    let clock: Arc<dyn runtime::Clock> = Arc::clone(&bare.clock) as _;
    let party = crate::party::Party::with_directory(&JLIS, &bare.data, Arc::new(directory), clock).unwrap();
    let asked: Result<Value, _> = party.peers.post(&CORE, wire::issuance::ORDER_PATH, &json!({})).await;
    assert!(matches!(asked, Err(PeerError::Unreachable { source: Some(_), .. })));
}
