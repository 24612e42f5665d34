//! The end of a folder: the person dies or leaves the country (P-FLD-4 to P-FLD-6, P-AUT-8, B-TBL-4).

use std::num::NonZeroU32;

use jiff::SignedDuration;
use linkage::register::Change;
use stories::{Citizen, Engine, Town};

use super::cards::{refused, wording_of};

async fn until(town: &Town, rows: &str, count: i64) {
    for _ in 0..3000 {
        if town.count(rows).await == count {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("never {count} rows of {rows}")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_death_nobody_enters_the_folder_and_at_the_end_it_is_deleted() {
    let short = |settings: &mut server::Settings| settings.retention.folder_days = NonZeroU32::new(30).unwrap();
    let town = Town::starts_with(Engine::Sqlite, short).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    assert_eq!(citizen.opens("/records").await.path(), "/records");

    town.world.lock().await.owner_event("card-0001", Change::Died).await.unwrap();
    until(&town, "folder WHERE state = 'retained'", 1).await;
    assert_ne!(citizen.opens("/records").await.path(), "/records", "the session has ended");
    refused(&citizen.logs_in().await, wording_of("folder-retained"));
    assert_eq!(other.opens("/records").await.path(), "/records");

    town.stops_portal().await;
    town.passes(SignedDuration::from_hours(24 * 29));
    town.starts_portal().await;
    refused(&citizen.logs_in().await, wording_of("folder-retained"));
    town.stops_portal().await;
    town.passes(SignedDuration::from_hours(24 * 2));
    town.starts_portal().await;
    until(&town, "folder WHERE state = 'retained'", 0).await;
    assert_eq!(town.count("folder").await, 1);
    let entries = reqwest::get(town.portal("/log/tile/entries/000.p/1")).await.unwrap().text().await.unwrap();
    for said in ["\"reason\":\"retention-ended\"", "\"class\":\"folder\"", "\"class\":\"certificate\""] {
        assert!(entries.contains(said), "the log has the receipt: {entries}");
    }
    assert_eq!(town.count("login_event WHERE folder_id NOT IN (SELECT id FROM folder)").await, 0);
    assert_eq!(other.logs_in().await.path(), "/home");
}
