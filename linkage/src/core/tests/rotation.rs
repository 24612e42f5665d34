use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::{extract::Request, middleware::Next, response::IntoResponse as _};
use domain::KeyIndex;

use super::*;
use crate::core::RotationError;
use crate::institution::Received;

/// B-TBL-2: before, while the institution is away, and after, nobody is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_key_loses_nobody() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let mut people = Vec::new();
    for _ in 0..5 {
        let resident = trial.resident().await;
        trial.knows("NTA", &resident).await;
        people.push(trial.knows("141003", &resident).await);
    }
    let city = trial.institution("141003");
    let old = city.code_for_test(&people[0]).await;
    let works = async || {
        let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
        for person in &people {
            let received = city.exchange(&bp, &org("NTA"), person, &kind).await.unwrap();
            assert!(matches!(received, Received::Provided(_)));
        }
    };

    for (rotated, index) in [("141003", 2), ("NTA", 2), ("141003", 3)] {
        let rotation = trial.core.rotate_key(&org(rotated)).await.unwrap();
        assert_eq!((rotation.key_index, rotation.codes), (KeyIndex(index), 5));
        works().await;
        while trial.core.bring_all().await.unwrap().open > 0 {}
        works().await;
    }
    assert_ne!(city.code_for_test(&people[0]).await, old);
    assert_eq!(trial.count("SELECT count(*) FROM links WHERE unlinked_at IS NULL").await, 10);
    assert_eq!(trial.count("SELECT count(*) FROM links").await, 25);
}

/// The old code is worth nothing any more, but records made under it are still the person's.
#[tokio::test(flavor = "multi_thread")]
async fn old_codes_are_refused_and_old_records_found() {
    let trial = Trial::open(&["141003", "NTA", "JPS"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let old = trial.institution("141003").code_for_test(&here).await;
    let mut unlawful = premium_request(&old);
    unlawful.provider = org("JPS");
    refused(trial.mediate_as("141003", &unlawful).await);
    trial.mediate_as("141003", &premium_request(&old)).await.unwrap();

    trial.core.rotate_key(&org("141003")).await.unwrap();
    while trial.core.bring_all().await.unwrap().open > 0 {}

    let (_, problem, _) = refused(trial.mediate_as("141003", &premium_request(&old)).await);
    assert_eq!(problem, "requester-code-not-issued");
    let mut shown = outcomes(&trial.records(&portal).await);
    shown.sort_by_key(|outcome| outcome.name());
    assert_eq!(shown, [Outcome::NoDataHeld, Outcome::Refused, Outcome::Refused]);
}

/// An institution that does not take the successors goes on under its old codes; a second rotation waits.
#[tokio::test(flavor = "multi_thread")]
async fn an_institution_that_is_away_keeps_its_old_codes() {
    let away = Arc::new(AtomicBool::new(true));
    let trial = {
        let away = Arc::clone(&away);
        Trial::behind(&["141003", "NTA"], "NTA", move |request: Request, next: Next| {
            let refuse = away.load(Ordering::Relaxed) && request.uri().path().contains("replacements");
            async move { if refuse { http::StatusCode::BAD_GATEWAY.into_response() } else { next.run(request).await } }
        })
        .await
    };
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let asks = async || {
        let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
        trial.institution("141003").exchange(&bp, &org("NTA"), &here, &kind).await.unwrap()
    };

    trial.core.rotate_key(&org("NTA")).await.unwrap();
    assert_eq!(trial.core.bring_all().await.unwrap().open, 1);
    assert!(matches!(asks().await, Received::Provided(_)));
    let again = trial.core.rotate_key(&org("NTA")).await;
    assert!(matches!(again, Err(RotationError::PreviousOpen { open: 1 })));

    away.store(false, Ordering::Relaxed);
    while trial.core.bring_all().await.unwrap().open > 0 {}
    assert!(matches!(asks().await, Received::Provided(_)));
    assert_eq!(trial.count("SELECT count(*) FROM links WHERE org = 'NTA' AND unlinked_at IS NULL").await, 1);
}
