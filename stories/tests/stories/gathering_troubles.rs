//! Gathering when something goes wrong: an institution that is down, a database without room, a logout or `kill -9` in the
//! middle. Each is said in words, and nothing is left behind.

use domain::{Locale, OrgCode};
use reqwest::Method;
use stories::{Citizen, Engine, Page, PortalProcess, Town};

async fn at_home(town: &Town) -> Citizen<'_> {
    let citizen = Citizen::with_card(town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    citizen
}

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await
}

/// Puts the questions and does not wait for the page that fills.
async fn begins_to_gather(town: &Town, citizen: &Citizen<'_>) {
    let page = citizen.opens("/information").await;
    let begun = citizen.browser.asks_once(Method::POST, town.portal("/information/gather"), Some(&page)).await;
    assert_eq!(begun.status.as_u16(), 303, "{}", begun.text());
}

async fn holds_nothing(town: &Town) {
    for table in ["held", "gathering"] {
        assert_eq!(town.count(table).await, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_that_is_down_is_named_and_answers_when_it_is_asked_again() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let office: OrgCode = "NTA".parse().unwrap();
    town.world.lock().await.stop_party(&office).await;
    let page = gathers(&citizen).await;
    assert!(page.text().contains("国税庁の「"), "{}", page.text());
    assert!(page.text().contains("機関につながりませんでした"), "{}", page.text());
    assert!(page.text().contains("日本年金機構が答えました"), "the others answer all the same: {}", page.text());

    town.world.lock().await.start_party(&office).await.unwrap();
    let mut page = citizen.opens("/information").await;
    while let Some(form) = page.forms().into_iter().find(|form| form.action.path() == "/information/again") {
        page = citizen.browser.submits(&page, form).await;
        page = citizen.opens(page.path()).await;
    }
    assert!(page.text().contains("総所得金額"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_core_nothing_is_begun_and_the_page_says_so() {
    let town = Town::starts().await;
    let core: OrgCode = "CORE".parse().unwrap();
    for (card, locale) in [("card-0001", Locale::Ja), ("card-0002", Locale::JaEasy), ("card-0012", Locale::En)] {
        let citizen = Citizen::speaking(&town, card, locale).await;
        citizen.opens_folder().await;
        town.world.lock().await.stop_party(&core).await;
        let page = gathers(&citizen).await;
        let words = wording::ErrorCase::find("linkage-unreachable").unwrap().words(locale);
        assert!(page.text().contains(&words.title), "{}", page.text());
        holds_nothing(&town).await;
        town.world.lock().await.start_party(&core).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_while_answers_are_arriving_leaves_nothing() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    begins_to_gather(&town, &citizen).await;
    let home = citizen.opens("/home").await;
    let form = home.form("/logout").with("confirmed", "yes");
    let out = citizen.browser.submits(&home, form).await;
    assert_eq!(out.path(), "/signed-out");
    holds_nothing(&town).await;
    // Whoever was still to answer finds nobody to answer to.
    town.stops_portal().await;
    holds_nothing(&town).await;
    assert_eq!(town.count("log_entry").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_room_is_told_and_holds_nothing_by_half() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let full = |table: &str, event: &str| {
        [
            "CREATE TABLE IF NOT EXISTS filler (id INTEGER PRIMARY KEY AUTOINCREMENT)".to_owned(),
            format!("INSERT OR IGNORE INTO filler VALUES ({})", i64::MAX),
            format!(
                "CREATE TRIGGER full_{table} BEFORE {event} ON {table} BEGIN INSERT INTO filler (id) VALUES (NULL); END"
            ),
        ]
    };
    town.alters_database(&full("held", "INSERT")).await;
    let refused = gathers(&citizen).await;
    let words = wording::ErrorCase::find("database-full").unwrap().words(Locale::Ja);
    assert_eq!(refused.status.as_u16(), 503);
    assert!(refused.text().contains(&words.title), "{}", refused.text());
    holds_nothing(&town).await;

    town.alters_database(&["DROP TRIGGER full_held".to_owned()]).await;
    town.alters_database(&full("held", "UPDATE")).await;
    gathers(&citizen).await;
    let page = citizen.opens("/information").await;
    assert!(page.text().contains("途中で止まりました"), "{}", page.text());
    assert!(!page.text().contains("総所得金額"));
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_at_any_moment_leaves_nothing_that_was_held() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let settings = town.settings_file(&parties);
    let mut portal = PortalProcess::starts(&settings, town.now()).await;
    let citizen = at_home(&town).await;
    for moment in ["arriving", "arrived", "a file", "asked before leaving"] {
        match moment {
            "arriving" => begins_to_gather(&town, &citizen).await,
            "arrived" => assert!(gathers(&citizen).await.text().contains("総所得金額")),
            "a file" => {
                let page = gathers(&citizen).await;
                let form = page.form("/information/files").with("format", "json");
                citizen.browser.submits(&page, form).await;
            }
            _ => {
                let page = gathers(&citizen).await;
                assert_eq!(citizen.logs_out(&page).await.path(), "/leaving");
            }
        }
        portal.is_killed().await;
        portal = PortalProcess::starts(&settings, town.now()).await;
        holds_nothing(&town).await;
    }
    // Each time with a receipt, and the session lives on.
    assert_eq!(town.count("log_entry").await, 4);
    assert!(gathers(&citizen).await.text().contains("総所得金額"));
    portal.is_killed().await;
}
