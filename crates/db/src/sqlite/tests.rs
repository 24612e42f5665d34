use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use sqlx::migrate::Migrator;
use sqlx::{Connection, SqliteConnection, query, query_scalar};
use tokio::sync::Barrier;

use super::*;
use crate::testing::{SqliteDatabase, directory};

static MIGRATOR: Migrator = sqlx::migrate!("tests/migrations/sqlite");
static NEWER: Migrator = sqlx::migrate!("tests/migrations/newer");

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
async fn use_cases_that_wait_share_one_commit() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    crowd(&database, "note", 40).await;
    assert_eq!(notes(&database).await.len(), 40);
    assert_eq!(database.counts(), Counts { use_cases: 40, commits: 1 });
}

#[tokio::test]
async fn a_group_carries_no_more_than_it_may() {
    let options = Options { group_max: 10, gap_max: Duration::ZERO, ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let held = database.begin().await.unwrap();
    let mut all = Box::pin(join_all((0..39).map(async |n| writes(&database, &n.to_string()).await)));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    all.await;
    let counts = database.counts();
    assert_eq!(counts.use_cases, 39);
    assert!(counts.commits >= 4, "{counts:?}");
}

#[tokio::test]
async fn one_that_fails_does_not_take_its_neighbours_along() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let held = database.begin().await.unwrap();
    let mut all = Box::pin(join_all(["a", "b", "b", "c"].map(|text| writes(&database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let ended = all.await;
    assert_eq!(ended.iter().filter(|ended| ended.is_err()).count(), 1);
    assert_eq!(notes(&database).await, ["a", "b", "c"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_come_thick_and_fast_share_commits() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let start = Arc::new(Barrier::new(64));
    let callers = (0..64).map(|caller| {
        let (pool, start) = (database.pool().clone(), Arc::clone(&start));
        tokio::spawn(async move {
            start.wait().await;
            for round in 0..10 {
                writes(&pool, &format!("{caller} {round}")).await.unwrap();
            }
        })
    });
    for caller in join_all(callers).await {
        caller.unwrap();
    }
    let counts = database.counts();
    assert_eq!(notes(&database).await.len(), 640);
    assert_eq!(counts.use_cases, 640);
    assert!(counts.commits * 8 <= counts.use_cases, "{counts:?}");
}

/// A group that waits for others would wait for ever.
fn patient() -> Options {
    let ever = Duration::from_hours(1);
    Options { gap_max: ever, group_age_max: ever, ..Options::default() }
}

/// Makes `count` use cases wait behind one, and lets them go together.
async fn crowd(database: &Pool, name: &str, count: usize) {
    let held = database.begin().await.unwrap();
    let texts: Vec<String> = (0..count).map(|n| format!("{name} {n:02}")).collect();
    let mut all = Box::pin(join_all(texts.iter().map(|text| writes(database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    assert!(all.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_lone_caller_never_waits_for_others() {
    let database = SqliteDatabase::with(&MIGRATOR, patient()).await.unwrap();
    for text in ["a", "b", "c"] {
        writes(&database, text).await.unwrap();
    }
    assert_eq!(database.counts(), Counts { use_cases: 3, commits: 3 });
}

#[tokio::test]
async fn after_a_crowd_a_group_waits_until_it_is_half_as_large() {
    let database = SqliteDatabase::with(&MIGRATOR, patient()).await.unwrap();
    crowd(&database, "first", 10).await;
    let mut one = Box::pin(writes(&database, "second 0"));
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut one).await.is_err());
    let others = join_all(["1", "2", "3", "4"].map(|text| writes(&database, text)));
    let (one, others) = futures::join!(one, others);
    assert!(one.is_ok() && others.iter().all(Result::is_ok));
    assert_eq!(database.counts(), Counts { use_cases: 15, commits: 2 });
}

#[tokio::test]
async fn after_a_crowd_a_caller_who_stays_alone_waits_for_a_moment_only() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    crowd(&database, "first", 10).await;
    writes(&database, "alone").await.unwrap();
    assert_eq!(database.counts(), Counts { use_cases: 11, commits: 2 });
}

#[tokio::test]
async fn a_group_that_cannot_be_committed_fails_everybody_in_it() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let held = database.begin().await.unwrap();
    // The reference is checked at COMMIT only: it stands for any failure there.
    let dangling = async {
        let mut tx = database.begin().await?;
        query("INSERT INTO remark (id, note) VALUES (1, 4711)").execute(&mut *tx).await?;
        tx.commit().await
    };
    let mut all = Box::pin(futures::future::join3(writes(&database, "a"), dangling, writes(&database, "b")));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let (first, second, third) = all.await;
    assert!(first.is_err() && second.is_err() && third.is_err());
    assert!(notes(&database).await.is_empty());
    assert_eq!(database.counts(), Counts::default());
    writes(&database, "later").await.unwrap();
    assert_eq!(notes(&database).await, ["later"]);
}

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
async fn use_cases_undone_because_a_neighbour_filled_the_database_are_told_so() {
    let options = Options { pages_max: Some(24), ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let held = database.begin().await.unwrap();
    let big = "x".repeat(400_000);
    let mut all = Box::pin(join_all(["small", &big, "other"].map(|text| writes(&database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let ended = all.await;
    assert!(matches!(ended[1], Err(DbError::Full(_))), "{:?}", ended[1]);
    let told: Vec<&str> =
        ["small", "other"].into_iter().zip([&ended[0], &ended[2]]).filter(|it| it.1.is_ok()).map(|it| it.0).collect();
    assert_eq!(
        {
            let mut told = told;
            told.sort_unstable();
            told
        },
        notes(&database).await
    );
    for ended in [&ended[0], &ended[2]] {
        assert!(matches!(ended, Ok(()) | Err(DbError::Undone)), "{ended:?}");
    }
    writes(&database, "later").await.unwrap();
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

#[tokio::test]
async fn a_use_case_cannot_commit_by_itself() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "sly").await.unwrap();
    query("COMMIT").execute(&mut *tx).await.unwrap_err();
    assert!(tx.commit().await.is_err());
    assert!(notes(&database).await.is_empty());
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
