//! What can be wrong with a card's answer. Each has its own words, and nobody gets in.

use jiff::SignedDuration;
use linkage::jpki::CardEvent;
use linkage::register::Change;
use stories::{Browser, Citizen, Page, Town};

pub(super) fn refused(page: &Page, words: &str) {
    assert!(page.text().contains(words), "expected 「{words}」 on {}:\n{}", page.url, page.text());
    assert!(page.forms().iter().all(|form| form.action.path() != "/logout"), "somebody is logged in");
}

pub(super) async fn with_folder(town: &Town) -> Citizen<'_> {
    let citizen = Citizen::with_card(town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    citizen
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_says_how_many_tries_are_left() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let asked = citizen.starts_login().await;
    let at_reader = citizen.signs(&asked, "0000").await;
    assert!(at_reader.text().contains("あと2回"), "{}", at_reader.text());
    let right = at_reader.form("/v1/pin").with("pin", citizen.authentication_pin());
    let answered = citizen.browser.submits(&at_reader, right).await;
    let home = citizen.browser.submits(&answered, answered.form("/card/answer")).await;
    assert_eq!(home.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_locked_by_wrong_pins_is_told_where_to_go() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let asked = citizen.starts_login().await;
    let mut page = citizen.signs(&asked, "0000").await;
    for _ in 0..2 {
        page = citizen.browser.submits(&page, page.form("/v1/pin").with("pin", "0000")).await;
    }
    assert!(page.text().contains("ロック"), "{}", page.text());
    let back = citizen.browser.submits(&page, page.form("/v1/leave")).await;
    let portal = citizen.browser.submits(&back, back.form("/card/answer")).await;
    refused(&portal, "ロック");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_at_the_reader_is_back_where_they_began() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let asked = citizen.starts_login().await;
    let at_reader = citizen.at_reader(&asked).await;
    let back = citizen.browser.submits(&at_reader, at_reader.form("/v1/leave")).await;
    let portal = citizen.browser.submits(&back, back.form("/card/answer")).await;
    assert_eq!(portal.path(), "/login");
    refused(&portal, wording_of("card-cancelled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_cards_certificate_is_refused() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    town.world.lock().await.card_event("card-0001", CardEvent::Loss).await.unwrap();
    refused(&citizen.logs_in().await, wording_of("certificate-revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_moving_house_login_works_and_a_new_application_does_not() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let moved = Change::Moved {
        address: "山形県酒田市本町二丁目".to_owned(), municipality: "062049".parse().unwrap()
    };
    town.world.lock().await.owner_event("card-0001", moved).await.unwrap();
    town.until_signature_certificate_revoked().await;
    assert_eq!(citizen.logs_in().await.path(), "/home");
    let other = Citizen::with_card(&town, "card-0001", "ja").await;
    let refusal = other.applies().await;
    refused(&refusal, wording_of("signature-certificate-revoked"));
    let words = wording::ErrorCase::find("signature-certificate-revoked").unwrap().words(domain::Locale::Ja);
    assert!(refusal.text().contains(&words.what) && refusal.text().contains(&words.next), "why, and where to go");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_certificate_is_refused_with_what_to_do() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    town.passes(SignedDuration::from_hours(24 * 366 * 6));
    refused(&citizen.logs_in().await, wording_of("certificate-expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_the_future_is_refused() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    town.clock.set(town.now() - SignedDuration::from_hours(24 * 30));
    refused(&citizen.logs_in().await, wording_of("certificate-not-yet-valid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_certificate_opens_no_folder_at_login() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let register = citizen.opens("/register").await;
    let asked = citizen.browser.submits(&register, register.form("/register/start")).await;
    let (page, signed) = citizen.keeps_answer(&asked).await;
    let login = citizen.starts_login().await;
    let challenge = login.form(wire::reader::ASK_PATH).value("challenge").unwrap().to_owned();
    let forged = signed.with("challenge", &challenge);
    refused(&citizen.browser.submits(&page, forged).await, wording_of("certificate-wrong-usage"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_over_another_challenge_is_refused() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    let other = citizen.starts_login().await;
    let challenge = other.form(wire::reader::ASK_PATH).value("challenge").unwrap().to_owned();
    let moved = signed.with("challenge", &challenge);
    refused(&citizen.browser.submits(&page, moved).await, wording_of("signature-mismatch"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_no_authority_of_ours_is_refused() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    let forged = signed.with("certificate", &stories::forged_authentication_certificate(town.now()));
    refused(&citizen.browser.submits(&page, forged).await, wording_of("certificate-untrusted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_pin_opens_nothing() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    refused(&citizen.browser.submits(&page, signed.with("pin", "absent")).await, wording_of("without-pin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_answered_once() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    assert_eq!(citizen.browser.submits(&page, signed.clone()).await.path(), "/home");
    let again = citizen.browser.submits(&page, signed).await;
    assert_eq!(again.status, 409);
    refused(&again, wording_of("challenge-used"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_minutes_a_challenge_is_too_old() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    town.passes(SignedDuration::from_secs(301));
    let late = citizen.browser.submits(&page, signed).await;
    assert_eq!(late.status, 410);
    refused(&late, wording_of("challenge-late"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_that_was_never_asked_is_unknown() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let (page, signed) = citizen.keeps_answer(&citizen.starts_login().await).await;
    let invented = signed.with("challenge", &"A".repeat(43));
    let unknown = citizen.browser.submits(&page, invented).await;
    assert_eq!(unknown.status, 400);
    refused(&unknown, wording_of("challenge-unknown"));
}

/// An attacker who has a victim's reader answer the attacker's challenge gains nothing.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_that_started_can_finish_a_login() {
    let town = Town::starts().await;
    let victim = with_folder(&town).await;
    let attacker = Browser::new("ja");
    let login = attacker.opens(&town.portal("/login")).await;
    let asked = attacker.submits(&login, login.form("/login/start")).await;
    let (page, signed) = victim.keeps_answer(&asked).await;
    let back =
        victim.browser.goes(signed_method(), signed.action, Some(&page), signed.fields, Some("/card/return")).await;
    let code = back.header("location").to_owned();
    refused(&victim.browser.opens(&town.portal(&code)).await, wording_of("other-browser"));
    let spoilt = attacker.opens(&town.portal(&code)).await;
    assert_eq!(spoilt.path(), "/login");
    refused(&spoilt, wording_of("challenge-used"));
    let home = victim.logs_in().await;
    let history = victim.browser.follows(&home, "/history").await;
    assert!(history.text().contains("別の"), "the owner is told: {}", history.text());
}

fn signed_method() -> reqwest::Method {
    reqwest::Method::POST
}

/// The title that people read for a case.
pub(super) fn wording_of(case: &str) -> &'static str {
    let words = wording::ErrorCase::find(case).unwrap_or_else(|| panic!("no words for {case}"));
    Box::leak(words.words(domain::Locale::Ja).title.into_boxed_str())
}
