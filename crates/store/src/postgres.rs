//! The statements on PostgreSQL.

pub(crate) type Db = sqlx::Postgres;

/// Senders of a walk through notices, with commas between them: here a row for each, which PostgreSQL does by hashing. Asked
/// for all in one row it sorts.
pub(crate) const SENDERS: &str = "letter.sender";
/// What stands behind it.
pub(crate) const BY_SENDER: &str = " GROUP BY letter.sender";
/// A walk through all of a person's notices is planned for that person. After five times PostgreSQL would take one plan for
/// all, made for the two notices that people have on average, and for thousands it takes twice as long.
pub(crate) const WALK_KEEPS_PLAN: bool = false;
/// Behind a row that is read and that nobody else may change meanwhile: they wait until this transaction has ended.
pub(crate) const HELD: Option<&str> = Some("FOR UPDATE");

#[path = "queries/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "every statement is written once and compiled once per driver")]
pub(crate) mod queries;

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// Of the key database.
pub(crate) static KEY_MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/keys/postgres");
