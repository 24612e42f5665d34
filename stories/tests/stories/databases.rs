//! The portal's database takes nothing down any more: full, or read-only. What can be read is read on, what cannot be
//! written is said in words, nothing is lost, and when it writes again nobody had to restart anything.

use std::io::{Seek as _, Write as _};

use domain::Locale;
use reqwest::StatusCode;
use sqlx::{Connection as _, Executor as _};
use stories::{Browser, Citizen, Engine, Page, PortalProcess, Town};

/// The page is worded for this case in this language.
fn says(page: &Page, case: &str, locale: Locale) {
    let words = wording::ErrorCase::find(case).unwrap().words(locale);
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text());
    for part in [words.title, words.what, words.next] {
        assert!(page.text().contains(&part), "expected 「{part}」 on {}:\n{}", page.url, page.text());
    }
}

/// Whoever wants to log in is told in their language; nothing is begun.
async fn nobody_can_begin(town: &Town, case: &str) {
    for locale in Locale::ALL {
        let browser = Browser::new("ja");
        let mut login = town.portal("/login");
        login.query_pairs_mut().append_pair("lang", locale.name());
        let login = browser.opens(&login).await;
        assert_eq!(login.status, 200);
        says(&browser.submits(&login, login.form("/login/start")).await, case, locale);
    }
}

const TABLES: [&str; 6] = ["challenge", "registration", "session", "login_event", "folder", "certificate_binding"];

/// The engine itself answers `SQLITE_FULL` to whatever needs room: the last row number of a table is taken.
fn fills() -> Vec<String> {
    let mut statements = vec![
        "CREATE TABLE filler (id INTEGER PRIMARY KEY AUTOINCREMENT)".to_owned(),
        format!("INSERT INTO filler VALUES ({})", i64::MAX),
    ];
    for (table, event) in TABLES.into_iter().flat_map(|table| [(table, "INSERT"), (table, "UPDATE")]) {
        let full = "BEGIN INSERT INTO filler (id) VALUES (NULL); END";
        statements.push(format!("CREATE TRIGGER full_{table}_{event} BEFORE {event} ON {table} {full}"));
    }
    statements
}

fn makes_room() -> Vec<String> {
    let triggers = TABLES.into_iter().flat_map(|table| ["INSERT", "UPDATE"].map(|event| (table, event)));
    triggers.map(|(table, event)| format!("DROP TRIGGER full_{table}_{event}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_database_is_read_on_and_goes_on_when_there_is_room() {
    let town = Town::starts().await;
    let reading = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = reading.opens_folder().await;
    let registering = Citizen::with_card(&town, "card-0002", "ja").await;
    let applied = registering.applies().await;
    let ready = registering.waits_for_the_code(applied).await;
    let asked = registering.browser.submits(&ready, ready.form("/register/bind/start")).await;
    let (page, signed) = registering.keeps_answer(&asked).await;

    town.alters_database(&fills()).await;
    nobody_can_begin(&town, "database-full").await;
    says(&registering.browser.submits(&page, signed.clone()).await, "database-full", Locale::Ja);
    // Past the minute after which activity would be noted.
    town.passes(jiff::SignedDuration::from_secs(90));
    for path in ["/home", "/history", "/records"] {
        let page = reading.opens(path).await;
        assert_eq!((page.path(), page.status.as_u16()), (path, 200), "{}", page.text());
    }
    assert_eq!(town.count("folder").await, 1);

    town.alters_database(&makes_room()).await;
    let opened = registering.browser.submits(&page, signed).await;
    assert_eq!(opened.path(), "/home", "{}", opened.text());
    assert_eq!(reading.logs_out(&home).await.path(), "/signed-out");
    assert_eq!(reading.logs_in().await.path(), "/home");
    assert_eq!(town.count("folder").await, 2);
}

/// A session that cannot be written after the handler is done is told in the same words.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_finds_no_room_is_told_so() {
    let town = Town::starts().await;
    let browser = Browser::new("en");
    let login = browser.opens(&town.portal("/login")).await;
    let asked = browser.submits(&login, login.form("/login/start")).await;
    assert_eq!(asked.path(), "/login/card");
    let fills: Vec<String> =
        fills().into_iter().filter(|s| !s.contains("TRIGGER") || s.contains("_session_")).collect();
    town.alters_database(&fills).await;
    // The refusal would be kept as the next page's message.
    says(&browser.opens(&town.portal("/card/return?code=x")).await, "database-full", Locale::En);
    assert_eq!(town.count("challenge").await, 1);
}

/// Byte 18 of a SQLite file is the format's version for writing; a later one means: read only. Stops root too.
fn format_for_writing(town: &Town, version: u8) {
    let mut file = std::fs::OpenOptions::new().write(true).open(&town.database).unwrap();
    file.seek(std::io::SeekFrom::Start(18)).unwrap();
    file.write_all(&[version]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_on_a_read_only_file_shows_what_it_has() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let settings = town.settings_file(&parties);
    let portal = PortalProcess::starts(&settings, town.now()).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    portal.is_killed().await;
    town.alters_database(&["PRAGMA wal_checkpoint(TRUNCATE)".to_owned()]).await;
    format_for_writing(&town, 3);

    let portal = PortalProcess::starts(&settings, town.now()).await;
    nobody_can_begin(&town, "database-read-only").await;
    for path in ["/home", "/history", "/records"] {
        assert_eq!(citizen.opens(path).await.status, 200, "{path}");
    }
    says(&citizen.logs_out(&home).await, "database-read-only", Locale::Ja);
    assert_eq!(citizen.opens("/home").await.path(), "/home", "whoever is not logged out is told so");
    portal.is_killed().await;
    format_for_writing(&town, 2);

    let _portal = PortalProcess::starts(&settings, town.now()).await;
    assert_eq!(citizen.logs_out(&home).await.path(), "/signed-out");
    assert_eq!(citizen.logs_in().await.path(), "/home");
    assert_eq!(town.count("folder").await, 1);
}

/// As an operator does it before a move.
async fn makes_read_only(town: &Town, read_only: bool) {
    let (server, name) = town.database_url().rsplit_once('/').unwrap();
    let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = {read_only}");
    connection.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
    let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    connection.execute(sqlx::AssertSqlSafe(end)).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_postgresql_is_said_and_recovers_by_itself() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;

    makes_read_only(&town, true).await;
    nobody_can_begin(&town, "database-read-only").await;
    assert_eq!(citizen.opens("/home").await.status, 200);
    says(&citizen.logs_out(&home).await, "database-read-only", Locale::Ja);

    makes_read_only(&town, false).await;
    assert_eq!(citizen.logs_out(&home).await.path(), "/signed-out");
    assert_eq!(citizen.logs_in().await.path(), "/home");
}
