//! What the town's databases have, and somebody else's hand in them.

use std::path::PathBuf;

use super::Town;

impl Town {
    /// Rows of the portal's database: `folder`, or `folder WHERE …`.
    pub async fn count(&self, rows: &str) -> i64 {
        if self.settings.database.starts_with("postgres:") {
            let pool = sqlx::PgPool::connect(&self.settings.database).await.expect("the portal's database");
            let query = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {rows}"));
            let count = sqlx::query_scalar(query).fetch_one(&pool).await.expect("a count");
            pool.close().await;
            return count;
        }
        let url = format!("sqlite:{}", self.database.display());
        let pool = sqlx::SqlitePool::connect(&url).await.expect("the portal's database");
        let query = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {rows}"));
        let count = sqlx::query_scalar(query).fetch_one(&pool).await.expect("a count");
        pool.close().await;
        count
    }

    /// Folders that have a key of their own, in the key database.
    pub async fn count_keys(&self) -> i64 {
        let query = "SELECT COUNT(*) FROM folder_key";
        if let Some(url) = &self.settings.key_database {
            let pool = sqlx::PgPool::connect(url).await.expect("the key database");
            let count = sqlx::query_scalar(query).fetch_one(&pool).await.expect("a count");
            pool.close().await;
            return count;
        }
        let url = format!("sqlite:{}", self.key_file().display());
        let pool = sqlx::SqlitePool::connect(&url).await.expect("the key database");
        let count = sqlx::query_scalar(query).fetch_one(&pool).await.expect("a count");
        pool.close().await;
        count
    }

    /// Where the folders' own keys are, on SQLite.
    pub fn key_file(&self) -> PathBuf {
        self.database.with_file_name("keys.sqlite")
    }

    /// Every 番号 that was ever given, from the one party that may hold them all.
    pub async fn my_numbers(&self) -> Vec<String> {
        let file = self.data.join("linkage/numbers.sqlite");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.expect("the numbers");
        let numbers = sqlx::query_scalar("SELECT my_number FROM numbers").fetch_all(&pool).await.expect("the numbers");
        pool.close().await;
        numbers
    }

    /// Somebody else's hand in the portal's database, on SQLite.
    pub async fn alters_database(&self, statements: &[String]) {
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", self.database.display())).await;
        let pool = pool.expect("the portal's database");
        for statement in statements {
            sqlx::query(sqlx::AssertSqlSafe(statement.clone())).execute(&pool).await.expect("a statement");
        }
        pool.close().await;
    }

    /// Where the portal's tables are.
    pub fn database_url(&self) -> &str {
        &self.settings.database
    }
}
