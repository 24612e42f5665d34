//! The two engines have the same tables and columns.

use std::collections::BTreeSet;

use municipality::store::{Store, Target};
use sqlx::Row as _;

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let folder = db::testing::directory().unwrap();
    let path = folder.path().join("notices.sqlite");
    drop(Store::open(&Target::Sqlite(path.clone())).await.unwrap());
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let sqlite = sqlx::query(
        "SELECT m.name, c.name
        FROM sqlite_master AS m, pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let url = db::testing::empty_postgres_database().await.unwrap();
    drop(Store::open(&Target::Postgres(url.clone())).await.unwrap());
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    let postgres = sqlx::query(
        "SELECT table_name::text, column_name::text
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let sqlite: BTreeSet<(String, String)> = sqlite.iter().map(|row| (row.get(0), row.get(1))).collect();
    let postgres: BTreeSet<(String, String)> = postgres.iter().map(|row| (row.get(0), row.get(1))).collect();
    pool.close().await;
    assert!(sqlite.contains(&("recipient".to_owned(), "link_code".to_owned())));
    assert_eq!(sqlite, postgres);
}
