//! The job: arrivals make addresses due; each that is due is taken, looked at, told, and put back. Whatever is killed in
//! between is done again; a letter sent again has the same Message-ID, a push message the same topic.

use std::sync::Arc;
use std::time::Duration;

use domain::AlertAddressId;
use jiff::{SignedDuration, Timestamp};
use store::{AlertAddressRow, AlertNews, AlertSettled, AlertWanted, LetterId, StoreError};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::code::AlertHashes;
use super::content::AlertContent;
use super::push::{Message, Pushed};
use super::{AlertError, AlertMail, AlertMeans, CarryError, words};
use crate::Portal;
use crate::notices::DELIVERY_AT_MOST;

/// Arrivals that one transaction takes.
const ARRIVALS_AT_ONCE: u32 = 1000;
/// Addresses that one round takes: where every one of them takes as long as it may (15 s), eight at a time, the round is over
/// long before [`CLAIM`], and an emergency that came meanwhile is told in the next one.
const ADDRESSES_AT_ONCE: u32 = 64;
/// Who is told at the same time.
const TOLD_AT_ONCE: usize = 8;
/// Longer than carrying a letter or a message may take. After a kill, this long passes until somebody is told again.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// What cannot wait is told again after this long at the earliest.
const URGENT_INTERVAL: SignedDuration = SignedDuration::from_mins(1);
/// Then nobody is told until something else arrives, and the page says so.
const TRIES: u32 = 8;
const WAIT_MAX: SignedDuration = SignedDuration::from_hours(6);

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertRound {
    /// Arrivals that made addresses due.
    pub arrivals: u64,
    /// Alerts that were handed over.
    pub told: u64,
    /// Tries that failed.
    pub failed: u64,
    /// Addresses that are gone.
    pub gone: u64,
    /// There may be more to do at once.
    pub more: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// Nobody had to be told, or somebody else does it.
    Nothing,
    Told,
    Failed,
    Gone,
}

/// How it went on the way.
enum Handed {
    Over,
    Gone,
    Later(Option<Duration>),
    Refused,
}

impl Portal {
    /// Tells those who have something new. Called by the server when something arrived, and from time to time.
    pub async fn send_alerts(&self, now: Timestamp) -> Result<AlertRound, StoreError> {
        let mut repository = self.store().begin().await?;
        let arrivals = repository.expand_alert_arrivals(self.alert_means().interval, ARRIVALS_AT_ONCE, now).await?;
        if arrivals > 0 {
            repository.commit().await?;
        } else {
            drop(repository);
        }
        let due = self.store().read().await?.alerts_due(now, ADDRESSES_AT_ONCE).await?;
        let more = arrivals == u64::from(ARRIVALS_AT_ONCE) || due.len() == ADDRESSES_AT_ONCE as usize;
        let mut round = AlertRound { arrivals, more, ..AlertRound::default() };
        let (room, mut tasks) = (Arc::new(Semaphore::new(TOLD_AT_ONCE)), JoinSet::new());
        for id in due {
            let (portal, room) = (self.clone(), Arc::clone(&room));
            tasks.spawn(async move {
                let _room = room.acquire_owned().await;
                portal.tell(&id, now).await
            });
        }
        while let Some(came) = tasks.join_next().await {
            match came {
                Ok(Ok(Came::Nothing)) => {}
                Ok(Ok(Came::Told)) => round.told += 1,
                // A task that panicked: what it had taken is due again when its time is over.
                Ok(Ok(Came::Failed)) | Err(_) => round.failed += 1,
                Ok(Ok(Came::Gone)) => round.gone += 1,
                Ok(Err(error)) => {
                    round.failed += 1;
                    tracing::warn!(error = &error as &dyn std::error::Error, "somebody could not be told");
                }
            }
        }
        Ok(round)
    }

    async fn tell(&self, id: &AlertAddressId, now: Timestamp) -> Result<Came, AlertError> {
        let claimed_until = now.saturating_add(CLAIM).unwrap_or(Timestamp::MAX);
        let mut repository = self.store().begin().await?;
        let Some(row) = repository.claim_alert(id, now, claimed_until).await? else { return Ok(Came::Nothing) };
        repository.commit().await?;
        let (wanted, letters) = self.news(id, now).await?;
        let interval = match wanted {
            AlertWanted::Nothing => None,
            AlertWanted::Something => Some(self.alert_means().interval),
            AlertWanted::Urgent => Some(URGENT_INTERVAL),
        };
        let Some(interval) = interval else {
            self.settle_alert(&row, claimed_until, AlertSettled { attempts: 0, ..unchanged(&row) }).await?;
            return Ok(Came::Nothing);
        };
        if let Some(next_at) = row.told_at.and_then(|told_at| told_at.checked_add(interval).ok()).filter(|at| *at > now)
        {
            let settled = AlertSettled { next_at: Some(next_at), ..unchanged(&row) };
            self.settle_alert(&row, claimed_until, settled).await?;
            return Ok(Came::Nothing);
        }
        let handed = self.hand_over(&row, wanted == AlertWanted::Urgent, now).await;
        self.note_handed(&row, claimed_until, handed, letters, now).await
    }

    /// What there is to tell; a reminder waits as what is new waits. And what is told with it.
    async fn news(&self, id: &AlertAddressId, now: Timestamp) -> Result<(AlertWanted, Vec<LetterId>), StoreError> {
        let mut reader = self.store().read().await?;
        let AlertNews { wanted, letters } = reader.alert_news(id, DELIVERY_AT_MOST, now).await?;
        if wanted == AlertWanted::Nothing && reader.is_to_be_reminded(id, now).await? {
            return Ok((AlertWanted::Something, letters));
        }
        Ok((wanted, letters))
    }

    async fn note_handed(
        &self,
        row: &AlertAddressRow,
        claimed_until: Timestamp,
        handed: Handed,
        told_letters: Vec<LetterId>,
        now: Timestamp,
    ) -> Result<Came, AlertError> {
        let tries = row.attempts.saturating_add(1);
        let (settled, came) = match handed {
            Handed::Over => {
                // What arrives from now on is told when the interval is over: then somebody looks once more.
                let next_at = now.checked_add(self.alert_means().interval).ok();
                (AlertSettled { told_at: Some(now), told_letters, next_at, attempts: 0, failed_at: None }, Came::Told)
            }
            Handed::Gone => {
                let mut repository = self.store().begin().await?;
                repository.delete_alert_address(&row.folder, &row.id).await?;
                repository.commit().await?;
                tracing::info!(channel = row.channel.name(), "an address for alerts is gone");
                return Ok(Came::Gone);
            }
            Handed::Later(wait) if tries < TRIES => {
                let next_at = now.checked_add(patience(tries, wait)).ok();
                (AlertSettled { next_at, attempts: tries, ..unchanged(row) }, Came::Failed)
            }
            Handed::Later(_) | Handed::Refused => {
                tracing::info!(channel = row.channel.name(), "an alert was given up");
                (AlertSettled { attempts: 0, failed_at: Some(now), ..unchanged(row) }, Came::Failed)
            }
        };
        self.settle_alert(row, claimed_until, settled).await?;
        Ok(came)
    }

    async fn settle_alert(
        &self,
        row: &AlertAddressRow,
        claimed_until: Timestamp,
        settled: AlertSettled,
    ) -> Result<(), AlertError> {
        let mut repository = self.store().begin().await?;
        if repository.settle_alert(&row.id, claimed_until, &settled).await? {
            repository.commit().await?;
        } else {
            tracing::debug!("an address for alerts was taken away, or over, meanwhile");
        }
        Ok(())
    }

    async fn hand_over(&self, row: &AlertAddressRow, urgent: bool, now: Timestamp) -> Handed {
        let content = match self.alert_content(row).await {
            Ok(content) => content,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "an address for alerts cannot be read");
                return Handed::Later(None);
            }
        };
        let AlertMeans { mail, push, .. } = self.alert_means();
        if let Some(to) = content.mail_address() {
            let (Some(carrier), Ok(hashes)) = (mail, AlertHashes::derive(self.holding_secret())) else {
                return Handed::Refused;
            };
            let words::Letter { subject, text } = words::alert(content.locale());
            let message_id = hashes.message_id(&row.id, row.told_at.map_or(0, Timestamp::as_microsecond));
            let sent = carrier.carry(AlertMail { to, subject, text, message_id, at: now }).await;
            count_mail("alert", sent.is_ok());
            return match sent {
                Ok(()) => Handed::Over,
                Err(CarryError::Later) => Handed::Later(None),
                Err(CarryError::Never) => Handed::Refused,
            };
        }
        let (Some(push), Some(Ok((subscription, key)))) = (push, content.subscription()) else {
            return Handed::Refused;
        };
        let plain = words::push(content.locale());
        let message = Message { plain: &plain, topic: "notice", urgent };
        let came = push.push(&subscription, key, &message, now).await;
        count_push("alert", came);
        match came {
            Pushed::Taken => Handed::Over,
            Pushed::Gone => Handed::Gone,
            Pushed::Later(wait) => Handed::Later(wait),
            Pushed::Refused => Handed::Refused,
        }
    }

    async fn alert_content(&self, row: &AlertAddressRow) -> Result<AlertContent, AlertError> {
        let key = self.existing_folder_key(&row.folder).await?.ok_or(AlertError::NotFound)?;
        Ok(AlertContent::open(&key, &row.id, &row.sealed)?)
    }
}

fn unchanged(row: &AlertAddressRow) -> AlertSettled {
    let (attempts, failed_at) = (row.attempts, row.failed_at);
    AlertSettled { told_at: None, told_letters: Vec::new(), next_at: None, attempts, failed_at }
}

/// A minute, then four times as long each time; at least as long as the other side asks for.
fn patience(tries: u32, asked: Option<Duration>) -> SignedDuration {
    let own = SignedDuration::from_mins(4_i64.saturating_pow(tries.saturating_sub(1))).min(WAIT_MAX);
    let asked = asked.and_then(|asked| SignedDuration::try_from(asked).ok()).unwrap_or_default();
    own.max(asked.min(SignedDuration::from_hours(24)))
}

pub(super) fn count_mail(what: &'static str, carried: bool) {
    let outcome = if carried { "sent" } else { "failed" };
    metrics::counter!("alert_mails_total", "what" => what, "outcome" => outcome).increment(1);
}

pub(super) fn count_push(what: &'static str, came: Pushed) {
    let outcome = match came {
        Pushed::Taken => "sent",
        Pushed::Gone => "gone",
        Pushed::Later(_) | Pushed::Refused => "failed",
    };
    metrics::counter!("alert_pushes_total", "what" => what, "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_be_reached_is_tried_again_ever_later() {
        let waits: Vec<i64> = (1..=8).map(|tries| patience(tries, None).as_mins()).collect();
        assert_eq!(waits, [1, 4, 16, 64, 256, 360, 360, 360]);
    }

    #[test]
    fn a_service_that_asks_for_time_gets_it_but_not_for_ever() {
        assert_eq!(patience(1, Some(Duration::from_mins(10))), SignedDuration::from_mins(10));
        assert_eq!(patience(3, Some(Duration::from_secs(1))), SignedDuration::from_mins(16));
        assert_eq!(patience(1, Some(Duration::from_secs(u64::MAX))), SignedDuration::from_mins(1));
        assert_eq!(patience(1, Some(Duration::from_hours(1000))), SignedDuration::from_hours(24));
    }
}
