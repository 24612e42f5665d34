//! A new card goes on with the old folder, both ways (P-RNW-2 to P-RNW-4), and a card is nothing before it is handed over
//! (B-CRD-3).

use linkage::counter::{Counter, NewCard};
use linkage::jpki::CardEvent;
use linkage::party::JPKI;
use linkage::register::Change;
use stories::{Citizen, Town};

use super::cards::{refused, with_folder, wording_of};

async fn counter(town: &Town) -> Counter {
    town.world.lock().await.counter()
}

/// P-RNW-3 a: JPKI's history leads from the new certificate to the folder of the old one.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_card_opens_the_same_folder_and_the_old_one_opens_nothing() {
    let town = Town::starts().await;
    let old = with_folder(&town).await;
    let counter = counter(&town).await;
    let new = counter.issues_again("card-0001", NewCard::Renewal).await.unwrap();
    let renewed = Citizen::with_card(&town, &new, "ja").await;
    let at_reader = renewed.at_reader(&renewed.starts_login().await).await;
    assert!(at_reader.text().contains("まだお渡しの手続きが終わっていない"), "{}", at_reader.text());
    assert!(at_reader.text().contains("市区町村の窓口で受け取る"), "what to do");
    assert_eq!(old.logs_in().await.path(), "/home", "the old card goes on until then");

    counter.hands_over(&new).await.unwrap();
    let home = renewed.logs_in().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    assert!(home.text().contains("前回"), "the folder knows the logins of the old card: {}", home.text());
    assert_eq!(town.count("folder").await, 1);
    assert_eq!(town.count("certificate_binding WHERE unbound_at IS NULL").await, 1);
    assert_eq!(town.count("certificate_binding WHERE unbound_at IS NOT NULL").await, 1);
    assert_eq!(renewed.logs_in().await.path(), "/home", "and again");
    let stopped = old.at_reader(&old.starts_login().await).await;
    assert!(stopped.text().contains("利用が止められています"), "{}", stopped.text());
}

/// P-FLD-7: the folder of a lost card is intact and waits for the next one.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_card_is_refused_with_what_to_do_and_its_successor_goes_on() {
    let town = Town::starts().await;
    let old = with_folder(&town).await;
    let counter = counter(&town).await;
    counter.card_event("card-0001", CardEvent::Loss).await.unwrap();
    let page = old.logs_in().await;
    refused(&page, wording_of("certificate-revoked"));
    let next = wording::ErrorCase::find("certificate-revoked").unwrap().words(domain::Locale::Ja).next;
    assert!(page.text().contains(&next), "what to do");
    let new = counter.issues_again("card-0001", NewCard::Reissue).await.unwrap();
    counter.hands_over(&new).await.unwrap();
    let citizen = Citizen::with_card(&town, &new, "ja").await;
    assert_eq!(citizen.logs_in().await.path(), "/home");
    refused(&old.logs_in().await, wording_of("certificate-revoked"));
}

/// P-RNW-3 b: the application, signed with the new card, leads to the same folder.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_registers_again_with_the_new_card_is_in_the_same_folder() {
    let town = Town::starts().await;
    with_folder(&town).await;
    let counter = counter(&town).await;
    let new = counter.issues_again("card-0001", NewCard::Renewal).await.unwrap();
    counter.hands_over(&new).await.unwrap();
    let citizen = Citizen::with_card(&town, &new, "ja").await;
    let home = citizen.opens_folder().await;
    assert_eq!((home.path(), town.count("folder").await), ("/home", 1));
    assert_eq!(town.count("certificate_binding WHERE unbound_at IS NULL").await, 1);
}

/// P-AUT-7: what a move took away, a new card gives back; it carries the new address.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_move_the_new_card_signs_again_and_leads_to_the_same_folder() {
    let town = Town::starts().await;
    with_folder(&town).await;
    let moved =
        Change::Moved { address: "山形県酒田市本町二丁目".into(), municipality: "062049".parse().unwrap() };
    town.world.lock().await.owner_event("card-0001", moved).await.unwrap();
    town.until_signature_certificate_revoked().await;
    let counter = counter(&town).await;
    let new = counter.issues_again("card-0001", NewCard::Renewal).await.unwrap();
    counter.hands_over(&new).await.unwrap();
    let citizen = Citizen::with_card(&town, &new, "ja").await;
    let home = citizen.opens_folder().await;
    assert_eq!((home.path(), town.count("folder").await), ("/home", 1), "{}", home.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_person_s_new_card_opens_nothing_of_this_folder() {
    let town = Town::starts().await;
    with_folder(&town).await;
    let counter = counter(&town).await;
    let (person, _) = counter.people_without_card().unwrap().swap_remove(0);
    let first = counter.issues_first(&person).await.unwrap();
    counter.hands_over(&first).await.unwrap();
    let citizen = Citizen::with_card(&town, &first, "ja").await;
    refused(&citizen.logs_in().await, wording_of("not-registered"));
    assert_eq!(town.count("certificate_binding").await, 1);
}

/// P-RNW-5: for ninety days before its end every login says so, and says what to do.
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_ends_soon_is_said_at_login() {
    let town = Town::starts().await;
    let citizen = with_folder(&town).await;
    let warning = "窓口で更新すると、このフォルダを続けて使えます";
    assert!(!citizen.logs_in().await.text().contains(warning));
    town.passes(jiff::SignedDuration::from_hours(24 * (365 * 5 - 80)));
    let home = citizen.logs_in().await;
    assert!(home.path() == "/home" && home.text().contains(warning), "{}", home.text());
    assert!(home.text().contains("2031年11月3日"), "{}", home.text());
}

/// Whether the new card's owner has a folder is for JPKI to say: while it does not, nobody is told that there is none.
#[tokio::test(flavor = "multi_thread")]
async fn while_jpki_does_not_answer_a_new_card_waits_and_then_goes_on() {
    let town = Town::starts().await;
    with_folder(&town).await;
    let counter = counter(&town).await;
    let new = counter.issues_again("card-0001", NewCard::Renewal).await.unwrap();
    counter.hands_over(&new).await.unwrap();
    let citizen = Citizen::with_card(&town, &new, "ja").await;
    citizen.inserts_card().await;
    town.world.lock().await.stop_party(&JPKI).await;
    refused(&citizen.logs_in().await, wording_of("linkage-unreachable"));
    town.world.lock().await.start_party(&JPKI).await.unwrap();
    assert_eq!(citizen.logs_in().await.path(), "/home");
}
