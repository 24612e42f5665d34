//! Who asks, what is shown, what is signed, and where the answer goes.

use base64ct::{Base64, Encoding as _};
use card::testing::Page;
use domain::CardPurpose;
use http::{StatusCode, header};
use jiff::SignedDuration;
use pki::{Certificate, verify_raw};
use wire::reader::{Answer, AnswerKind, DOCUMENT_BYTES_MAX, signed_document, statement};

use crate::world::{CARD, EVIL, OTHER_PORTAL, PASSWORD, PIN, PORTAL, World, ask, fields};

fn certificate(answer: &Answer) -> Certificate {
    Certificate::from_der(&Base64::decode_vec(&answer.certificate).unwrap()).unwrap()
}

fn signature(answer: &Answer) -> Vec<u8> {
    Base64::decode_vec(&answer.signature).unwrap()
}

fn asks_for_a_pin(page: &Page) -> bool {
    page.html.contains("type=\"password\"") || page.forms().iter().any(|form| form.has("pin"))
}

#[tokio::test]
async fn the_page_shows_who_asks_what_for_and_the_whole_document() {
    let world = World::with_card().await;
    let mut register = ask(CardPurpose::Register);
    register.document = "一行目\n  字下げ <b>太字</b> &amp; 渡邉\u{e0101}様\n".repeat(200);
    let page = world.person.brings(PORTAL, &register).await.unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.shows(PORTAL) && page.shows("申請書に署名する"));
    assert!(page.shows(&register.document), "to the letter");
    assert!(!page.html.contains("<b>太字"), "as text, not as markup");
}

#[tokio::test]
async fn login_and_bind_use_only_the_authentication_key() {
    let world = World::with_card().await;
    for purpose in [CardPurpose::Login, CardPurpose::Bind] {
        let ask = ask(purpose);
        let (_, answer) = world.person.answers(PORTAL, &ask, CARD, PIN).await.unwrap().answer().unwrap();
        let certificate = certificate(&answer);
        assert_eq!(certificate.issuer(), world.jpki.authentication.certificate().subject());
        let bytes = statement(purpose, PORTAL, &ask.challenge, "");
        assert_eq!(verify_raw(certificate.spki_der(), &bytes, &signature(&answer)), Ok(()));
        assert_eq!((answer.result, answer.pin.as_str()), (AnswerKind::Signed, "present"));
    }
}

#[tokio::test]
async fn register_and_sign_use_only_the_signature_key() {
    let world = World::with_card().await;
    let register = ask(CardPurpose::Register);
    let (_, answer) = world.person.answers(PORTAL, &register, CARD, PASSWORD).await.unwrap().answer().unwrap();
    let registered = certificate(&answer);
    assert_eq!(registered.issuer(), world.jpki.signature.certificate().subject());
    let bytes = statement(CardPurpose::Register, PORTAL, &register.challenge, &register.document);
    assert_eq!(verify_raw(registered.spki_der(), &bytes, &signature(&answer)), Ok(()));

    let sign = ask(CardPurpose::Sign);
    let (_, answer) = world.person.answers(PORTAL, &sign, CARD, PASSWORD).await.unwrap().answer().unwrap();
    let cms = pki::cms::verify(&signature(&answer), None).unwrap();
    assert_eq!(cms.signer, registered);
    assert_eq!(cms.content, signed_document(PORTAL, &sign.challenge, &sign.document));
}

#[tokio::test]
async fn the_pin_of_the_other_key_opens_nothing() {
    let world = World::with_card().await;
    let page = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PASSWORD).await.unwrap();
    assert!(page.answer().is_err());
    let page = world.person.answers(PORTAL, &ask(CardPurpose::Sign), CARD, PIN).await.unwrap();
    assert!(page.answer().is_err());
    assert_eq!(world.tries(), (3, 5), "neither has the form of the other, so no try was spent");
}

#[tokio::test]
async fn an_unlisted_null_missing_or_doubled_origin_gets_no_pin_field() {
    let world = World::with_card().await;
    let ask = ask(CardPurpose::Login);
    for origin in [EVIL, "null", "", "http://localhost:8081", "http://LOCALHOST:8080", "http://localhost:8080/"] {
        let page = world.person.brings(origin, &ask).await.unwrap();
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{origin}");
        assert!(!asks_for_a_pin(&page) && page.forms().is_empty());
    }
    let url = format!("{}/v1/ask", world.reader.origin());
    let missing = reqwest::Client::new().post(&url).form(&ask).send().await.unwrap();
    assert_eq!(missing.status(), StatusCode::FORBIDDEN);
    let doubled = reqwest::Client::new().post(&url).header(header::ORIGIN, PORTAL).header(header::ORIGIN, EVIL);
    assert_eq!(doubled.form(&ask).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_asker_is_the_origin_header_and_never_a_field() {
    let world = World::with_card().await;
    for lie in ["origin", "asker", "answer_path", "redirect", "statement", "hash", "bytes"] {
        let mut lying = fields(&ask(CardPurpose::Login));
        lying.push((lie.into(), PORTAL.into()));
        let lying: Vec<(&str, &str)> = lying.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = world.person.posts(Some(EVIL), "/v1/ask", &lying).await.unwrap();
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{lie}");
        let page = world.person.posts(Some(PORTAL), "/v1/ask", &lying).await.unwrap();
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{lie}");
        assert!(!asks_for_a_pin(&page));
    }
}

#[tokio::test]
async fn the_answer_goes_only_to_the_path_that_is_listed_for_the_asker() {
    let world = World::with_card().await;
    for (portal, address) in
        [(PORTAL, "http://localhost:8080/card/answer"), (OTHER_PORTAL, "https://other.example/elsewhere/card")]
    {
        let page = world.person.answers(portal, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
        assert_eq!(page.answer().unwrap().0, address);
        assert_eq!(page.forms().len(), 1);
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with(&format!("form-action {portal}")), "{policy}");
    }
}

#[tokio::test]
async fn an_answer_is_worth_nothing_at_another_portal_or_for_another_purpose() {
    let world = World::with_card().await;
    let login = ask(CardPurpose::Login);
    let (_, answer) = world.person.answers(OTHER_PORTAL, &login, CARD, PIN).await.unwrap().answer().unwrap();
    let verifies = |purpose, origin: &str| {
        let bytes = statement(purpose, origin, &login.challenge, "");
        verify_raw(certificate(&answer).spki_der(), &bytes, &signature(&answer)).is_ok()
    };
    assert!(verifies(CardPurpose::Login, OTHER_PORTAL));
    assert!(!verifies(CardPurpose::Login, PORTAL));
    assert!(!verifies(CardPurpose::Bind, OTHER_PORTAL));
}

#[tokio::test]
async fn bytes_handed_in_are_never_what_is_signed() {
    let world = World::with_card().await;
    let mut register = ask(CardPurpose::Register);
    register.document = "deadbeef".repeat(8);
    let (_, answer) = world.person.answers(PORTAL, &register, CARD, PASSWORD).await.unwrap().answer().unwrap();
    let spki = certificate(&answer).spki_der().to_vec();
    assert!(verify_raw(&spki, register.document.as_bytes(), &signature(&answer)).is_err());
    assert!(verify_raw(&spki, register.challenge.as_bytes(), &signature(&answer)).is_err());
}

#[tokio::test]
async fn lines_that_a_browser_ended_with_crlf_are_signed_as_the_portal_wrote_them() {
    let world = World::with_card().await;
    let register = ask(CardPurpose::Register);
    let mut as_sent = register.clone();
    as_sent.document = register.document.replace('\n', "\r\n");
    let (_, answer) = world.person.answers(PORTAL, &as_sent, CARD, PASSWORD).await.unwrap().answer().unwrap();
    let bytes = statement(CardPurpose::Register, PORTAL, &register.challenge, &register.document);
    assert_eq!(verify_raw(certificate(&answer).spki_der(), &bytes, &signature(&answer)), Ok(()));
}

#[tokio::test]
async fn what_cannot_be_read_or_shown_or_is_too_large_is_refused_without_a_pin_field() {
    let world = World::with_card().await;
    let sign = |document: String| {
        let mut sign = ask(CardPurpose::Sign);
        sign.document = document;
        sign
    };
    let mut login = ask(CardPurpose::Login);
    login.document = "x".into();
    for (ask, status) in [
        (login, StatusCode::BAD_REQUEST),
        (sign(String::new()), StatusCode::BAD_REQUEST),
        (sign("1\u{202e}000円".into()), StatusCode::UNPROCESSABLE_ENTITY),
        (sign("あ".repeat(DOCUMENT_BYTES_MAX / 3 + 1)), StatusCode::PAYLOAD_TOO_LARGE),
        (sign("x".repeat(1 << 20)), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let page = world.person.brings(PORTAL, &ask).await.unwrap();
        assert_eq!(page.status, status);
        assert!(!asks_for_a_pin(&page));
    }
    let largest = sign("あ".repeat(DOCUMENT_BYTES_MAX / 3));
    assert_eq!(world.person.brings(PORTAL, &largest).await.unwrap().status, StatusCode::OK);
}

#[tokio::test]
async fn a_malformed_ask_is_refused() {
    let world = World::with_card().await;
    let well_formed = fields(&ask(CardPurpose::Sign));
    let post = |body: String| {
        let request = reqwest::Client::new().post(format!("{}/v1/ask", world.reader.origin()));
        let form = "application/x-www-form-urlencoded";
        request.header(header::ORIGIN, PORTAL).header(header::CONTENT_TYPE, form).body(body).send()
    };
    for (left_out, _) in well_formed.iter().filter(|(name, _)| name != "lang") {
        let rest: Vec<_> = well_formed.iter().filter(|(name, _)| name != left_out).collect();
        let rest = rest.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("&");
        assert_eq!(post(rest).await.unwrap().status(), StatusCode::BAD_REQUEST, "{left_out}");
    }
    let join = |purpose: &str, challenge: &str, document: &str| {
        format!("purpose={purpose}&challenge={challenge}&document={document}&removal_token={}", "A".repeat(43))
    };
    let nonce = "A".repeat(43);
    assert_eq!(post(join("sign", &nonce, "x")).await.unwrap().status(), StatusCode::OK);
    assert_eq!(post(join("wish", &nonce, "x")).await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert_eq!(post(join("sign", "AAAA", "x")).await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert_eq!(post(join("sign", &nonce, "%ff%fe")).await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(join("sign", &nonce, "x&purpose=login")).await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert_eq!(post("{}".into()).await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_ask_waits_five_minutes_and_no_longer() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(5));
    let late = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", "0000")]).await.unwrap();
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.shows("この画面の期限が過ぎました"));
    assert_eq!(world.tries(), (3, 5));
}

#[tokio::test]
async fn an_ask_is_answered_once() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    let form = page.form("/v1/pin").unwrap();
    assert!(world.person.sends(&form, &[("pin", PIN)]).await.unwrap().answer().is_ok());
    let again = world.person.sends(&form, &[("pin", PIN)]).await.unwrap();
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.answer().is_err());
}

#[tokio::test]
async fn who_cancels_sends_back_nothing_of_the_card() {
    let world = World::with_card().await;
    let sign = ask(CardPurpose::Sign);
    let (_, answer) = world.person.leaves(PORTAL, &sign).await.unwrap().answer().unwrap();
    assert_eq!(answer.result, AnswerKind::Cancelled);
    assert_eq!(answer.challenge, sign.challenge);
    assert_eq!((answer.certificate, answer.signature, answer.pin), <(String, String, String)>::default());
}
