//! The portal's tables as a file to keep, and back (B-OPS-1). SQLite alone: PostgreSQL brings its own means.

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection, query, query_scalar};

use crate::log::{LogHead, RetiredLog};
use crate::{StoreError, sqlite};

/// Tables of which no copy has a row: what is held for a session, what somebody is in the middle of, and who runs. A purge
/// could not reach them there. In an order in which they can be emptied.
pub const NEVER_COPIED: [&str; 8] = [
    "held",
    "gathering",
    "session",
    "challenge",
    "registration",
    "portal_instance",
    "alert_arrival",
    "alert_code_sent",
];

/// Copies the tables of a portal, which may be running, into a file that must not exist yet, without
/// [`NEVER_COPIED`]: no page of the copy has anything of them. Durable when this returns; after an error there may be
/// a file that still has them.
pub async fn copy(from: &Path, into: &Path) -> Result<(), StoreError> {
    db::sqlite::backup(from, into).await?;
    let mut copy = Alone::take(into).await?;
    let there = copy.tables().await?;
    for table in NEVER_COPIED.iter().filter(|table| there.iter().any(|name| name == *table)) {
        // The names are ours.
        query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut copy.0).await?;
    }
    if there.iter().any(|name| name == "purge_receipt") {
        query("UPDATE purge_receipt SET session_hash = NULL").execute(&mut copy.0).await?;
    }
    query("VACUUM").execute(&mut copy.0).await?;
    copy.close().await?;
    let durable = std::fs::File::open(into).and_then(|file| file.sync_all());
    Ok(durable.map_err(sqlx::Error::Io)?)
}

/// A database file that nobody else has open, and which nobody else can open while this lives.
#[derive(Debug)]
pub struct Alone(SqliteConnection);

impl Alone {
    /// Takes a database as it is. `DbError::Unavailable`: somebody has it open.
    pub async fn take(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(db::sqlite::alone(path).await?))
    }

    /// Brings the tables up to date. `DbError::Migration`: a later version of the program made them.
    pub async fn migrate(&mut self) -> Result<(), StoreError> {
        Ok(sqlite::MIGRATOR.run(&mut self.0).await.map_err(db::DbError::from)?)
    }

    /// The head of the log; none before the first entry, and none in a database of before there were logs.
    pub async fn log_head(&mut self) -> Result<Option<LogHead>, StoreError> {
        let there = self.tables().await?;
        let whole = LOG.iter().all(|(table, _)| there.iter().any(|name| name == table));
        if whole { sqlite::queries::log::log_head(&mut self.0).await } else { Ok(None) }
    }

    /// A tile of the log, as wide as it is.
    pub async fn log_tile(&mut self, level: u8, place: u64) -> Result<Option<Vec<u8>>, StoreError> {
        sqlite::queries::log::log_tile(&mut self.0, level, place).await
    }

    /// Logs that nobody may continue.
    pub async fn retired_logs(&mut self) -> Result<Vec<RetiredLog>, StoreError> {
        let there = self.tables().await?.iter().any(|name| name == "log_retired");
        if there { sqlite::queries::log::retired_logs(&mut self.0).await } else { Ok(Vec::new()) }
    }

    /// Notes that nobody may continue these logs.
    pub async fn retire(&mut self, retired: &[RetiredLog]) -> Result<(), StoreError> {
        for log in retired {
            sqlite::queries::log::insert_retired_log(&mut self.0, log).await?;
        }
        Ok(())
    }

    /// Takes the log and its receipts away.
    pub async fn empty_log(&mut self) -> Result<(), StoreError> {
        sqlite::queries::log::empty_log(&mut self.0).await
    }

    /// Puts the log of this database, with its receipts, in the place of another's. All or nothing; that one must be up
    /// to date and nobody may have it open.
    pub async fn give_log_to(&mut self, other: &Path) -> Result<(), StoreError> {
        let name = other.to_str().ok_or_else(|| sqlx::Error::Io(std::io::ErrorKind::InvalidFilename.into()))?;
        query("ATTACH DATABASE $1 AS other").bind(name).execute(&mut self.0).await?;
        let given = self.give_log().await;
        query("DETACH DATABASE other").execute(&mut self.0).await?;
        given
    }

    async fn give_log(&mut self) -> Result<(), StoreError> {
        query("PRAGMA other.journal_mode = MEMORY").execute(&mut self.0).await?;
        let mut transaction = self.0.begin().await?;
        for (table, columns) in LOG {
            for statement in [
                format!("DELETE FROM other.{table}"),
                format!("INSERT INTO other.{table} ({columns}) SELECT {columns} FROM main.{table}"),
            ] {
                query(sqlx::AssertSqlSafe(statement)).execute(&mut *transaction).await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// After another file has taken this one's name: whoever was just opening this one must not go on with it.
    pub async fn spoil(&mut self) -> Result<(), StoreError> {
        query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES ($1, 'replaced by a backup', TRUE, x'', 0)",
        )
        .bind(i64::MAX)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    /// Whether every page is what it must be.
    pub async fn is_sound(&mut self) -> Result<bool, StoreError> {
        let said: Vec<String> = query_scalar("PRAGMA integrity_check").fetch_all(&mut self.0).await?;
        Ok(said == ["ok"])
    }

    /// Gives it free.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.0.close().await?)
    }

    async fn tables(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(query_scalar("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetch_all(&mut self.0).await?)
    }
}

/// What the log is made of.
const LOG: [(&str, &str); 4] = [
    ("log_head", "id, size, checkpoint"),
    ("log_tile", "level, place, hashes"),
    ("log_entry", "log_index, entry"),
    ("purge_receipt", "id, log_index, session_hash, at"),
];
