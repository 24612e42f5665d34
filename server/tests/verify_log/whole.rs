//! The whole log, from a folder and over HTTP.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use tlog::NoteSigner;
use tower_http::services::ServeDir;

use crate::kept::{Kept, entries, key};
use crate::{refused, runs, unreadable};

fn words(log: &str, more: &[&str]) -> Vec<String> {
    let first = ["verify-log", "--key", &key(), log].map(str::to_owned);
    first.into_iter().chain(more.iter().map(|word| (*word).to_owned())).collect()
}

#[test]
fn a_whole_log_is_accepted_with_what_somebody_remembers() {
    let kept = Kept::of(&entries(300));
    let older: Vec<_> = [1, 256, 300]
        .map(|count| kept.has(&format!("older-{count}"), Kept::of(&entries(count)).checkpoint().as_bytes()))
        .into();
    let since: Vec<_> = older.iter().flat_map(|file| ["--since", file]).collect();
    let (status, verdict, told) = runs(&words(&kept.place(), &since));
    assert_eq!((status, &verdict["verdict"]), (0, &"accepted".into()), "{verdict} {told}");
    assert_eq!((&verdict["origin"], &verdict["size"]), (&"portal.example/log".into(), &300.into()));
    assert!(kept.checkpoint().contains(verdict["root"].as_str().unwrap()), "{verdict}");
}

#[test]
fn a_log_that_forgot_or_rewrote_is_refused_by_who_remembers() {
    let mut others = entries(300);
    others[7] = b"another history".to_vec();
    let rewritten = Kept::of(&others);
    let older = rewritten.has("older", Kept::of(&entries(10)).checkpoint().as_bytes());
    refused(&words(&rewritten.place(), &["--since", &older]), "rewritten");
    assert_eq!(runs(&words(&rewritten.place(), &[])).0, 0, "without memory nothing is seen");
    let shorter = Kept::of(&entries(9));
    refused(&words(&shorter.place(), &["--since", &older]), "shorter");
    let forged = shorter.has("forged", shorter.checkpoint().replace("portal.example", "other.example").as_bytes());
    refused(&words(&shorter.place(), &["--since", &forged]), "older_checkpoint");
}

#[test]
fn a_log_of_which_a_part_is_changed_or_gone_is_refused() {
    for (path, reason) in [
        ("checkpoint", "checkpoint"),
        ("tile/0/000", "tile"),
        ("tile/1/000.p/1", "tile"),
        ("tile/entries/001.p/44", "tile"),
        ("tile/entries/000", "tile"),
    ] {
        let kept = Kept::of(&entries(300));
        let mut bytes = std::fs::read(kept.path(path)).unwrap();
        // In the middle: of the note's text, of a hash, of an entry.
        let middle = bytes.len() / 2 - 1;
        bytes[if path == "checkpoint" { 1 } else { middle }] ^= 1;
        kept.has(path, &bytes);
        refused(&words(&kept.place(), &[]), reason);
        std::fs::remove_file(kept.path(path)).unwrap();
        refused(&words(&kept.place(), &[]), "missing");
    }
    let stranger = NoteSigner::new("portal.example/log", &[8; 32]).unwrap().key().to_string();
    refused(&["verify-log", "--key", &stranger, &Kept::of(&entries(3)).place()], "checkpoint");
}

#[test]
fn what_cannot_be_read_is_not_judged() {
    let kept = Kept::of(&entries(3));
    unreadable(&words(&kept.place(), &["--since", "/nowhere"]), "/nowhere");
    std::fs::remove_file(kept.path("checkpoint")).unwrap();
    std::fs::create_dir(kept.path("checkpoint")).unwrap();
    unreadable(&words(&kept.place(), &[]), "checkpoint");
    unreadable(&["verify-log", "--key", "nonsense", &kept.place()], "--key");
    unreadable(&["verify-log", "--key", &key()], "LOG");
    unreadable(&["verify-log", "--key", &key(), "--since", "x", "--entry", "x", "--proof", "x"], "LOG");
}

/// Whoever serves these answers on a port of their own.
async fn serves(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/log/")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_fetched_from_its_address() {
    let kept = Kept::of(&entries(300));
    let address = serves(Router::new().nest_service("/log", ServeDir::new(kept.place()))).await;
    let whole = words(&address, &[]);
    let (status, verdict, told) = tokio::task::spawn_blocking(move || runs(&whole)).await.unwrap();
    assert_eq!((status, &verdict["size"]), (0, &300.into()), "{verdict} {told}");
    std::fs::remove_file(kept.path("tile/0/000")).unwrap();
    let without = words(&address, &[]);
    tokio::task::spawn_blocking(move || refused(&without, "missing")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_answers_otherwise_is_not_judged() {
    let address = serves(Router::new().route("/log/checkpoint", get(StatusCode::SERVICE_UNAVAILABLE))).await;
    tokio::task::spawn_blocking(move || unreadable(&words(&address, &[]), "503")).await.unwrap();
    let nobody = "http://127.0.0.1:1/log";
    tokio::task::spawn_blocking(move || unreadable(&words(nobody, &[]), nobody)).await.unwrap();
}
