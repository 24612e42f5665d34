//! Twin faults of every write to the access log: it fails and is not there, or it fails and is there. Either way
//! nothing is released (N-10), and what is in the log afterwards is true.

use wire::mediation::refusal;

use super::*;
use crate::core::access_log::{Step, faults::Fault};

struct Story {
    trial: Trial,
    code: LinkCode,
    portal: LinkCode,
}

async fn story() -> Story {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let code = trial.linked("141003", &hanako).await;
    let portal = trial.linked("PORTAL", &hanako).await;
    Story { trial, code, portal }
}

impl Story {
    async fn log_is_unavailable_for(&self, request: &MediationRequest) {
        let (status, problem, id) = refused(self.trial.mediate_as("141003", request).await);
        assert_eq!((status, problem.as_str(), id), (503, refusal::LOG_UNAVAILABLE, None));
    }

    async fn provider_was_asked(&self) -> bool {
        let data = self.trial.data.database("NTA");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", data.display())).await.unwrap();
        let asked: i64 = sqlx::query_scalar("SELECT count(*) FROM exchange_log").fetch_one(&pool).await.unwrap();
        asked > 0
    }

    async fn shown(&self) -> Vec<Outcome> {
        outcomes(&self.trial.records(&self.portal).await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_logged_is_not_made() {
    let story = story().await;
    story.trial.core.log.faults.next(Step::Request, Fault::NotPersisted);
    story.log_is_unavailable_for(&premium_request(&story.code)).await;
    assert!(!story.provider_was_asked().await);
    assert!(story.shown().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_may_be_logged_is_not_made_and_shows_as_unanswered() {
    let story = story().await;
    story.trial.core.log.faults.next(Step::Request, Fault::ButPersisted);
    story.log_is_unavailable_for(&premium_request(&story.code)).await;
    assert!(!story.provider_was_asked().await);
    assert_eq!(story.shown().await, [Outcome::Unanswered]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_outcome_is_not_logged_is_not_released() {
    let story = story().await;
    story.trial.core.log.faults.next(Step::Outcome, Fault::NotPersisted);
    story.log_is_unavailable_for(&premium_request(&story.code)).await;
    assert!(story.provider_was_asked().await);
    assert_eq!(story.shown().await, [Outcome::Unanswered]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_outcome_may_be_logged_is_not_released() {
    let story = story().await;
    story.trial.core.log.faults.next(Step::Outcome, Fault::ButPersisted);
    story.log_is_unavailable_for(&premium_request(&story.code)).await;
    assert_eq!(story.shown().await, [Outcome::Provided]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_not_logged_says_so() {
    let story = story().await;
    let mut unlawful = premium_request(&story.code);
    unlawful.bp = "child-allowance".parse().unwrap();
    for (fault, shown) in [(Fault::NotPersisted, 0), (Fault::ButPersisted, 1)] {
        story.trial.core.log.faults.next(Step::Refusal, fault);
        story.log_is_unavailable_for(&unlawful).await;
        assert_eq!(story.shown().await.len(), shown, "{fault:?}");
    }
}

/// No injected fault: the table is really gone.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_log_table_nothing_is_mediated() {
    let story = story().await;
    story.trial.run("ALTER TABLE access_outcomes RENAME TO away").await;
    story.log_is_unavailable_for(&premium_request(&story.code)).await;
}
