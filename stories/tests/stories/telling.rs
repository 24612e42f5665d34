//! What a person tells the senders of notices, and takes back (P-PSH-5); how a page hears of what became readable late; and how a
//! deadline that comes near is told.

use domain::NoticeKind;
use jiff::SignedDuration;
use municipality::draft::Draft;
use stories::{Citizen, Engine, Page, PostOffice, Town};

use crate::alerts::{asks_for_mail, is_bare, mail_to, noted, tells};
use crate::inbox::{Scene, confirmed, link_of, says};
use crate::inbox_live::chunk;

const PAGE: &str = "/folder/alerts";
const WITHHOLD: &str = "/folder/alerts/states/withhold";

/// How much a sender was ever told.
async fn told(town: &Town) -> i64 {
    let once = town.count("notice_sender WHERE returned = 1").await;
    once + 2 * town.count("notice_sender WHERE returned > 1").await
}

async fn receives(scene: &Scene<'_>, title: &str) -> Page {
    scene.receives(&Draft { wants_states: true, ..scene.draft(title) }, &[]).await;
    scene.reads(title).await
}

async fn withholds(citizen: &Citizen<'_>) -> Page {
    let page = citizen.opens(PAGE).await;
    citizen.browser.submits(&page, page.form(WITHHOLD)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn states_are_taken_back_without_a_notice_of_their_sender() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    says(&scene.citizen.opens(PAGE).await, &["どの差出人にも知らせていません。", "選ばなければ、知らせません。"]);
    let page = receives(&scene, "図書館の休み").await;
    let given = scene.citizen.browser.submits(&page, page.form(&format!("{}/states", page.path()))).await;
    says(&given, &["知らせるのをやめる", "開いたことを知らせている差出人"]);
    assert_eq!(told(&town).await, 1);
    // The notice goes with the session, and what was said of its sender stays.
    let home = scene.citizen.opens("/home").await;
    let asked = scene.citizen.logs_out(&home).await;
    scene.citizen.browser.submits(&asked, confirmed(&asked)).await;
    assert_eq!(town.count("notice").await, 0);
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens("/folder").await, &["開いたことを知らせている差出人"]);
    says(&scene.citizen.opens(PAGE).await, &["横浜市", "「横浜市」に知らせるのをやめる"]);

    let withheld = withholds(&scene.citizen).await;
    assert_eq!((withheld.path(), withheld.status.as_u16()), (PAGE, 200));
    says(&withheld, &["差出人に知らせるのをやめました", "どの差出人にも知らせていません。"]);
    assert_eq!(town.count("state_consent").await, 0);
    assert_eq!(town.count("notice_return WHERE state IS NOT NULL").await, 0);
    let page = receives(&scene, "道の工事").await;
    says(&page, &["いまは、何も知らせていません。"]);
    assert_eq!(told(&town).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_gives_nobody_else_takes_back() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let page = receives(&scene, "図書館の休み").await;
    scene.citizen.browser.submits(&page, page.form(&format!("{}/states", page.path()))).await;
    let hers = scene.citizen.opens(PAGE).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let theirs = other.opens(PAGE).await;
    let done = other.browser.submits(&theirs, hers.form(WITHHOLD)).await;
    assert!(!done.text().contains("やめました"), "{}", done.text());
    assert_eq!(town.count("state_consent").await, 1);
    // Once more of the same page: it is done, and nothing is said of it.
    withholds(&scene.citizen).await;
    let again = scene.citizen.browser.submits(&hers, hers.form(WITHHOLD)).await;
    assert!(again.status.is_success() && !again.text().contains("やめました"), "{}", again.text());
}

/// The address of the event stream of a page.
fn events_of(page: &Page) -> String {
    page.html.split("data-events=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_hears_of_a_notice_that_became_readable_after_it_was_made_though_it_had_arrived_before() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    // The page was made while the delivery was under way: ten seconds after the arrival that the delivery writes.
    let made = town.now() + SignedDuration::from_secs(10);
    let events = town.portal(&format!("/notices/events?since={}", made.as_microsecond()));
    let mut stream = scene.citizen.browser.listens(&events, None).await;
    assert_eq!(chunk(&mut stream).await.unwrap(), "retry: 5000\n\n");
    scene.receives(&Draft { kind: NoticeKind::Emergency, ..scene.draft("津波のおそれ") }, &[]).await;
    let heard = chunk(&mut stream).await.unwrap();
    assert!(heard.contains("event: emergency\n"), "{heard}");

    // A page that is made now shows it, and says so; whoever listens for it is told of the next one alone.
    let list = scene.citizen.opens("/notices").await;
    let hers = link_of(&list, "津波のおそれ").trim_start_matches("/notices/").to_owned();
    let events = events_of(&list);
    assert!(events.ends_with(&format!(".{hers}")), "{events}");
    let mut stream = scene.citizen.browser.listens(&town.portal(&events), None).await;
    assert_eq!(chunk(&mut stream).await.unwrap(), "retry: 5000\n\n");
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let heard = chunk(&mut stream).await.unwrap();
    assert!(heard.contains("event: notice\n") && heard.contains(&format!(".{hers}")), "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_comes_near_is_told_once_more_in_the_same_words() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    asks_for_mail(&scene.citizen, &office).await;
    let deadline = Some("2026-11-10".parse().unwrap());
    scene.receives(&Draft { kind: NoticeKind::Deadline, deadline, ..scene.draft("保険料の支払い") }, &[]).await;
    is_bare(&office.next().await);
    noted(&town).await;
    town.passes(SignedDuration::from_hours(3 * 24));
    tells(&town).await;
    assert!(office.is_empty().await, "four days are left");
    town.passes(SignedDuration::from_hours(2 * 24));
    tells(&town).await;
    is_bare(&office.next().await);
    assert_eq!(town.count("notice WHERE reminded_at IS NOT NULL").await, 1);
    noted(&town).await;
    town.passes(SignedDuration::from_hours(24));
    tells(&town).await;
    assert!(office.is_empty().await, "once");
}
