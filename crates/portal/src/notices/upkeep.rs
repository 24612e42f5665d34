//! Notices that nobody needs any more: words and files at once, the rest by a walk that goes on from call to call (P-PSH-7).

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use store::{LetterId, RecipientId, StoreError};

use crate::Portal;

const LETTERS_AT_ONCE: u32 = 500;
const STEPS_AT_ONCE: u32 = 2000;
/// So long a letter may lie here before anybody gets it. Its sender brings it again where that took longer.
const UNDELIVERED_AT_MOST: SignedDuration = SignedDuration::from_hours(1);

/// Where the walk is. One for each process; several portals on one database only walk more often.
#[derive(Debug, Default)]
pub struct NoticeUpkeep(Mutex<Walk>);

#[derive(Clone, Copy, Debug, Default)]
enum Walk {
    /// What expired or was taken back later waits for the next one.
    #[default]
    Resting,
    /// On its way, for everything that expired or was taken back by then.
    At { before: Timestamp, from: Option<(RecipientId, LetterId)> },
    /// It has seen everybody: letters that expired by then are forgotten.
    Ending { before: Timestamp },
}

impl Portal {
    /// One step; called by the server from time to time. True while there is more to do.
    pub async fn expire_notices(&self, upkeep: &NoticeUpkeep, now: Timestamp) -> Result<bool, StoreError> {
        let mut repository = self.store().begin().await?;
        let expired = repository.expire_letters(now, LETTERS_AT_ONCE).await?;
        let undelivered = repository.empty_undelivered_since(now - UNDELIVERED_AT_MOST, LETTERS_AT_ONCE).await?;
        let wanted = repository.walk_wanted(now).await?;
        if expired + undelivered > 0 {
            repository.commit().await?;
            tracing::info!(expired, undelivered, "letters whose time is over, or that nobody got, lost their words");
        } else {
            drop(repository);
        }
        let walk = *upkeep.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = match walk {
            Walk::Resting if wanted => Walk::At { before: now, from: None },
            Walk::Resting => Walk::Resting,
            Walk::At { before, from } => self.walk_on(before, from).await?,
            Walk::Ending { before } => self.end_walk(before).await?,
        };
        *upkeep.0.lock().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(!matches!(next, Walk::Resting) || undelivered == u64::from(LETTERS_AT_ONCE))
    }

    async fn walk_on(&self, before: Timestamp, from: Option<(RecipientId, LetterId)>) -> Result<Walk, StoreError> {
        let mut repository = self.store().begin().await?;
        let walked = repository.walk_notices(from, before, STEPS_AT_ONCE).await?;
        repository.commit().await?;
        Ok(walked.next.map_or(Walk::Ending { before }, |at| Walk::At { before, from: Some(at) }))
    }

    async fn end_walk(&self, before: Timestamp) -> Result<Walk, StoreError> {
        let mut repository = self.store().begin().await?;
        let more = repository.end_walk(before, LETTERS_AT_ONCE).await?;
        repository.commit().await?;
        Ok(if more { Walk::Ending { before } } else { Walk::Resting })
    }
}
