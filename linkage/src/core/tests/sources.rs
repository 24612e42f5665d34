use wire::self_view::{SOURCES_PATH, SourcesAnswer, SourcesRequest};

use super::*;

async fn asks(trial: &Trial, channel: &str, link_code: &LinkCode) -> Result<Vec<String>, PeerError> {
    let request = SourcesRequest { link_code: link_code.clone() };
    let answer: SourcesAnswer = trial.party(channel).peers.post(&CORE, SOURCES_PATH, &request).await?;
    Ok(answer.sources.iter().map(|source| format!("{} {}", source.provider, source.info_kind)).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_told_where_a_code_of_theirs_is_and_what_they_may_see_there() {
    let trial = Trial::open(&["NTA", "JPS", "141003"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    assert_eq!(asks(&trial, "PORTAL", &portal).await.unwrap(), Vec::<String>::new());
    trial.linked("NTA", &hanako).await;
    trial.linked("JPS", &hanako).await;
    let sources = asks(&trial, "PORTAL", &portal).await.unwrap();
    assert_eq!(
        sources,
        ["JPS correction-report", "JPS pension-benefit", "JPS pension-coverage", "NTA correction-report", "NTA income"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_offers_every_kind_that_the_law_names_for_it() {
    let trial = Trial::open(&["141003"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    trial.linked("141003", &hanako).await;
    let sources = asks(&trial, "PORTAL", &portal).await.unwrap();
    assert!(sources.iter().all(|source| source.starts_with("141003 ")), "{sources:?}");
    assert_eq!(sources.len(), 10, "{sources:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_has_ended_is_nobodys_and_offers_nothing() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    let nta = trial.linked("NTA", &hanako).await;
    trial.run("UPDATE links SET unlinked_at = linked_at WHERE org = 'NTA'").await;
    assert_eq!(asks(&trial, "PORTAL", &portal).await.unwrap(), Vec::<String>::new());
    trial.run("UPDATE links SET unlinked_at = linked_at WHERE org = 'PORTAL'").await;
    assert_eq!(asks(&trial, "PORTAL", &portal).await.unwrap_err().code(), Some("code-not-issued"));
    assert_eq!(asks(&trial, "PORTAL", &nta).await.unwrap_err().code(), Some("code-not-issued"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_portal_is_told() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    assert_eq!(asks(&trial, "NTA", &portal).await.unwrap_err().code(), Some("not-entitled"));
}

/// A list of places is no look: only the mediations that follow are on record.
#[tokio::test(flavor = "multi_thread")]
async fn asking_where_leaves_no_record() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    trial.linked("NTA", &hanako).await;
    asks(&trial, "PORTAL", &portal).await.unwrap();
    assert_eq!(trial.count("SELECT count(*) FROM access_requests").await, 0);
}
