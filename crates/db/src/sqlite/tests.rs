mod backup;
mod file;
mod grouping;

use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::{SqliteConnection, query, query_scalar};

use super::*;
use crate::testing::SqliteDatabase;

static MIGRATOR: Migrator = sqlx::migrate!("tests/migrations/sqlite");

async fn note(connection: &mut SqliteConnection, text: &str) -> Result<(), DbError> {
    query("INSERT INTO note (text) VALUES ($1)").bind(text).execute(connection).await?;
    Ok(())
}

async fn notes(pool: &Pool) -> Vec<String> {
    let mut read = pool.read().await.unwrap();
    query_scalar("SELECT text FROM note ORDER BY text").fetch_all(&mut *read).await.unwrap()
}

async fn writes(pool: &Pool, text: &str) -> Result<(), DbError> {
    let mut tx = pool.begin().await?;
    note(&mut tx, text).await?;
    tx.commit().await
}

#[tokio::test]
async fn a_committed_use_case_is_read_by_others() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn a_use_case_reads_its_own_writes_and_nobody_else_does() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "mine").await.unwrap();
    let own: i64 = query_scalar("SELECT count(*) FROM note").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(own, 1);
    assert!(notes(&database).await.is_empty());
}

#[tokio::test]
async fn a_dropped_use_case_leaves_no_trace() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "dropped").await.unwrap();
    drop(tx);
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
    assert_eq!(database.counts(), Counts { use_cases: 1, commits: 1 });
}

#[tokio::test]
async fn a_use_case_cancelled_in_the_middle_of_a_statement_leaves_no_trace() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let long = "INSERT INTO note (text) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
        SELECT 'n' || i FROM n";
    let use_case = async {
        let mut tx = database.begin().await.unwrap();
        note(&mut tx, "cancelled").await.unwrap();
        query(long).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let cancelled = tokio::time::timeout(Duration::from_millis(2), use_case).await;
    assert!(cancelled.is_err());
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn a_caller_that_stops_waiting_for_the_writer_does_not_block_the_next() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let held = database.begin().await.unwrap();
    let mut waiting = Box::pin(database.begin());
    assert!(futures::poll!(&mut waiting).is_pending());
    drop(waiting);
    drop(held);
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn a_commit_nobody_waits_for_any_more_is_whole() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "one").await.unwrap();
    note(&mut tx, "two").await.unwrap();
    let mut commit = Box::pin(tx.commit());
    assert!(futures::poll!(&mut commit).is_pending());
    drop(commit);
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept", "one", "two"]);
}

#[tokio::test]
async fn a_use_case_cannot_commit_by_itself() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "sly").await.unwrap();
    query("COMMIT").execute(&mut *tx).await.unwrap_err();
    assert!(tx.commit().await.is_err());
    assert!(notes(&database).await.is_empty());
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut read = database.read().await.unwrap();
    let refused = note(&mut read, "sly").await.unwrap_err();
    assert!(matches!(refused, DbError::ReadOnly(_)), "{refused:?}");
}

#[tokio::test]
async fn a_writer_that_does_not_come_free_is_unavailable() {
    let options = Options { wait_max: Duration::from_millis(500), ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let held = database.begin().await.unwrap();
    let refused = database.begin().await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
    assert!(refused.may_be_retried());
    drop(held);
    writes(&database, "kept").await.unwrap();
}

#[tokio::test]
async fn a_closed_pool_has_no_writer() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    database.close().await;
    let refused = database.begin().await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
    database.close().await;
}

#[tokio::test]
async fn a_use_case_that_is_under_way_finishes_before_the_pool_closes() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    let mut closing = Box::pin(database.close());
    assert!(futures::poll!(&mut closing).is_pending());
    note(&mut tx, "kept").await.unwrap();
    let (committed, ()) = futures::join!(tx.commit(), closing);
    committed.unwrap();
    let again = Pool::open(database.path(), &MIGRATOR).await.unwrap();
    assert_eq!(notes(&again).await, ["kept"]);
}
