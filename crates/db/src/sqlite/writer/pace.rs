//! When to stop waiting for one more use case and commit.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::time::timeout_at;

use super::Request;
use super::group::Group;
use crate::sqlite::Options;

/// How many arrivals are looked back on.
const REMEMBERED: usize = 8;
/// Callers come thick and fast when the last [`REMEMBERED`] of them came within this time.
const CROWDED: Duration = Duration::from_millis(80);

/// Remembers how fast callers have been coming.
#[derive(Debug)]
pub(super) struct Pace {
    arrivals: VecDeque<Instant>,
    options: Options,
}

impl Pace {
    pub(super) fn new(options: Options) -> Self {
        Self { arrivals: VecDeque::with_capacity(REMEMBERED), options }
    }

    /// Somebody came just now.
    pub(super) fn arrived(&mut self) {
        if self.arrivals.len() == REMEMBERED {
            self.arrivals.pop_front();
        }
        self.arrivals.push_back(Instant::now());
    }

    /// Who joins the open group: somebody who waits already or, when callers come thick and fast,
    /// somebody who comes in a moment. `None`: commit now.
    pub(super) async fn next(&mut self, waiting: &mut mpsc::Receiver<Request>, group: &Group) -> Option<Request> {
        let next = match waiting.try_recv() {
            Ok(next) => Some(next),
            Err(_) => self.linger(waiting, group).await,
        };
        if let Some(Request::Begin(_)) = &next {
            self.arrived();
        }
        next
    }

    async fn linger(&self, waiting: &mut mpsc::Receiver<Request>, group: &Group) -> Option<Request> {
        let now = Instant::now();
        let commit_by = group.opened() + self.options.group_age_max;
        if group.kept() == 0 || now >= commit_by || !self.is_crowded(now) {
            return None;
        }
        let until = commit_by.min(now + self.options.gap_max);
        timeout_at(until.into(), waiting.recv()).await.ok().flatten()
    }

    fn is_crowded(&self, now: Instant) -> bool {
        let oldest = self.arrivals.front().filter(|_| self.arrivals.len() == REMEMBERED);
        oldest.is_some_and(|oldest| now.duration_since(*oldest) < CROWDED)
    }
}
