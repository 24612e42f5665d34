//! Codes for a whole world at once are the codes that issuance brings.

use std::collections::HashSet;

use domain::KeyIndex;

use super::*;
use crate::core::trial::Resident;
use crate::core::{BulkError, IssuanceError};

impl Trial {
    async fn in_bulk(&self, at: &str, people: &[&Resident]) -> Result<Vec<(LinkCode, KeyIndex)>, BulkError> {
        let codes: Vec<&str> = people.iter().map(|person| person.resident_record_code.expose()).collect();
        self.core.link_in_bulk(&org(at), codes).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_come_in_the_order_given_and_the_same_person_has_the_same_code() {
    let trial = Trial::open(&["NTA"]).await;
    let (one, two, three) = (trial.resident().await, trial.resident().await, trial.resident().await);
    let first = trial.in_bulk("NTA", &[&one, &two, &three]).await.unwrap();
    let again = trial.in_bulk("NTA", &[&three, &one, &one, &two]).await.unwrap();
    let [a, b, c] = first.try_into().unwrap();
    assert_eq!(again, [c.clone(), a.clone(), a.clone(), b.clone()]);
    assert_eq!(HashSet::from([a.0, b.0, c.0]).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issued_code_and_one_made_in_bulk_are_the_same() {
    let trial = Trial::open(&["141003"]).await;
    let hanako = trial.resident().await;
    let person = crate::institution::SeededPerson {
        four_info: hanako.four_info.clone(),
        facts: crate::core::trial::facts(),
        code: None,
    };
    let city = trial.institution("141003");
    let here = city.seed(&[person], jiff::civil::date(2026, 11, 3)).await.unwrap().remove(0);
    city.request_code(&here).await.unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(20), city.wait_for_code(&here)).await.unwrap().unwrap();
    let made = trial.in_bulk("141003", &[&hanako]).await.unwrap();
    assert_eq!(made, [(city.code_for_test(&here).await, KeyIndex(1))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_rotation_the_newer_code_takes_the_place_of_the_older() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let old = trial.in_bulk("NTA", &[&hanako]).await.unwrap().remove(0);
    trial.core.keys.rotate(&org("NTA"), trial.now(), &mut crate::entropy::seeded(5)).await.unwrap();
    let new = trial.in_bulk("NTA", &[&hanako]).await.unwrap().remove(0);
    assert_eq!((old.1, new.1), (KeyIndex(1), KeyIndex(2)));
    let convert = async |code| crate::core::conversion::person(&trial.core, &org("NTA"), code).await.unwrap();
    assert!(convert(&old.0).await.is_none() && convert(&new.0).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_that_is_none_makes_no_codes_at_all() {
    let trial = Trial::open(&["NTA"]).await;
    for wrong in ["", "1234567890", "123456789012", "1234567890a"] {
        let refused = trial.core.link_in_bulk(&org("NTA"), ["12345678901", wrong]).await;
        assert!(matches!(refused, Err(IssuanceError::Malformed)), "{wrong}");
    }
    let mut read = trial.core.pool.read().await.unwrap();
    let links: i64 = sqlx::query_scalar("SELECT count(*) FROM links").fetch_one(&mut *read).await.unwrap();
    assert_eq!(links, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_people_than_fit_into_one_statement_all_get_codes() {
    let trial = Trial::open(&["NTA"]).await;
    let codes: Vec<String> = (0..2500u64).map(|n| format!("{n:011}")).collect();
    let made = trial.core.link_in_bulk(&org("NTA"), codes.iter().map(String::as_str)).await.unwrap();
    assert_eq!(made.iter().map(|(code, _)| code).collect::<HashSet<_>>().len(), 2500);
}
