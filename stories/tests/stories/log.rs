//! The portal's own log: whoever reads it over HTTP can check it, whole and receipt by receipt, without trusting anybody.

use std::path::Path;
use std::process::{Command, Output};

use domain::ReceiptId;
use portal::{Log, PurgeReason, Receipt, Store, Target};
use reqwest::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use stories::{Browser, Engine, Town};
use tlog::{Checkpoint, NoteSigner};

fn receipt(town: &Town, byte: u8) -> Receipt {
    Receipt::new(ReceiptId::from([byte; 16]), town.now(), PurgeReason::Logout, Vec::new())
}

/// Into the tables of this town's portal, as a purge does it.
async fn enters(town: &Town, receipts: impl Iterator<Item = u8>) {
    let target = match town.database_url().strip_prefix("sqlite:") {
        Some(path) => Target::Sqlite(path.into()),
        None => Target::Postgres(town.database_url().to_owned()),
    };
    let store = Store::open(&target).await.unwrap();
    let log = Log::new(store.clone(), Town::log_signer());
    for byte in receipts {
        let mut repository = store.begin().await.unwrap();
        log.enter_receipt(&mut repository, &receipt(town, byte), None).await.unwrap();
        repository.commit().await.unwrap();
    }
}

async fn verifies_log(words: Vec<String>) -> (Option<i32>, serde_json::Value) {
    let output = tokio::task::spawn_blocking(move || Command::new(stories::program()).args(words).output());
    let Output { status, stdout, stderr } = output.await.unwrap().unwrap();
    let verdict = serde_json::from_slice(&stdout);
    (status.code(), verdict.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&stderr))))
}

/// Downloads a file; where it is.
async fn keeps(town: &Town, path: &str, name: &str) -> String {
    let bytes = reqwest::get(town.portal(path)).await.unwrap().bytes().await.unwrap();
    let file = town.data().join(name);
    std::fs::write(&file, bytes).unwrap();
    file.display().to_string()
}

async fn anybody_can_check_the_log_and_a_receipt_in_it(town: Town) {
    enters(&town, 1..=3).await;
    let words = |more: &[String]| {
        let key = Town::log_signer().key().to_string();
        [vec!["verify-log".to_owned(), "--key".to_owned(), key], more.to_vec()].concat()
    };
    let address = town.portal("/log").to_string();
    let older = keeps(&town, "/log/checkpoint", "older").await;
    enters(&town, 4..=9).await;

    let whole = words(&[address.clone(), "--since".to_owned(), older]);
    let (status, verdict) = verifies_log(whole).await;
    assert_eq!((status, verdict.get("size")), (Some(0), Some(&9.into())), "{verdict}");

    let receipt_path = format!("/receipts/{}", receipt(&town, 5).id());
    let kept = keeps(&town, &receipt_path, "receipt").await;
    let proof = keeps(&town, &format!("{receipt_path}.tlog-proof"), "proof").await;
    let one = words(&["--entry".to_owned(), kept.clone(), "--proof".to_owned(), proof.clone(), address]);
    let (status, verdict) = verifies_log(one).await;
    assert_eq!((status, verdict.get("index")), (Some(0), Some(&4.into())), "{verdict}");

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/check-receipt");
    let key = Town::log_signer().key().to_string();
    let output = Command::new(script).args([&kept, &proof, &key]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_can_check_the_log_of_a_portal_on_sqlite() {
    anybody_can_check_the_log_and_a_receipt_in_it(Town::starts().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_can_check_the_log_of_a_portal_on_postgresql() {
    anybody_can_check_the_log_and_a_receipt_in_it(Town::starts_with(Engine::Postgres, |_| {}).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logs_files_are_served_as_the_specification_says() {
    let town = Town::starts().await;
    enters(&town, 1..=5).await;
    let id = receipt(&town, 2).id();
    for (path, kind, cache, name) in [
        ("/log/checkpoint".to_owned(), "text/plain; charset=utf-8", "no-cache", None),
        ("/log/tile/0/000.p/5".to_owned(), "application/octet-stream", "immutable", None),
        ("/log/tile/0/000.p/2".to_owned(), "application/octet-stream", "immutable", None),
        ("/log/tile/entries/000.p/5".to_owned(), "application/octet-stream", "immutable", None),
        (format!("/receipts/{id}"), "application/json", "no-store", Some(format!("receipt-{id}.json"))),
        (
            format!("/receipts/{id}.tlog-proof"),
            "text/plain; charset=utf-8",
            "no-store",
            Some(format!("receipt-{id}.tlog-proof")),
        ),
    ] {
        let answer = reqwest::get(town.portal(&path)).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(header(CONTENT_TYPE), kind, "{path}");
        assert!(header(CACHE_CONTROL).contains(cache), "{path}: {}", header(CACHE_CONTROL));
        assert!(header(CONTENT_DISPOSITION).contains(&name.unwrap_or_default()), "{path}");
        assert!(!answer.headers().contains_key("set-cookie"), "{path}");
    }
    let receipt = reqwest::get(town.portal(&format!("/receipts/{id}"))).await.unwrap().bytes().await.unwrap();
    assert_eq!(Receipt::from_json(&receipt).unwrap().id(), id);
    let note = reqwest::get(town.portal("/log/checkpoint")).await.unwrap().text().await.unwrap();
    assert_eq!(Checkpoint::open(&note, Town::log_signer().key()).unwrap().head.size, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_the_log_is_a_page_that_there_is_not() {
    let town = Town::starts().await;
    let browser = Browser::new("ja");
    let unknown = browser.opens(&town.portal("/no/such/page")).await;
    let absent = ReceiptId::from([9; 16]);
    for path in [
        "/log/tile/0/000.p/1",
        "/log/tile/0/000",
        "/log/tile/00/000",
        "/log/tile/entries/000.p/256",
        "/log/tile/..%2f..%2fhome",
        "/log/",
        &format!("/receipts/{absent}"),
        &format!("/receipts/{absent}.tlog-proof"),
        "/receipts/0A000000000000000000000000000000",
        "/receipts/x",
    ] {
        let page = browser.opens(&town.portal(path)).await;
        assert_eq!(page.status, 404, "{path}");
        // But for the reference number: the same words.
        assert_eq!(
            page.text().split_once("番号").map(|(before, _)| before.to_owned()),
            unknown.text().split_once("番号").map(|(before, _)| before.to_owned()),
            "{path}"
        );
    }
}

/// Else it would sign a second history over the first.
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_another_key_does_not_start_on_this_log() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let settings = town.settings_file(&town.world.lock().await.directory().as_ref().clone());
    std::fs::create_dir_all(town.database.parent().unwrap()).unwrap();
    enters(&town, 1..=2).await;
    let stranger = NoteSigner::new("localhost/my-portal", &[8; 32]).unwrap().to_secret_text();
    let mut command = Command::new(stories::program());
    command.arg("serve").arg("--config").arg(&settings).args(["--clock", &town.now().to_string()]);
    command.env("MY_PORTAL__LOG__KEY", stranger.as_str());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the log in the database is not the log of this key"), "{said}");
}
