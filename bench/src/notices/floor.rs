//! The floor: the same bytes into the same tables and indexes over one connection that does nothing else, with the
//! program's own pragmas: on SQLite ten thousand rows a transaction, on PostgreSQL one `COPY`.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use runtime::{Clock as _, SystemClock};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Sqlite, SqliteConnection};

use super::codes::Codes;
use super::ground::{Engine, Ground, Tables};
use super::{seed, words};
use crate::Failure;

pub(super) static CITY_SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("../municipality/migrations/sqlite");
pub(super) static CITY_POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("../municipality/migrations/postgres");

/// Rows in one transaction.
const IN_ONE: usize = 10_000;
/// Rows in one statement: what every row costs on its way to the engine is then next to nothing.
const AT_ONCE: usize = 1_000;
const SENDING: [u8; 16] = [7; 16];
const LETTER: i64 = 1;

/// What a bulk leaves in the city's tables: a line for each recipient, as it stands in the end.
pub(super) async fn city(ground: &Ground, recipients: usize) -> Result<Duration, Failure> {
    let tables = ground.empty_tables(Engine::Sqlite, "floor").await?;
    let mut db = connected(tables.path().ok_or("no file")?).await?;
    CITY_SQLITE.run(&mut db).await?;
    let now = SystemClock.now();
    sqlx::query(
        "INSERT INTO sending (id, state, made_by, made_at, draft, starts_at, expires_at, state_since, try_at)
        VALUES ($1, 'released', 'bench', $2, $3, $2, $4, $2, $2)",
    )
    .bind(&SENDING[..])
    .bind(now.as_microsecond())
    .bind(words::draft("お知らせ", 0, now).to_string())
    .bind((now + SignedDuration::from_hours(24)).as_microsecond())
    .execute(&mut db)
    .await?;
    let codes = &ground.codes;
    let rows: Vec<(i64, Vec<u8>)> = Codes::shuffled(recipients)
        .zip(0i64..)
        .map(|(n, place)| Ok((place, codes.city(n)?.as_bytes().to_vec())))
        .collect::<Result<_, Failure>>()?;
    let began = Instant::now();
    for some in rows.chunks(IN_ONE) {
        let mut tx = db.begin_with("BEGIN IMMEDIATE").await?;
        for some in some.chunks(AT_ONCE) {
            let mut insert =
                QueryBuilder::<Sqlite>::new("INSERT INTO recipient (sending_id, place, link_code, outcome) ");
            insert.push_values(some, |mut row, (place, code)| {
                row.push_bind(&SENDING[..]).push_bind(*place).push_bind(code.as_slice()).push_bind("accepted");
            });
            insert.build().persistent(some.len() == AT_ONCE).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    let took = began.elapsed();
    db.close().await?;
    Ok(took)
}

/// What a bulk leaves in the portal's tables: a notice for each recipient, drawn from so many folders.
pub(super) async fn portal(
    ground: &Ground,
    engine: Engine,
    folders: usize,
    recipients: usize,
) -> Result<Duration, Failure> {
    let tables = ground.portal_tables(engine, folders).await?;
    let now = SystemClock.now().as_microsecond();
    // Folders were opened in the order of the people, and so are numbered from 1.
    let people = Codes::shuffled(folders).take(recipients).map(|n| i64::try_from(n + 1));
    let people: Vec<i64> = people.collect::<Result<_, _>>()?;
    match tables.path() {
        Some(path) => notices(path, &people, now).await,
        None => copied(&tables, &people, now).await,
    }
}

async fn notices(path: &Path, people: &[i64], now: i64) -> Result<Duration, Failure> {
    let mut db = connected(path).await?;
    let began = Instant::now();
    for some in people.chunks(IN_ONE) {
        let mut tx = db.begin_with("BEGIN IMMEDIATE").await?;
        for some in some.chunks(AT_ONCE) {
            let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO notice (recipient_id, letter_id, arrived_at) ");
            insert.push_values(some, |mut row, recipient| {
                row.push_bind(*recipient).push_bind(LETTER).push_bind(now);
            });
            insert.build().persistent(some.len() == AT_ONCE).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    let took = began.elapsed();
    db.close().await?;
    Ok(took)
}

async fn copied(tables: &Tables, people: &[i64], now: i64) -> Result<Duration, Failure> {
    let mut db = sqlx::PgConnection::connect(&tables.url).await?;
    // Made beforehand: the floor is what the server does.
    let lines: Vec<String> = people.iter().map(|recipient| format!("{recipient}\t{LETTER}\t{now}\n")).collect();
    let began = Instant::now();
    seed::copy(&mut db, "COPY notice (recipient_id, letter_id, arrived_at) FROM STDIN", lines.into_iter()).await?;
    let took = began.elapsed();
    db.close().await?;
    Ok(took)
}

async fn connected(path: &Path) -> Result<SqliteConnection, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON");
    Ok(options.disable_statement_logging().connect().await?)
}
