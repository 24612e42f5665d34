//! 保管 as its citizen has it: what it says of a notice, and how it is searched (P-PSH-7).

use domain::NoticeKind;
use jiff::SignedDuration;
use municipality::draft::Draft;
use stories::Town;

use crate::inbox::{Scene, asking, says};
use crate::kept::{KEPT, keeps, opens_kept, sweeps_after, until};

#[tokio::test(flavor = "multi_thread")]
async fn what_can_still_be_answered_is_kept_and_stays_to_be_answered() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_hours(24)), &[]).await;
    let kept = keeps(&scene, "健康診断の申込み").await;
    says(&kept, &["お知らせ1件を保管しました", "まだ回答できるものは、受信にも残っています", "受信（1件、未読0件）"]);
    says(&opens_kept(&scene.citizen, "健康診断の申込み").await, &["保管したお知らせからは回答できません"]);
    // Again changes nothing: there is one, and its time runs from the first keeping.
    town.passes(SignedDuration::from_mins(1));
    says(&scene.does("/notices", "健康診断の申込み", "keep").await, &["もう保管してあります", "保管（1件）"]);
    says(&opens_kept(&scene.citizen, "健康診断の申込み").await, &["14時5分に保管した写しです"]);
    // In the inbox it was read, and goes as everything that was read; what is kept stays.
    sweeps_after(&town, SignedDuration::from_hours(24)).await;
    until(&town, "notice", 0).await;
    assert_eq!(town.count("kept_notice").await, 1);
}

/// Kept, answered in the inbox, and kept once more: the notice leaves the inbox, and its copy knows of the answer.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_after_it_was_kept_says_so_when_it_is_kept_once_more() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_hours(24)), &[]).await;
    keeps(&scene, "健康診断の申込み").await;
    let notice = scene.reads("健康診断の申込み").await;
    let form = scene.citizen.browser.follows(&notice, &format!("{}/reply", notice.path())).await;
    let filled = form.form(&format!("{}/check", form.path())).with("q-place", "north");
    let overview = scene.citizen.browser.submits(&form, filled).await;
    town.passes(SignedDuration::from_mins(1));
    let sent = scene.citizen.browser.submits(&overview, overview.form(&format!("{}/send", form.path()))).await;
    says(&sent, &["横浜市に回答を送りました"]);
    says(&opens_kept(&scene.citizen, "健康診断の申込み").await, &["保管したお知らせからは回答できません"]);

    let again = scene.does("/notices", "健康診断の申込み", "keep").await;
    says(&again, &["もう保管してあります", "受信（0件、未読0件）", "保管（1件）"]);
    says(&scene.citizen.opens(KEPT).await, &["回答済み"]);
    let copy = opens_kept(&scene.citizen, "健康診断の申込み").await;
    says(&copy, &["14時6分に回答しました。", "14時5分に保管した写しです", "本文です。"]);
    assert!(!copy.text().contains("保管したお知らせからは回答できません"), "{}", copy.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_says_that_its_sender_took_the_notice_back_afterwards() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let hers = scene.yokohama.holder_of("card-0001").await;
    let sent = scene.yokohama.sends(&scene.draft("まちがいです"), &[hers]).await;
    scene.yokohama.until_done(sent).await;
    keeps(&scene, "まちがいです").await;
    let page = opens_kept(&scene.citizen, "まちがいです").await;
    assert!(!page.text().contains("取り下げました"), "{}", page.text());
    let mut repository = scene.yokohama.store.begin().await.unwrap();
    assert!(repository.withdraw_sending(sent, town.now()).await.unwrap());
    repository.commit().await.unwrap();
    scene.yokohama.sender.round().await.unwrap();
    says(&scene.citizen.opens(KEPT).await, &["取り下げ"]);
    let page = opens_kept(&scene.citizen, "まちがいです").await;
    says(&page, &["差出人が、このお知らせを取り下げました", "本文です。"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_ones_are_searched_as_the_inbox_is() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let due = Draft {
        kind: NoticeKind::Deadline,
        deadline: Some("2026-11-10".parse().unwrap()),
        ..scene.draft("保険料の支払い")
    };
    scene.receives(&due, &[]).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    keeps(&scene, "保険料の支払い").await;
    keeps(&scene, "図書館の休み").await;
    for query in ["words=%E4%BF%9D", "due=yes", "kind=deadline&sender=141003"] {
        let found = scene.citizen.opens(&format!("{KEPT}&{query}")).await;
        assert!(found.text().contains("保険料の支払い") && !found.text().contains("図書館の休み"), "{query}");
    }
    says(&scene.citizen.opens(&format!("{KEPT}&words=nowhere")).await, &["条件に合うお知らせはありません"]);
    for bad in ["kind=spam", "before=x", "unread=1", "place=bin"] {
        assert_eq!(scene.citizen.opens(&format!("{KEPT}&{bad}")).await.status, 400, "{bad}");
    }
    for path in ["/kept/x", "/kept/-1", "/kept/99999999999999999999", "/kept/1/files/300"] {
        assert_eq!(scene.citizen.opens(path).await.status, 404, "{path}");
    }
    let page = opens_kept(&scene.citizen, "保険料の支払い").await;
    let calendar = scene.citizen.opens(&format!("{}/calendar", page.path())).await;
    assert!(calendar.html.contains("DTSTART;VALUE=DATE:20261110\r\n"), "{}", calendar.html);
}

/// What somebody altered at rest keeps nobody from the rest.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_is_refused_and_the_others_are_there() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
        keeps(&scene, title).await;
    }
    let first = "WHERE id = (SELECT MIN(id) FROM kept_notice)";
    let swapped =
        format!("UPDATE kept_notice SET headline = (SELECT headline FROM kept_notice ORDER BY id DESC) {first}");
    town.alters_database(&[swapped]).await;
    says(&scene.citizen.opens(KEPT).await, &["開けないお知らせ", "道の工事", "保管（2件）"]);
    scene.receives(&scene.draft("届いたばかり"), &[]).await;
    town.alters_database(&["UPDATE letter_words SET body = zeroblob(length(body))".to_owned()]).await;
    let refused = scene.does("/notices", "届いたばかり", "keep").await;
    says(&refused, &["残せないお知らせがあります", "届いたばかり", "受信（1件、未読1件）", "保管（2件）"]);
}
