//! Steps 2 to 5 of a citizen's first day (P-REG, P-AUT, P-LOG), without script.

use stories::{Citizen, Town};

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_opens_a_folder_logs_out_and_logs_in_again() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    assert!(home.text().contains("はじめてのログインです"), "{}", home.text());
    let out = citizen.logs_out(&home).await;
    assert_eq!(out.path(), "/signed-out");
    let home = citizen.logs_in().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    assert!(home.text().contains("2026年11月3日"), "{}", home.text());
}

/// 西暦, with 和暦 on demand: remembered until the person changes it again.
#[tokio::test(flavor = "multi_thread")]
async fn era_years_stand_beside_western_ones_on_demand() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(3, 4).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let home = citizen.logs_in().await;
    assert!(!home.text().contains("令和"), "{}", home.text());
    assert!(home.text().contains("日付に和暦も表示する"), "{}", home.text());
    for path in ["/home?years=era", "/home", "/records", "/records?page=1", "/history"] {
        let page = citizen.opens(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("2026年（令和8年）"), "{path}: {}", page.text());
    }
    let page = citizen.opens("/records?years=western&page=1").await;
    assert!(page.text().contains("2026年") && !page.text().contains("令和"), "{}", page.text());
    assert!(!citizen.opens("/history").await.text().contains("令和"));
}

#[tokio::test(flavor = "multi_thread")]
async fn exchanges_of_past_days_come_back_as_sentences() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(10, 12).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let records = citizen.opens("/records").await;
    assert_eq!(records.status, 200, "{}", records.text());
    assert!(records.text().contains("照会し、提供を受けました。"), "{}", records.text());
}
