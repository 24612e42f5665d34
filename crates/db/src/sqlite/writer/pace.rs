//! When to stop waiting for one more use case and commit.

use std::time::Instant;

use tokio::sync::mpsc;
use tokio::time::timeout_at;

use super::Request;
use super::group::Group;
use crate::sqlite::Options;

/// Remembers how many use cases the last groups carried, and expects about as many again.
#[derive(Debug)]
pub(super) struct Pace {
    expected: usize,
    options: Options,
}

impl Pace {
    pub(super) fn new(options: Options) -> Self {
        Self { expected: 0, options }
    }

    /// A group was committed; this many were in it.
    ///
    /// A crowd is forgotten by a quarter at a time: if one small group were enough, the next would be content with half
    /// of it, and many callers would soon commit one by one.
    pub(super) fn committed(&mut self, kept: usize) {
        self.expected = kept.max(self.expected - self.expected.div_ceil(4));
    }

    /// Who joins the open group: somebody who waits already or, while it is less than half as
    /// large as the last ones, somebody who comes in a moment. `None`: commit now.
    ///
    /// So many callers share commits even when they trickle in, and a lone caller never waits.
    pub(super) async fn next(&self, waiting: &mut mpsc::Receiver<Request>, group: &Group) -> Option<Request> {
        match waiting.try_recv() {
            Ok(next) => Some(next),
            Err(_) => self.linger(waiting, group).await,
        }
    }

    async fn linger(&self, waiting: &mut mpsc::Receiver<Request>, group: &Group) -> Option<Request> {
        let now = Instant::now();
        let commit_by = group.opened() + self.options.group_age_max;
        if group.kept() == 0 || group.kept() >= self.expected / 2 || now >= commit_by {
            return None;
        }
        let until = commit_by.min(now + self.options.gap_max);
        timeout_at(until.into(), waiting.recv()).await.ok().flatten()
    }
}
