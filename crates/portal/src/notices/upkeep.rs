//! Notices whose time is over: words and files at once, the rest by a walk that goes on from call to call (P-PSH-7).

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use store::{LetterId, RecipientId, StoreError};

use crate::Portal;

const LETTERS_AT_ONCE: u32 = 500;
const STEPS_AT_ONCE: u32 = 2000;

/// Where the walk is. One for each process; several portals on one database only walk more often.
#[derive(Debug, Default)]
pub struct NoticeUpkeep(Mutex<Walk>);

#[derive(Clone, Copy, Debug, Default)]
enum Walk {
    /// Nothing has expired since the last walk ended.
    #[default]
    Resting,
    /// On its way, for everything that expired by then.
    At { before: Timestamp, from: Option<(RecipientId, LetterId)> },
}

impl Portal {
    /// One step; called by the server from time to time. True while there is more to do.
    pub async fn expire_notices(&self, upkeep: &NoticeUpkeep, now: Timestamp) -> Result<bool, StoreError> {
        let mut repository = self.store().begin().await?;
        let expired = repository.expire_letters(now, LETTERS_AT_ONCE).await?;
        if expired > 0 {
            repository.commit().await?;
            tracing::info!(letters = expired, "letters whose time is over lost their words");
        } else {
            drop(repository);
        }
        let walk = *upkeep.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = match walk {
            Walk::Resting if expired == 0 => Walk::Resting,
            Walk::Resting => Walk::At { before: now, from: None },
            Walk::At { before, from } => self.walk_on(before, from).await?,
        };
        *upkeep.0.lock().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(matches!(next, Walk::At { .. }))
    }

    async fn walk_on(&self, before: Timestamp, from: Option<(RecipientId, LetterId)>) -> Result<Walk, StoreError> {
        let mut repository = self.store().begin().await?;
        let walked = repository.walk_notices(from, before, STEPS_AT_ONCE).await?;
        if walked.next.is_none() {
            repository.delete_expired_letters(before).await?;
        }
        repository.commit().await?;
        Ok(walked.next.map_or(Walk::Resting, |at| Walk::At { before, from: Some(at) }))
    }
}
