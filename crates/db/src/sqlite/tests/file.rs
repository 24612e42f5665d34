//! What can be wrong with a file.

use sqlx::Connection;

use super::*;
use crate::testing::directory;

static NEWER: Migrator = sqlx::migrate!("tests/migrations/newer");

#[tokio::test]
async fn a_full_database_says_so_and_loses_nothing() {
    let options = Options { pages_max: Some(24), ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let mut kept = Vec::new();
    let refused = loop {
        let text = format!("{:04}{}", kept.len(), "x".repeat(2000));
        match writes(&database, &text).await {
            Ok(()) => kept.push(text),
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, DbError::Full(_)), "{refused:?}");
    assert!(!kept.is_empty());
    assert_eq!(notes(&database).await, kept);
}

#[tokio::test]
async fn a_use_case_that_overlooks_a_full_database_leaves_no_trace() {
    let options = Options { pages_max: Some(24), ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "before").await.unwrap();
    note(&mut tx, &"x".repeat(400_000)).await.unwrap_err();
    let _ = note(&mut tx, "after").await;
    assert!(tx.commit().await.is_err());
    assert!(notes(&database).await.is_empty());
    writes(&database, "later").await.unwrap();
    assert_eq!(notes(&database).await, ["later"]);
}

/// Byte 18 of the header is the format version for writing; a later one means: read only. This
/// works for root too, whom no file mode stops.
fn make_read_only(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[18] = 3;
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_read_only_file_can_be_read_and_says_why_it_cannot_be_written() {
    let directory = directory().unwrap();
    let path = directory.path().join("portal.sqlite");
    let pool = Pool::open(&path, &MIGRATOR).await.unwrap();
    writes(&pool, "kept").await.unwrap();
    pool.close().await;
    make_read_only(&path);
    let pool = Pool::open(&path, &MIGRATOR).await.unwrap();
    assert_eq!(notes(&pool).await, ["kept"]);
    let refused = writes(&pool, "new").await.unwrap_err();
    assert!(matches!(refused, DbError::ReadOnly(_)), "{refused:?}");
    assert_eq!(notes(&pool).await, ["kept"]);
}

#[tokio::test]
async fn a_file_in_a_directory_that_is_not_there_is_unavailable() {
    let refused = Pool::open("/nowhere/portal.sqlite", &MIGRATOR).await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let directory = directory().unwrap();
    let path = directory.path().join("portal.sqlite");
    let letter = "dear diary ".repeat(100);
    std::fs::write(&path, &letter).unwrap();
    assert!(Pool::open(&path, &MIGRATOR).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn opening_twice_migrates_once_and_loses_nothing() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "kept").await.unwrap();
    database.close().await;
    let again = Pool::open(database.path(), &MIGRATOR).await.unwrap();
    assert_eq!(notes(&again).await, ["kept"]);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    let directory = directory().unwrap();
    let path = directory.path().join("portal.sqlite");
    Pool::open(&path, &NEWER).await.unwrap().close().await;
    let refused = Pool::open(&path, &MIGRATOR).await.unwrap_err();
    assert!(matches!(refused, DbError::Migration(_)), "{refused:?}");
}

#[tokio::test]
async fn the_file_is_its_owners_alone_and_durable_at_every_commit() {
    use std::os::unix::fs::PermissionsExt;
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mode = std::fs::metadata(database.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut tx = database.begin().await.unwrap();
    let journal: String = query_scalar("PRAGMA journal_mode").fetch_one(&mut *tx).await.unwrap();
    let synchronous: i64 = query_scalar("PRAGMA synchronous").fetch_one(&mut *tx).await.unwrap();
    let references: i64 = query_scalar("PRAGMA foreign_keys").fetch_one(&mut *tx).await.unwrap();
    assert_eq!((journal.as_str(), synchronous, references), ("wal", 2, 1));
}

/// What is in the file when the process is killed: a copy of database and log, without closing.
#[tokio::test]
async fn an_acknowledged_use_case_survives_a_kill() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "acknowledged").await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "under way").await.unwrap();
    let after = directory().unwrap();
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", database.path().display());
        std::fs::copy(from, after.path().join(format!("test.sqlite{suffix}"))).unwrap();
    }
    let survived = Pool::open(after.path().join("test.sqlite"), &MIGRATOR).await.unwrap();
    assert_eq!(notes(&survived).await, ["acknowledged"]);
}

#[tokio::test]
async fn another_program_that_writes_is_waited_for() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let url = format!("sqlite://{}", database.path().display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let mut waiting = Box::pin(writes(&database, "kept"));
    assert!(futures::poll!(&mut waiting).is_pending());
    query("COMMIT").execute(&mut other).await.unwrap();
    waiting.await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn what_was_deleted_stands_in_no_file_once_it_is_settled() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "a canary sings here").await.unwrap();
    let mut tx = database.begin().await.unwrap();
    query("DELETE FROM note").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(stands_in_files(&database.path(), b"a canary sings here"));

    assert!(database.settle().await.unwrap());
    assert!(!stands_in_files(&database.path(), b"a canary sings here"));
    writes(&database, "and on").await.unwrap();
    assert_eq!(notes(&database).await, ["and on"]);
}

fn stands_in_files(path: &Path, text: &[u8]) -> bool {
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let mut files = folder.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.any(|bytes| bytes.windows(text.len()).any(|window| window == text))
}
