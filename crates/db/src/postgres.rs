//! PostgreSQL 15 and later: a pool, READ COMMITTED, `synchronous_commit=on`. The guard of a use
//! case lives in its statements, not in locks held by it.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions, Executor, PgConnection, PgPool, Postgres, Transaction};

use crate::{Counts, DbError};

/// How a pool behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Connections at most.
    pub connections_max: u32,
    /// How long a caller waits for a connection before it hears "unavailable".
    pub wait_max: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { connections_max: 16, wait_max: Duration::from_secs(5) }
    }
}

/// The connections to one database. Clones share them.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: PgPool,
    use_cases: Arc<AtomicU64>,
}

impl Pool {
    /// Connects to `postgres://user:password@host:port/database` and brings the schema up to date;
    /// programs that do so at the same time wait for one another.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the server does not answer, [`DbError::Migration`] when the
    /// schema is not one of ours, [`DbError::Other`] when the URL is not one.
    pub async fn open(url: &str, migrator: &Migrator) -> Result<Self, DbError> {
        Self::open_with(url, migrator, Options::default()).await
    }

    /// As [`Pool::open`], with options of one's own.
    ///
    /// # Errors
    /// As [`Pool::open`].
    pub async fn open_with(url: &str, migrator: &Migrator, options: Options) -> Result<Self, DbError> {
        let connections = PgPoolOptions::new()
            .max_connections(options.connections_max)
            .acquire_timeout(options.wait_max)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute(SESSION).await?;
                    Ok(())
                })
            })
            .connect_with(PgConnectOptions::from_str(url)?.disable_statement_logging())
            .await?;
        migrator.run(&connections).await?;
        Ok(Self { connections, use_cases: Arc::default() })
    }

    /// Starts a use case.
    ///
    /// # Errors
    /// [`DbError::Unavailable`].
    pub async fn begin(&self) -> Result<Tx, DbError> {
        let transaction = self.connections.begin().await?;
        Ok(Tx { transaction, use_cases: Arc::clone(&self.use_cases) })
    }

    /// A connection for reading: each statement sees what was committed when it began.
    ///
    /// # Errors
    /// [`DbError::Unavailable`].
    pub async fn read(&self) -> Result<Read, DbError> {
        Ok(Read(self.connections.acquire().await?))
    }

    /// Hears from now on what is said on a channel of this database (`NOTIFY`), over a connection beside the pool's.
    ///
    /// # Errors
    /// [`DbError::Unavailable`].
    pub async fn listen(&self, channel: &str) -> Result<Listener, DbError> {
        let beside = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_with(PgConnectOptions::clone(&self.connections.connect_options()))
            .await?;
        let mut listener = PgListener::connect_with(&beside).await?;
        listener.ignore_pool_close_event(true);
        listener.listen(channel).await?;
        Ok(Listener(listener))
    }

    /// What this pool has done since it was opened.
    pub fn counts(&self) -> Counts {
        let use_cases = self.use_cases.load(Ordering::Relaxed);
        Counts { use_cases, commits: use_cases }
    }

    /// Waits for connections in use to come back and closes them all. Clones are closed with it.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

/// So long after the last word a listener asks whether its connection is still there.
const QUIET_MAX: Duration = Duration::from_mins(1);
/// So long it waits for that answer.
const ASKED_MAX: Duration = Duration::from_secs(10);

/// Hears what is said on a channel.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Returns when something was said: what, all that came together. None: something may have been said, for the connection
    /// was away, and is back.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the connection is gone and cannot be had again: listen anew.
    pub async fn heard(&mut self) -> Result<Option<Vec<String>>, DbError> {
        loop {
            if let Ok(heard) = tokio::time::timeout(QUIET_MAX, self.0.try_recv()).await {
                let Some(first) = heard? else { return Ok(None) };
                let mut said = vec![first.payload().to_owned()];
                while let Some(next) = self.0.next_buffered() {
                    said.push(next.payload().to_owned());
                }
                return Ok(Some(said));
            }
            // A peer that vanished without a word is noticed only by asking it something.
            let asked = tokio::time::timeout(ASKED_MAX, self.0.execute("SELECT 1")).await;
            asked.map_err(|_| DbError::from(sqlx::Error::PoolTimedOut))??;
        }
    }
}

/// A server set up otherwise must not weaken what `commit` promises, nor let a use case whose program hangs hold its locks for
/// ever. Statements here take milliseconds: compiling one takes longer than running it. What a page costs that is not the next
/// one is that of disks today, unless whoever runs the server says otherwise: by PostgreSQL's own, of disks with a moving head,
/// it reads a person's thousands where an index leads to the twenty that are shown.
const SESSION: &str = "SET synchronous_commit = on; SET jit = off; SET lock_timeout = '10s'; \
    SET idle_in_transaction_session_timeout = '60s'; \
    SET default_transaction_isolation = 'read committed'; \
    SELECT set_config('random_page_cost', '1.1', false) FROM pg_settings \
    WHERE name = 'random_page_cost' AND source = 'default'";

/// A use case under way. Dropped before [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    transaction: Transaction<'static, Postgres>,
    use_cases: Arc<AtomicU64>,
}

impl Tx {
    /// Makes the use case durable. Returns only when it is: nothing outside may happen before.
    ///
    /// # Errors
    /// As any write. When the connection breaks just now the outcome is not known; the use case is
    /// then whole or absent, never half.
    pub async fn commit(mut self) -> Result<(), DbError> {
        // The server answers COMMIT of a transaction that a failed statement has broken with a
        // silent rollback; any other statement is refused there.
        self.transaction.execute("SELECT 1").await?;
        self.transaction.commit().await?;
        self.use_cases.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.transaction
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }
}

/// A connection for reading, given back when dropped.
#[derive(Debug)]
pub struct Read(PoolConnection<Postgres>);

impl Deref for Read {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

#[cfg(test)]
mod tests;
