use futures::future::join_all;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, query, query_scalar};

use super::*;
use crate::testing::{Cluster, PostgresDatabase, empty_postgres_database};

static MIGRATOR: Migrator = sqlx::migrate!("tests/migrations/postgres");

async fn note(connection: &mut PgConnection, text: &str) -> Result<(), DbError> {
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
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
    assert_eq!(database.counts(), Counts { use_cases: 1, commits: 1 });
}

#[tokio::test]
async fn who_listens_hears_what_is_said_and_that_something_may_have_been_missed() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut listener = database.listen("bell").await.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.execute("NOTIFY bell").await.unwrap();
    tx.commit().await.unwrap();
    listener.heard().await.unwrap();

    let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let ended: i64 = query_scalar(ended).fetch_one(&mut *database.read().await.unwrap()).await.unwrap();
    assert_eq!(ended, 1);
    listener.heard().await.unwrap();
    // It listens again.
    let mut tx = database.begin().await.unwrap();
    tx.execute("NOTIFY bell").await.unwrap();
    tx.commit().await.unwrap();
    listener.heard().await.unwrap();
}

#[tokio::test]
async fn a_dropped_use_case_leaves_no_trace() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "dropped").await.unwrap();
    assert!(notes(&database).await.is_empty());
    drop(tx);
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn a_use_case_cancelled_in_the_middle_of_a_statement_leaves_no_trace() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let use_case = async {
        let mut tx = database.begin().await.unwrap();
        note(&mut tx, "cancelled").await.unwrap();
        query("SELECT pg_sleep(1)").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let cancelled = tokio::time::timeout(Duration::from_millis(100), use_case).await;
    assert!(cancelled.is_err());
    writes(&database, "kept").await.unwrap();
    assert_eq!(notes(&database).await, ["kept"]);
}

#[tokio::test]
async fn a_use_case_that_overlooked_a_failed_statement_is_not_acknowledged() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    note(&mut tx, "twice").await.unwrap();
    note(&mut tx, "twice").await.unwrap_err();
    assert!(tx.commit().await.is_err());
    assert!(notes(&database).await.is_empty());
}

#[tokio::test]
async fn a_use_case_that_cannot_be_committed_is_not_acknowledged() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    query("INSERT INTO remark (id, note) VALUES (1, 'nothing')").execute(&mut *tx).await.unwrap();
    assert!(tx.commit().await.is_err());
    assert_eq!(database.counts(), Counts::default());
}

#[tokio::test]
async fn commits_are_durable_however_the_server_is_set_up() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    let durable: String = query_scalar("SHOW synchronous_commit").fetch_one(&mut *tx).await.unwrap();
    let isolation: String = query_scalar("SHOW transaction_isolation").fetch_one(&mut *tx).await.unwrap();
    assert_eq!((durable.as_str(), isolation.as_str()), ("on", "read committed"));
}

#[tokio::test]
async fn pages_cost_what_they_cost_on_disks_of_today_unless_the_server_is_told_otherwise() {
    async fn cost(pool: &Pool) -> String {
        query_scalar("SHOW random_page_cost").fetch_one(&mut *pool.read().await.unwrap()).await.unwrap()
    }
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    assert_eq!(cost(&database).await, "1.1");
    let mut tx = database.begin().await.unwrap();
    let name: String = query_scalar("SELECT current_database()").fetch_one(&mut *tx).await.unwrap();
    query(AssertSqlSafe(format!("ALTER DATABASE {name} SET random_page_cost = 3"))).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let again = Pool::open(database.url(), &MIGRATOR).await.unwrap();
    assert_eq!(cost(&again).await, "3");
}

#[tokio::test]
async fn a_read_only_database_says_so() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    query("SET TRANSACTION READ ONLY").execute(&mut *tx).await.unwrap();
    let refused = note(&mut tx, "new").await.unwrap_err();
    assert!(matches!(refused, DbError::ReadOnly(_)), "{refused:?}");
}

#[tokio::test]
async fn opening_twice_migrates_once_and_loses_nothing() {
    let database = PostgresDatabase::new(&MIGRATOR).await.unwrap();
    writes(&database, "kept").await.unwrap();
    let again = Pool::open(database.url(), &MIGRATOR).await.unwrap();
    assert_eq!(notes(&again).await, ["kept"]);
}

#[tokio::test]
async fn programs_that_start_together_migrate_one_after_the_other() {
    let url = empty_postgres_database().await.unwrap();
    let opened = join_all((0..4).map(|_| Pool::open(&url, &MIGRATOR))).await;
    assert!(opened.iter().all(Result::is_ok), "{opened:?}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_unavailable() {
    let refused = Pool::open("postgres://postgres@127.0.0.1:1/none", &MIGRATOR).await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
}

#[tokio::test]
async fn a_pool_whose_connections_are_all_taken_is_unavailable() {
    let url = empty_postgres_database().await.unwrap();
    let options = Options { connections_max: 1, wait_max: Duration::from_millis(500) };
    let pool = Pool::open_with(&url, &MIGRATOR, options).await.unwrap();
    let held = pool.begin().await.unwrap();
    let refused = pool.begin().await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
    drop(held);
    writes(&pool, "kept").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_is_unavailable() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap().unwrap();
    let options = Options { wait_max: Duration::from_millis(500), ..Options::default() };
    let pool = Pool::open_with(&format!("{}/postgres", cluster.url()), &MIGRATOR, options).await.unwrap();
    writes(&pool, "kept").await.unwrap();
    tokio::task::spawn_blocking(move || drop(cluster)).await.unwrap();
    let refused = writes(&pool, "new").await.unwrap_err();
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
}
