//! The statements on SQLite.

pub(crate) type Db = sqlx::Sqlite;

/// Senders of a walk through notices, with commas between them: here in one row. SQLite would sort all notices to group them.
pub(crate) const SENDERS: &str = "group_concat(DISTINCT letter.sender)";
/// What stands behind it.
pub(crate) const BY_SENDER: &str = "";
/// A walk through all of a person's notices is planned once.
pub(crate) const WALK_KEEPS_PLAN: bool = true;
/// Behind a row that is read and that nobody else may change meanwhile. Here there is one writer.
pub(crate) const HELD: Option<&str> = None;

#[path = "queries/mod.rs"]
pub(crate) mod queries;

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// Of the key database.
pub(crate) static KEY_MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/keys/sqlite");
