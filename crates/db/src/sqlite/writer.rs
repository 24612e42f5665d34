//! The one writer. Use cases that wait are run one after the other inside one transaction, each in
//! a savepoint of its own, and made durable by one commit, after which all are acknowledged.
//!
//! The connection is lent through a mutex: a use case holds the guard, the writer waits for word
//! (commit, or a dropped sender: undo) and then for the guard. A cancelled future drops both, so
//! there is no way to walk off with the connection.

mod group;
mod line;
mod pace;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::{Options, Tx};
use crate::{Counts, DbError};
use group::Group;
use line::Line;
use pace::Pace;

/// How a use case ended. A dropped sender means that it is to be undone.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Keep it; acknowledge once it is durable.
    Commit(Acknowledge),
}

type Acknowledge = oneshot::Sender<Result<(), DbError>>;
type Reply = oneshot::Sender<Result<Tx, DbError>>;

enum Request {
    Begin(Reply),
    Close(oneshot::Sender<()>),
}

/// The way to the writer's task, which ends when nobody holds one any more.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    requests: mpsc::Sender<Request>,
    tally: Arc<Tally>,
    wait_max: Duration,
}

#[derive(Debug, Default)]
struct Tally {
    use_cases: AtomicU64,
    commits: AtomicU64,
}

impl Tally {
    /// One commit that made this many use cases durable.
    fn count(&self, use_cases: u64) {
        self.use_cases.fetch_add(use_cases, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
    }
}

impl Writer {
    /// Takes the connection over.
    pub(super) async fn start(connection: SqliteConnection, options: Options) -> Result<Self, DbError> {
        let (requests, waiting) = mpsc::channel(1024);
        let tally = Arc::new(Tally::default());
        let desk = Desk {
            line: Line::guard(connection).await?,
            waiting,
            tally: Arc::clone(&tally),
            pace: Pace::new(options),
            options,
        };
        tokio::spawn(desk.run());
        Ok(Self { requests, tally, wait_max: options.wait_max })
    }

    pub(super) async fn begin(&self) -> Result<Tx, DbError> {
        let (reply, replied) = oneshot::channel();
        let asked = async {
            self.requests.send(Request::Begin(reply)).await.map_err(|_| sqlx::Error::PoolClosed)?;
            replied.await.map_err(|_| sqlx::Error::PoolClosed)?
        };
        timeout(self.wait_max, asked).await.map_err(|_| sqlx::Error::PoolTimedOut)?
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.requests.send(Request::Close(done)).await.is_ok() {
            // An Err says that the writer is gone, which is what was asked for.
            let _ = closed.await;
        }
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            use_cases: self.tally.use_cases.load(Ordering::Relaxed),
            commits: self.tally.commits.load(Ordering::Relaxed),
        }
    }
}

/// The writer's task: whoever waits comes to this desk.
struct Desk {
    line: Line,
    waiting: mpsc::Receiver<Request>,
    tally: Arc<Tally>,
    pace: Pace,
    options: Options,
}

impl Desk {
    async fn run(mut self) {
        let mut closing = None;
        while closing.is_none() {
            match self.waiting.recv().await {
                Some(Request::Begin(first)) => closing = self.serve(first).await,
                Some(Request::Close(done)) => closing = Some(Some(done)),
                None => closing = Some(None),
            }
        }
        self.waiting.close();
        if let Err(error) = self.line.close().await {
            tracing::warn!(%error, "database did not close cleanly");
        }
        if let Some(Some(done)) = closing {
            // Whoever asked to close may have stopped waiting.
            let _ = done.send(());
        }
    }

    /// Groups, one after the other, while one gives back whom it could not serve.
    async fn serve(&mut self, first: Reply) -> Option<Option<oneshot::Sender<()>>> {
        let mut first = Some(first);
        let mut closing = None;
        while let Some(next) = first {
            (first, closing) = self.serve_group(next).await;
        }
        closing
    }

    /// One group: from the first use case to the acknowledgement of the last.
    async fn serve_group(&mut self, first: Reply) -> (Option<Reply>, Option<Option<oneshot::Sender<()>>>) {
        let mut group = Group::new(self.line.clone());
        let mut given_back = group.run(first).await;
        let mut closing = None;
        while group.accepts(self.options.group_max) {
            match self.pace.next(&mut self.waiting, &group).await {
                Some(Request::Begin(next)) => given_back = group.run(next).await,
                Some(Request::Close(done)) => {
                    closing = Some(Some(done));
                    break;
                }
                None => break,
            }
        }
        self.pace.committed(group.kept());
        group.end(&self.tally).await;
        (given_back, closing)
    }
}
