//! What goes out and what comes back: durable, at least once, with the portal knowing what it has already.
//!
//! A released sending stands in the table until every recipient is settled. Each step is kept only after the portal said
//! that it is stored there, so whatever stops this program, the next start does the step again, and the portal takes it
//! twice without harm.

mod kept;
mod letters;
mod load;
mod pace;
mod returns;
mod sealed;
mod withdrawals;

use std::sync::Arc;
use std::time::Duration;

use futures::future::{self, BoxFuture};
use futures::{FutureExt as _, StreamExt as _, TryFutureExt as _, TryStreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use runtime::{Clock, SystemRng};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use wire::notice::{Deliveries, DeliveriesAnswer};

use crate::draft::{Draft, DraftFault};
use crate::post::{Post, PostFailure};
use crate::store::{AuditLine, Lane, RecipientRow, Repository, SendingRow, SendingState, Store, StoreError};
use load::Load;
use pace::Pace;

/// Sendings of a lane in one round.
const ROUND: u32 = 64;
/// However quiet it is, so often the portal is asked what came back.
const POLL: Duration = Duration::from_secs(5);
/// So often what could not be opened is tried again.
const OPEN_AGAIN: Duration = Duration::from_hours(1);
/// The trouble, and the audit trail's word, of a sending that was not done in its time.
pub(crate) const EXPIRED: &str = "expired";
const BACKOFF_MAX: SignedDuration = SignedDuration::from_mins(15);

/// The worker.
pub struct Sender {
    store: Store,
    post: Arc<Post>,
    clock: Arc<dyn Clock>,
    wake: watch::Sender<()>,
    pace: Pace,
}

/// What is done over and over; none waits for another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Send(Lane),
    Withdraw,
    Fetch,
    /// What was fetched and could not be opened.
    Open,
}

impl Work {
    const ALL: [Self; 6] = [
        Self::Send(Lane::Urgent),
        Self::Send(Lane::Short),
        Self::Send(Lane::Long),
        Self::Withdraw,
        Self::Fetch,
        Self::Open,
    ];

    /// Whether what is released or taken back here makes it begin.
    fn is_woken(self) -> bool {
        matches!(self, Self::Send(_) | Self::Withdraw)
    }

    /// So often it is done however quiet it is.
    fn pause(self) -> Duration {
        if self == Self::Open { OPEN_AGAIN } else { POLL }
    }
}

/// One step failed; it will be tried again.
#[derive(Debug, thiserror::Error)]
enum StepFailure {
    #[error(transparent)]
    Post(#[from] PostFailure),
    #[error("the draft is no notice: {0}")]
    Draft(#[from] DraftFault),
    #[error("the draft in the table cannot be read")]
    Unreadable,
    #[error("the answer names recipients that were not asked for")]
    Places,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StepFailure {
    fn code(&self) -> &str {
        match self {
            Self::Post(failure) => failure.code(),
            Self::Draft(_) | Self::Unreadable => "draft-unusable",
            Self::Places => "malformed-answer",
            Self::Store(_) => "store",
        }
    }
}

impl Sender {
    /// Puts it together; nothing goes out yet.
    pub fn new(store: Store, post: Arc<Post>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { store, post, clock, wake: watch::Sender::new(()), pace: Pace::new() })
    }

    /// Something was released, or taken back.
    pub fn wake(&self) {
        self.wake.send_replace(());
    }

    /// Somebody was refused for want of capacity: for a second, what was accepted goes out one after the other.
    pub(crate) fn give_way(&self) {
        self.pace.give_way();
    }

    /// Works until it is told to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) -> std::io::Result<()> {
        future::join_all(Work::ALL.map(|work| self.again_and_again(work, &stop))).await;
        Ok(())
    }

    async fn again_and_again(&self, work: Work, stop: &CancellationToken) {
        let mut woken = self.wake.subscribe();
        while !stop.is_cancelled() {
            let round = stop.run_until_cancelled(self.once(work)).await;
            match round {
                None => break,
                Some(Ok(true)) => continue,
                Some(Ok(false)) => {}
                Some(Err(error)) => tracing::warn!(error = &error as &dyn std::error::Error, "sending must wait"),
            }
            let waited = async {
                tokio::select! {
                    Ok(()) = woken.changed(), if work.is_woken() => {}
                    () = tokio::time::sleep(work.pause()) => {}
                }
            };
            stop.run_until_cancelled(waited).await;
        }
    }

    /// Everything that is due, once, and what came back; true when there is more to do at once. Fails only on the store.
    pub async fn round(&self) -> Result<bool, StoreError> {
        let more = future::join_all(Work::ALL.map(|work| self.once(work))).await;
        more.into_iter().try_fold(false, |more, one| Ok(one? || more))
    }

    /// Boxed, so that all that is done beside each other is of one type.
    fn once(&self, work: Work) -> BoxFuture<'_, Result<bool, StoreError>> {
        match work {
            Work::Send(lane) => self.send_due(lane).boxed(),
            Work::Withdraw => self.withdraw_due().boxed(),
            Work::Fetch => self.fetch_returns().map_ok(|()| false).boxed(),
            Work::Open => self.open_again().map_ok(|()| false).boxed(),
        }
    }

    async fn send_due(&self, lane: Lane) -> Result<bool, StoreError> {
        let due = self.store.read().await?.due_sendings(lane, self.clock.now(), ROUND).await?;
        // Others may stand behind these, however soon these are done.
        let full = due.len() == ROUND as usize;
        let (short, long): (Vec<_>, Vec<_>) = due.into_iter().partition(load::is_short);
        let alone = long.into_iter().map(|row| vec![row]);
        let steps = std::iter::once(short).filter(|rows| !rows.is_empty()).chain(alone);
        let more = stream::iter(steps).map(async |rows| self.step_in_turn(rows).await);
        let more: Vec<Result<bool, StoreError>> = more.buffer_unordered(self.pace.of_lane(lane)).collect().await;
        let more = more.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().any(|more| more);
        Ok(more || full)
    }

    async fn step_in_turn(&self, rows: Vec<SendingRow>) -> Result<bool, StoreError> {
        let _turn = self.pace.turn().await;
        self.step(rows).await
    }

    /// One step of sendings, whose recipients one message names; true when one of them went on and there is more of it.
    async fn step(&self, rows: Vec<SendingRow>) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let loads = stream::iter(rows).map(async |row| self.load(row, now).await).buffered(self.pace.at_once());
        let loads: Vec<Load> = loads.try_filter_map(async |load| Ok(load)).try_collect().await?;
        if loads.is_empty() {
            return Ok(false);
        }
        let items: Vec<_> = loads.iter().flat_map(Load::deliveries).collect();
        let answer = if items.is_empty() {
            Ok(DeliveriesAnswer { items: Vec::new() })
        } else {
            self.post.deliver(&Deliveries { items }).await
        };
        match answer {
            Ok(answer) => self.keep(&loads, &answer, now).await,
            Err(failure) => self.all_wait(&loads, &failure.into(), now).await.map(|()| false),
        }
    }

    /// A sending's next recipients, once the portal has its letter. None: there is nothing to bring, or it must wait.
    async fn load(&self, mut row: SendingRow, now: Timestamp) -> Result<Option<Load>, StoreError> {
        if row.expires_at <= now {
            return self.expire(&row, now).await.map(|()| None);
        }
        match self.bring_letters(&mut row, now).await {
            Ok(recipients) => Ok(Some(Load { row, recipients })),
            Err(StepFailure::Store(error)) => Err(error),
            Err(failure) => {
                let mut repository = self.store.begin().await?;
                must_wait(&mut repository, &row, &failure, now).await?;
                repository.commit().await?;
                Ok(None)
            }
        }
    }

    /// Its time was over before everybody had it.
    async fn expire(&self, row: &SendingRow, now: Timestamp) -> Result<(), StoreError> {
        let mut repository = self.store.begin().await?;
        if repository.move_sending(row.id, &[SendingState::Released], SendingState::Cancelled, now).await? {
            repository.postpone(row.id, now, EXPIRED).await?;
            let (who, what) = ("program".to_owned(), EXPIRED.to_owned());
            repository.insert_audit(&AuditLine { at: now, who, what, sending: Some(row.id) }).await?;
        }
        repository.commit().await?;
        tracing::warn!(sending = %row.id, "a sending expired before everybody had it");
        Ok(())
    }

    /// Brings what the portal does not have yet; whom it is for.
    async fn bring_letters(&self, row: &mut SendingRow, now: Timestamp) -> Result<Vec<RecipientRow>, StepFailure> {
        let draft: Draft = serde_json::from_str(&row.draft).map_err(|_| StepFailure::Unreadable)?;
        if draft.reply.is_some() && row.sealing_certificate.is_none() {
            row.sealing_certificate = Some(self.keep_sealing_certificate(row).await?);
        }
        if wants_letter(row) {
            self.bring_shared_letter(row, &draft, now).await?;
        }
        let recipients = self.store.read().await?.unsettled(row.id, load::at_once(row)).await?;
        if row.merged && !recipients.is_empty() {
            self.bring_own_letters(row, &draft, &recipients, now).await?;
        }
        Ok(recipients)
    }

    /// It is part of the words: the same letter brought again says the same, also after the certificate was renewed.
    async fn keep_sealing_certificate(&self, row: &SendingRow) -> Result<String, StoreError> {
        let mut repository = self.store.begin().await?;
        let kept = repository.keep_sealing_certificate(row.id, self.post.sealing_certificate()).await?;
        repository.commit().await?;
        Ok(kept)
    }

    async fn all_wait(&self, loads: &[Load], failure: &StepFailure, now: Timestamp) -> Result<(), StoreError> {
        let mut repository = self.store.begin().await?;
        for Load { row, .. } in loads {
            if wants_letter(row) {
                repository.letter_taken(row.id, now).await?;
            }
            must_wait(&mut repository, row, failure, now).await?;
        }
        repository.commit().await
    }
}

/// The portal does not have the letter that all recipients share.
fn wants_letter(row: &SendingRow) -> bool {
    !row.merged && row.letter_taken_at.is_none()
}

async fn must_wait(
    repository: &mut Repository,
    row: &SendingRow,
    failure: &StepFailure,
    now: Timestamp,
) -> Result<(), StoreError> {
    tracing::warn!(sending = %row.id, error = failure as &dyn std::error::Error, "a sending must wait");
    repository.postpone(row.id, now + backoff(row.tries), failure.code()).await
}

/// 1 s, 2 s, 4 s … a quarter of an hour.
fn backoff(tries: u32) -> SignedDuration {
    SignedDuration::from_secs(1i64 << tries.min(10)).min(BACKOFF_MAX)
}

fn rng() -> SystemRng {
    SystemRng
}

#[cfg(test)]
mod tests;
