//! Use cases that share one transaction and its commit.

use std::time::{Duration, Instant};

use sqlx::SqliteConnection;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::line::{Line, say};
use super::{Acknowledge, Outcome, Reply, Tally};
use crate::DbError;
use crate::sqlite::Tx;

/// A transaction that is open on the writer's connection.
///
/// Each word to the engine is a hop to another thread and back, so words that follow each other are said in one: the
/// transaction begins with the first use case's savepoint, and a savepoint is released with whatever comes next.
pub(super) struct Group {
    line: Line,
    /// Those who said that they are to be kept and who wait for the commit.
    kept: Vec<Acknowledge>,
    /// Use cases run so far, kept or undone.
    size: usize,
    opened: Instant,
    /// The last one who was kept has a savepoint that is not released yet.
    unreleased: bool,
    /// Set when the engine undid the whole transaction by itself (no space, I/O error).
    lost: bool,
}

impl Group {
    pub(super) fn new(line: Line) -> Self {
        Self { line, kept: Vec::new(), size: 0, opened: Instant::now(), unreleased: false, lost: false }
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

    /// Runs one use case to its end in a savepoint of its own. Gives it back when the group was lost before it began.
    pub(super) async fn run(&mut self, reply: Reply) -> Option<Reply> {
        if reply.is_closed() {
            return None;
        }
        let mut lent = self.line.lend().await;
        let begun = say(&mut lent, self.beginning()).await;
        self.size += 1;
        if let Err(error) = begun {
            let others = std::mem::take(&mut self.unreleased);
            self.note(&error);
            if others {
                return Some(reply);
            }
            // The caller may have stopped waiting.
            let _ = reply.send(Err(error));
            return None;
        }
        self.unreleased = false;
        let (outcome, ended) = oneshot::channel();
        // A caller that stopped waiting drops the Tx here, or on its side of the channel.
        let _ = reply.send(Ok(Tx { connection: lent, outcome }));
        match word(ended).await {
            Some(Outcome::Commit(acknowledge)) => {
                self.kept.push(acknowledge);
                self.unreleased = true;
            }
            None => self.undo().await,
        }
        None
    }

    fn beginning(&self) -> &'static str {
        match (self.size, self.unreleased) {
            (0, _) => "BEGIN IMMEDIATE; SAVEPOINT use_case",
            (_, true) => "RELEASE use_case; SAVEPOINT use_case",
            (_, false) => "SAVEPOINT use_case",
        }
    }

    async fn undo(&mut self) {
        let mut lent = self.line.lend().await;
        let undone = say(&mut lent, "ROLLBACK TO use_case; RELEASE use_case").await;
        if let Err(error) = undone {
            self.note(&error);
        }
    }

    /// A savepoint that cannot be ended is there no longer: the engine undid everything.
    fn note(&mut self, error: &DbError) {
        tracing::warn!(error = %chain(error), waiting = self.kept.len(), "the database undid a group of use cases");
        self.lost = true;
    }

    /// Commits, counts, and then acknowledges everybody: whoever was acknowledged finds himself counted.
    pub(super) async fn end(mut self, tally: &Tally) {
        if self.size == 0 {
            return;
        }
        let mut lent = self.line.lend().await;
        let ended = if self.lost {
            Err(DbError::Undone)
        } else if self.kept.is_empty() {
            say(&mut lent, "ROLLBACK").await
        } else {
            self.commit(&mut lent).await
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

    async fn commit(&mut self, lent: &mut SqliteConnection) -> Result<(), DbError> {
        let statement = if self.unreleased { "RELEASE use_case; COMMIT" } else { "COMMIT" };
        match self.line.commit(lent, statement).await {
            // No failing COMMIT says this: the savepoint was not there, so neither is the transaction.
            Err(error @ DbError::Other(_)) if self.unreleased => {
                self.note(&error);
                Err(DbError::Undone)
            }
            ended => ended,
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
