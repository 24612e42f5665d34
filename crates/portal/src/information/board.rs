//! Who is being asked at this moment, in this process: lets a page wait for what arrives, and lets a purge stop it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::SecretHash;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::takeout::Steps;

/// Questions and files under way, by session.
#[derive(Clone, Default)]
pub(crate) struct Board {
    runs: Arc<Mutex<HashMap<SecretHash, Run>>>,
    files: Arc<Mutex<HashMap<SecretHash, Vec<File>>>>,
}

/// A file to take home that is being made.
struct File {
    place: u32,
    steps: Steps,
    task: AbortHandle,
}

struct Run {
    progress: watch::Sender<Progress>,
    tasks: Vec<(u32, AbortHandle)>,
}

/// What arrived since the questions were put.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Progress {
    arrived: Vec<u32>,
    open: usize,
}

/// Waits for what arrives. What arrived before it was made is not told again. By default nothing arrives.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    progress: Option<watch::Receiver<Progress>>,
    from: usize,
}

impl Board {
    /// Puts questions; each is asked by a task of its own. `asked` ends when its outcome is held.
    pub(super) fn ask<F>(&self, session: &SecretHash, questions: impl IntoIterator<Item = (u32, F)>)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut runs = self.lock();
        let run = runs
            .entry(session.clone())
            .or_insert_with(|| Run { progress: watch::Sender::new(Progress::default()), tasks: Vec::new() });
        for (place, asked) in questions {
            if run.asks(place) {
                continue;
            }
            run.progress.send_modify(|progress| progress.open += 1);
            let (board, session) = (self.clone(), session.clone());
            let task = tokio::spawn(async move {
                asked.await;
                board.arrived(&session, place);
            });
            run.tasks.push((place, task.abort_handle()));
        }
    }

    fn arrived(&self, session: &SecretHash, place: u32) {
        let mut runs = self.lock();
        let Some(run) = runs.get_mut(session) else { return };
        run.progress.send_modify(|progress| {
            progress.arrived.push(place);
            progress.open -= 1;
        });
        run.tasks.retain(|(asked, _)| *asked != place);
        if run.tasks.is_empty() {
            runs.remove(session);
        }
    }

    /// Whether this question is under way.
    pub(super) fn asks(&self, session: &SecretHash, place: u32) -> bool {
        self.lock().get(session).is_some_and(|run| run.asks(place))
    }

    /// Every question of a session that is under way.
    pub(super) fn asking(&self, session: &SecretHash) -> Vec<u32> {
        self.lock().get(session).map(|run| run.tasks.iter().map(|(place, _)| *place).collect()).unwrap_or_default()
    }

    /// What arrives from now on.
    pub(super) fn arrivals(&self, session: &SecretHash) -> Arrivals {
        let progress = self.lock().get(session).map(|run| run.progress.subscribe());
        let from = progress.as_ref().map_or(0, |progress| progress.borrow().arrived.len());
        Arrivals { progress, from }
    }

    /// Stops every question of a session; its keys go with the tasks.
    pub(super) fn stop(&self, session: &SecretHash) {
        if let Some(run) = self.lock().remove(session) {
            for (_, task) in run.tasks {
                task.abort();
            }
        }
        for file in self.files().remove(session).unwrap_or_default() {
            file.stop();
        }
    }

    /// Makes a file by a task of its own.
    pub(super) fn make<F>(&self, session: &SecretHash, place: u32, steps: Steps, made: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut files = self.files();
        let (board, whose) = (self.clone(), session.clone());
        let task = tokio::spawn(async move {
            made.await;
            drop(board.taken(&whose, place));
        });
        files.entry(session.clone()).or_default().push(File { place, steps, task: task.abort_handle() });
    }

    /// Every file of a session that is being made, and how far it is.
    pub(super) fn making(&self, session: &SecretHash) -> Vec<(u32, Steps)> {
        let files = self.files();
        files
            .get(session)
            .map(|own| own.iter().map(|file| (file.place, file.steps.clone())).collect())
            .unwrap_or_default()
    }

    /// Nobody wants this file any more.
    pub(super) fn forget(&self, session: &SecretHash, place: u32) {
        if let Some(file) = self.taken(session, place) {
            file.stop();
        }
    }

    fn taken(&self, session: &SecretHash, place: u32) -> Option<File> {
        let mut files = self.files();
        let own = files.get_mut(session)?;
        let at = own.iter().position(|file| file.place == place)?;
        let taken = own.swap_remove(at);
        if own.is_empty() {
            files.remove(session);
        }
        Some(taken)
    }

    fn files(&self) -> MutexGuard<'_, HashMap<SecretHash, Vec<File>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SecretHash, Run>> {
        // No code that holds the lock leaves the map half changed.
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl File {
    fn stop(self) {
        // What computes cannot be aborted; it asks between two steps.
        self.steps.cancel();
        self.task.abort();
    }
}

impl Run {
    fn asks(&self, place: u32) -> bool {
        self.tasks.iter().any(|(asked, _)| *asked == place)
    }
}

impl Arrivals {
    /// Waits for the arrival after so many others. None when nothing more will arrive.
    pub async fn nth(&self, nth: usize) -> Option<u32> {
        let mut progress = self.progress.clone()?;
        let at = self.from + nth;
        let now = progress.wait_for(|progress| progress.arrived.len() > at || progress.open == 0).await.ok()?;
        now.arrived.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    fn session() -> SecretHash {
        SecretHash::of(b"a session")
    }

    async fn when(told: oneshot::Receiver<()>) {
        told.await.unwrap();
    }

    #[tokio::test]
    async fn what_arrives_is_told_in_the_order_of_arrival() {
        let board = Board::default();
        let (first, one) = oneshot::channel();
        let (second, two) = oneshot::channel();
        board.ask(&session(), [(0, when(one)), (1, when(two))]);
        let arrivals = board.arrivals(&session());
        second.send(()).unwrap();
        assert_eq!(arrivals.nth(0).await, Some(1));
        first.send(()).unwrap();
        assert_eq!(arrivals.nth(1).await, Some(0));
        assert_eq!(arrivals.nth(2).await, None);
        assert!(!board.asks(&session(), 0));
    }

    #[tokio::test]
    async fn what_arrived_before_is_not_told_again() {
        let board = Board::default();
        let (first, one) = oneshot::channel();
        let (_second, two) = oneshot::channel();
        board.ask(&session(), [(0, when(one)), (1, when(two))]);
        let early = board.arrivals(&session());
        first.send(()).unwrap();
        assert_eq!(early.nth(0).await, Some(0));
        let late = board.arrivals(&session());
        assert!(futures::poll!(Box::pin(late.nth(0))).is_pending());
    }

    #[tokio::test]
    async fn a_question_that_is_under_way_is_not_put_twice() {
        let board = Board::default();
        let (first, one) = oneshot::channel();
        let (again, two) = oneshot::channel();
        board.ask(&session(), [(0, when(one))]);
        board.ask(&session(), [(0, when(two))]);
        assert!(again.send(()).is_err());
        let arrivals = board.arrivals(&session());
        first.send(()).unwrap();
        assert_eq!(arrivals.nth(0).await, Some(0));
        assert_eq!(arrivals.nth(1).await, None);
    }

    #[tokio::test]
    async fn whoever_waits_is_told_when_everything_is_stopped() {
        let board = Board::default();
        let (told, one) = oneshot::channel();
        board.ask(&session(), [(0, when(one))]);
        let arrivals = board.arrivals(&session());
        board.stop(&session());
        assert_eq!(arrivals.nth(0).await, None);
        tokio::task::yield_now().await;
        assert!(told.is_closed());
    }

    #[tokio::test]
    async fn a_file_that_nobody_wants_is_made_no_further() {
        let board = Board::default();
        let (told, one) = oneshot::channel();
        board.make(&session(), 7, Steps::default(), when(one));
        assert_eq!(board.making(&session()).len(), 1);
        board.forget(&session(), 7);
        assert!(board.making(&session()).is_empty());
        tokio::task::yield_now().await;
        assert!(told.is_closed());
    }

    #[tokio::test]
    async fn where_nobody_is_asked_nothing_arrives() {
        assert_eq!(Board::default().arrivals(&session()).nth(0).await, None);
    }
}
