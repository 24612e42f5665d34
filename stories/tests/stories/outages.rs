//! When others are down, the portal stays up, says what is missing, and loses nothing.

use stories::{Citizen, Town};

fn title(case: &str) -> String {
    wording::ErrorCase::find(case).unwrap_or_else(|| panic!("no words for {case}")).words(domain::Locale::Ja).title
}

#[tokio::test(flavor = "multi_thread")]
async fn where_revocation_cannot_be_asked_nobody_gets_in_until_it_can() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    town.world.lock().await.stop_jpki_http().await;
    let refused = citizen.logs_in().await;
    assert!(refused.text().contains(&title("validity-unreachable")), "{}", refused.text());
    town.world.lock().await.start_jpki_http().await.unwrap();
    assert_eq!(citizen.logs_in().await.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_list_serves_as_well_and_an_absent_one_refuses() {
    let town = Town::starts_with(stories::Engine::Sqlite, |settings| {
        settings.jpki.revocation = server::Revocation::Crl;
    })
    .await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    citizen.logs_out(&home).await;
    town.world.lock().await.stop_jpki_http().await;
    assert_eq!(citizen.logs_in().await.path(), "/home", "the list that is there holds for its time");
    town.passes(jiff::SignedDuration::from_hours(24 * 60));
    for locale in domain::Locale::ALL {
        let refused = Citizen::speaking(&town, "card-0001", locale).await.logs_in().await;
        let words = wording::ErrorCase::find("validity-unreachable").unwrap().words(locale);
        assert!(refused.text().contains(&words.title) && refused.text().contains(&words.next), "{}", refused.text());
    }
    town.world.lock().await.start_jpki_http().await.unwrap();
    assert_eq!(citizen.logs_in().await.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_core_the_records_page_says_so_and_the_rest_stays() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    town.world.lock().await.stop_party(&"CORE".parse().unwrap()).await;
    let records = citizen.opens("/records").await;
    assert_eq!(records.status, 503, "{}", records.text());
    assert!(records.text().contains(&title("linkage-unreachable")), "{}", records.text());
    assert_eq!(citizen.opens("/home").await.status, 200);
    town.world.lock().await.start_party(&"CORE".parse().unwrap()).await.unwrap();
    assert_eq!(citizen.opens("/records").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_jlis_an_application_is_told_to_come_again() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    town.world.lock().await.stop_party(&"JLIS".parse().unwrap()).await;
    let refused = citizen.applies().await;
    assert!(refused.text().contains(&title("linkage-unreachable")), "{}", refused.text());
    town.world.lock().await.start_party(&"JLIS".parse().unwrap()).await.unwrap();
    assert_eq!(citizen.opens_folder().await.path(), "/home");
}

/// The core's delivery waits until the portal is back: either no folder or a whole one.
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_restarts_in_mid_registration_goes_on_where_it_was() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let applied = citizen.applies().await;
    town.stops_portal().await;
    assert_eq!(town.count("folder").await, 0);
    town.starts_portal().await;
    let ready = citizen.waits_for_the_code(applied).await;
    let asked = citizen.browser.submits(&ready, ready.form("/register/bind/start")).await;
    town.stops_portal().await;
    town.starts_portal().await;
    let home = citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    assert_eq!(town.count("folder").await, 1);
}
