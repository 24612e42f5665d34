//! What was taken back, told to the portal: beside what goes out, a page of each withdrawal at a time.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use wire::notice::refusal;

use super::{PostFailure, Sender, backoff, load};
use crate::store::{RecipientRow, SendingRow, StoreError};

/// Sendings of one round.
const ROUND: u32 = 8;
/// Letters of their own of one sending in one round.
const LETTERS: u32 = 200;
const LETTERS_AT_ONCE: usize = 8;
/// Longer than any step takes. So long after it was taken back, what the portal does not have may still be on its way: from
/// here, from another process on the same tables, or from one that was killed after the portal's answer.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(1);

/// How far the portal was told.
enum Told {
    /// Of every letter that it may have.
    Everything,
    /// Of every letter before this place.
    Before(u32),
    /// The same, and the one at this place must wait.
    Waits(u32, PostFailure),
}

impl Sender {
    /// True when there is more to tell at once.
    pub(super) async fn withdraw_due(&self) -> Result<bool, StoreError> {
        let due = self.store.read().await?.to_withdraw(self.clock.now(), ROUND).await?;
        // Others may stand behind these: each of these is told, goes on, or waits.
        let full = due.len() == ROUND as usize;
        let told = stream::iter(due).map(async |row| self.withdraw(&row).await).buffer_unordered(self.pace.at_once());
        let more: Vec<bool> = told.try_collect().await?;
        Ok(full || more.contains(&true))
    }

    async fn withdraw(&self, row: &SendingRow) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let told = match row.withdrawn_at {
            Some(withdrawn_at) if may_be_read(row, withdrawn_at, now) => {
                if row.merged {
                    self.withdraw_own(row, withdrawn_at, now).await?
                } else {
                    let settled = row.accepted + row.undeliverable + row.unknown == row.recipients;
                    match self.take_back(row, 0, settled, withdrawn_at, now).await {
                        Ok(()) => Told::Everything,
                        Err(failure) => Told::Waits(0, failure),
                    }
                }
            }
            _ => Told::Everything,
        };
        let mut repository = self.store.begin().await?;
        match &told {
            Told::Everything => repository.withdrawal_taken(row.id, now).await?,
            Told::Before(place) => repository.withdrawal_went_on(row.id, *place, now).await?,
            Told::Waits(place, failure) => {
                tracing::warn!(sending = %row.id, error = failure as &dyn std::error::Error, "a withdrawal must wait");
                repository.postpone_withdrawal(row.id, *place, now + backoff(row.withdrawal_tries)).await?;
            }
        }
        repository.commit().await?;
        Ok(matches!(told, Told::Before(_)))
    }

    /// Where each has a letter of their own. Everybody's but of those who never got one.
    async fn withdraw_own(
        &self,
        row: &SendingRow,
        withdrawn_at: Timestamp,
        now: Timestamp,
    ) -> Result<Told, StoreError> {
        let mut reader = self.store.read().await?;
        let page = reader.perhaps_reached(row.id, row.withdrawal_place, LETTERS).await?;
        // Letters go out in order: behind as many as two processes bring at once there is none.
        let last = reader.unsettled(row.id, 2 * load::at_once(row)).await?.last().map(|one| one.place);
        drop(reader);
        let reached = |one: &&RecipientRow| one.outcome.is_some() || last.is_some_and(|last| one.place <= last);
        let reached: Vec<(u32, bool)> =
            page.iter().take_while(reached).map(|one| (one.place, one.outcome.is_some())).collect();
        let last = reached.last().map(|(place, _)| *place);
        let full = reached.len() == LETTERS as usize;
        let told = stream::iter(reached)
            .map(async |(place, settled)| match self.take_back(row, place, settled, withdrawn_at, now).await {
                Ok(()) => Ok(None),
                // This one alone: those behind it are told all the same.
                Err(failure @ PostFailure::Refused(_)) => Ok(Some((place, failure))),
                Err(failure) => Err(failure),
            })
            .buffered(LETTERS_AT_ONCE)
            .try_collect::<Vec<_>>()
            .await;
        let waits = match told {
            Ok(told) => told.into_iter().flatten().next(),
            Err(failure) => Some((row.withdrawal_place, failure)),
        };
        Ok(match (waits, last) {
            (Some((place, failure)), _) => Told::Waits(place, failure),
            (None, Some(last)) if full => Told::Before(last + 1),
            (None, _) => Told::Everything,
        })
    }

    /// `settled`: the portal has said what became of whoever it is for, so that nothing of it is on its way any more.
    async fn take_back(
        &self,
        row: &SendingRow,
        place: u32,
        settled: bool,
        withdrawn_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), PostFailure> {
        match self.post.withdraw(row.notice_of(place), withdrawn_at).await {
            Err(PostFailure::Refused(problem)) if problem.code() == Some(refusal::LETTER_WANTED) => {
                let is_gone = settled || withdrawn_at + ON_ITS_WAY <= now;
                if is_gone { Ok(()) } else { Err(PostFailure::Refused(problem)) }
            }
            told => told,
        }
    }
}

/// Something of it may have gone out, and somebody may still open it.
fn may_be_read(row: &SendingRow, withdrawn_at: Timestamp, now: Timestamp) -> bool {
    row.issued_at.is_some() && row.starts_at <= withdrawn_at && now < row.expires_at
}
