//! What came back.

use domain::{LinkCode, NoticeState};
use jiff::SignedDuration;
use municipality::store::{ReturnedRow, SendingId};
use pki::cms::Form;
use pki::{Certificate, SigningKey};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{City, System, code, draft, notice};

async fn came(city: &City, number: u64, notice: domain::NoticeId, from: &str) {
    keeps(city, number, notice, from, Some(NoticeState::OpenedByPerson)).await;
}

async fn keeps(city: &City, number: u64, notice: domain::NoticeId, from: &str, state: Option<NoticeState>) {
    let row = ReturnedRow { state, ..returned(city, number, notice, from) };
    keeps_row(city, &row).await;
}

/// A reply that was opened and believed when it came.
async fn replied(city: &City, number: u64, notice: domain::NoticeId, from: &str) {
    let row = returned(city, number, notice, from);
    let read = |name: &str| std::fs::read_to_string(city.folder.path().join("id").join(name)).unwrap();
    let certificate = Certificate::from_pem(&read("sign.pem")).unwrap();
    let key = SigningKey::from_pkcs8_pem(&read("sign.key")).unwrap();
    let content = json!({ "notice": notice, "sender": "141003", "replied_at": row.at, "answers": [] }).to_string();
    let prepared = pki::cms::prepare(content.as_bytes(), &certificate, row.at).unwrap();
    let reply = Some(prepared.sign(&key, Form::Attached).unwrap());
    keeps_row(city, &ReturnedRow { reply, ..row }).await;
}

fn returned(city: &City, number: u64, notice: domain::NoticeId, from: &str) -> ReturnedRow {
    let at = runtime::Clock::now(city.clock.as_ref());
    ReturnedRow { number, notice, link_code: from.parse::<LinkCode>().unwrap(), at, state: None, reply: None }
}

async fn keeps_row(city: &City, row: &ReturnedRow) {
    let mut repository = city.running().store.begin().await.unwrap();
    assert!(repository.insert_returned(row).await.unwrap());
    repository.commit().await.unwrap();
}

async fn returns(system: &System, query: &str) -> Value {
    system.asks(Method::GET, &format!("/api/v1/returns{query}")).await.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_made_a_sending_hears_what_came_back_and_nobody_else() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let shared = system.api.send("k1", &notice(1)).await.unwrap().id.parse::<SendingId>().unwrap();
    let own = json!({
        "draft": draft("{{day}}の健康診断"),
        "recipients": [{ "link_code": code(1), "fields": { "day": "1日" } }, { "link_code": code(2), "fields": { "day": "2日" } }],
    });
    let merged = system.api.send("k2", &own).await.unwrap().id.parse::<SendingId>().unwrap();
    came(&city, 1, shared.notice(), &code(1)).await;
    came(&city, 2, merged.notice_at(1), &code(2)).await;
    came(&city, 3, SendingId::from([9; 16]).notice(), &code(1)).await;

    let told = returns(&system, "").await;
    let one = |item: &Value| (item["sending"].as_str().unwrap().to_owned(), item["place"].as_u64().unwrap());
    let all: Vec<_> = told["items"].as_array().unwrap().iter().map(one).collect();
    assert_eq!(all, [(shared.to_string(), 0), (merged.to_string(), 1)]);
    assert_eq!(told["items"][0]["state"], "opened-by-person");
    assert_eq!(told["after"], 2);
    let first = returns(&system, "?limit=1").await;
    assert_eq!((first["items"].as_array().unwrap().len(), first["after"].as_u64()), (1, Some(1)));
    assert_eq!(returns(&system, "?after=1").await["items"][0]["number"], 2);
    assert_eq!(returns(&other, "").await["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_cannot_be_opened_says_so() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = system.api.send("k1", &notice(1)).await.unwrap().id.parse::<SendingId>().unwrap();
    keeps(&city, 1, id.notice(), &code(1), None).await;
    came(&city, 2, id.notice(), &code(1)).await;
    let told = returns(&system, "").await;
    assert_eq!(told["items"][0]["unopened"], true);
    assert_eq!((&told["items"][0]["state"], &told["items"][0]["reply"]), (&Value::Null, &Value::Null));
    assert_eq!(told["items"][1]["unopened"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_fetches_replies_has_one_line_a_day_in_the_trail() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let id = system.api.send("k1", &notice(1)).await.unwrap().id.parse::<SendingId>().unwrap();
    let lines = async || {
        let trail = city.running().store.read().await.unwrap().audit(None, 1000).await.unwrap();
        let fetched = trail.into_iter().filter(|line| line.what == "replies-fetched");
        fetched.map(|line| line.who).collect::<Vec<String>>()
    };
    came(&city, 1, id.notice(), &code(1)).await;
    keeps(&city, 2, id.notice(), &code(1), None).await;
    returns(&system, "").await;
    assert!(lines().await.is_empty(), "a state is no reply, nor is one that cannot be opened");
    replied(&city, 3, id.notice(), &code(1)).await;
    for _ in 0..2 {
        assert!(returns(&system, "").await["items"][2]["reply"].is_object());
    }
    returns(&system, "?after=3").await;
    returns(&other, "").await;
    let who = format!("client:{}", system.id);
    assert_eq!(lines().await, std::slice::from_ref(&who));
    city.clock.advance(SignedDuration::from_hours(24));
    let system = System { api: city.speaks_as(&system.folder, &system.id, &system.secret), ..system };
    returns(&system, "").await;
    assert_eq!(lines().await, [who.clone(), who]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_there_for_its_own_sending_and_place() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let id = system.api.send("k1", &notice(1)).await.unwrap().id;
    let mut repository = city.running().store.begin().await.unwrap();
    repository.insert_receipt(id.parse().unwrap(), 0, b"signed").await.unwrap();
    repository.commit().await.unwrap();
    let receipt = system.asks(Method::GET, &format!("/api/v1/sendings/{id}/receipts/0")).await;
    assert_eq!(receipt.headers()["content-type"], "application/pkcs7-mime");
    assert_eq!(receipt.bytes().await.unwrap(), &b"signed"[..]);
    assert_eq!(system.asks(Method::GET, &format!("/api/v1/sendings/{id}/receipts/1")).await.status(), 404);
    assert_eq!(other.asks(Method::GET, &format!("/api/v1/sendings/{id}/receipts/0")).await.status(), 404);
}
