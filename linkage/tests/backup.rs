//! The restore drill (B-OPS-1): a backup under load, a world from it, and everything answers and goes on.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::{fs, path::Path};

use domain::LinkCode;
use jiff::Timestamp;
use linkage::{
    backup::{self, BackupError, MANIFEST_FILE, Manifest, RestoreError},
    counter::NewCard,
    party::{CORE, DataDir, PORTAL},
    simulate,
    testing::{Demo, DemoOptions},
};
use runtime::Clock as _;
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;
use wire::self_view::SOURCES_PATH;

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn folder() -> TempDir {
    TempDir::new_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap()
}

async fn starts(data: &Path) -> Demo {
    Demo::start(data, &DemoOptions::at(now())).await.unwrap()
}

async fn count(data: &Path, party: &str, rows: &'static str) -> i64 {
    let file = data.join(format!("linkage/{party}.sqlite"));
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}?mode=ro", file.display())).await.unwrap();
    sqlx::query_scalar(rows).fetch_one(&mut connection).await.unwrap()
}

const REQUESTS: &str = "SELECT count(*) FROM access_requests";

async fn exchanges(demo: &Demo, seed: u64) -> u32 {
    let tally = demo.simulate(&simulate::Options { days: 3, rate: 40, seed }).await.unwrap();
    tally.provided
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_makes_a_world_that_answers_and_goes_on() {
    let (lived, kept, restored) = (folder(), folder(), folder());
    let demo = starts(lived.path()).await;
    let renewed = demo.counter().issues_again("card-0001", NewCard::Renewal).await.unwrap();
    exchanges(&demo, 1).await;
    let before = count(lived.path(), "core", REQUESTS).await;
    let into = kept.path().join("backup");
    let (made, _) = tokio::join!(backup::backup(demo.data(), &into, now()), exchanges(&demo, 2));
    let made = made.unwrap();
    let after = count(lived.path(), "core", REQUESTS).await;
    assert!(after > before, "there was load");
    demo.stop().await;
    drop(lived);

    let data = DataDir::new(restored.path().join("data"));
    let manifest = backup::restore(&into, &data).await.unwrap();
    assert_eq!(manifest, made.manifest);
    let logged = count(data.path(), "core", REQUESTS).await;
    assert!((before..=after).contains(&logged), "{before} <= {logged} <= {after}");

    let demo = starts(data.path()).await;
    demo.parties().register().wait_until_told().await.unwrap();
    assert_eq!(demo.parties().ended(), Vec::<String>::new());
    // The whole way of an exchange: keys, codes, whitelist, books, signatures and the log.
    assert!(exchanges(&demo, 3).await > 0);
    let went_on = count(data.path(), "core", REQUESTS).await;
    assert!(went_on > logged, "the access log goes on");
    assert_eq!(count(data.path(), "core", "SELECT max(seq) FROM access_requests").await, went_on, "without a gap");
    demo.counter().hands_over(&renewed).await.unwrap();
    let unknown = wire::self_view::SourcesRequest { link_code: LinkCode::from([7; 32]) };
    let asked: Result<serde_json::Value, _> =
        demo.client_of(&PORTAL).unwrap().peers.post(&CORE, SOURCES_PATH, &unknown).await;
    assert_eq!(asked.err().unwrap().code(), Some(wire::access_records::CODE_NOT_ISSUED), "the core answers");
    assert!(demo.clock().now() >= now());
}

/// A small world's backup, made once for the tests of what can be wrong with one.
async fn a_backup() -> (TempDir, std::path::PathBuf) {
    let (lived, kept) = (folder(), folder());
    let demo = starts(lived.path()).await;
    let into = kept.path().join("backup");
    backup::backup(demo.data(), &into, now()).await.unwrap();
    let again = backup::backup(demo.data(), &into, now()).await.unwrap_err();
    assert!(matches!(again, BackupError::NotEmpty(_)), "{again}");
    let within = backup::backup(demo.data(), &lived.path().join("linkage/backup"), now()).await.unwrap_err();
    assert!(matches!(within, BackupError::Within(_)), "{within}");
    demo.stop().await;
    (kept, into)
}

async fn refused(from: &Path) -> RestoreError {
    let folder = folder();
    let data = DataDir::new(folder.path().join("data"));
    let error = backup::restore(from, &data).await.unwrap_err();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let empty = |path: &Path| fs::read_dir(path).unwrap().next().is_none();
    assert!(left.iter().all(|path| path == data.path() && empty(path)), "nothing is put in place: {left:?}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_not_whole_restores_nothing() {
    let (_kept, into) = a_backup().await;
    let full = folder();
    fs::write(full.path().join("something"), "").unwrap();
    let error = backup::restore(&into, &DataDir::new(full.path())).await.unwrap_err();
    assert!(matches!(error, RestoreError::NotEmpty(_)), "{error}");

    let core = into.join("linkage/core.sqlite");
    let bytes = fs::read(&core).unwrap();
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    fs::write(&core, &flipped).unwrap();
    assert!(matches!(refused(&into).await, RestoreError::Damaged(name) if name == "linkage/core.sqlite"));
    fs::remove_file(&core).unwrap();
    assert!(matches!(refused(&into).await, RestoreError::Damaged(_)));
    std::os::unix::fs::symlink("/etc/passwd", &core).unwrap();
    assert!(matches!(refused(&into).await, RestoreError::Damaged(_)));
    fs::remove_file(&core).unwrap();
    fs::write(&core, &bytes).unwrap();

    let path = into.join(MANIFEST_FILE);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"world.toml\"", "\"../world.toml\"")).unwrap();
    assert!(matches!(refused(&into).await, RestoreError::NoManifest(_)));
    fs::remove_file(&path).unwrap();
    assert!(matches!(refused(&into).await, RestoreError::NoManifest(_)));
    fs::write(&path, &text).unwrap();
    let manifest: Manifest = serde_json::from_str(&text).unwrap();
    for party in ["core", "core-keys", "register", "jlis", "jpki", "numbers", "nta", "jasso", "141003"] {
        let name = format!("linkage/{party}.sqlite");
        assert!(manifest.files.iter().any(|file| file.path == name), "{name}");
    }
    let world = folder();
    backup::restore(&into, &DataDir::new(world.path().join("data"))).await.unwrap();
    let key = world.path().join("data/orgs/NTA/tls.key");
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(key).unwrap().permissions()) & 0o777, 0o600);
}

#[tokio::test]
async fn where_there_is_no_world_there_is_no_backup() {
    let empty = folder();
    let made = backup::backup(&DataDir::new(empty.path()), &empty.path().join("b"), now()).await.unwrap_err();
    assert!(matches!(made, BackupError::NoWorld(_)), "{made}");
}
