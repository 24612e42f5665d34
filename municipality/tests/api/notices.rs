//! One notice.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use runtime::Clock as _;
use serde_json::{Value, json};

use crate::client::Failure;
use crate::harness::{City, code, draft, errors, notice, problem};

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_stored_before_it_is_answered_and_its_state_is_where_the_answer_says() {
    let mut city = City::starts().await;
    let system = city.system("kenko");
    let answer = system.posts("/api/v1/notices", "k1", &notice(1)).await;
    assert_eq!(answer.status(), 202);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    city.stops().await;
    city.goes_on().await;
    let system = city.speaks_as(&system.folder, &system.id, &system.secret);
    let sending = system.request(Method::GET, &location).await.unwrap().send().await.unwrap();
    let sending: Value = sending.json().await.unwrap();
    assert_eq!((sending["state"].as_str(), sending["recipients"].as_u64()), (Some("released"), Some(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_again_is_answered_again_and_another_under_its_key_is_refused() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let first = system.posts("/api/v1/notices", "k1", &notice(1)).await.json::<Value>().await.unwrap();
    let again = system.posts("/api/v1/notices", "k1", &notice(1)).await;
    // The draft has a time of its own: another body.
    assert_eq!(problem(again).await.1, "idempotency-key-reused");
    let body = notice(2);
    let one = system.posts("/api/v1/notices", "k2", &body).await.json::<Value>().await.unwrap();
    let two = system.posts("/api/v1/notices", "k2", &body).await;
    assert_eq!(two.headers()["idempotency-replayed"], "true");
    assert_eq!(two.status(), 202);
    assert_eq!(two.json::<Value>().await.unwrap(), one);
    assert_ne!(one["id"], first["id"]);
    let all = system.asks(Method::GET, "/api/v1/sendings").await.json::<Value>().await.unwrap();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    city.clock.advance(jiff::SignedDuration::from_hours(25));
    let system = city.speaks_as(&system.folder, &system.id, &system.secret);
    let later = system.request(Method::POST, "/api/v1/notices").await.unwrap();
    let later = later.header("idempotency-key", "k2").json(&body).send().await.unwrap();
    assert_ne!(later.json::<Value>().await.unwrap()["id"], one["id"], "a key lives a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_under_one_key_are_one_notice() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let body = notice(1);
    let (one, two) =
        tokio::join!(system.posts("/api/v1/notices", "k1", &body), system.posts("/api/v1/notices", "k1", &body));
    assert_eq!(one.json::<Value>().await.unwrap(), two.json::<Value>().await.unwrap());
    let all = system.asks(Method::GET, "/api/v1/sendings").await.json::<Value>().await.unwrap();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_without_a_key_and_a_body_that_is_no_json_are_refused() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let post = async |key: &str, kind: &str, body: &str| {
        let mut request = system.api.request(Method::POST, "/api/v1/notices").await.unwrap();
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        let (status, code, _) =
            problem(request.header("content-type", kind).body(body.to_owned()).send().await.unwrap()).await;
        (status, code)
    };
    let json = "application/json";
    assert_eq!(post("", json, "{}").await, (400, "idempotency-key-wanted".to_owned()));
    assert_eq!(post("k", json, "{").await, (400, "malformed-json".to_owned()));
    assert_eq!(post("k", json, "{}").await, (422, "invalid".to_owned()));
    assert_eq!(post("k", "text/plain", "{}").await, (415, "media-type".to_owned()));
    assert_eq!(post("k", "application/json; charset=shift_jis", "{}").await, (415, "media-type".to_owned()));
    assert_eq!(problem(system.asks(Method::GET, "/api/v1/nothing").await).await.0, 404);
    assert_eq!(problem(system.asks(Method::PATCH, "/api/v1/notices").await).await.0, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_once_with_its_place() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let mut body = notice(1);
    body["draft"]["text"]["ja"] = json!({ "title": "あ\u{202e}い", "markdown": "はじめ\n\n<script>alert(1)</script>" });
    body["draft"]["text"]["en"] =
        json!({ "title": "", "body": [{ "block": "link", "label": "x", "address": "javascript:1" }] });
    body["draft"]["replaces"] = json!("that one");
    body["draft"]["office"]["phone"] = json!("045\u{200b}");
    let (status, _, said) = problem(system.posts("/api/v1/notices", "k", &body).await).await;
    assert_eq!(status, 422);
    let found = |pointer: &str, code: &str| errors(&said).contains(&(pointer.to_owned(), code.to_owned()));
    assert!(found("/draft/text/ja/title", "unprintable"), "{said}");
    assert!(found("/draft/text/ja/markdown", "markdown-html"), "{said}");
    assert!(found("/draft/text/en/title", "empty"), "{said}");
    assert!(found("/draft/text/en/body/0/address", "no-address"), "{said}");
    assert!(found("/draft/replaces", "malformed-id"), "{said}");
    assert!(found("/draft/office/phone", "unprintable"), "{said}");
    assert_eq!(
        said["errors"].as_array().unwrap().iter().find(|one| one["code"] == "markdown-html").unwrap()["line"],
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recipient_that_is_none_one_twice_and_one_without_their_words_are_said_by_place() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let mut body = notice(1);
    body["draft"]["text"]["ja"]["title"] = json!("{{day}}の健康診断");
    body["recipients"] = json!([
        { "link_code": code(1), "fields": { "day": "12月10日" } },
        { "link_code": "hello", "fields": { "day": "12月10日" } },
        { "link_code": code(1), "fields": { "day": "12月11日" } },
        { "link_code": code(2) },
        { "link_code": code(3), "fields": { "day": "あ\u{202e}い" } },
        { "link_code": code(4), "fields": { "day": "12月", "age": "40" } },
        { "link_code": code(5), "fields": { "day": "\u{3000}" } },
    ]);
    let (_, _, said) = problem(system.posts("/api/v1/notices", "k", &body).await).await;
    let told = |place: u32, rest: &str, code: &str| (format!("/recipients/{place}/{rest}"), code.to_owned());
    assert_eq!(
        errors(&said),
        [
            told(1, "link_code", "link-code"),
            told(2, "link_code", "duplicate"),
            told(3, "fields", "field-missing"),
            told(4, "fields", "unprintable"),
            told(5, "fields", "field-unknown"),
            told(6, "fields", "field-missing"),
        ]
    );
    let none = system.asks(Method::GET, "/api/v1/sendings").await.json::<Value>().await.unwrap();
    assert_eq!(none["items"], json!([]), "nothing is half sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_notice_is_said_where_it_is_wrong() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let said = async |key: &str, change: &dyn Fn(&mut Value)| {
        let mut body = notice(1);
        change(&mut body);
        errors(&problem(system.posts("/api/v1/notices", key, &body).await).await.2)
    };
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    assert_eq!(
        said("1", &|body| body["draft"]["kind"] = json!("deadline")).await,
        one("/draft/deadline", "deadline-missing")
    );
    assert_eq!(said("2", &|body| body["draft"]["kind"] = json!("spam")).await, one("/draft/kind", "invalid"));
    assert_eq!(
        said("3", &|body| body["draft"]["expires_at"] = json!("2020-01-01T00:00:00Z")).await,
        one("/draft/expires_at", "expiry")
    );
    assert_eq!(said("4", &|body| body["draft"]["extra"] = json!(1)).await, one("/draft/extra", "invalid"));
    assert_eq!(said("5", &|body| body["recipients"] = json!([])).await, one("/recipients", "recipients"));
    assert_eq!(said("6", &|body| body["draft"] = Value::Null).await, one("/draft", "draft-missing"));
    assert_eq!(
        said("7", &|body| body["draft"]["text"]["ja"]["markdown"] = json!("x")).await,
        one("/draft/text/ja", "body-or-markdown")
    );
    assert_eq!(
        said("8", &|body| body["draft"]["text"]["ja"]["title"] = json!("{{Day}}")).await,
        one("/draft/text", "place-malformed")
    );
    assert_eq!(
        said("9", &|body| body["starts_at"] = json!("2040-01-01T00:00:00Z")).await,
        one("/starts_at", "starts-late")
    );
}

fn asking(closes_at: Timestamp) -> Value {
    let words = json!({ "as": "words", "chars_max": 100 });
    let question = json!({ "name": "wish", "label": { "ja": "ひとこと" }, "required": false, "form": words });
    json!({ "closes_at": closes_at, "questions": [question] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_does_not_fit_the_start_or_the_end_is_said_where_it_stands() {
    let city = City::starts().await;
    let system = city.system("kenko");
    // What is sent expires in 30 days.
    let later = |days: i64| city.clock.now() + SignedDuration::from_hours(24 * days);
    let day = |days: i64| later(days).to_zoned(TimeZone::fixed(jiff::tz::offset(9))).date().to_string();
    let body = |starts: i64, deadline: i64, closes: i64| {
        let mut body = notice(1);
        body["starts_at"] = json!(later(starts));
        body["draft"]["kind"] = json!("request");
        body["draft"]["deadline"] = json!(day(deadline));
        body["draft"]["reply"] = asking(later(closes));
        body
    };
    let (deadline, closes) = ("/draft/deadline", "/draft/reply/closes_at");
    for (key, body, wrong) in [
        ("1", body(0, -1, 1), vec![(deadline, "deadline-early")]),
        ("2", body(0, 31, 1), vec![(deadline, "deadline-late")]),
        ("3", body(0, 1, -1), vec![(closes, "closes-early")]),
        ("4", body(0, 1, 31), vec![(closes, "closes-late")]),
        ("5", body(5, 3, 4), vec![(deadline, "deadline-early"), (closes, "closes-early")]),
    ] {
        let wrong: Vec<_> = wrong.into_iter().map(|(at, code)| (at.to_owned(), code.to_owned())).collect();
        let bulk = json!({ "draft": body["draft"], "starts_at": body["starts_at"] });
        for (path, body) in [("/api/v1/notices", body), ("/api/v1/sendings", bulk)] {
            let (status, _, said) = problem(system.posts(path, key, &body).await).await;
            assert_eq!((status, errors(&said)), (422, wrong.clone()), "{path} {body}");
        }
    }
    assert_eq!(system.posts("/api/v1/notices", "6", &body(5, 5, 6)).await.status(), 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_where_nothing_is_filled_in_is_said_where_it_stands() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let mut body = notice(1);
    let address = "https://www.city.example/{{ward}}";
    let draft = &mut body["draft"];
    draft["text"]["ja"] =
        json!({ "title": "{{ward}}の健康診断", "markdown": format!("[{{{{ward}}}}の案内]({address})") });
    draft["text"]["en"] =
        json!({ "title": "{{ward}}", "body": [{ "block": "link", "label": "{{ward}}", "address": address }] });
    draft["office"] = json!({ "name": { "ja": "{{ward}}役所" }, "hours": { "ja": "9時から", "en": "{{hours}}" } });
    draft["kind"] = json!("request");
    draft["reply"] = asking(city.clock.now() + SignedDuration::from_hours(24));
    draft["reply"]["questions"][0]["label"] = json!({ "ja": "{{ward}}で受けますか" });
    draft["attachments"] =
        json!([{ "name": "{{ward}}.pdf", "media_type": "application/pdf", "content": "JVBERi0xLjc=" }]);
    let (status, _, said) = problem(system.posts("/api/v1/notices", "k", &body).await).await;
    let places = [
        "/draft/text/ja/markdown",
        "/draft/text/en/body/0/address",
        "/draft/office/name/ja",
        "/draft/office/hours/en",
        "/draft/reply/questions/0/label/ja",
        "/draft/attachments/0/name",
    ];
    let wrong = places.map(|at| (at.to_owned(), "place-not-filled".to_owned())).to_vec();
    assert_eq!((status, errors(&said)), (422, wrong));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_takes_the_place_of_what_the_same_client_released_and_of_nothing_else() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let own = system.api.send("k1", &notice(1)).await.unwrap().id;
    let anothers = other.api.send("k1", &notice(1)).await.unwrap().id;
    let open = system.begins("k2", &json!({ "draft": draft("健康診断のお知らせ") })).await;
    let personal = json!({
        "draft": draft("{{day}}の健康診断"),
        "recipients": [{ "link_code": code(1), "fields": { "day": "1日" } }],
    });
    let personal = system.api.send("k3", &personal).await.unwrap().id;
    let of = format!("/api/v1/sendings/{personal}/recipients");
    let letter = system.asks(Method::GET, &of).await.json::<Value>().await.unwrap()["items"][0]["notice"].clone();
    let replacing = |id: &str| {
        let mut body = notice(1);
        body["draft"]["replaces"] = json!(id);
        body
    };
    for (key, id, code) in [
        ("u1", "00000000000000000000000000000000", "replaces-unknown"),
        ("u2", anothers.as_str(), "replaces-unknown"),
        ("u3", letter.as_str().unwrap(), "replaces-unknown"),
        ("u4", open.as_str(), "replaces-unreleased"),
        ("u5", personal.as_str(), "replaces-merged"),
    ] {
        let (status, _, said) = problem(system.posts("/api/v1/notices", key, &replacing(id)).await).await;
        let wrong = vec![("/draft/replaces".to_owned(), code.to_owned())];
        assert_eq!((status, errors(&said)), (422, wrong), "{key}");
    }
    assert_eq!(system.posts("/api/v1/notices", "k4", &replacing(&own)).await.status(), 202);
    let bulk = json!({ "draft": replacing(&own)["draft"] });
    assert_eq!(system.posts("/api/v1/sendings", "k5", &bulk).await.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_knows_three_people_and_reaches_nobody() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let mut body = notice(1);
    let codes = [1u8, 2, 3].map(|byte| json!({ "link_code": domain::LinkCode::from([byte; 32]).expose() }));
    body["recipients"] = json!(codes);
    let answer = system.posts("/api/v1/sandbox/notices", "k", &body).await;
    assert_eq!(answer.status(), 202);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let sending = system.asks(Method::GET, &location).await.json::<Value>().await.unwrap();
    let count = |name: &str| sending[name].as_u64().unwrap();
    assert_eq!((count("accepted"), count("undeliverable"), count("unknown")), (1, 1, 1));
    assert_eq!((sending["state"].as_str(), sending["sandbox"].as_bool()), (Some("done"), Some(true)));
    let recipients = system.asks(Method::GET, &format!("{location}/recipients")).await.json::<Value>().await.unwrap();
    let outcomes: Vec<&str> =
        recipients["items"].as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["accepted", "undeliverable", "unknown"]);
    let stranger = problem(system.posts("/api/v1/sandbox/notices", "k2", &notice(1)).await).await;
    assert_eq!(errors(&stranger.2)[0].1, "not-sandbox");
    let short = municipality::store::Lane::Short;
    let due = city.running().store.read().await.unwrap().due_sendings(short, jiff::Timestamp::MAX, 9).await.unwrap();
    assert!(due.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_typed_client_sends_and_hears_what_is_wrong() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let accepted = system.api.send("k", &notice(1)).await.unwrap();
    assert_eq!(accepted.state, "released");
    assert_eq!(system.api.sending(&accepted.id).await.unwrap().recipients, 1);
    let wrong = json!({ "draft": draft("あ\u{202e}い"), "recipients": [{ "link_code": code(1) }] });
    let Err(Failure::Refused(problem)) = system.api.send("k2", &wrong).await else { panic!() };
    assert_eq!(problem.errors[0].pointer.as_deref(), Some("/draft/text/ja/title"));
}

/// `examples/send-by-curl.sh`, as somebody copies it.
#[tokio::test(flavor = "multi_thread")]
async fn the_curl_example_sends_a_notice_and_a_bulk() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/send-by-curl.sh");
    let mut command = tokio::process::Command::new("sh");
    command.arg(script).env("BASE", city.base()).env("AUTHORITY", city.folder.path().join("org-ca.pem"));
    command.env("CLIENT", &system.folder).env("CLIENT_ID", &system.id).env("CLIENT_SECRET", &system.secret);
    let done = command.env("LINK_CODE", code(1)).output().await.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let all = system.asks(Method::GET, "/api/v1/sendings").await.json::<Value>().await.unwrap();
    let states: Vec<&str> = all["items"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["released", "released"], "{}", String::from_utf8_lossy(&done.stdout));
}
