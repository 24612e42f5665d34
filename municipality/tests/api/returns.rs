//! What came back.

use domain::{LinkCode, NoticeState};
use municipality::store::{ReturnedRow, SendingId};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{City, System, code, draft, notice};

async fn came(city: &City, number: u64, notice: domain::NoticeId, from: &str) {
    keeps(city, number, notice, from, Some(NoticeState::OpenedByPerson)).await;
}

async fn keeps(city: &City, number: u64, notice: domain::NoticeId, from: &str, state: Option<NoticeState>) {
    let row = ReturnedRow {
        number,
        notice,
        link_code: from.parse::<LinkCode>().unwrap(),
        at: runtime::Clock::now(city.clock.as_ref()),
        state,
        reply: None,
    };
    let mut repository = city.running().store.begin().await.unwrap();
    assert!(repository.insert_returned(&row).await.unwrap());
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
