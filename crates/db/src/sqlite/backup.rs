//! Copies of a database that is in use, and a moment in which nobody writes to it.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, query};

use super::{Pool, common, make_private, reading};
use crate::DbError;

impl Pool {
    /// Writes a copy of the database, as it is at one instant, into a file that must not exist yet. Whoever reads and
    /// writes goes on meanwhile. The copy holds what is there and nothing that was deleted; it is its owner's alone, and
    /// durable when this returns.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the file is there already or cannot be made, [`DbError::Full`], and as any read.
    pub async fn backup_into(&self, path: impl AsRef<Path>) -> Result<(), DbError> {
        let path = path.as_ref();
        begin(path)?;
        copy(&mut *self.read().await?, path).await
    }
}

/// As [`Pool::backup_into`], of a database that other processes may have open. Nothing is migrated or changed.
///
/// # Errors
/// As [`Pool::backup_into`]; [`DbError::Unavailable`] when there is no such database.
pub async fn backup(from: impl AsRef<Path>, into: impl AsRef<Path>) -> Result<(), DbError> {
    let into = into.as_ref();
    let mut connection = reading(from.as_ref()).connect().await?;
    begin(into)?;
    copy(&mut connection, into).await?;
    Ok(connection.close().await?)
}

/// Whether every page of a database is what it must be.
///
/// # Errors
/// As any read.
pub async fn is_sound(path: impl AsRef<Path>) -> Result<bool, DbError> {
    let mut connection = reading(path.as_ref()).connect().await?;
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(said == ["ok"])
}

/// A moment in which nobody writes to a database, in any process; it ends with the value. Readers go on, and writers
/// wait: keep it short.
#[derive(Debug)]
pub struct Still(#[expect(dead_code, reason = "the lock goes with the connection")] SqliteConnection);

/// Waits so long for whoever writes now, and lets nobody else begin.
///
/// # Errors
/// [`DbError::Unavailable`] when the writer does not come free in time, or there is no such database.
pub async fn hold_still(path: impl AsRef<Path>, wait_max: Duration) -> Result<Still, DbError> {
    let mut connection = common(path.as_ref()).busy_timeout(wait_max).connect().await?;
    query("BEGIN IMMEDIATE").execute(&mut connection).await?;
    Ok(Still(connection))
}

/// Opens a database that nobody else has open, in any process, and lets nobody else in while the connection lives. All
/// that was committed stands in the file itself from then on, and nothing beside it; changes are undone from memory, so
/// this is for copies, and for reading.
///
/// # Errors
/// [`DbError::Unavailable`] when somebody has it open, or there is no such database; as any write.
pub async fn alone(path: impl AsRef<Path>) -> Result<SqliteConnection, DbError> {
    let connect = common(path.as_ref())
        .busy_timeout(Duration::ZERO)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON");
    let mut connection = connect.connect().await?;
    // Only after the side files went: a connection that is alone from its first moment leaves one of them.
    for step in ["PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT", "PRAGMA journal_mode = MEMORY"] {
        query(step).execute(&mut connection).await?;
    }
    Ok(connection)
}

/// The engine writes into an empty file, whose mode it keeps.
fn begin(into: &Path) -> Result<(), DbError> {
    if into.exists() {
        return Err(sqlx::Error::Io(std::io::ErrorKind::AlreadyExists.into()).into());
    }
    Ok(make_private(into).map_err(sqlx::Error::Io)?)
}

async fn copy(connection: &mut SqliteConnection, into: &Path) -> Result<(), DbError> {
    let name = into.to_str().ok_or_else(|| sqlx::Error::Io(std::io::ErrorKind::InvalidFilename.into()))?;
    query("VACUUM INTO $1").bind(name).execute(connection).await?;
    // The engine does not wait for the disk here.
    let durable = || {
        std::fs::File::open(into)?.sync_all()?;
        into.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
    };
    Ok(durable().map_err(sqlx::Error::Io)?)
}
