//! The statements on PostgreSQL.

pub(crate) type Db = sqlx::Postgres;

/// Each sender once, with commas between them.
pub(crate) const SENDERS: &str = "string_agg(DISTINCT letter.sender, ',')";

#[path = "queries/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "every statement is written once and compiled once per driver")]
pub(crate) mod queries;

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// Of the key database.
pub(crate) static KEY_MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/keys/postgres");
