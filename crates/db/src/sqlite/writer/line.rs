//! The writer's connection, which commits on the writer's word only.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::{Connection, Executor, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::DbError;

/// The one connection that writes; lent to one use case at a time.
#[derive(Clone)]
pub(super) struct Line {
    connection: Arc<Mutex<SqliteConnection>>,
    may_commit: Arc<AtomicBool>,
}

impl Line {
    /// From here on the engine turns every commit that the writer did not announce into a rollback.
    ///
    /// Without this, statements of a use case that overlooks an error after which the engine undid
    /// the whole transaction (no space, I/O) would be durable one by one, as would a use case that
    /// says COMMIT itself.
    pub(super) async fn guard(mut connection: SqliteConnection) -> Result<Self, DbError> {
        let may_commit = Arc::new(AtomicBool::new(false));
        let word = Arc::clone(&may_commit);
        connection.lock_handle().await?.set_commit_hook(move || word.load(Ordering::SeqCst));
        Ok(Self { connection: Arc::new(Mutex::new(connection)), may_commit })
    }

    pub(super) async fn lend(&self) -> OwnedMutexGuard<SqliteConnection> {
        Arc::clone(&self.connection).lock_owned().await
    }

    /// `statement` ends in COMMIT.
    pub(super) async fn commit(&self, lent: &mut SqliteConnection, statement: &'static str) -> Result<(), DbError> {
        self.may_commit.store(true, Ordering::SeqCst);
        let committed = say(lent, statement).await;
        self.may_commit.store(false, Ordering::SeqCst);
        committed
    }

    /// Closes the connection; does nothing while it is lent.
    pub(super) async fn close(self) -> Result<(), DbError> {
        if let Ok(connection) = Arc::try_unwrap(self.connection) {
            connection.into_inner().close().await?;
        }
        Ok(())
    }
}

pub(super) async fn say(connection: &mut SqliteConnection, statement: &'static str) -> Result<(), DbError> {
    connection.execute(statement).await?;
    Ok(())
}
