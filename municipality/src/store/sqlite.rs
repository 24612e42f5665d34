//! The statements on SQLite.

pub(crate) type Db = sqlx::Sqlite;

#[path = "queries/mod.rs"]
pub(crate) mod queries;

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
