//! SQLite: one writer that groups waiting use cases into one durable commit, readers apart.
//!
//! WAL with `synchronous=FULL`: a commit that was answered survives a power loss. `secure_delete`: what is deleted is
//! overwritten in its pages.

mod backup;
mod writer;

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Row as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{OwnedMutexGuard, oneshot};

use crate::{Counts, DbError};
use writer::{Outcome, Writer};

pub use backup::{Still, alone, backup, hold_still, is_sound};

/// How a pool behaves; [`Options::default`] is right for every program.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Reader connections at most.
    pub readers_max: u32,
    /// Use cases that one durable commit carries at most.
    pub group_max: usize,
    /// How long a caller waits for the writer, or for a reader, before it hears "unavailable".
    pub wait_max: Duration,
    /// A group that is much smaller than the last ones stays open this long for the next caller to
    /// arrive, so that many share a commit. A lone caller never waits.
    pub gap_max: Duration,
    /// A group that stays open for others is committed at the latest after this time.
    pub group_age_max: Duration,
    /// The database may not grow beyond this many pages (of 4096 bytes), if set.
    pub pages_max: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers_max: readers_max(),
            group_max: 256,
            wait_max: Duration::from_secs(10),
            gap_max: Duration::from_millis(4),
            group_age_max: Duration::from_millis(20),
            pages_max: None,
        }
    }
}

/// As many as there are processors, four at most: each reader is a thread, reads come from memory as a rule, and
/// a thread that has more to do sleeps less.
fn readers_max() -> u32 {
    std::thread::available_parallelism().map_or(2, |count| u32::try_from(count.get()).unwrap_or(4)).clamp(2, 4)
}

/// A database file: its one writer and its readers. Clones share them.
#[derive(Clone, Debug)]
pub struct Pool {
    writer: Writer,
    readers: SqlitePool,
    /// One connection, opened when it is first needed, that empties the side file.
    settler: SqlitePool,
    reads: Arc<AtomicU64>,
}

impl Pool {
    /// Opens the file (made, readable by its owner only, when it does not exist) and brings its
    /// schema up to date.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when it cannot be opened, [`DbError::Migration`] when its schema
    /// is not one of ours, and as any write.
    pub async fn open(path: impl AsRef<Path>, migrator: &Migrator) -> Result<Self, DbError> {
        Self::open_with(path, migrator, Options::default()).await
    }

    /// As [`Pool::open`], with options of one's own.
    ///
    /// # Errors
    /// As [`Pool::open`].
    pub async fn open_with(path: impl AsRef<Path>, migrator: &Migrator, options: Options) -> Result<Self, DbError> {
        let path = path.as_ref();
        make_private(path).map_err(sqlx::Error::Io)?;
        let mut connection = writing(path, options).connect().await?;
        migrator.run(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.readers_max)
            .acquire_timeout(options.wait_max)
            // The file is local: a connection that was good stays good, and asking costs a thread hop.
            .test_before_acquire(false)
            .connect_lazy_with(reading(path));
        let settler = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(options.wait_max)
            .test_before_acquire(false)
            .connect_lazy_with(writing(path, options));
        Ok(Self { writer: Writer::start(connection, options).await?, readers, settler, reads: Arc::default() })
    }

    /// Brings every change into the file itself and empties the side file beside it, so that what was deleted before
    /// this call stands in neither. False when somebody reads an older state at this moment: try again later.
    ///
    /// # Errors
    /// As any write.
    pub async fn settle(&self) -> Result<bool, DbError> {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.settler).await?;
        let busy: i64 = row.try_get(0)?;
        Ok(busy == 0)
    }

    /// Waits for the writer and starts a use case on it. While it is held nobody else writes, so
    /// nothing but statements belongs between `begin` and `commit`: no network, no waiting.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the writer does not come free in time, [`DbError::ReadOnly`].
    pub async fn begin(&self) -> Result<Tx, DbError> {
        self.writer.begin().await
    }

    /// A reader connection. It sees what was durable when each statement began, and cannot write.
    ///
    /// # Errors
    /// [`DbError::Unavailable`].
    pub async fn read(&self) -> Result<Read, DbError> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        Ok(Read(self.readers.acquire().await?))
    }

    /// What the writer has done since the pool was opened.
    pub fn counts(&self) -> Counts {
        self.writer.counts()
    }

    /// How often a reader connection was asked for since the pool was opened.
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Lets waiting use cases finish, then closes every connection. Clones are closed with it.
    pub async fn close(&self) {
        self.settler.close().await;
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A use case under way. Dropped (or its future cancelled) before [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    // Dropped before `outcome`, so that the writer has its connection back when it hears the outcome.
    connection: OwnedMutexGuard<SqliteConnection>,
    outcome: oneshot::Sender<Outcome>,
}

impl Tx {
    /// Makes the use case durable. Returns only when it is: nothing outside may happen before.
    ///
    /// A caller that stops waiting for the answer does not learn the outcome; the use case is then
    /// whole or absent, never half.
    ///
    /// # Errors
    /// The use case left no trace. [`DbError::Undone`] when another one of the same group took it
    /// along, else as any write.
    pub async fn commit(self) -> Result<(), DbError> {
        let Self { connection, outcome } = self;
        let (acknowledge, acknowledged) = oneshot::channel();
        drop(connection);
        // A writer that is gone never acknowledges, which the next line reports.
        let _ = outcome.send(Outcome::Commit(acknowledge));
        acknowledged.await.unwrap_or_else(|_| Err(sqlx::Error::WorkerCrashed.into()))
    }
}

impl Deref for Tx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

/// A reader connection, given back when dropped.
#[derive(Debug)]
pub struct Read(PoolConnection<Sqlite>);

impl Deref for Read {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

fn writing(path: &Path, options: Options) -> SqliteConnectOptions {
    let connect =
        common(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let connect = connect.pragma("secure_delete", "ON");
    match options.pages_max {
        Some(pages) => connect.pragma("max_page_count", pages.to_string()),
        None => connect,
    }
}

fn reading(path: &Path) -> SqliteConnectOptions {
    common(path).read_only(true)
}

fn common(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging()
}

/// The engine gives its side files the mode of the database file.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
