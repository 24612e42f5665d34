//! Several portals on one PostgreSQL: what one holds is its own while it runs, and goes when it is gone (P-INF-6).

use jiff::SignedDuration;
use stories::{Citizen, Engine, Page, PortalBeside, PortalProcess, SenderAtWork, Town};
use url::Url;

use crate::inbox::Scene;
use crate::inbox_live::chunk;

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await
}

async fn opens(citizen: &Citizen<'_>, portal: &PortalBeside, path: &str) -> Page {
    citizen.browser.opens(&Url::parse(&format!("{}{path}", portal.origin)).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_starts_leaves_alone_what_another_holds_and_shows_it_to_its_person() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    assert!(gathers(&citizen).await.text().contains("総所得金額"));
    let held = town.count("held").await;
    assert!(held > 0);

    let other = town.starts_portal_beside().await;
    assert_eq!(town.count("held").await, held);
    assert_eq!(town.count("portal_instance").await, 2);
    let read = opens(&citizen, &other, "/information").await;
    assert!(read.text().contains("総所得金額"), "the key is the browser's: {}", read.text());
    assert!(citizen.opens("/information").await.text().contains("総所得金額"));

    // Whichever is asked to let go lets go.
    let out = citizen.browser.submits(&read, read.form("/logout").with("confirmed", "yes")).await;
    assert_eq!(out.path(), "/signed-out");
    assert!(out.text().contains("ポータルから消した情報"), "{}", out.text());
    assert_eq!((town.count("held").await, town.count("gathering").await), (0, 0));
    assert_eq!(town.count("log_entry").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crashed_portal_held_goes_after_its_lease() {
    let town = Town::without_portal(Engine::Postgres, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let crashing = PortalProcess::starts(&town.settings_file(&parties), town.now()).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    assert!(gathers(&citizen).await.text().contains("総所得金額"));
    let held = town.count("held").await;
    crashing.is_killed().await;

    // Nobody can tell a crashed portal from a slow one before its lease is over.
    let other = town.starts_portal_beside().await;
    assert_eq!(town.count("held").await, held);
    let sweeps = async || other.running.portal.sweep(town.now(), &mut runtime::SystemRng).await.unwrap();
    town.passes(SignedDuration::from_secs(179));
    sweeps().await;
    assert_eq!(town.count("held").await, held);
    town.passes(SignedDuration::from_secs(1));
    sweeps().await;
    assert_eq!((town.count("held").await, town.count("gathering").await), (0, 0));
    assert_eq!(town.count("log_entry").await, 1, "with a receipt");
    assert_eq!(town.count("portal_instance").await, 1, "the one that runs");
    // The session lives on, and its person asks again.
    let page = opens(&citizen, &other, "/information").await;
    assert!(page.text().contains("情報を取り寄せる"), "{}", page.text());
}

/// The core knows one address; whoever looks at another portal hears of it as soon.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_one_portal_stores_is_told_at_once_on_a_page_of_another() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let other = town.starts_portal_beside().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let sends = async |title: &str| {
        // Later than what was told before.
        town.passes(SignedDuration::from_secs(1));
        let sent = yokohama.sends(&yokohama.draft(title, "本文です。"), std::slice::from_ref(&hers)).await;
        assert_eq!(yokohama.until_done(sent).await.accepted, 1);
    };
    let events = Url::parse(&format!("{}/notices/events", other.origin)).unwrap();
    let mut stream = citizen.browser.listens(&events, None).await;
    assert_eq!(chunk(&mut stream).await.unwrap(), "retry: 5000\n\n");
    sends("図書館の休み").await;
    hears_of_a_notice(&mut stream).await;

    // After a gap, too: whoever listened loses the connection.
    let pool = sqlx::PgPool::connect(town.database_url()).await.unwrap();
    let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let ended: i64 = sqlx::query_scalar(ended).fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(ended, 2, "both portals listen");
    sends("道の工事").await;
    hears_of_a_notice(&mut stream).await;
}

/// Before the stream has said a few times that it still is there.
async fn hears_of_a_notice(stream: &mut reqwest::Response) {
    for _ in 0..4 {
        if chunk(stream).await.unwrap().contains("event: notice\n") {
            return;
        }
    }
    panic!("nothing was told");
}

/// More than there are connections to the database: nobody holds one and waits for another.
#[tokio::test(flavor = "multi_thread")]
async fn many_who_open_a_notice_at_once_are_all_answered() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("断水のお知らせ"), &[]).await;
    let page = scene.reads("断水のお知らせ").await;
    let opened = futures::future::join_all((0..64).map(|_| scene.citizen.opens(page.path()))).await;
    let refused = opened.iter().filter(|page| page.status != 200).count();
    assert_eq!(refused, 0);
}
