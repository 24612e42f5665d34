//! The statements on SQLite.

pub(crate) type Db = sqlx::Sqlite;

/// Each sender once, with commas between them.
pub(crate) const SENDERS: &str = "group_concat(DISTINCT letter.sender)";

#[path = "queries/mod.rs"]
pub(crate) mod queries;

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// Of the key database.
pub(crate) static KEY_MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/keys/sqlite");
