//! The two engines have the same tables and columns, and none that the portal must not have.

#![expect(clippy::unwrap_used, reason = "tests, helpers included")]

use std::collections::BTreeSet;

use sqlx::Row as _;
use store::{Store, Target};

/// N-14, P-GEN-3: names that no column of the portal may have a part of.
const NEVER: [&str; 8] = ["my_number", "number_of_person", "name", "address", "birth", "sex", "resident", "purpose_of"];

async fn sqlite_columns() -> BTreeSet<(String, String)> {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let path = folder.path().join("portal.sqlite");
    drop(Store::open(&Target::Sqlite(path.clone())).await.unwrap());
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let rows = sqlx::query(
        "SELECT m.name, c.name
        FROM sqlite_master AS m, pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn postgres_columns() -> BTreeSet<(String, String)> {
    let url = db::testing::empty_postgres_database().await.unwrap();
    drop(Store::open(&Target::Postgres(url.clone())).await.unwrap());
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    let rows = sqlx::query(
        "SELECT table_name::text, column_name::text
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let columns = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    pool.close().await;
    columns
}

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let sqlite = sqlite_columns().await;
    assert!(sqlite.contains(&("folder".to_owned(), "link_code".to_owned())));
    assert_eq!(sqlite, postgres_columns().await);
}

#[tokio::test]
async fn no_column_can_hold_a_number_or_the_four_items() {
    for (table, column) in sqlite_columns().await {
        assert!(!NEVER.iter().any(|never| column.contains(never)), "{table}.{column}");
    }
}
