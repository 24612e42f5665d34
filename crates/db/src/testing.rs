//! Databases that live as long as a test, on both engines, with the real pragmas and the real server.

mod cluster;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, query_scalar};
use tempfile::TempDir;

use crate::{DbError, postgres, sqlite};

pub use cluster::{Cluster, ClusterError};

/// A directory in memory (`/dev/shm`) where there is one: WAL and readers work there as on a disk.
///
/// # Errors
/// The directory cannot be made.
pub fn directory() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

/// A SQLite database of one test; the file goes with the value. Derefs to its pool.
#[derive(Debug)]
pub struct SqliteDatabase {
    pool: sqlite::Pool,
    directory: TempDir,
}

impl SqliteDatabase {
    /// Makes an empty database with the migrator's schema.
    ///
    /// # Errors
    /// As [`sqlite::Pool::open`].
    pub async fn new(migrator: &Migrator) -> Result<Self, DbError> {
        Self::with(migrator, sqlite::Options::default()).await
    }

    /// As [`SqliteDatabase::new`], with options.
    ///
    /// # Errors
    /// As [`sqlite::Pool::open`].
    pub async fn with(migrator: &Migrator, options: sqlite::Options) -> Result<Self, DbError> {
        let directory = directory().map_err(sqlx::Error::Io)?;
        let pool = sqlite::Pool::open_with(directory.path().join("test.sqlite"), migrator, options).await?;
        Ok(Self { pool, directory })
    }

    /// The pool; clones of it outlive neither the value nor its file.
    pub fn pool(&self) -> &sqlite::Pool {
        &self.pool
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("test.sqlite")
    }
}

impl Deref for SqliteDatabase {
    type Target = sqlite::Pool;

    fn deref(&self) -> &sqlite::Pool {
        &self.pool
    }
}

/// A PostgreSQL database of one test, in a server shared by the tests that run at the same time.
/// Derefs to its pool. It is removed by a later test once this process has ended.
#[derive(Debug)]
pub struct PostgresDatabase {
    pool: postgres::Pool,
    url: String,
}

impl PostgresDatabase {
    /// Makes an empty database with the migrator's schema, in the server that
    /// `MY_PORTAL_TEST_POSTGRES` names, else in a throwaway one that is started here.
    ///
    /// # Errors
    /// As [`postgres::Pool::open`]; [`DbError::Unavailable`] when no server can be started.
    pub async fn new(migrator: &Migrator) -> Result<Self, DbError> {
        let options = postgres::Options { connections_max: 8, ..postgres::Options::default() };
        let url = empty_postgres_database().await?;
        let pool = postgres::Pool::open_with(&url, migrator, options).await?;
        Ok(Self { pool, url })
    }

    /// The pool.
    pub fn pool(&self) -> &postgres::Pool {
        &self.pool
    }

    /// `postgres://…` of this database.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for PostgresDatabase {
    type Target = postgres::Pool;

    fn deref(&self) -> &postgres::Pool {
        &self.pool
    }
}

/// Makes a database without any table and answers its URL.
///
/// # Errors
/// [`DbError::Unavailable`] when no server can be reached or started.
pub async fn empty_postgres_database() -> Result<String, DbError> {
    let server = server_url().await?;
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await?;
    remove_left_behind(&mut connection).await?;
    let name = fresh_name();
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
    connection.close().await?;
    Ok(format!("{server}/{name}"))
}

async fn server_url() -> Result<String, DbError> {
    if let Ok(url) = std::env::var("MY_PORTAL_TEST_POSTGRES") {
        return Ok(url.trim_end_matches('/').to_owned());
    }
    let joined = tokio::task::spawn_blocking(cluster::shared_url).await;
    let started = joined.map_err(std::io::Error::other).map_err(sqlx::Error::Io)?;
    Ok(started.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))?)
}

/// Names carry the process that made them.
fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let process = std::process::id();
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    let random = RandomState::new().build_hasher().finish();
    format!("test_{process}_{count}_{random:016x}")
}

/// Removes databases of processes that have ended, so that a long run does not fill the disk.
async fn remove_left_behind(connection: &mut PgConnection) -> Result<(), DbError> {
    let names: Vec<String> = query_scalar("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")
        .fetch_all(&mut *connection)
        .await?;
    for name in names.iter().filter(|name| is_left_behind(name)) {
        // Another test may be removing the same one.
        let _ = connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await;
    }
    Ok(())
}

fn is_left_behind(name: &str) -> bool {
    let process = name.split('_').nth(1).and_then(|process| process.parse::<u32>().ok());
    process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists())
}
