//! 初回登録: the ten steps in their order (B.2, P-REG-1…7).

use linkage::register::Change;
use stories::{Citizen, Engine, Town};

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_holds_on_postgresql_too() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let citizen = Citizen::with_card(&town, "card-0002", "en").await;
    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    citizen.logs_out(&home).await;
    assert_eq!(citizen.logs_in().await.path(), "/home");
    assert_eq!(citizen.opens("/records").await.status, 200);
}

/// P-REG-1: step 9 is refused before step 8 succeeded.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_bound_before_the_application_is_signed() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let register = citizen.opens("/register").await;
    let started = citizen.browser.submits(&register, register.form("/register/start")).await;
    let mut form = register.form("/register/start");
    form.action.set_path("/register/bind/start");
    let refused = citizen.browser.submits(&started, form).await;
    assert_eq!(refused.path(), "/register", "{}", refused.text());
    assert_eq!(town.count("folder").await, 0);
}

/// P-REG-5: JPKI holds the two certificates as no pair.
#[tokio::test(flavor = "multi_thread")]
async fn another_persons_card_is_not_bound() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let applied = citizen.applies().await;
    let ready = citizen.waits_for_the_code(applied).await;
    let asked = citizen.browser.submits(&ready, ready.form("/register/bind/start")).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    let (page, signed) = other.keeps_answer(&asked).await;
    let refused = citizen.browser.submits(&page, signed).await;
    let title = wording::ErrorCase::find("other-person").unwrap().words(domain::Locale::Ja).title;
    assert!(refused.text().contains(&title), "{}", refused.text());
    assert_eq!(town.count("folder").await, 0);
    let again = citizen.browser.submits(&refused, refused.form("/register/bind/start")).await;
    let home = citizen.answers_with_pin(&again, citizen.authentication_pin()).await;
    assert_eq!(home.path(), "/home", "{}", home.text());
}

/// P-REG-7, and P-RNW-3 b: the signed application leads to the same folder again.
#[tokio::test(flavor = "multi_thread")]
async fn registering_twice_leads_to_the_same_folder() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home");
    assert_eq!(town.count("folder").await, 1);
    assert_eq!(town.count("certificate_binding WHERE unbound_at IS NULL").await, 1);
    assert!(!home.text().contains("はじめてのログインです"), "{}", home.text());
}

/// B-ISS-3: J-LIS finds nobody with these four items any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_the_register_does_not_identify_gets_no_folder() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.inserts_card().await;
    let mut world = town.world.lock().await;
    world.stop_party(&"JPKI".parse().unwrap()).await;
    let renamed = Change::Renamed { name: "髙橋　健二".to_owned() };
    world.owner_event("card-0001", renamed).await.unwrap();
    drop(world);
    for locale in domain::Locale::ALL {
        let refused = Citizen::speaking(&town, "card-0001", locale).await.applies().await;
        let words = wording::ErrorCase::find("unknown-to-register").unwrap().words(locale);
        assert!(refused.text().contains(&words.title) && refused.text().contains(&words.next), "{}", refused.text());
    }
    assert_eq!(town.count("folder").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_without_folder_is_shown_the_registration() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let page = citizen.logs_in().await;
    assert_eq!(page.path(), "/login");
    let title = wording::ErrorCase::find("not-registered").unwrap().words(domain::Locale::Ja).title;
    assert!(page.text().contains(&title), "{}", page.text());
}

/// B-TBL-2: a rotation of the portal's key loses nobody and no record.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_key_loses_nobody() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(5, 10).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let before = citizen.opens("/records").await.text().matches("照会").count();
    let core = town.world.lock().await.parties().core().clone();
    core.rotate_key(&"PORTAL".parse().unwrap()).await.unwrap();
    for _ in 0..200 {
        if town.count("folder WHERE key_index > 1").await == 1 {
            break;
        }
        tokio::task::yield_now().await;
        drop(citizen.opens("/help").await);
    }
    assert_eq!(town.count("folder WHERE key_index > 1").await, 1);
    assert_eq!(citizen.opens("/records").await.text().matches("照会").count(), before);
}
