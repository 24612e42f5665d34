//! The demo world, made and run as the program does it.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use linkage::{
    jpki::CardEvent,
    party::{CORE, DataDir, Directory},
    register::Change,
    simulate,
    testing::{Demo, DemoOptions},
    world::{self, Manifest, Options, WorldError},
};
use runtime::{Clock, SettableClock};
use tempfile::TempDir;
use wire::card_file::{BlankCard, CardTable};

fn now() -> Timestamp {
    "2026-11-03T05:00:00Z".parse().unwrap()
}

fn folder() -> TempDir {
    TempDir::new_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap()
}

async fn build(folder: &TempDir, options: Options, at: Timestamp) -> Result<Manifest, WorldError> {
    runtime::tls::install_provider();
    let clock: Arc<dyn Clock> = Arc::new(SettableClock::new(at));
    world::build(&DataDir::new(folder.path()), &options, &clock, &|_| ()).await
}

const PLAIN: Options = Options { seed: 1, residents: None, cards: None, institutions: None };

/// Files outside the databases, which the engine may touch when it opens them.
fn files(below: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(below).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("linkage") {
            found.extend(files(&path));
        } else if path.is_file() {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn cards(folder: &TempDir) -> Vec<BlankCard> {
    let table = fs::read_to_string(folder.path().join("cards/cards.toml")).unwrap();
    let table: CardTable = toml::from_str(&table).unwrap();
    let read = |id: &str| fs::read(folder.path().join(format!("cards/{id}.json"))).unwrap();
    table.cards.iter().map(|row| serde_json::from_slice(&read(&row.id)).unwrap()).collect()
}

#[tokio::test]
async fn a_second_run_leaves_a_complete_world_alone() {
    let folder = folder();
    build(&folder, PLAIN, now()).await.unwrap();
    let before = files(folder.path());
    let later = "2027-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(build(&folder, PLAIN, later).await.unwrap().made_at, now());
    assert!(files(folder.path()) == before);
}

#[tokio::test]
async fn a_world_of_another_seed_is_never_overwritten() {
    let folder = folder();
    build(&folder, PLAIN, now()).await.unwrap();
    let refused = build(&folder, Options { seed: 2, ..PLAIN }, now()).await.unwrap_err();
    assert!(refused.to_string().contains("seed 1"), "{refused}");
}

#[tokio::test]
async fn a_world_cut_off_is_completed_and_keeps_what_it_has() {
    let folder = folder();
    build(&folder, PLAIN, now()).await.unwrap();
    let whole = files(folder.path());
    let manifest = folder.path().join("world.toml");
    let unfinished = fs::read_to_string(&manifest).unwrap().replace("complete = true", "complete = false");
    fs::write(&manifest, unfinished).unwrap();
    for lost in ["parties.toml", "cards/card-0003.json", "cards/cards.toml", "orgs/NTA/seal.pem"] {
        fs::remove_file(folder.path().join(lost)).unwrap();
    }
    build(&folder, PLAIN, now()).await.unwrap();
    let mut again = files(folder.path());
    let seal = folder.path().join("orgs/NTA/seal.pem");
    // Signed anew, so that it is another certificate for the same key.
    again.insert(seal.clone(), whole[&seal].clone());
    assert!(again == whole);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_cards_with_the_same_numbers() {
    let (one, two) = (folder(), folder());
    build(&one, PLAIN, now()).await.unwrap();
    build(&two, PLAIN, now()).await.unwrap();
    let text = |folder| serde_json::to_string(&cards(folder)).unwrap();
    assert_eq!(text(&one), text(&two));
}

#[tokio::test]
async fn keys_cards_and_databases_are_for_their_owner_only() {
    let folder = folder();
    build(&folder, PLAIN, now()).await.unwrap();
    let mut private: Vec<PathBuf> = files(folder.path())
        .into_keys()
        .filter(|path| path.extension().is_some_and(|e| e == "key") || path.parent().unwrap().ends_with("cards"))
        .collect();
    private.extend(fs::read_dir(folder.path().join("linkage")).unwrap().map(|entry| entry.unwrap().path()));
    assert!(private.len() > 60, "{}", private.len());
    for path in private {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
    }
}

#[tokio::test]
async fn made_up_residents_and_their_cards_come_beside_the_demo_s_own() {
    let folder = folder();
    let manifest = build(&folder, Options { residents: Some(300), cards: Some(20), ..PLAIN }, now()).await.unwrap();
    assert_eq!((manifest.residents, manifest.cards), (300, 20));
    assert_eq!(cards(&folder).len(), 20);
}

#[tokio::test]
async fn a_running_world_simulates_and_nothing_is_left_open() {
    let folder = folder();
    let demo = Demo::start(folder.path(), &DemoOptions::at(now())).await.unwrap();
    let tally = demo.simulate(&simulate::Options { days: 10, rate: 10, seed: 1 }).await.unwrap();
    assert!(tally.provided > 40 && tally.refused > 0, "{tally:?}");
    assert_eq!(demo.clock().now(), now());
    demo.stop().await;
}

#[tokio::test]
async fn a_simulation_runs_once() {
    let folder = folder();
    build(&folder, PLAIN, now()).await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SettableClock::new(now()));
    let options = simulate::Options { days: 3, rate: 5, seed: 1 };
    let data = DataDir::new(folder.path());
    let first = simulate::run(&data, &options, &clock, &|_| ()).await.unwrap();
    let second = simulate::run(&data, &options, &clock, &|_| ()).await.unwrap();
    assert!(first.is_some() && second.is_none());
}

#[tokio::test]
async fn events_reach_cards_and_owners_of_a_running_world() {
    let folder = folder();
    let demo = Demo::start(folder.path(), &DemoOptions::at(now())).await.unwrap();
    let card = demo.card_of("takahashi-misaki").unwrap().unwrap();
    demo.card_event(&card, CardEvent::Loss).await.unwrap();
    demo.owner_event(&card, Change::Died).await.unwrap();
    let again = demo.owner_event(&card, Change::Died).await.unwrap_err();
    assert!(again.to_string().contains("no resident any more"), "{again}");
    let unknown = demo.card_event("card-9999", CardEvent::Loss).await.unwrap_err();
    assert!(unknown.to_string().contains("card-9999"), "{unknown}");
    demo.stop().await;
}

#[tokio::test]
async fn a_stopped_party_comes_back_where_it_was() {
    let folder = folder();
    let mut demo = Demo::start(folder.path(), &DemoOptions::at(now())).await.unwrap();
    let told: Directory = Directory::read(&demo.data().parties_file()).unwrap();
    demo.stop_party(&CORE).await;
    demo.stop_jpki_http().await;
    assert!(reqwest::get(format!("{}/crl/signature.crl", told.jpki.http)).await.is_err());
    demo.start_party(&CORE).await.unwrap();
    demo.start_jpki_http().await.unwrap();
    assert!(reqwest::get(format!("{}/crl/signature.crl", told.jpki.http)).await.unwrap().status().is_success());
    let tally = demo.simulate(&simulate::Options { days: 1, rate: 3, seed: 1 }).await.unwrap();
    assert!(tally.provided + tally.no_data_held + tally.refused > 0);
    demo.stop().await;
}
