use std::time::Duration;

use domain::MatchNumber;
use wire::issuance::{IssuanceOrder, ORDER_PATH};

use super::*;
use crate::core::trial::{Resident, facts};
use crate::core::{Core, CoreFiles, Round};
use crate::entropy::{Entropy, seeded};
use crate::institution::{InternalId, ObtainError, SeededPerson};

impl Trial {
    /// Somebody in the books whose code was not asked for yet.
    async fn knows_without_code(&self, at: &str, resident: &Resident) -> InternalId {
        let person = SeededPerson { four_info: resident.four_info.clone(), facts: facts(), code: None };
        let today = jiff::civil::date(2026, 11, 3);
        self.institution(at).seed(&[person], today).await.unwrap().remove(0)
    }

    async fn order_as(&self, channel: &str, for_org: &str, who: &Resident, number: u8) -> Result<(), PeerError> {
        let order = IssuanceOrder {
            resident_record_code: who.resident_record_code.expose().to_owned(),
            org: org(for_org),
            match_number: MatchNumber::from([number; 16]),
        };
        self.party(channel).peers.post_no_content(&CORE, ORDER_PATH, &order).await
    }
}

/// The seven steps, among four parties.
#[tokio::test(flavor = "multi_thread")]
async fn an_institution_gets_a_code_for_its_own_four_items() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows_without_code("141003", &hanako).await;
    let city = trial.institution("141003");

    city.request_code(&here).await.unwrap();
    tokio::time::timeout(Duration::from_secs(20), city.wait_for_code(&here)).await.unwrap().unwrap();

    let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
    assert!(city.exchange(&bp, &org("NTA"), &here, &kind).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn four_items_that_mean_nobody_get_no_code() {
    let trial = Trial::open(&["141003"]).await;
    let (hanako, stranger) = (trial.resident().await, trial.resident().await);
    let here = trial.knows_without_code("141003", &hanako).await;
    let moved = domain::FourInfo::new(
        hanako.four_info.name().into(),
        stranger.four_info.address().into(),
        hanako.four_info.birth_date(),
        hanako.four_info.sex(),
    );
    let city = trial.institution("141003");
    city.sync_four_info(&here, &moved.unwrap()).await.unwrap();
    assert!(matches!(city.request_code(&here).await, Err(ObtainError::NotIdentified)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_jlis_may_order_a_code() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let refused = trial.order_as("NTA", "NTA", &hanako, 1).await.unwrap_err();
    assert_eq!(refused.code(), Some("not-entitled"));
    assert_eq!(trial.count("SELECT count(*) FROM links").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_order_twice_is_one_code() {
    let trial = Trial::open(&[]).await;
    let (hanako, other) = (trial.resident().await, trial.resident().await);
    trial.order_as("JLIS", "NTA", &hanako, 1).await.unwrap();
    trial.order_as("JLIS", "NTA", &hanako, 1).await.unwrap();
    assert_eq!(trial.count("SELECT count(*) FROM links").await, 1);
    assert_eq!(trial.count("SELECT count(*) FROM issuances").await, 1);

    let reused = trial.order_as("JLIS", "NTA", &other, 1).await.unwrap_err();
    assert_eq!(reused.code(), Some("match-number-used"));
    assert_eq!(trial.count("SELECT count(*) FROM links").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_one_code_at_an_organisation_and_another_elsewhere() {
    let trial = Trial::open(&[]).await;
    let hanako = trial.resident().await;
    let (first, again) = (trial.linked("NTA", &hanako).await, trial.linked("NTA", &hanako).await);
    assert_eq!(first, again);
    assert_ne!(first, trial.linked("JPS", &hanako).await);
    assert_eq!(trial.count("SELECT count(*) FROM id_records").await, 1);
}

/// An order that was answered is durable: another core on the same files brings it.
#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_survives_a_restart() {
    let folder = crate::core::trial::folder();
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let files = CoreFiles {
        database: folder.path().join("core.sqlite"),
        keys: folder.path().join("core-keys.sqlite"),
        settings: folder.path().join("core.toml"),
    };
    let start = async || Core::open(&files, trial.party("CORE"), Entropy::new(seeded(8))).await.unwrap();
    let before = start().await;
    let order = IssuanceOrder {
        resident_record_code: hanako.resident_record_code.expose().to_owned(),
        org: org("NTA"),
        match_number: MatchNumber::from([4; 16]),
    };
    before.issue(&order).await.unwrap();
    drop(before);

    let after = start().await;
    let round = after.bring_all().await.unwrap();
    assert_eq!(round.open, 1, "{round:?}");
}

/// B-ISS-4: NTA never asked; it refuses, is asked a few times more, then the core gives up and says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_nobody_waits_for_is_refused_and_given_up() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let order = IssuanceOrder {
        resident_record_code: hanako.resident_record_code.expose().to_owned(),
        org: org("NTA"),
        match_number: MatchNumber::from([5; 16]),
    };
    trial.core.issue(&order).await.unwrap();
    let mut last = Round::default();
    for _ in 0..20 {
        last = trial.core.bring_all().await.unwrap();
        if last.open == 0 {
            break;
        }
    }
    assert_eq!(last.open, 0);
    assert_eq!(
        trial
            .count("SELECT count(*) FROM issuances WHERE given_up_at IS NOT NULL AND refusal = 'match-number-unknown'")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_no_resident_record_code_is_refused() {
    let trial = Trial::open(&[]).await;
    let malformed = IssuanceOrder {
        resident_record_code: "1234567890x".into(),
        org: org("NTA"),
        match_number: MatchNumber::from([1; 16]),
    };
    let refused = trial.party("JLIS").peers.post_no_content(&CORE, ORDER_PATH, &malformed).await;
    assert_eq!(refused.unwrap_err().code(), Some("malformed"));
}
