//! What goes out and what comes back: durable, at least once, with the portal knowing what it has already.
//!
//! A released sending stands in the table until every recipient is settled. Each step is kept only after the portal said
//! that it is stored there, so whatever stops this program, the next start does the step again, and the portal takes it
//! twice without harm.

mod letters;
mod pace;
mod returns;

use std::sync::Arc;
use std::time::Duration;

use domain::NoticeId;
use futures::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use runtime::{Clock, SystemRng};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use wire::notice::{Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome};

use crate::draft::{Draft, DraftFault};
use crate::post::{Post, PostFailure};
use crate::store::{RecipientRow, SendingId, SendingRow, SendingState, Settled, Store, StoreError};
use pace::Pace;

/// Sendings of one round.
const ROUND: u32 = 64;
/// Recipients that one message names.
const RECIPIENTS_AT_ONCE: u32 = 5_000;
/// Letters of their own that one round brings.
const LETTERS_AT_ONCE: u32 = 200;
/// However quiet it is, so often the portal is asked what came back.
const POLL: Duration = Duration::from_secs(5);
const BACKOFF_MAX: SignedDuration = SignedDuration::from_mins(15);

/// The worker.
pub struct Sender {
    store: Store,
    post: Arc<Post>,
    clock: Arc<dyn Clock>,
    wake: Notify,
    pace: Pace,
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
        Arc::new(Self { store, post, clock, wake: Notify::new(), pace: Pace::default() })
    }

    /// Something was released, or taken back.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Somebody was refused for want of capacity: for a second, what was accepted goes out one after the other.
    pub(crate) fn give_way(&self) {
        self.pace.give_way();
    }

    /// Works until it is told to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) -> std::io::Result<()> {
        while !stop.is_cancelled() {
            let round = stop.run_until_cancelled(self.round()).await;
            match round {
                None => break,
                Some(Ok(true)) => continue,
                Some(Ok(false)) => {}
                Some(Err(error)) => tracing::warn!(error = &error as &dyn std::error::Error, "sending must wait"),
            }
            let waited = async {
                tokio::select! {
                    () = self.wake.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            };
            stop.run_until_cancelled(waited).await;
        }
        Ok(())
    }

    /// Everything that is due, once, and what came back; true when there is more to do at once. Fails only on the store.
    pub async fn round(&self) -> Result<bool, StoreError> {
        let due = self.store.read().await?.due_sendings(self.clock.now(), ROUND).await?;
        // Others may stand behind these, however soon these are done.
        let full = due.len() == ROUND as usize;
        let more = stream::iter(due).map(async |row| self.step(&row).await).buffer_unordered(self.pace.at_once());
        let more: Vec<Result<bool, StoreError>> = more.collect().await;
        let more = more.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().any(|more| more);
        self.withdraw_due().await?;
        self.fetch_returns().await?;
        Ok(more || full)
    }

    /// One step of one sending; true when it went on and there is more.
    async fn step(&self, row: &SendingRow) -> Result<bool, StoreError> {
        let now = self.clock.now();
        if row.expires_at <= now {
            let mut repository = self.store.begin().await?;
            repository.move_sending(row.id, &[SendingState::Released], SendingState::Cancelled, now).await?;
            repository.commit().await?;
            tracing::warn!(sending = %row.id, "a sending expired before everybody had it");
            return Ok(false);
        }
        match self.go_on(row, now).await {
            Ok(more) => Ok(more),
            Err(StepFailure::Store(error)) => Err(error),
            Err(failure) => {
                tracing::warn!(sending = %row.id, error = &failure as &dyn std::error::Error, "a sending must wait");
                let mut repository = self.store.begin().await?;
                repository.postpone(row.id, now + backoff(row.tries), failure.code()).await?;
                repository.commit().await?;
                Ok(false)
            }
        }
    }

    async fn go_on(&self, row: &SendingRow, now: Timestamp) -> Result<bool, StepFailure> {
        let draft: Draft = serde_json::from_str(&row.draft).map_err(|_| StepFailure::Unreadable)?;
        if !row.merged && row.letter_taken_at.is_none() {
            self.bring_shared_letter(row, &draft, now).await?;
        }
        let at_once = if row.merged { LETTERS_AT_ONCE } else { RECIPIENTS_AT_ONCE };
        let recipients = self.store.read().await?.unsettled(row.id, at_once).await?;
        if recipients.is_empty() {
            return self.went_on(row.id, now).await.map(|_| false);
        }
        if row.merged {
            self.bring_own_letters(row, &draft, &recipients, now).await?;
        }
        let answer = self.post.deliver(&deliveries(row, &recipients)).await?;
        if answer.items.contains(&DeliveryOutcome::LetterWanted) {
            let mut repository = self.store.begin().await?;
            repository.letter_wanted(row.id).await?;
            repository.commit().await?;
            // Once more at once, then as after every failure: a portal that never has it must not be asked without end.
            return if row.tries == 0 { self.note_trouble(row.id, now).await } else { Err(PostFailure::Later.into()) };
        }
        let settled = settled(row, &recipients, &answer).ok_or(StepFailure::Places)?;
        let mut repository = self.store.begin().await?;
        repository.settle(row.id, &settled).await?;
        for (place, notice, receipt) in receipts(row, &recipients, &answer) {
            match self.post.believe_receipt(&notice, receipt, now) {
                Ok((_, signed)) => repository.insert_receipt(row.id, place, &signed).await?,
                Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "a receipt is not believed"),
            }
        }
        let done = repository.went_on(row.id, now).await?;
        repository.commit().await?;
        if done {
            tracing::info!(sending = %row.id, "a sending is done");
        }
        // Who asked for fewer than it may has the last of them, also where another round was quicker.
        Ok(!done && recipients.len() == at_once as usize)
    }

    async fn went_on(&self, id: SendingId, now: Timestamp) -> Result<bool, StepFailure> {
        let mut repository = self.store.begin().await?;
        let done = repository.went_on(id, now).await?;
        repository.commit().await?;
        Ok(done)
    }

    async fn note_trouble(&self, id: SendingId, now: Timestamp) -> Result<bool, StepFailure> {
        let mut repository = self.store.begin().await?;
        repository.postpone(id, now, "letter-wanted").await?;
        repository.commit().await?;
        Ok(true)
    }
}

/// 1 s, 2 s, 4 s … a quarter of an hour.
fn backoff(tries: u32) -> SignedDuration {
    SignedDuration::from_secs(1i64 << tries.min(10)).min(BACKOFF_MAX)
}

fn deliveries(row: &SendingRow, recipients: &[RecipientRow]) -> Deliveries {
    let items = if row.merged {
        let own =
            |one: &RecipientRow| Delivery { notice: row.notice_of(one.place), recipients: vec![one.link_code.clone()] };
        recipients.iter().map(own).collect()
    } else {
        let recipients = recipients.iter().map(|one| one.link_code.clone()).collect();
        vec![Delivery { notice: row.id.notice(), recipients }]
    };
    Deliveries { items }
}

/// What the answer says of the recipients' own places. None: it names places that were not asked for.
fn settled(row: &SendingRow, recipients: &[RecipientRow], answer: &DeliveriesAnswer) -> Option<Settled> {
    let mut settled =
        Settled { first: recipients.first()?.place, last: recipients.last()?.place, ..Settled::default() };
    for (at, outcome) in answer.items.iter().enumerate() {
        let asked = if row.merged { recipients.get(at..=at)? } else { recipients };
        let own = |place: &u32| Some(asked.get(usize::try_from(*place).ok()?)?.place);
        match outcome {
            DeliveryOutcome::Taken { undeliverable, unknown, .. } => {
                settled.undeliverable.extend(undeliverable.iter().map(own).collect::<Option<Vec<_>>>()?);
                settled.unknown.extend(unknown.iter().map(own).collect::<Option<Vec<_>>>()?);
            }
            // Its time is over, or it was taken back: nobody gets it any more.
            DeliveryOutcome::Over => settled.undeliverable.extend(asked.iter().map(|one| one.place)),
            DeliveryOutcome::LetterWanted => return None,
        }
    }
    Some(settled)
}

fn receipts<'a>(
    row: &SendingRow,
    recipients: &[RecipientRow],
    answer: &'a DeliveriesAnswer,
) -> Vec<(u32, NoticeId, &'a str)> {
    let of = |(one, outcome): (&RecipientRow, &'a DeliveryOutcome)| match outcome {
        DeliveryOutcome::Taken { receipt: Some(receipt), .. } => {
            Some((one.place, row.notice_of(one.place), receipt.as_str()))
        }
        _ => None,
    };
    // A receipt is for one person: where a letter is for many there is none.
    if row.merged || recipients.len() == 1 {
        recipients.iter().zip(&answer.items).filter_map(of).collect()
    } else {
        vec![]
    }
}

fn rng() -> SystemRng {
    SystemRng
}

#[cfg(test)]
mod tests;
