//! Use cases that share one transaction and its commit.

use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::line::{Line, say};
use super::{Acknowledge, Outcome, Reply, Tally};
use crate::DbError;
use crate::sqlite::Tx;

/// A transaction that is open on the writer's connection.
pub(super) struct Group {
    line: Line,
    /// Those whose savepoint was released and who wait for the commit.
    kept: Vec<Acknowledge>,
    /// Use cases run so far, kept or undone.
    size: usize,
    opened: Instant,
    /// Set when the engine undid the whole transaction by itself (no space, I/O error).
    lost: bool,
}

impl Group {
    pub(super) async fn begin(line: Line) -> Result<Self, DbError> {
        say(&mut *line.lend().await, "BEGIN IMMEDIATE").await?;
        Ok(Self { line, kept: Vec::new(), size: 0, opened: Instant::now(), lost: false })
    }

    /// Whether one more may join.
    pub(super) fn accepts(&self, size_max: usize) -> bool {
        !self.lost && self.size < size_max
    }

    /// How many wait for the commit.
    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// When the transaction began.
    pub(super) fn opened(&self) -> Instant {
        self.opened
    }

    /// Runs one use case to its end in a savepoint of its own.
    pub(super) async fn run(&mut self, reply: Reply) {
        if reply.is_closed() {
            return;
        }
        self.size += 1;
        let mut lent = self.line.lend().await;
        if let Err(error) = say(&mut lent, "SAVEPOINT use_case").await {
            self.lost = true;
            // The caller may have stopped waiting.
            let _ = reply.send(Err(error));
            return;
        }
        let (outcome, ended) = oneshot::channel();
        // A caller that stopped waiting drops the Tx here, or on its side of the channel.
        let _ = reply.send(Ok(Tx { connection: lent, outcome }));
        match word(ended).await {
            Some(Outcome::Commit(acknowledge)) => self.keep(acknowledge).await,
            None => self.undo().await,
        }
    }

    async fn keep(&mut self, acknowledge: Acknowledge) {
        let mut lent = self.line.lend().await;
        let kept = say(&mut lent, "RELEASE use_case").await;
        self.kept.push(acknowledge);
        self.note(kept);
    }

    async fn undo(&mut self) {
        let mut lent = self.line.lend().await;
        let undone = match say(&mut lent, "ROLLBACK TO use_case").await {
            Ok(()) => say(&mut lent, "RELEASE use_case").await,
            Err(error) => Err(error),
        };
        self.note(undone);
    }

    /// A savepoint that cannot be ended is there no longer: the engine undid everything.
    fn note(&mut self, ended: Result<(), DbError>) {
        if let Err(error) = ended {
            tracing::warn!(error = %chain(&error), waiting = self.kept.len(), "the database undid a group of use cases");
            self.lost = true;
        }
    }

    /// Commits, counts, and then acknowledges everybody: whoever was acknowledged finds himself counted.
    pub(super) async fn end(self, tally: &Tally) {
        let mut lent = self.line.lend().await;
        let ended = if self.lost {
            Err(DbError::Undone)
        } else if self.kept.is_empty() {
            say(&mut lent, "ROLLBACK").await
        } else {
            self.line.commit(&mut lent).await
        };
        if ended.is_err() {
            // The engine may have rolled back already; then there is nothing to roll back.
            let _ = say(&mut lent, "ROLLBACK").await;
        }
        drop(lent);
        if ended.is_ok() && !self.kept.is_empty() {
            tally.count(self.kept.len() as u64);
        }
        for acknowledge in self.kept {
            // A caller may have stopped waiting.
            let _ = acknowledge.send(ended.clone());
        }
    }
}

/// Waits for the use case to end, and complains while it keeps everybody waiting.
async fn word(mut ended: oneshot::Receiver<Outcome>) -> Option<Outcome> {
    loop {
        if let Ok(outcome) = timeout(Duration::from_secs(2), &mut ended).await {
            return outcome.ok();
        }
        tracing::warn!("a use case keeps the database's writer");
    }
}

fn chain(error: &DbError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
