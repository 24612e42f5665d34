//! 一時停止, 再開 and 廃止 by the person (P-FLD-2, P-FLD-3).

use stories::{Citizen, Page, Town};

use crate::inbox::{Scene, says};
use crate::inbox_sessions::{reads_one_and_bins_one, what_was_read_is_gone};

async fn does(citizen: &Citizen<'_>, path: &str, understood: bool) -> Page {
    let page = citizen.opens("/folder").await;
    let form = page.form(path);
    citizen.browser.submits(&page, if understood { form.with("understood", "yes") } else { form }).await
}

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_folder_lets_nobody_in_and_a_new_application_resumes_it() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let citizen = &scene.citizen;
    gathers(citizen).await;
    reads_one_and_bins_one(&scene).await;
    let elsewhere = Citizen::with_card(&town, "card-0001", "ja").await;
    elsewhere.logs_in().await;

    let out = does(citizen, "/folder/suspend", false).await;
    assert_eq!(out.path(), "/signed-out");
    assert!(out.text().contains("フォルダを止めました"), "{}", out.text());
    assert_eq!(elsewhere.opens("/home").await.path(), "/signed-out", "every session ends");
    for table in ["held", "gathering", "session WHERE folder_id IS NOT NULL"] {
        assert_eq!(town.count(table).await, 0, "{table}");
    }
    what_was_read_is_gone(&town, "folder-ended").await;
    let refused = elsewhere.logs_in().await;
    assert!(refused.text().contains("このフォルダは、いま開けません"), "{}", refused.text());

    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
    assert_eq!(town.count("folder WHERE state = 'open'").await, 1);
    assert!(citizen.opens("/history").await.text().contains("2026年"), "the history is there");
    says(&citizen.opens("/notices").await, &["水道の検査", "受信（1件、未読1件）", "ごみ箱（0件）"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_closed_only_when_that_was_understood() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let page = does(&citizen, "/folder/close", false).await;
    assert_eq!(page.path(), "/folder");
    assert!(page.text().contains("フォルダは、まだ閉じていません"), "{}", page.text());
    assert_eq!(town.count("folder").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_folder_is_gone_with_all_that_hung_on_it_and_leaves_a_receipt() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    gathers(&citizen).await;
    let out = does(&citizen, "/folder/close", true).await;
    assert!(out.text().contains("フォルダを閉じました"), "{}", out.text());
    assert!(out.text().contains("フォルダ 1つ"), "{}", out.text());
    for table in ["folder", "login_event", "certificate_binding", "held", "gathering", "session"] {
        assert_eq!(town.count(table).await, 0, "{table}");
    }
    let receipt = citizen.opens(&stories::first_link(&out, "/receipts/").unwrap()).await;
    assert!(receipt.html.contains(r#""reason":"closed""#), "{}", receipt.html);

    assert_eq!(citizen.opens_folder().await.path(), "/home", "whoever comes back gets a new folder");
    assert_eq!(town.count("folder").await, 1);
}
