//! Limits of a client.

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use reqwest::Method;
use serde_json::json;

use crate::harness::{City, System, code, draft, notice, problem};
use crate::matrix::http;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_asks_too_often_is_told_when_to_come_again_and_others_are_served() {
    let city = City::starts().await;
    let (busy, other) = (city.system_with("kenko", &["--quota-per-minute", "3"]), city.system("zei"));
    for _ in 0..3 {
        assert_eq!(busy.asks(Method::GET, "/api/v1/sendings").await.status(), 200);
    }
    let refused = busy.asks(Method::GET, "/api/v1/sendings").await;
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    assert_eq!(problem(refused).await.1, "too-many-requests");
    assert_eq!(other.asks(Method::GET, "/api/v1/sendings").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_notices_at_once_as_many_are_taken_as_the_day_has_room_for() {
    let city = City::starts().await;
    let system = city.system_with("kenko", &["--recipients-per-day", "10"]);
    let keys: Vec<String> = (0..24).map(|number| format!("k{number}")).collect();
    let bodies: Vec<_> = (0..24).map(notice).collect();
    let posts = keys.iter().zip(&bodies).map(|(key, body)| system.posts("/api/v1/notices", key, body));
    let statuses: Vec<u16> = join_all(posts).await.into_iter().map(|answer| answer.status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 202).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 403).count(), 14, "{statuses:?}");
    let refused = statuses.iter().position(|status| *status == 403).unwrap();
    city.clock.advance(jiff::SignedDuration::from_hours(24));
    let system = System { api: city.speaks_as(&system.folder, &system.id, &system.secret), ..system };
    let again = system.posts("/api/v1/notices", &keys[refused], &bodies[refused]).await;
    assert_eq!(again.status(), 202, "what was refused was not kept as answered");
    let all = system.asks(Method::GET, "/api/v1/sendings?limit=100").await.json::<serde_json::Value>().await.unwrap();
    assert_eq!(all["items"].as_array().unwrap().len(), 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_days_quota_is_counted_over_notices_and_bulks_and_is_new_the_next_day() {
    let city = City::starts().await;
    let system = city.system_with("kenko", &["--recipients-per-day", "3"]);
    assert_eq!(system.posts("/api/v1/notices", "k1", &notice(1)).await.status(), 202);
    let id = system.begins("k2", &json!({ "draft": draft("健康診断のお知らせ") })).await;
    let list: Vec<String> = (0..3).map(|number| json!({ "link_code": code(number) }).to_string()).collect();
    assert_eq!(system.puts_list(&id, "application/x-ndjson", list.join("\n")).await.status(), 200);
    let (status, kind, said) =
        problem(system.posts(&format!("/api/v1/sendings/{id}/release"), "k3", &json!({})).await).await;
    assert_eq!((status, kind.as_str()), (403, "quota-exceeded"));
    assert_eq!(said["detail"], "3 asked, 2 of 3 left today");
    city.clock.advance(jiff::SignedDuration::from_hours(24));
    let system = city.speaks_as(&system.folder, &system.id, &system.secret);
    // What was refused was not kept as answered: the same key goes through.
    assert_eq!(system.release("k3", &id).await.unwrap().state, "released");
}

/// Announces a little more than may be, sends nothing, and has no token; status, whether it is told when to come again, and
/// after how long.
async fn announces(http: &reqwest::Client, base: &str) -> (u16, bool, Duration) {
    let began = Instant::now();
    let nothing = futures::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
    let request = http.post(format!("{base}/api/v1/sendings/x/release")).header("content-length", "20000");
    let answer = request.body(reqwest::Body::wrap_stream(nothing)).send().await.unwrap();
    (answer.status().as_u16(), answer.headers().contains_key("retry-after"), began.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_announces_much_and_sends_nothing_holds_no_place_for_long_and_not_all_of_them() {
    const EACH: usize = 200;
    let city = City::starts().await;
    let (greedy, other) = (city.system("kenko"), city.system("zei"));
    assert_eq!(other.asks(Method::GET, "/api/v1/sendings").await.status(), 200);
    let (clients, base) = ([(); 3].map(|()| http(&city, &greedy)), city.base());
    let mut announced: FuturesUnordered<_> =
        clients.iter().flat_map(|http| (0..EACH).map(|_| announces(http, &base))).collect();
    // When so many were refused, the others hold all the places that one certificate may have.
    let refused: Vec<_> = announced.by_ref().take(3 * EACH - 256).collect().await;
    assert!(refused.iter().all(|(status, told, _)| *status == 429 && *told), "{refused:?}");
    assert_eq!(other.asks(Method::GET, "/api/v1/sendings").await.status(), 200, "others are served meanwhile");
    let waited: Vec<_> = announced.collect().await;
    assert_eq!(waited.len(), 256);
    let longest = waited.iter().map(|(.., took)| *took).max().unwrap();
    assert!(waited.iter().all(|(status, ..)| *status == 413) && longest < Duration::from_secs(15), "{longest:?}");
    assert_eq!(greedy.asks(Method::GET, "/api/v1/sendings").await.status(), 200, "and then it is served itself");
}
