//! What was read goes with the session, however it ends, and with a receipt (P-PSH-7, P-INF-6).

use jiff::SignedDuration;
use linkage::register::Change;
use stories::{Browser, Citizen, Town};

use crate::inbox::{Scene, asking, says};
use crate::kept::{sweeps_after, until};

const COOKIE: &str = "__Host-session";

/// One read, one thrown away, one left alone.
pub(crate) async fn reads_one_and_bins_one(scene: &Scene<'_>) {
    for title in ["図書館の休み", "道の工事", "水道の検査"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    scene.reads("図書館の休み").await;
    scene.does("/notices", "道の工事", "bin").await;
    assert_eq!((town_has(scene, "notice").await, town_has(scene, "letter_words").await), (3, 3));
}

async fn town_has(scene: &Scene<'_>, rows: &str) -> i64 {
    scene.citizen.town.count(rows).await
}

/// What was left alone is all that there is, and the log tells of the others for this reason.
pub(crate) async fn what_was_read_is_gone(town: &Town, reason: &str) {
    for rows in ["notice", "letter_words", "notice WHERE opened_at IS NULL AND binned_at IS NULL"] {
        assert_eq!(town.count(rows).await, 1, "{rows}");
    }
    let entries = town.count("log_entry").await;
    let entries = reqwest::get(town.portal(&format!("/log/tile/entries/000.p/{entries}"))).await.unwrap();
    let entries = entries.text().await.unwrap();
    let receipts: Vec<_> = entries.split("\"at\":").filter(|entry| entry.contains("\"class\":\"notice\"")).collect();
    assert!(receipts.len() == 1 && receipts.iter().all(|receipt| receipt.contains("\"count\":2")), "{entries}");
    assert!(receipts.iter().all(|receipt| receipt.contains(&format!("\"reason\":\"{reason}\""))), "{entries}");
}

/// B logs in where A forgot to log out.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_in_where_another_forgot_to_log_out_leaves_nothing_of_what_was_read() {
    let town = Town::starts().await;
    let mut scene = Scene::opens(&town).await;
    reads_one_and_bins_one(&scene).await;
    let mut other = Citizen::with_card(&town, "card-0002", "ja").await;
    let home = other.opens_folder().await;
    other.logs_out(&home).await;
    std::mem::swap(&mut scene.citizen.browser, &mut other.browser);

    let before = other.browser.cookie("localhost", COOKIE).unwrap();
    assert_eq!(other.logs_in().await.path(), "/home");
    what_was_read_is_gone(&town, "logout").await;
    assert_eq!(town.count("session WHERE folder_id IS NOT NULL").await, 1, "the one before is gone");
    let thief = Browser::new("ja");
    thief.sets_cookie("localhost", COOKIE, &before);
    assert_ne!(thief.opens(&town.portal("/home")).await.path(), "/home");
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens("/notices").await, &["水道の検査", "受信（1件、未読1件）", "ごみ箱（0件）"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_death_nothing_is_left_of_what_was_read() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    reads_one_and_bins_one(&scene).await;
    town.world.lock().await.owner_event("card-0001", Change::Died).await.unwrap();
    until(&town, "folder WHERE state = 'retained'", 1).await;
    until(&town, "session WHERE folder_id IS NOT NULL", 0).await;
    what_was_read_is_gone(&town, "folder-ended").await;
}

/// A phone that lies idle takes nothing from the desk at which its owner is answering; the last session takes it along.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_over_leaves_what_its_person_reads_elsewhere() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_hours(24)), &[]).await;
    let phone = Citizen::with_card(&town, "card-0001", "ja").await;
    phone.logs_in().await;
    town.passes(SignedDuration::from_mins(10));
    let notice = scene.reads("健康診断の申込み").await;
    let form = scene.citizen.browser.follows(&notice, &format!("{}/reply", notice.path())).await;
    let filled = form.form(&format!("{}/check", form.path())).with("q-place", "north");
    let overview = scene.citizen.browser.submits(&form, filled).await;
    says(&overview, &["送る前に確かめてください", "北区役所"]);

    sweeps_after(&town, SignedDuration::from_mins(5)).await;
    assert_eq!(phone.opens("/home").await.path(), "/signed-out");
    until(&town, "session WHERE folder_id IS NOT NULL", 1).await;
    assert_eq!((town.count("notice").await, town.count("log_entry").await), (1, 0));
    let sent = scene.citizen.browser.submits(&overview, overview.form(&format!("{}/send", form.path()))).await;
    says(&sent, &["横浜市に回答を送りました", "回答済み"]);

    town.passes(SignedDuration::from_mins(15));
    let out = scene.citizen.opens("/home").await;
    assert_eq!(out.path(), "/signed-out");
    says(&out, &["お知らせ 1件"]);
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (0, 0));
}

/// Whoever says that they leave takes everything along, wherever else they are logged in.
#[tokio::test(flavor = "multi_thread")]
async fn a_logout_erases_what_was_read_in_any_session() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    reads_one_and_bins_one(&scene).await;
    let phone = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = phone.logs_in().await;
    let asked = phone.logs_out(&home).await;
    says(&asked, &["読んだお知らせと、ごみ箱のお知らせ 2件"]);
    phone.browser.submits(&asked, crate::inbox::confirmed(&asked)).await;
    what_was_read_is_gone(&town, "logout").await;
    assert_eq!(scene.citizen.opens("/notices").await.path(), "/notices", "the other session goes on");
}
