//! What nobody has, or has any more: it is not kept for them, does not come again, and nothing false is told of it (P-PSH-5,
//! P-PSH-7, P-PSH-8).

use jiff::SignedDuration;
use municipality::draft::Draft;
use municipality::store::SendingState;
use reqwest::StatusCode;
use stories::{Citizen, Forged, SenderAtWork, Town};
use wire::notice::MediaType;

use crate::inbox::{Scene, asking, says};
use crate::kept::{KEPT, keeps, leaves, sweeps_after};
use crate::notices::{attached, city};

const MONTH: SignedDuration = SignedDuration::from_hours(24 * 31);

/// As after a crash between the portal's answer and this program's note of it; that the portal has the letter, it noted.
async fn recipients_are_asked_for_again(town: &Town) {
    city(town, "UPDATE recipient SET outcome = NULL").await;
    city(town, "UPDATE sending SET state = 'released', accepted = 0, undeliverable = 0, unknown = 0").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_with_a_file_for_nobody_leaves_nothing_and_is_brought_again_for_who_opens_a_folder_later() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let mut yokohama = SenderAtWork::starts(&town, "141003").await;
    yokohama.rests().await;
    let everybody = yokohama.everybody().await;
    let file = b"%PDF-1.7 a certificate";
    let mut draft = yokohama.draft("証明書", "証明書を添えました。");
    draft.attachments = vec![attached("証明書.pdf", MediaType::Pdf, file)];
    let to: Vec<_> = everybody.iter().map(|code| (code.clone(), None)).collect();
    let sent = yokohama.releases(&draft, &[file], &to).await;
    let row = yokohama.until_done(sent).await;
    assert_eq!((row.state, row.accepted), (SendingState::Done, 0));
    assert_eq!((town.count("letter").await, town.count("notice").await), (1, 0));
    assert_eq!((town.count("letter_words").await, town.count("letter_attachment").await), (0, 0));

    recipients_are_asked_for_again(&town).await;
    assert_eq!(yokohama.until_done(sent).await.accepted, 0);
    assert_eq!((town.count("letter_words").await, town.count("letter_attachment").await), (0, 0));

    citizen.opens_folder().await;
    recipients_are_asked_for_again(&town).await;
    let row = yokohama.until_done(sent).await;
    assert_eq!((row.state, row.accepted), (SendingState::Done, 1));
    assert_eq!((town.count("letter").await, town.count("notice").await), (1, 1));
    assert_eq!((town.count("letter_words").await, town.count("letter_attachment").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_brought_and_is_for_nobody_loses_its_words_within_the_hour() {
    let town = Town::starts().await;
    let honest = Forged::as_if_from(&town, "062049", "062049");
    assert_eq!(honest.brings_letter().await, StatusCode::OK);
    assert_eq!(town.count("letter_words").await, 1);
    sweeps_after(&town, SignedDuration::from_hours(1)).await;
    town.until("letter_words", 0).await;
    assert_eq!(town.count("letter").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_or_kept_and_is_brought_again_does_not_come_again() {
    let town = Town::starts().await;
    let mut scene = Scene::opens(&town).await;
    scene.yokohama.rests().await;
    let hers = scene.yokohama.holder_of("card-0001").await;
    let mut sent = Vec::new();
    for title in ["図書館の休み", "道の工事"] {
        sent.push(scene.yokohama.sends(&scene.draft(title), std::slice::from_ref(&hers)).await);
    }
    for id in &sent {
        assert_eq!(scene.yokohama.until_done(*id).await.accepted, 1);
    }
    scene.reads("図書館の休み").await;
    keeps(&scene, "道の工事").await;
    leaves(&scene.citizen).await;
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (0, 0));

    recipients_are_asked_for_again(&town).await;
    for id in &sent {
        assert_eq!(scene.yokohama.until_done(*id).await.accepted, 1);
    }
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (0, 0));
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens("/notices").await, &["お知らせはありません", "保管（1件）"]);
    says(&scene.citizen.opens(KEPT).await, &["道の工事"]);

    assert_eq!(town.count("notice_gone").await, 2);
    sweeps_after(&town, MONTH).await;
    town.until("notice_gone", 0).await;
    assert_eq!(town.count("letter").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_was_stopped_between_words_and_notices_goes_on_after_its_start() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    town.stops_portal().await;
    let expired = "UPDATE letter SET expires_at = taken_at, expired_at = taken_at";
    town.alters_database(&["DELETE FROM letter_words".to_owned(), expired.to_owned()]).await;
    town.starts_portal().await;
    town.until("letter", 0).await;
    assert_eq!(town.count("notice").await, 0);
}

/// So much was ever told to the only sender.
async fn heard(town: &Town, times: u32) {
    let row = format!("notice_sender WHERE returned = {times}");
    assert_eq!(town.count(&row).await, i64::from(times > 0), "not {times}");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_notice_was_opened_is_told_once_and_stays_true_where_it_is_made_unread_again() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let title = "図書館の休み";
    scene.receives(&Draft { wants_states: true, ..scene.draft(title) }, &[]).await;
    let page = scene.reads(title).await;
    let form = page.form(&format!("{}/states", page.path()));
    scene.citizen.browser.submits(&page, form).await;
    heard(&town, 1).await;
    for _ in 0..2 {
        scene.does("/notices", title, "unread").await;
        scene.reads(title).await;
    }
    // Nor is it told again where the person gives it once more.
    for _ in 0..2 {
        let page = scene.reads(title).await;
        let form = page.form(&format!("{}/states", page.path()));
        scene.citizen.browser.submits(&page, form).await;
    }
    scene.does("/notices", title, "unread").await;
    heard(&town, 1).await;
    sweeps_after(&town, MONTH).await;
    town.until("notice", 0).await;
    heard(&town, 1).await;
}

/// From now on 横浜市 hears states, this one's first.
async fn gives_states(scene: &Scene<'_>, town: &Town) {
    scene.receives(&Draft { wants_states: true, ..scene.draft("図書館の休み") }, &[]).await;
    let page = scene.reads("図書館の休み").await;
    let form = page.form(&format!("{}/states", page.path()));
    scene.citizen.browser.submits(&page, form).await;
    heard(town, 1).await;
}

/// 既読にする opens nothing: the sender hears of what was opened then, and of the other one nothing at all.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_only_marked_as_read_is_told_when_it_is_opened_and_never_else() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    gives_states(&scene, &town).await;
    for title in ["道の工事", "水道の検査"] {
        scene.receives(&Draft { wants_states: true, ..scene.draft(title) }, &[]).await;
        says(&scene.does("/notices", title, "read").await, &["お知らせ1件を既読にしました"]);
    }
    heard(&town, 1).await;
    for _ in 0..2 {
        scene.reads("道の工事").await;
        heard(&town, 2).await;
    }
    leaves(&scene.citizen).await;
    assert_eq!(town.count("notice").await, 0, "what was marked as read goes at logout as everything that was read");
    sweeps_after(&town, MONTH).await;
    town.until("letter", 0).await;
    heard(&town, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_unopened_and_can_still_be_answered_was_opened() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    gives_states(&scene, &town).await;
    let asked = asking(&scene, town.now() + SignedDuration::from_hours(24));
    scene.receives(&Draft { wants_states: true, ..asked }, &[]).await;
    let kept = scene.does("/notices", "健康診断の申込み", "keep").await;
    says(&kept, &["まだ回答できるものは、受信にも残っています", "受信（2件、未読0件）"]);
    heard(&town, 2).await;
    sweeps_after(&town, MONTH).await;
    town.until("notice", 0).await;
    heard(&town, 2).await;
}
