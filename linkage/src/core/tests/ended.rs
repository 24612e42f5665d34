//! A person died or lost eligibility (P-FLD-4): their codes are nobody's, and the portal hears of its own.

use std::sync::{
    Arc, Mutex, OnceLock,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use axum::{Json, Router, routing::post};
use http::StatusCode;
use wire::code_end::{CODE_ENDED_PATH, CodeEnded};
use wire::issuance::{DELIVERY_PATH, IssuanceOrder, LinkCodeDelivery, ORDER_PATH};
use wire::mediation::refusal;

use super::*;
use crate::core::{ELIGIBILITY_ENDED_PATH, EligibilityEnded, trial::Resident};
use crate::party::Party;

/// A portal that keeps what it hears, or is away.
#[derive(Clone, Default)]
struct Portal {
    heard: Arc<Mutex<Vec<LinkCode>>>,
    away: Arc<AtomicBool>,
    /// Who dies, and who says so, while a code is on its way here.
    dies_on_delivery: Arc<OnceLock<(Party, EligibilityEnded)>>,
}

impl Portal {
    fn router(&self) -> Router {
        let portal = self.clone();
        let hear = async move |Json(ended): Json<CodeEnded>| {
            if portal.away.load(SeqCst) {
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            portal.heard.lock().unwrap().push(ended.link_code);
            StatusCode::NO_CONTENT
        };
        let portal = self.clone();
        let take = async move |Json(_): Json<LinkCodeDelivery>| {
            if let Some((register, ended)) = portal.dies_on_delivery.get() {
                register.peers.post_no_content(&CORE, ELIGIBILITY_ENDED_PATH, ended).await.unwrap();
                while portal.heard().is_empty() {
                    tokio::task::yield_now().await;
                }
            }
            StatusCode::NO_CONTENT
        };
        Router::new().route(CODE_ENDED_PATH, post(hear)).route(DELIVERY_PATH, post(take))
    }

    fn heard(&self) -> Vec<LinkCode> {
        let mut heard = self.heard.lock().unwrap().clone();
        heard.dedup();
        heard
    }
}

pub(super) async fn ends(trial: &Trial, resident: &Resident) {
    tell_as(trial, "REGISTER", resident).await.unwrap();
}

async fn tell_as(trial: &Trial, org: &str, resident: &Resident) -> Result<(), PeerError> {
    let ended = EligibilityEnded { resident_record_code: resident.resident_record_code.clone() };
    trial.party(org).peers.post_no_content(&CORE, ELIGIBILITY_ENDED_PATH, &ended).await
}

/// Rounds until nothing is open any more.
async fn brings_everything(trial: &Trial) {
    while trial.core.bring_all().await.unwrap().open > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_person_s_codes_are_nobody_s_and_the_portal_hears_of_its_own_alone() {
    let portal = Portal::default();
    let trial = Trial::with(&["141003", "NTA"], vec![("PORTAL", portal.router())]).await;
    let (hanako, taro) = (trial.resident().await, trial.resident().await);
    trial.knows("NTA", &hanako).await;
    let (here, there) = (trial.linked("141003", &hanako).await, trial.linked("141003", &taro).await);
    let (lp, other) = (trial.linked("PORTAL", &hanako).await, trial.linked("PORTAL", &taro).await);
    assert!(trial.mediate_as("141003", &premium_request(&here)).await.is_ok());

    ends(&trial, &hanako).await;
    brings_everything(&trial).await;
    assert_eq!(portal.heard(), std::slice::from_ref(&lp));
    let (status, code, _) = refused(trial.mediate_as("141003", &premium_request(&here)).await);
    let (as_unknown, unknown, _) =
        refused(trial.mediate_as("141003", &premium_request(&LinkCode::from([9; 32]))).await);
    assert_eq!((status, &code), (as_unknown, &unknown), "as a code that was never issued (B-TBL-4)");
    let asked: Result<RecordsAnswer, _> = trial.party("PORTAL").peers.post(&CORE, LIST_PATH, &everything(&lp)).await;
    assert_eq!(asked.err().unwrap().code(), Some(wire::access_records::CODE_NOT_ISSUED));
    assert_eq!(trial.records(&other).await.total, 0, "others go on");
    assert_ne!(refused_code(trial.mediate_as("141003", &premium_request(&there)).await), Some(code));
}

fn refused_code(answer: Result<MediationAnswer, PeerError>) -> Option<String> {
    answer.err().and_then(|error| error.code().map(str::to_owned)).filter(|code| code != refusal::LOG_UNAVAILABLE)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_was_away_hears_of_every_end_when_it_is_back_and_of_each_once() {
    let portal = Portal::default();
    portal.away.store(true, SeqCst);
    let trial = Trial::with(&[], vec![("PORTAL", portal.router())]).await;
    let people = [trial.resident().await, trial.resident().await];
    let mut codes = Vec::new();
    for person in &people {
        codes.push(trial.linked("PORTAL", person).await);
        ends(&trial, person).await;
    }
    assert_eq!(trial.core.bring_all().await.unwrap().open, 2);
    portal.away.store(false, SeqCst);
    brings_everything(&trial).await;
    ends(&trial, &people[0]).await;
    brings_everything(&trial).await;
    let mut heard = portal.heard();
    heard.sort();
    heard.dedup();
    codes.sort();
    assert_eq!(heard, codes);
    assert_eq!(trial.count("SELECT count(*) FROM ended_codes WHERE delivered_at IS NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_reaches_the_old_code_and_its_successor_while_a_key_is_rotated() {
    let portal = Portal::default();
    portal.away.store(true, SeqCst);
    let trial = Trial::with(&[], vec![("PORTAL", portal.router())]).await;
    let hanako = trial.resident().await;
    trial.linked("PORTAL", &hanako).await;
    assert_eq!(trial.core.rotate_key(&org("PORTAL")).await.unwrap().codes, 1);
    ends(&trial, &hanako).await;
    portal.away.store(false, SeqCst);
    brings_everything(&trial).await;
    assert_eq!(trial.count("SELECT count(*) FROM links WHERE unlinked_at IS NULL").await, 0);
    assert_eq!(trial.count("SELECT count(*) FROM ended_codes WHERE delivered_at IS NOT NULL").await, 2);
    assert!(trial.core.rotate_key(&org("PORTAL")).await.is_ok(), "nothing of an ended person keeps a rotation open");
}

/// The end overtakes the code: the portal hears of it when it has no such code yet, and again when it has.
#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_overtakes_its_code_is_told_again() {
    let portal = Portal::default();
    let trial = Trial::with(&[], vec![("PORTAL", portal.router())]).await;
    let hanako = trial.resident().await;
    let dies = EligibilityEnded { resident_record_code: hanako.resident_record_code.clone() };
    assert!(portal.dies_on_delivery.set((trial.party("REGISTER"), dies)).is_ok());
    let order = IssuanceOrder {
        resident_record_code: hanako.resident_record_code.expose().to_owned(),
        org: org("PORTAL"),
        match_number: domain::MatchNumber::from([5; 16]),
    };
    trial.party("JLIS").peers.post_no_content(&CORE, ORDER_PATH, &order).await.unwrap();
    while portal.heard.lock().unwrap().len() < 2 {
        trial.core.tell_ended().await.unwrap();
        tokio::task::yield_now().await;
    }
    brings_everything(&trial).await;
    assert_eq!(portal.heard().len(), 1, "of the same code");
    assert_eq!(trial.count("SELECT count(*) FROM links WHERE unlinked_at IS NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_codes_ends_without_a_word_and_only_the_register_may_say_so() {
    let portal = Portal::default();
    let trial = Trial::with(&["NTA"], vec![("PORTAL", portal.router())]).await;
    let hanako = trial.resident().await;
    ends(&trial, &hanako).await;
    brings_everything(&trial).await;
    assert!(portal.heard().is_empty());
    for other in ["NTA", "PORTAL", "JLIS", "CORE"] {
        assert_eq!(tell_as(&trial, other, &hanako).await.unwrap_err().code(), Some("not-entitled"), "{other}");
    }
}
