//! Other sites, other names, other methods: nothing gets in, nothing is framed, nothing happens twice.

use card::testing::Page;
use domain::CardPurpose;
use http::{StatusCode, header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::world::{CARD, EVIL, PIN, PORTAL, World, ask};

const OWN_POSTS: [&str; 8] = [
    "/v1/card/insert",
    "/v1/card/remove",
    "/v1/owner-word",
    "/v1/ask/card",
    "/v1/ask/language",
    "/v1/pin",
    "/v1/without-pin",
    "/v1/leave",
];

async fn login_page(world: &World) -> Page {
    world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap()
}

#[tokio::test]
async fn only_the_readers_own_host_is_answered() {
    let world = World::with_card().await;
    let address = world.reader.origin().strip_prefix("http://").unwrap().to_owned();
    let port = address.rsplit(':').next().unwrap().to_owned();
    let client = reqwest::Client::new();
    for host in [
        "evil.example",
        "127.0.0.1",
        &format!("localhost:{port}"),
        &format!("127.0.0.1.evil.example:{port}"),
        &format!("127.0.0.1:0{port}"),
    ] {
        let page = client.get(world.reader.origin()).header(header::HOST, host).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        let ask = client.post(format!("{}/v1/ask", world.reader.origin())).header(header::HOST, host);
        let page =
            ask.header(header::ORIGIN, PORTAL).form(&crate::world::ask(CardPurpose::Login)).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!page.text().await.unwrap().contains("type=\"password\""));
    }
    for head in [
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {address}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    ] {
        let mut socket = tokio::net::TcpStream::connect(&address).await.unwrap();
        socket.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "421" | "400"), "{head}: {status}");
    }
}

#[tokio::test]
async fn no_other_site_burns_a_try_or_moves_the_card() {
    let world = World::with_card().await;
    let page = login_page(&world).await;
    let pin = page.form("/v1/pin").unwrap();
    let mut fields = pin.fields();
    fields.retain(|(name, _)| *name != "pin");
    fields.push(("pin", "0000"));
    for origin in
        [None, Some("null"), Some(EVIL), Some(PORTAL), Some("http://127.0.0.1"), Some("http://localhost:8790")]
    {
        for path in OWN_POSTS {
            let refused = world.person.posts(origin, path, &fields).await.unwrap();
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
            assert!(refused.forms().is_empty(), "nothing of the person's page is shown");
        }
    }
    assert_eq!(world.tries(), (3, 5));
    assert!(world.card_is_in().await);
    assert!(world.person.sends(&pin, &[("pin", PIN)]).await.unwrap().answer().is_ok(), "the token was not used up");
}

#[tokio::test]
async fn a_form_works_once() {
    let world = World::with_card().await;
    let form = login_page(&world).await.form("/v1/pin").unwrap();
    let wrong = world.person.sends(&form, &[("pin", "0000")]).await.unwrap();
    assert_eq!((wrong.status, world.tries().0), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    let reloaded = world.person.sends(&form, &[("pin", "0000")]).await.unwrap();
    assert_eq!((reloaded.status, world.tries().0), (StatusCode::CONFLICT, 2), "a reload burns no try");
    assert!(reloaded.shows("カードには何もしていません。"));
    let fresh = reloaded.form("/v1/pin").unwrap();
    assert!(world.person.sends(&fresh, &[("pin", PIN)]).await.unwrap().answer().is_ok());
}

#[tokio::test]
async fn a_form_without_its_token_or_with_that_of_another_page_does_nothing() {
    let world = World::with_card().await;
    let (one, other) =
        (login_page(&world).await.form("/v1/pin").unwrap(), login_page(&world).await.form("/v1/pin").unwrap());
    let token = |form: &card::testing::Form| form.fields().iter().find(|(n, _)| *n == "token").unwrap().1.to_owned();
    let front = world.person.opens("/").await.unwrap().form("/v1/card/remove").unwrap();
    for foreign in [token(&other), token(&front), String::new(), "A".repeat(75)] {
        let refused = world.person.sends(&one, &[("token", &foreign), ("pin", "0000")]).await.unwrap();
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    let removed = world.person.sends(&front, &[("token", &token(&one))]).await.unwrap();
    assert_eq!(removed.status, StatusCode::CONFLICT);
    assert_eq!(world.tries(), (3, 5));
    assert!(world.card_is_in().await);
}

#[tokio::test]
async fn a_get_changes_nothing() {
    let world = World::with_card().await;
    let before = world.card_file();
    let query = "?token=x&lang=ja&card=card-0001&pin=0000&word=x&ask=x";
    for path in OWN_POSTS.into_iter().chain(["/v1/ask"]) {
        let page = world.person.opens(&format!("{path}{query}")).await.unwrap();
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    world.person.opens(&format!("/{query}")).await.unwrap();
    assert_eq!(world.card_file(), before);
    assert!(world.card_is_in().await);
}

#[tokio::test]
async fn no_cross_origin_fetch_is_allowed_and_no_cookie_is_set() {
    let world = World::with_card().await;
    let client = reqwest::Client::new();
    for path in ["/", "/v1/ask", "/v1/pin"] {
        let preflight = client
            .request(http::Method::OPTIONS, format!("{}{path}", world.reader.origin()))
            .header(header::ORIGIN, PORTAL)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header("access-control-request-private-network", "true");
        let answer = preflight.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert!(answer.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
    }
    let answer = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    for page in [world.person.opens("/").await.unwrap(), login_page(&world).await, answer] {
        assert!(!page.headers.contains_key(header::SET_COOKIE));
        assert!(page.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
    }
}

#[tokio::test]
async fn every_page_keeps_frames_caches_and_foreign_scripts_out() {
    let world = World::with_card().await;
    let answer = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    let nowhere = world.person.opens("/nowhere").await.unwrap();
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let refused = world.person.brings(EVIL, &ask(CardPurpose::Login)).await.unwrap();
    for page in [world.person.opens("/").await.unwrap(), login_page(&world).await, answer, nowhere, refused] {
        let is = |name: &str, value: &str| assert_eq!(page.headers[name], value);
        is("cache-control", "no-store");
        is("referrer-policy", "same-origin");
        is("x-content-type-options", "nosniff");
        is("x-frame-options", "DENY");
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!page.html.contains(" style=") && !page.html.contains("<style"));
        let scripts = page.html.matches("<script").count();
        let nonces = page.html.matches("<script nonce=\"").count();
        assert_eq!(scripts, nonces);
    }
}

#[tokio::test]
async fn the_script_of_an_answer_has_a_nonce_of_its_own() {
    let world = World::with_card().await;
    let mut nonces = std::collections::HashSet::new();
    for _ in 0..2 {
        let page = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(
            page.html
                .contains(&format!("<script nonce=\"{nonce}\">document.getElementById('answer').submit()</script>")),
            "{}",
            page.html
        );
        nonces.insert(nonce);
    }
    assert_eq!(nonces.len(), 2);
    let policy = login_page(&world).await.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'none'; form-action 'self'"), "{policy}");
}

#[tokio::test]
async fn the_owners_word_is_on_every_pin_page_and_on_no_other_sites() {
    let world = World::with_card().await;
    assert!(login_page(&world).await.shows("合言葉がまだ決まっていません。"));
    let front = world.person.opens("/").await.unwrap();
    let chosen = "<青い鳥>";
    world.person.sends(&front.form("/v1/owner-word").unwrap(), &[("word", chosen)]).await.unwrap();
    let page = login_page(&world).await;
    assert!(page.shows(chosen) && !page.html.contains(chosen), "escaped");
    let wrong = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", "0000")]).await.unwrap();
    assert!(wrong.shows(chosen));
    let refused = world.person.brings(EVIL, &ask(CardPurpose::Login)).await.unwrap();
    assert!(!refused.shows(chosen));
}

#[tokio::test]
async fn an_oversized_form_of_the_reader_is_refused() {
    let world = World::with_card().await;
    let form = login_page(&world).await.form("/v1/pin").unwrap();
    let page = world.person.sends(&form, &[("pin", &"1".repeat(100_000))]).await.unwrap();
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.tries(), (3, 5));
}

#[tokio::test]
async fn a_reader_listens_on_this_machine_only() {
    use card::reader::{AllowList, Reader, ReaderConfig, ReaderError};
    use std::sync::Arc;
    runtime::tls::install_provider();
    for address in ["0.0.0.0:8790", "192.0.2.1:8790", "[::1]:8790"] {
        let config =
            ReaderConfig { data: "data".into(), allow: AllowList::default(), portal_anchors: None, without_pin: None };
        let desk = Arc::new(crate::world::LocalJpki::new());
        let refused = Reader::new(config, address.parse().unwrap(), desk, Arc::new(runtime::SystemClock));
        assert!(matches!(refused, Err(ReaderError::NotLoopback(_))), "{address}");
    }
}
