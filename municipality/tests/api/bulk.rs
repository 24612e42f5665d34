//! A bulk: its list, what is wrong in it, its release.

use std::fmt::Write as _;

use futures::StreamExt as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Failure, List};
use crate::harness::{City, System, code, draft, problem};

const NDJSON: &str = "application/x-ndjson";
const CSV: &str = "text/csv; charset=utf-8";

fn lines(numbers: impl Iterator<Item = u32>) -> String {
    numbers.fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{{\"link_code\":\"{}\"}}", code(number));
        text
    })
}

async fn open(system: &System, key: &str) -> String {
    system.begins(key, &json!({ "draft": draft("健康診断のお知らせ") })).await
}

async fn open_merged(system: &System, key: &str) -> String {
    system.begins(key, &json!({ "draft": draft("{{day}}の健康診断"), "fields": ["day"] })).await
}

async fn errors_of(system: &System, sending: &str) -> Vec<(u64, String)> {
    let said = system.asks(Method::GET, &format!("/api/v1/sendings/{sending}/errors?limit=1000")).await;
    let said: Value = said.json().await.unwrap();
    let one = |error: &Value| (error["line"].as_u64().unwrap(), error["code"].as_str().unwrap().to_owned());
    said["items"].as_array().unwrap().iter().map(one).collect()
}

async fn release(system: &System, key: &str, sending: &str) -> reqwest::Response {
    let request = system.api.request(Method::POST, &format!("/api/v1/sendings/{sending}/release")).await.unwrap();
    request.header("idempotency-key", key).send().await.unwrap()
}

async fn sending(system: &System, id: &str) -> Value {
    system.asks(Method::GET, &format!("/api/v1/sendings/{id}")).await.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_is_made_listed_and_released_and_the_audit_says_by_whom() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let list: List = system.puts_list(&id, NDJSON, lines(0..25_000)).await.json().await.unwrap();
    assert_eq!((list.complete, list.recipients, list.errors), (true, 25_000, 0));
    assert_eq!(release(&system, "k2", &id).await.status(), 202);
    assert_eq!(release(&system, "k2", &id).await.headers()["idempotency-replayed"], "true");
    assert_eq!(problem(release(&system, "k3", &id).await).await.1, "sending-not-open");
    assert_eq!(sending(&system, &id).await["state"], "released");
    let audit = city.running().store.read().await.unwrap().audit(Some(id.parse().unwrap()), 9).await.unwrap();
    let told: Vec<(String, String)> = audit.into_iter().map(|line| (line.who, line.what)).collect();
    let who = format!("client:{}", system.id);
    assert_eq!(told, [(who.clone(), "released".to_owned()), (who, "made".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_columns_fills_the_places_of_the_draft() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open_merged(&system, "k1").await;
    let text = format!("\u{feff}day,link_code\r\n\"12月10日, 火\",{}\r\n12月11日,{}", code(1), code(2));
    let list: List = system.puts_list(&id, CSV, text).await.json().await.unwrap();
    assert_eq!((list.complete, list.recipients, list.errors, list.lines), (true, 2, 0, 3));
    let page = system.asks(Method::GET, &format!("/api/v1/sendings/{id}/recipients?limit=1")).await;
    let page: Value = page.json().await.unwrap();
    assert_eq!((page["items"][0]["place"].as_u64(), page["next"].as_str()), (Some(1), Some("2")));
    let next = system.asks(Method::GET, &format!("/api/v1/sendings/{id}/recipients?limit=1&cursor=2")).await;
    let next: Value = next.json().await.unwrap();
    assert_eq!(next["items"][0]["link_code"], code(2));
    assert_ne!(next["items"][0]["notice"], page["items"][0]["notice"], "each has a notice of their own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_sendings_goes_on_only_after_one_that_was_told() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let first = open(&system, "k1").await;
    city.clock.advance(jiff::SignedDuration::from_secs(1));
    let second = open(&system, "k2").await;
    let others = open(&other, "k1").await;
    let page =
        async |cursor: &str| system.asks(Method::GET, &format!("/api/v1/sendings?limit=1&cursor={cursor}")).await;
    let rest: Value = page(&second).await.json().await.unwrap();
    assert_eq!(rest["items"][0]["id"], first);
    for unknown in ["nonsense", "00000000000000000000000000000000", &others] {
        let (status, kind, said) = problem(page(unknown).await).await;
        assert_eq!((status, kind.as_str()), (422, "invalid"), "{unknown}");
        assert_eq!(said["errors"][0]["code"], "cursor", "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn line_731042_is_malformed_and_nothing_is_sent() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let blocks = (0..74u32).map(|block| {
        let text = lines(block * 10_000..(block + 1) * 10_000);
        if block != 73 {
            return text;
        }
        let mut each: Vec<&str> = text.lines().collect();
        each[1041] = "{\"link_code\": broken";
        each.join("\n")
    });
    let stream = futures::stream::iter(blocks.map(|text| Ok::<_, std::io::Error>(text.into_bytes()))).boxed();
    let answer = system.puts_list(&id, NDJSON, reqwest::Body::wrap_stream(stream)).await;
    let list: List = answer.json().await.unwrap();
    assert_eq!((list.lines, list.recipients, list.errors), (740_000, 739_999, 1));
    assert_eq!(errors_of(&system, &id).await, [(731_042, "malformed".to_owned())]);
    assert_eq!(problem(release(&system, "k2", &id).await).await.1, "list-errors");
    assert_eq!(sending(&system, &id).await["state"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_says_what_is_wrong_and_a_duplicate_says_where_it_stood_before() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open_merged(&system, "k1").await;
    let with = |number: u32, fields: Value| json!({ "link_code": code(number), "fields": fields }).to_string();
    let text = [
        with(1, json!({ "day": "12月10日" })),
        with(1, json!({ "day": "12月11日" })),
        with(2, json!({})),
        with(3, json!({ "day": "x", "age": "40" })),
        with(4, json!({ "day": "あ\u{202e}い" })),
        with(5, json!({ "day": "長".repeat(300) })),
        format!("{{\"link_code\":\"{}\",\"name\":\"花子\"}}", code(6)),
        String::new(),
        "{\"link_code\":\"short\"}".to_owned(),
        with(1, json!({ "day": "12月12日" })),
    ]
    .join("\n");
    let list: List = system.puts_list(&id, NDJSON, text).await.json().await.unwrap();
    assert_eq!((list.recipients, list.errors), (1, 8));
    let told = |line: u64, code: &str| (line, code.to_owned());
    assert_eq!(
        errors_of(&system, &id).await,
        [
            told(2, "duplicate"),
            told(3, "field-missing"),
            told(4, "field-unknown"),
            told(5, "unprintable"),
            told(6, "too-long"),
            told(7, "column-unknown"),
            told(9, "link-code"),
            told(10, "duplicate"),
        ]
    );
    let said = system.asks(Method::GET, &format!("/api/v1/sendings/{id}/errors")).await.json::<Value>().await.unwrap();
    assert_eq!(said["items"][7]["detail"], "the same link code as in line 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_wrong_a_thousand_are_told_and_all_are_counted() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let list: List = system.puts_list(&id, NDJSON, "nonsense\n".repeat(12_345)).await.json().await.unwrap();
    assert_eq!(list.errors, 12_345);
    assert_eq!(errors_of(&system, &id).await.len(), 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_another_charset_type_or_encoding_is_refused_before_it_is_read() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    for (kind, code) in [
        ("text/csv; charset=shift_jis", "charset"),
        ("text/csv; charset=\"utf-16\"", "charset"),
        ("application/json", "media-type"),
        ("application/vnd.ms-excel", "media-type"),
    ] {
        let (status, said, _) = problem(system.puts_list(&id, kind, "x").await).await;
        assert_eq!((status, said.as_str()), (415, code), "{kind}");
    }
    let shift_jis = b"link_code\n\x89\xa1\x95l\n";
    let list: List = system.puts_list(&id, CSV, shift_jis.to_vec()).await.json().await.unwrap();
    assert_eq!((list.errors, errors_of(&system, &id).await[0].1.as_str()), (1, "not-utf8"));
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_that_nobody_wants_are_said_in_line_1() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open_merged(&system, "k1").await;
    let text = format!("link_code,day,age\n{},12月,40\n", code(1));
    system.puts_list(&id, CSV, text).await;
    assert_eq!(errors_of(&system, &id).await[0], (1, "column-unknown".to_owned()));
    assert_eq!(problem(release(&system, "k2", &id).await).await.1, "list-errors");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_in_utf_16_or_with_other_separators_or_cut_off_says_so_in_one_line() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let utf16: Vec<u8> =
        format!("\u{feff}link_code\n{}\n", code(1)).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let whole = format!("link_code\n{}\n{}\n", code(1), code(2));
    for (key, kind, list, line, said) in [
        ("a", CSV, utf16, 1, "utf-16"),
        ("b", CSV, format!("link_code;day\n{};1\n{};2\n", code(1), code(2)).into_bytes(), 1, "separator"),
        ("c", CSV, b"PK\x03\x04\x0a\x00\x0a".to_vec(), 1, "spreadsheet"),
        ("d", CSV, whole.as_bytes()[..whole.len() - 9].to_vec(), 3, "cut-off"),
        ("e", NDJSON, lines(0..2).as_bytes()[..90].to_vec(), 2, "cut-off"),
    ] {
        let id = open(&system, key).await;
        let list: List = system.puts_list(&id, kind, list).await.json().await.unwrap();
        assert_eq!((list.errors, errors_of(&system, &id).await), (1, vec![(line, said.to_owned())]), "{key}");
        assert_eq!(problem(release(&system, &format!("r{key}"), &id).await).await.1, "list-errors");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_wrong_with_the_first_line_is_wrong_with_every_part() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let path = format!("/api/v1/sendings/{id}/recipients");
    let part = async |offset: u64, complete: &str, body: String| {
        let request = system.api.request(Method::PUT, &path).await.unwrap().header("content-type", CSV);
        let request = request.header("upload-offset", offset).header("upload-complete", complete);
        request.body(body).send().await.unwrap().json::<List>().await.unwrap()
    };
    let first = "name,day\nx,1\n".to_owned();
    assert_eq!(part(0, "?0", first.clone()).await.errors, 1);
    let list = part(first.len() as u64, "?1", format!("link_code\n{}\n", code(1))).await;
    assert_eq!((list.lines, list.recipients, list.errors), (4, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_broke_off_goes_on_after_the_program_was_started_again() {
    let mut city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let whole = lines(0..30_000);
    let line = whole.len() / 30_000;
    let first = whole.as_bytes()[..20_017 * line + 11].to_vec();
    let (breaks, broken) = tokio::sync::oneshot::channel::<()>();
    let dead = futures::stream::once(async {
        broken.await.unwrap();
        Err(std::io::Error::other("the line went dead"))
    });
    let body = reqwest::Body::wrap_stream(futures::stream::iter([Ok(first)]).chain(dead).boxed());
    let path = format!("/api/v1/sendings/{id}/recipients");
    let request = system.api.request(Method::PUT, &path).await.unwrap().header("content-type", NDJSON);
    let uploading = tokio::spawn(request.body(body).send());
    while system.api.offset(&id).await.unwrap() == 0 {}
    breaks.send(()).unwrap();
    assert!(uploading.await.unwrap().is_err());
    city.stops().await;
    city.goes_on().await;

    let system = System { api: city.speaks_as(&system.folder, &system.id, &system.secret), ..system };
    assert_eq!(problem(release(&system, "k2", &id).await).await.1, "list-incomplete");
    let from_the_start = system.puts_list(&id, NDJSON, whole.clone()).await;
    assert!(from_the_start.headers().contains_key("upload-offset"));
    assert_eq!(problem(from_the_start).await.1, "upload-offset");
    let list = loop {
        let offset = system.api.offset(&id).await.unwrap();
        let kept = usize::try_from(offset).unwrap();
        assert!(kept % line == 0 && (10_000..=20_017).contains(&(kept / line)), "whole lines that came are kept");
        match system.api.upload(&id, NDJSON, offset, whole.as_bytes()[kept..].to_vec().into()).await {
            Ok(list) => break list,
            // What had come before the break was still being kept.
            Err(Failure::Refused(problem)) => assert_eq!(problem.status, 409),
            Err(failure) => panic!("{failure}"),
        }
    };
    assert_eq!((list.complete, list.lines, list.recipients, list.errors), (true, 30_000, 30_000, 0));
    assert_eq!(release(&system, "k3", &id).await.status(), 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_comes_in_parts_of_which_each_says_whether_it_is_the_last() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let path = format!("/api/v1/sendings/{id}/recipients");
    let part = async |offset: u64, complete: &str, body: String| {
        let request = system.api.request(Method::PUT, &path).await.unwrap().header("content-type", NDJSON);
        let request = request.header("upload-offset", offset).header("upload-complete", complete);
        request.body(body).send().await.unwrap()
    };
    let (first, second) = (lines(0..10), lines(10..20));
    let half = part(0, "?0", format!("{first}{{\"link")).await;
    assert_eq!(
        (&half.headers()["upload-complete"], &half.headers()["upload-offset"]),
        (&"?0".parse().unwrap(), &first.len().to_string().parse().unwrap())
    );
    assert_eq!(part(first.len() as u64, "?1", second).await.headers()["upload-complete"], "?1");
    assert_eq!(sending(&system, &id).await["recipients"], 20);
    assert_eq!(problem(part(0, "?1", lines(0..1)).await).await.1, "list-complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_and_one_that_never_came_release_nothing() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let (none, empty) = (open(&system, "k1").await, open(&system, "k2").await);
    assert_eq!(problem(release(&system, "k3", &none).await).await.1, "list-incomplete");
    assert_eq!(system.puts_list(&empty, NDJSON, "").await.status(), 200);
    assert_eq!(problem(release(&system, "k4", &empty).await).await.1, "list-empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_without_an_end_stops_the_upload_and_a_long_one_is_one_error() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let id = open(&system, "k1").await;
    let long = format!("{}{}\n{}", lines(0..1), "x".repeat(70_000), lines(1..2));
    let list: List = system.puts_list(&id, NDJSON, long).await.json().await.unwrap();
    assert_eq!(
        (list.lines, list.recipients, errors_of(&system, &id).await[0].clone()),
        (3, 2, (2, "line-too-long".to_owned()))
    );
    let endless = open(&system, "k2").await;
    assert_eq!(problem(system.puts_list(&endless, NDJSON, "x".repeat(3 << 20)).await).await.0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sending_waits_for_its_time_and_is_cancelled_or_taken_back() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let starts_at = runtime::Clock::now(city.clock.as_ref()) + jiff::SignedDuration::from_hours(48);
    let id = system.begins("k1", &json!({ "draft": draft("あさって"), "starts_at": starts_at })).await;
    system.puts_list(&id, NDJSON, lines(0..1)).await;
    let post =
        async |what: &str, key: &str| system.posts(&format!("/api/v1/sendings/{id}/{what}"), key, &json!({})).await;
    assert_eq!(problem(post("withdraw", "w0").await).await.1, "sending-not-released");
    assert_eq!(post("release", "r").await.status(), 202);
    let store = &city.running().store;
    let now = runtime::Clock::now(city.clock.as_ref());
    let short = municipality::store::Lane::Short;
    assert!(store.read().await.unwrap().due_sendings(short, now, 9).await.unwrap().is_empty());
    assert_eq!(store.read().await.unwrap().due_sendings(short, starts_at, 9).await.unwrap().len(), 1);
    assert_eq!(post("withdraw", "w1").await.status(), 202);
    assert_eq!(problem(post("withdraw", "w2").await).await.1, "sending-withdrawn");
    assert_eq!(problem(post("cancel", "c").await).await.1, "sending-over");
    assert_eq!(sending(&system, &id).await["state"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_list_will_bring_is_compared_with_what_the_draft_needs() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let body = json!({ "draft": draft("{{day}}の{{what}}"), "fields": ["day", "age"] });
    let (_, _, said) = problem(system.posts("/api/v1/sendings", "k", &body).await).await;
    let told: Vec<(&str, &str)> = said["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["code"].as_str().unwrap(), error["detail"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("field-missing", "the text has a place {{what}} that no field fills"),
            ("field-unknown", "the text has no place {{age}}"),
        ]
    );
}
