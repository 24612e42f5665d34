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

/// What `recipient` and `returned` held before states were counted: a shared notice, with whom it is from not noted yet, and
/// a letter of one's own.
fn before(blob: impl Fn(u8) -> String) -> String {
    let (shared, merged, own, who, draft) = (blob(1), blob(2), blob(3), blob(7), "'{}'");
    let sending = |id: &str, merged_at: &str| {
        format!(
            "INSERT INTO sending (id, state, made_by, made_at, draft, merged_at, starts_at, expires_at, state_since, try_at)
            VALUES ({id}, 'done', 'command', 1, {draft}, {merged_at}, 1, 2, 1, 1);"
        )
    };
    format!(
        "{}{}
        INSERT INTO recipient (sending_id, place, link_code) VALUES ({shared}, 5, {who}), ({merged}, 6, {who});
        INSERT INTO returned (number, notice_id, link_code, at, state) VALUES
            (1, {shared}, {who}, 1, 'arrived'), (2, {shared}, {who}, 1, 'arrived'), (3, {shared}, {who}, 1, NULL);
        INSERT INTO returned (number, notice_id, link_code, at, state, sending_id, place)
            VALUES (4, {own}, {who}, 1, 'arrived', {merged}, 6);
        INSERT INTO returned (number, notice_id, link_code, at, state) VALUES (5, {own}, {own}, 1, 'arrived');",
        sending(&shared, "NULL"),
        sending(&merged, "1"),
    )
}

const COUNTED: &str = "SELECT state, people FROM state_count ORDER BY sending_id, state";

#[tokio::test]
async fn what_came_back_before_is_counted_too() {
    let expected = [("arrived".to_owned(), 1_i64), ("reply".to_owned(), 1), ("arrived".to_owned(), 1)];
    let folder = db::testing::directory().unwrap();
    let address = format!("sqlite:{}?mode=rwc", folder.path().join("old.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&address).await.unwrap();
    let before_sqlite = before(|byte| format!("x'{}'", format!("{byte:02x}").repeat(16)));
    for text in [
        include_str!("../../migrations/sqlite/0001_first.sql"),
        include_str!("../../migrations/sqlite/0002_api.sql"),
        include_str!("../../migrations/sqlite/0003_console.sql"),
        &before_sqlite,
        include_str!("../../migrations/sqlite/0004_counts.sql"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(&pool).await.unwrap();
    }
    assert_eq!(sqlx::query_as::<_, (String, i64)>(COUNTED).fetch_all(&pool).await.unwrap(), expected);
    pool.close().await;

    let pool = sqlx::PgPool::connect(&db::testing::empty_postgres_database().await.unwrap()).await.unwrap();
    let before_postgres = before(|byte| format!("'\\x{}'", format!("{byte:02x}").repeat(16)));
    for text in [
        include_str!("../../migrations/postgres/0001_first.sql"),
        include_str!("../../migrations/postgres/0002_api.sql"),
        include_str!("../../migrations/postgres/0003_console.sql"),
        &before_postgres,
        include_str!("../../migrations/postgres/0004_counts.sql"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(&pool).await.unwrap();
    }
    assert_eq!(sqlx::query_as::<_, (String, i64)>(COUNTED).fetch_all(&pool).await.unwrap(), expected);
    pool.close().await;
}

/// Whoever holds the program's own rights cannot do it either.
#[tokio::test]
async fn the_audit_trail_can_be_written_on_and_not_changed() {
    let line = "INSERT INTO audit (at, who, what) VALUES (1, 'officer:1', 'approved')";
    let changes = ["UPDATE audit SET who = 'officer:2'", "DELETE FROM audit"];
    let folder = db::testing::directory().unwrap();
    let path = folder.path().join("notices.sqlite");
    drop(Store::open(&Target::Sqlite(path.clone())).await.unwrap());
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::query(line).execute(&pool).await.unwrap();
    for change in changes {
        let said = sqlx::query(change).execute(&pool).await.unwrap_err().to_string();
        assert!(said.contains("insert-only"), "{change}: {said}");
    }
    pool.close().await;
    let url = db::testing::empty_postgres_database().await.unwrap();
    drop(Store::open(&Target::Postgres(url.clone())).await.unwrap());
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    sqlx::query(line).execute(&pool).await.unwrap();
    for change in changes.into_iter().chain(["TRUNCATE audit"]) {
        let said = sqlx::query(change).execute(&pool).await.unwrap_err().to_string();
        assert!(said.contains("insert-only"), "{change}: {said}");
    }
    pool.close().await;
}
