//! Too much, malformed, unknown: each has an answer in words.

use std::num::NonZeroU32;

use domain::Locale;
use reqwest::Method;
use stories::{Browser, Citizen, Engine, Town};

use crate::inbox_live::chunk;

#[tokio::test(flavor = "multi_thread")]
async fn one_client_that_floods_is_told_to_wait_and_others_log_in() {
    let town = Town::starts_with(Engine::Sqlite, |settings| {
        settings.limits.card_steps_per_client_per_minute = NonZeroU32::new(10).unwrap();
    })
    .await;
    for (locale, address) in Locale::ALL.into_iter().zip(["127.0.0.2", "127.0.0.3", "127.0.0.4"]) {
        let flood = Browser::at_address("ja", address.parse().unwrap());
        let login = flood.opens(&town.portal(&format!("/login?lang={}", locale.name()))).await;
        let mut refused = None;
        for _ in 0..11 {
            let page = flood.submits(&login, login.form("/login/start")).await;
            refused = (page.status == 429).then_some(page);
        }
        let refused = refused.expect("the eleventh step is one too many");
        assert_eq!(refused.header("retry-after"), "60");
        let words = wording::ErrorCase::find("too-many-requests").unwrap().words(locale);
        assert!(refused.text().contains(&words.title) && refused.text().contains(&words.next), "{}", refused.text());
    }
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    assert_eq!(citizen.opens_folder().await.path(), "/home");
}

/// Any status but 200 would end the stream of a page that lies open for good.
#[tokio::test(flavor = "multi_thread")]
async fn where_one_client_floods_its_open_pages_ask_again_later() {
    let town = Town::starts_with(Engine::Sqlite, |settings| {
        settings.limits.requests_per_client_per_second = NonZeroU32::MIN;
    })
    .await;
    let flood = Browser::at_address("ja", "127.0.0.2".parse().unwrap());
    let events = town.portal("/notices/events");
    let mut refused = None;
    for _ in 0..50 {
        let answer = flood.listens(&events, None).await;
        // What the limit lets through is told that nobody is logged in.
        if answer.status() != 401 {
            refused = Some(answer);
            break;
        }
    }
    let mut refused = refused.expect("more than one request a second is too many");
    assert_eq!(refused.status(), 200);
    assert_eq!(refused.headers()["content-type"], "text/event-stream");
    assert_eq!(chunk(&mut refused).await.as_deref(), Some("retry: 60000\n\n"));
    assert_eq!(chunk(&mut refused).await, None);
    let mut pages = Vec::new();
    for _ in 0..10 {
        pages.push(flood.opens(&town.portal("/")).await.status);
    }
    assert!(pages.contains(&reqwest::StatusCode::TOO_MANY_REQUESTS), "{pages:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_and_oversized_bodies_are_answered_in_words() {
    let town = Town::starts().await;
    let send = async |fields: Vec<(String, String)>| {
        let url = town.portal("/card/answer");
        Browser::new("ja").goes(Method::POST, url, None, fields, None).await
    };
    let malformed = send(vec![("challenge".to_owned(), "x".to_owned())]).await;
    assert_eq!(malformed.status, 400, "{}", malformed.text());
    let oversized = send(vec![("certificate".to_owned(), "A".repeat(200_000))]).await;
    assert_eq!(oversized.status, 413, "{}", oversized.text());
    for page in [malformed, oversized] {
        assert!(page.text().contains("受付番号") || page.text().contains("番号"), "{}", page.text());
    }
}

/// Each route says in the table how much it takes; no form takes more.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_has_a_largest_body() {
    let town = Town::starts().await;
    let browser = Browser::new("ja");
    let top = browser.opens(&town.portal("/")).await;
    for route in town.routes.iter().filter(|route| route.method == Method::POST) {
        let send = async |bytes: usize| {
            let fields = vec![("certificate".to_owned(), "A".repeat(bytes))];
            browser.goes(Method::POST, town.portal(&route.path), Some(&top), fields, Some("/login/card")).await.status
        };
        let most = route.limits.body_bytes_max;
        assert!(most <= 64 * 1024 && route.limits.time_max.as_secs() <= 20, "{route:?}");
        assert_eq!(send(most + 1).await, 413, "{}", route.path);
        assert_ne!(send(most - "certificate=".len()).await, 413, "{}", route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_filter_is_named_and_nothing_breaks() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    for query in ["user=1", "from=2026-02-30", "page=0", "outcome=lost", "from=%FF%FE", "page=99999999999"] {
        let page = citizen.opens(&format!("/records?{query}")).await;
        assert_eq!(page.status, 400, "{query}: {}", page.text());
    }
    assert_eq!(citizen.opens("/records?page=9999").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_answered_in_three_languages() {
    let town = Town::starts().await;
    for (language, words) in [("ja", "見つかりません"), ("en", "not")] {
        let page = Browser::new(language).opens(&town.portal("/no/such/page")).await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains(words), "{}", page.text());
    }
    let easy = Browser::new("ja").opens(&town.portal("/no/such/page?lang=ja-easy")).await;
    assert!(easy.html.contains("lang=\"ja\""), "{}", easy.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_named() {
    let town = Town::starts().await;
    let second = town.starts_second_portal().await.expect_err("the port is taken");
    let port = town.portal("/").port().unwrap().to_string();
    assert!(second.contains(&port), "{second}");
}
