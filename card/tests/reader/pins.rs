//! PINs: tries, words, and what must never be seen.

use card::testing::Page;
use domain::CardPurpose;
use http::StatusCode;
use wire::reader::AnswerKind;

use crate::world::{CARD, MY_NUMBER, PASSWORD, PIN, PORTAL, World, ask};

async fn enters(world: &World, page: &Page, pin: &str) -> Page {
    world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", pin)]).await.unwrap()
}

#[tokio::test]
async fn remaining_tries_stand_before_each_entry() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    assert!(page.shows("あと3回まちがえると、カードがロックされます。"));
    let page = enters(&world, &page, "0000").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.shows("暗証番号が違います。あと2回まちがえると、カードがロックされます。"));
    let page = enters(&world, &page, "0001").await;
    assert!(page.shows("暗証番号が違います。次にまちがえると、カードがロックされます。"));
    let another = world.person.brings(PORTAL, &ask(CardPurpose::Bind)).await.unwrap();
    assert!(another.shows("次にまちがえると、カードがロックされます。"));
}

#[tokio::test]
async fn the_third_wrong_entry_locks_and_says_what_to_do() {
    let world = World::with_card().await;
    let mut page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    for wrong in ["0000", "0001", "0002"] {
        page = enters(&world, &page, wrong).await;
    }
    assert_eq!(page.status, StatusCode::LOCKED);
    assert!(page.shows("まちがいが3回続いたため、カードの暗証番号がロックされました。"));
    assert!(page.form("/v1/pin").is_err(), "no field for a PIN that cannot be entered");
    let back = world.person.sends(&page.form("/v1/leave").unwrap(), &[]).await.unwrap();
    assert_eq!(back.answer().unwrap().1.result, AnswerKind::Locked);
    let register = world.person.answers(PORTAL, &ask(CardPurpose::Register), CARD, PASSWORD).await.unwrap();
    assert!(register.answer().is_ok(), "the other PIN is not concerned");
}

#[tokio::test]
async fn the_signature_password_has_five_tries() {
    let world = World::with_card().await;
    let mut page = world.person.brings(PORTAL, &ask(CardPurpose::Sign)).await.unwrap();
    assert!(page.shows("あと5回まちがえると、カードがロックされます。"));
    for wrong in ["WRONG1", "WRONG2", "WRONG3", "WRONG4", "WRONG5"] {
        page = enters(&world, &page, wrong).await;
    }
    assert!(page.shows("まちがいが5回続いたため、カードの署名用の暗証番号がロックされました。"));
    assert_eq!(world.tries(), (3, 0));
}

#[tokio::test]
async fn the_right_pin_gives_all_tries_back() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    let page = enters(&world, &page, "0000").await;
    assert_eq!(world.tries().0, 2);
    assert!(enters(&world, &page, PIN).await.answer().is_ok());
    assert_eq!(world.tries().0, 3);
}

#[tokio::test]
async fn what_cannot_be_the_pin_costs_no_try() {
    let world = World::with_card().await;
    let mut page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    for typed in ["", "12", "12345", "abcd"] {
        page = enters(&world, &page, typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.shows("この入力は、まちがいの回数に数えていません。"));
    }
    assert_eq!(world.tries(), (3, 5));
}

#[tokio::test]
async fn a_typed_pin_is_on_no_page() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Sign)).await.unwrap();
    let wrong = enters(&world, &page, "ZZTOP99").await;
    let malformed = enters(&world, &wrong, "ZZTOP-99").await;
    let answered = enters(&world, &malformed, PASSWORD).await;
    assert!(answered.answer().is_ok());
    for page in [wrong, malformed, answered] {
        assert!(!page.html.contains("ZZTOP") && !page.html.contains(PASSWORD), "{}", page.html);
        assert!(!page.headers.values().any(|value| value.to_str().unwrap().contains("ZZTOP")));
    }
}

#[tokio::test]
async fn the_signature_certificate_is_not_readable_before_its_pin() {
    let world = World::with_card().await;
    let file: serde_json::Value = serde_json::from_str(&world.card_file()).unwrap();
    let certificate = file["certificates"]["signature"].as_str().unwrap().to_owned();
    let front = world.person.opens("/").await.unwrap();
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Register)).await.unwrap();
    let wrong = enters(&world, &page, "WRONG1").await;
    let cancelled = world.person.leaves(PORTAL, &ask(CardPurpose::Register)).await.unwrap();
    let login = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    for page in [&front, &page, &wrong, &cancelled, &login] {
        assert!(!page.html.contains(&certificate) && !page.shows("山田花子"));
    }
    let (_, answer) = enters(&world, &wrong, PASSWORD).await.answer().unwrap();
    assert_eq!(answer.certificate, certificate, "after the PIN it is");
}

#[tokio::test]
async fn my_number_and_private_keys_come_out_nowhere() {
    let world = World::with_card().await;
    assert!(world.card_file().contains(MY_NUMBER), "it is on the chip");
    let file: serde_json::Value = serde_json::from_str(&world.card_file()).unwrap();
    let keys = ["authentication", "signature"].map(|slot| file[slot]["key"].as_str().unwrap().to_owned());
    let mut pages = vec![world.person.opens("/").await.unwrap()];
    for (purpose, pin) in [(CardPurpose::Login, PIN), (CardPurpose::Register, PASSWORD), (CardPurpose::Sign, PASSWORD)]
    {
        pages.push(world.person.brings(PORTAL, &ask(purpose)).await.unwrap());
        pages.push(world.person.answers(PORTAL, &ask(purpose), CARD, pin).await.unwrap());
    }
    for page in pages {
        assert!(!page.html.contains(MY_NUMBER));
        assert!(keys.iter().all(|key| !page.html.contains(key)));
    }
}

#[tokio::test]
async fn nothing_of_an_answer_is_in_an_address() {
    let world = World::with_card().await;
    let page = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    assert_eq!(page.answer().unwrap().0, "http://localhost:8080/card/answer");
    assert!(page.html.contains("<form id=\"answer\" method=\"post\""), "{}", page.html);
    assert!(!page.headers.contains_key(http::header::LOCATION));
}

#[tokio::test]
async fn a_reader_of_a_person_offers_no_way_around_the_pin() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    assert!(page.form("/v1/without-pin").is_err());
    let fields = page.form("/v1/leave").unwrap();
    let forced = world.person.posts(Some(world.reader.origin()), "/v1/without-pin", &fields.fields()).await.unwrap();
    assert_eq!(forced.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_pin_the_answer_and_the_signed_bytes_say_so() {
    use base64ct::{Base64, Encoding as _};
    use wire::reader::{pinless_statement, statement};
    let world = World::with(|config| config.without_pin = Some("141003".parse().unwrap())).await;
    world.person.inserts(CARD).await.unwrap();
    let login = ask(CardPurpose::Login);
    let page = world.person.brings(PORTAL, &login).await.unwrap();
    let page = world.person.sends(&page.form("/v1/without-pin").unwrap(), &[]).await.unwrap();
    let (_, answer) = page.answer().unwrap();
    assert_eq!(answer.pin, "absent");
    let certificate = pki::Certificate::from_der(&Base64::decode_vec(&answer.certificate).unwrap()).unwrap();
    let signature = Base64::decode_vec(&answer.signature).unwrap();
    let bytes = statement(CardPurpose::Login, PORTAL, &login.challenge, "");
    assert!(pki::verify_raw(certificate.spki_der(), &bytes, &signature).is_err());
    assert_eq!(pki::verify_raw(certificate.spki_der(), &pinless_statement("141003", &bytes), &signature), Ok(()));
    for purpose in [CardPurpose::Bind, CardPurpose::Register, CardPurpose::Sign] {
        let page = world.person.brings(PORTAL, &ask(purpose)).await.unwrap();
        assert!(page.form("/v1/without-pin").is_err());
        let fields = page.form("/v1/leave").unwrap();
        let forced =
            world.person.posts(Some(world.reader.origin()), "/v1/without-pin", &fields.fields()).await.unwrap();
        assert_eq!(forced.status, StatusCode::FORBIDDEN, "{purpose:?}");
        assert!(forced.answer().is_err());
    }
}
