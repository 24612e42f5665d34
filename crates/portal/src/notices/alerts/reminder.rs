//! Somebody who is told elsewhere hears once more, in the same words, of what waits for them and soon ends. A walk over their
//! folders that goes on from call to call, as the upkeep of notices does.

use std::sync::{Mutex, PoisonError};

use domain::FolderId;
use jiff::{SignedDuration, Timestamp};
use store::{Reminded, StoreError};

use crate::Portal;

/// So long before it ends.
const BEFORE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// What arrived more lately was told just now.
const NOT_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// From the end of a walk until the next.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
const FOLDERS_AT_ONCE: u32 = 500;

/// Where the walk is. One for each process; what was marked keeps several portals from reminding twice.
#[derive(Debug, Default)]
pub struct DeadlineReminders(Mutex<Walk>);

#[derive(Clone, Copy, Debug, Default)]
enum Walk {
    /// Nobody was looked at yet.
    #[default]
    Ready,
    /// Everybody was looked at.
    Resting { until: Timestamp },
    /// On its way.
    After(FolderId),
}

impl Portal {
    /// One step; called by the server from time to time. True while there is more to do.
    pub async fn remind_of_deadlines(&self, reminders: &DeadlineReminders, now: Timestamp) -> Result<bool, StoreError> {
        let means = self.alert_means();
        let walk = *reminders.0.lock().unwrap_or_else(PoisonError::into_inner);
        let after = match walk {
            _ if means.mail.is_none() && means.push.is_none() => return Ok(false),
            Walk::Resting { until } if until > now => return Ok(false),
            Walk::Ready | Walk::Resting { .. } => None,
            Walk::After(folder) => Some(folder),
        };
        let arrived_by = now.saturating_sub(NOT_WITHIN).unwrap_or(Timestamp::MIN);
        let ends_by = now.saturating_add(BEFORE).unwrap_or(Timestamp::MAX);
        let mut repository = self.store().begin().await?;
        let Reminded { next, notices } =
            repository.remind(after.as_ref(), arrived_by, ends_by, means.interval, FOLDERS_AT_ONCE, now).await?;
        if notices > 0 {
            repository.commit().await?;
            tracing::info!(notices, "somebody is to be reminded of what soon ends");
        } else {
            drop(repository);
        }
        let rest = Walk::Resting { until: now.saturating_add(EVERY).unwrap_or(Timestamp::MAX) };
        *reminders.0.lock().unwrap_or_else(PoisonError::into_inner) = next.map_or(rest, Walk::After);
        Ok(next.is_some())
    }
}
