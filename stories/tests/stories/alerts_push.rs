//! 「新しいお知らせがあります」 in a browser: sealed for it alone, to services on a list and no others.

use std::sync::Arc;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use jiff::SignedDuration;
use portal::AlertRound;
use server::PushSettings;
use stories::{Citizen, Engine, Page, PushService, Pushed, PushedBrowser, Town};

use crate::inbox::{Scene, says};
use crate::privacy::files;

const PAGE: &str = "/folder/alerts";

async fn town_with_push() -> (Town, PushService, tempfile::TempDir) {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let service = PushService::opens(folder.path(), Arc::new(runtime::SystemClock)).await;
    let key = pki::SigningKey::generate(pki::KeyKind::P256).unwrap().to_pkcs8_pem().unwrap();
    let push = PushSettings {
        key: Some(key.into()),
        contact: Some("mailto:portal@portal.example".to_owned()),
        hosts: vec![service.host.clone()],
        anchor: Some(service.anchor.clone()),
        ..PushSettings::default()
    };
    let town = Town::starts_with(Engine::Sqlite, |settings| settings.push = push).await;
    (town, service, folder)
}

async fn subscribes(citizen: &Citizen<'_>, subscription: &str, device: &str) -> Page {
    let page = citizen.opens(PAGE).await;
    let form = page.form("/folder/alerts/device").with("subscription", subscription).with("device", device);
    citizen.browser.submits(&page, form).await
}

fn code(shown: &serde_json::Value) -> String {
    let body = shown["body"].as_str().unwrap();
    body.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6).unwrap().to_owned()
}

/// Both steps, and a minute.
async fn is_told_in(citizen: &Citizen<'_>, service: &PushService, browser: &PushedBrowser, name: &str) -> Pushed {
    let asked = subscribes(citizen, &browser.subscription(&service.endpoint(name)), name).await;
    says(&asked, &["この端末に番号を送りました"]);
    let pushed = service.next().await;
    let shown = browser.opens(&pushed.body).unwrap();
    let page = citizen.opens(PAGE).await;
    let form = page.form("/folder/alerts/confirm").with("code", &code(&shown));
    says(&citizen.browser.submits(&page, form).await, &["番号を確かめました", name]);
    citizen.town.passes(SignedDuration::from_mins(1));
    pushed
}

async fn tells(town: &Town) -> AlertRound {
    town.tells_who_has_something_new().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_told_that_there_is_something_new_and_only_it_can_read_even_that() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    let (browser, stranger) = (PushedBrowser::new(1), PushedBrowser::new(2));
    let test = is_told_in(&scene.citizen, &service, &browser, "phone").await;
    scene.receives(&scene.draft("カナリアの健康診断"), &[]).await;
    let pushed = service.next().await;
    let shown = browser.opens(&pushed.body).unwrap();
    assert_eq!((&shown["title"], &shown["body"]), (&"マイ・ポータル".into(), &"新しいお知らせがあります。".into()));
    assert!(stranger.opens(&pushed.body).is_none());
    assert_eq!(test.body.len(), pushed.body.len(), "who counts bytes learns nothing");
    let header = |name: &str| pushed.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(["ttl", "topic", "urgency", "content-encoding"].map(header), ["86400", "notice", "normal", "aes128gcm"]);
    assert!(pushed.headers.get("cookie").is_none() && pushed.headers.get("referer").is_none());

    // RFC 8292: signed by the key to which the browser subscribed, for this service, for some hours.
    let page = scene.citizen.opens(PAGE).await;
    let key = page.html.split("data-key=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let header = header("authorization");
    let (token, public) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(public, key);
    let decoded = |text: &str| Base64UrlUnpadded::decode_vec(text).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let checks = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(&key));
    checks.verify(signed.as_bytes(), &decoded(signature)).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&decoded(signed.split_once('.').unwrap().1)).unwrap();
    assert_eq!(claims["aud"], format!("https://{}", service.host));
    assert_eq!(claims["sub"], "mailto:portal@portal.example");
    let left = claims["exp"].as_i64().unwrap() - town.now().as_second();
    assert!((1..=24 * 3600).contains(&left), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_gone_is_forgotten() {
    for status in [404, 410] {
        let (town, service, _folder) = town_with_push().await;
        let scene = Scene::opens(&town).await;
        is_told_in(&scene.citizen, &service, &PushedBrowser::new(1), "phone").await;
        service.says(status, None);
        scene.receives(&scene.draft("お知らせ"), &[]).await;
        service.next().await;
        town.until("alert_address", 0).await;
        assert!(service.is_empty().await, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_asks_for_time_gets_it() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    let browser = PushedBrowser::new(1);
    is_told_in(&scene.citizen, &service, &browser, "phone").await;
    service.says(429, Some(("retry-after", "600")));
    scene.receives(&scene.draft("お知らせ"), &[]).await;
    service.next().await;
    town.until("alert_address WHERE attempts = 1 AND claimed_until IS NULL", 1).await;
    service.says(503, None);
    town.passes(SignedDuration::from_mins(9));
    assert_eq!(tells(&town).await, AlertRound::default());
    town.passes(SignedDuration::from_mins(1));
    assert_eq!(tells(&town).await.failed, 1);
    service.next().await;
    service.says(201, None);
    town.passes(SignedDuration::from_mins(4));
    assert_eq!(tells(&town).await.told, 1);
    assert!(browser.opens(&service.next().await.body).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_never_answers_keeps_nobody_else_waiting_and_is_asked_again() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    let browsers = [PushedBrowser::new(1), PushedBrowser::new(2)];
    is_told_in(&scene.citizen, &service, &browsers[0], "silent").await;
    is_told_in(&scene.citizen, &service, &browsers[1], "quick").await;
    service.is_silent_about(Some("silent"));
    scene.receives(&scene.draft("お知らせ"), &[]).await;
    let mut told = [service.next().await.browser, service.next().await.browser];
    told.sort();
    assert_eq!(told, ["quick", "silent"]);
    town.until("alert_address WHERE told_at IS NOT NULL AND claimed_until IS NULL", 1).await;
    // The portal gives up in its own time, and the address is free for another try.
    let gave_up = "alert_address WHERE attempts = 1 AND claimed_until IS NULL AND due_at IS NOT NULL";
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    while town.count(gave_up).await == 0 {
        looks.tick().await;
    }
    service.is_silent_about(None);
    town.passes(SignedDuration::from_mins(10));
    assert_eq!(tells(&town).await.told, 1);
    let again = service.next().await;
    assert_eq!(again.browser, "silent");
    assert!(browsers[0].opens(&again.body).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_follows_a_service_elsewhere() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    is_told_in(&scene.citizen, &service, &PushedBrowser::new(1), "phone").await;
    let elsewhere = service.endpoint("elsewhere");
    for status in [301, 307, 308] {
        service.says(status, Some(("location", &elsewhere)));
        scene.receives(&scene.draft("お知らせ"), &[]).await;
        assert_eq!(service.next().await.browser, "phone", "{status}");
        town.until("alert_address WHERE failed_at IS NOT NULL AND due_at IS NULL", 1).await;
        town.passes(SignedDuration::from_mins(5));
        town.alters_database(&["UPDATE alert_address SET failed_at = NULL".to_owned()]).await;
    }
    assert!(service.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_services_on_the_list_are_asked() {
    let (town, service, _folder) = town_with_push().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let browser = PushedBrowser::new(1);
    let port = service.host.rsplit_once(':').unwrap().1.to_owned();
    for endpoint in [
        "https://evil.example/push/a".to_owned(),
        format!("https://127.0.0.1:{port}/push/a"),
        format!("https://[::1]:{port}/push/a"),
        format!("https://2130706433:{port}/push/a"),
        format!("http://localhost:{port}/push/a"),
        "https://localhost/push/a".to_owned(),
        format!("https://user@localhost:{port}/push/a"),
        format!("https://localhost.evil.example:{port}/push/a"),
        town.origin.clone(),
        "file:///etc/passwd".to_owned(),
    ] {
        let refused = subscribes(&citizen, &browser.subscription(&endpoint), "phone").await;
        says(&refused, &["このブラウザーには知らせられません"]);
    }
    for nonsense in ["", "{}", "null", "[1]", r#"{"endpoint":1}"#] {
        says(&subscribes(&citizen, nonsense, "phone").await, &["このブラウザーには知らせられません"]);
    }
    assert!(service.is_empty().await);
    assert_eq!(town.count("alert_address").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_browsers_are_told_each_by_itself_and_each_ends_by_itself() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    let citizen = &scene.citizen;
    for number in 1..=5 {
        is_told_in(citizen, &service, &PushedBrowser::new(number), &format!("device-{number}")).await;
    }
    let full = citizen.opens(PAGE).await;
    assert!(full.forms().iter().all(|form| form.action.path() != "/folder/alerts/device"));
    let ended = citizen.browser.submits(&full, full.form("/folder/alerts/remove")).await;
    says(&ended, &["知らせ先を消しました"]);
    // The same browser again is one browser.
    let browser = PushedBrowser::new(9);
    is_told_in(citizen, &service, &browser, "device-5").await;
    assert_eq!(town.count("alert_address").await, 4);
    scene.receives(&scene.draft("お知らせ"), &[]).await;
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(service.next().await.browser);
    }
    told.sort();
    assert_eq!(told, ["device-2", "device-3", "device-4", "device-5"]);
    town.until("alert_address WHERE claimed_until IS NULL AND told_at IS NOT NULL", 4).await;
    assert!(service.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_browser_is_reached_lies_nowhere_in_the_clear() {
    let (town, service, _folder) = town_with_push().await;
    let scene = Scene::opens(&town).await;
    is_told_in(&scene.citizen, &service, &PushedBrowser::new(1), "canary-phone").await;
    scene.receives(&scene.draft("お知らせ"), &[]).await;
    service.next().await;
    town.stops_portal().await;
    let all = [service.endpoint("canary-phone"), "canary-phone".to_owned()];
    for (path, bytes) in files(town.database.parent().unwrap()) {
        assert_eq!(stories::texts_in(&bytes, &all), [""; 0], "{}", path.display());
    }
}
