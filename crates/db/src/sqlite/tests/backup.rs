//! Copies of a database in use.

use std::time::Duration;

use sqlx::Connection as _;

use super::*;
use crate::sqlite::{alone, backup, hold_still, is_sound};
use crate::testing::directory;

#[tokio::test]
async fn a_copy_holds_what_was_committed_and_nothing_that_was_deleted() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "a canary that was deleted").await.unwrap();
    let mut tx = database.begin().await.unwrap();
    query("DELETE FROM note").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    writes(&database, "kept").await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "under way").await.unwrap();

    let folder = directory().unwrap();
    let path = folder.path().join("copy.sqlite");
    database.pool().backup_into(&path).await.unwrap();
    tx.commit().await.unwrap();
    writes(&database, "later").await.unwrap();

    assert!(is_sound(&path).await.unwrap());
    let bytes = std::fs::read(&path).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"a canary"));
    let copy = Pool::open(&path, &MIGRATOR).await.unwrap();
    assert_eq!(notes(&copy).await, ["kept"]);
    assert_eq!(notes(&database).await, ["kept", "later", "under way"]);
}

#[tokio::test]
async fn a_copy_is_its_owner_s_alone_and_overwrites_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let folder = directory().unwrap();
    let path = folder.path().join("copy.sqlite");
    backup(database.path(), &path).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(backup(database.path(), &path).await, Err(DbError::Unavailable(_))));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let nowhere = backup(folder.path().join("none.sqlite"), folder.path().join("other.sqlite")).await;
    assert!(nowhere.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_copy_under_load_is_whole() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let folder = directory().unwrap();
    let pool = database.pool().clone();
    let writer = tokio::spawn(async move {
        for n in 0..400 {
            // Two notes a use case: a copy has both or neither.
            let mut tx = pool.begin().await.unwrap();
            note(&mut tx, &format!("{n}a")).await.unwrap();
            note(&mut tx, &format!("{n}b")).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    let mut seen = 0;
    for copy in 0..5 {
        let path = folder.path().join(format!("{copy}.sqlite"));
        database.pool().backup_into(&path).await.unwrap();
        let copied = notes(&Pool::open(&path, &MIGRATOR).await.unwrap()).await;
        assert!(copied.len() % 2 == 0 && copied.len() >= seen, "{copied:?}");
        seen = copied.len();
    }
    writer.await.unwrap();
    assert_eq!(notes(&database).await.len(), 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_database_is_held_still_writers_wait_and_readers_go_on() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "before").await.unwrap();
    let still = hold_still(database.path(), Duration::from_secs(5)).await.unwrap();
    let refused = hold_still(database.path(), Duration::from_millis(1)).await;
    assert!(matches!(refused, Err(DbError::Unavailable(_))), "one at a time: {refused:?}");
    let mut waiting = Box::pin(writes(&database, "after"));
    assert!(futures::poll!(&mut waiting).is_pending());
    assert_eq!(notes(&database).await, ["before"]);
    drop(still);
    waiting.await.unwrap();
    assert_eq!(notes(&database).await, ["after", "before"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_database_alone_finds_everything_in_one_file_and_keeps_others_out() {
    let folder = directory().unwrap();
    let path = folder.path().join("portal.sqlite");
    let pool = Pool::open(&path, &MIGRATOR).await.unwrap();
    writes(&pool, "kept").await.unwrap();
    assert!(matches!(alone(&path).await, Err(DbError::Unavailable(_))), "somebody has it open");
    writes(&pool, "and later").await.unwrap();
    pool.close().await;

    let mut connection = alone(&path).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no side files");
    assert!(matches!(alone(&path).await, Err(DbError::Unavailable(_))));
    let texts: Vec<String> =
        sqlx::query_scalar("SELECT text FROM note ORDER BY text").fetch_all(&mut connection).await.unwrap();
    assert_eq!(texts, ["and later", "kept"]);
    connection.close().await.unwrap();
    assert_eq!(notes(&Pool::open(&path, &MIGRATOR).await.unwrap()).await, ["and later", "kept"]);
}
