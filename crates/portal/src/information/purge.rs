//! Erasing: the key first, then the rows, then the pages of the file (P-INF-6, P-INF-9). Afterwards there is a receipt.

use domain::SecretHash;
use jiff::Timestamp;
use store::{Erased, HeldClass, SessionEnd, StoreError};

use crate::{Portal, PurgeReason};

/// What was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purged {
    /// Why.
    pub reason: PurgeReason,
    /// When.
    pub at: Timestamp,
    /// By place.
    pub erased: Vec<Erased>,
}

impl Purged {
    /// How many things of a class.
    pub fn count(&self, class: HeldClass) -> usize {
        self.erased.iter().filter(|erased| erased.class == class).count()
    }
}

/// What is held is not erased yet; its key may be gone already. The sweep tries again.
#[derive(Debug, thiserror::Error)]
#[error("what is held could not be erased")]
pub struct PurgeError(#[from] pub StoreError);

impl Portal {
    /// Erases what is held for a session, and the session with it. None when nothing was held.
    ///
    /// Three steps, each durable before the next: the salt, without which no key can be derived again; the rows, with
    /// the session and the receipt in one transaction; the pages in which they stood. After a crash between two of
    /// them the sweep does the rest.
    pub async fn purge(
        &self,
        session: &SecretHash,
        reason: PurgeReason,
        now: Timestamp,
    ) -> Result<Option<Purged>, PurgeError> {
        self.board().stop(session);
        let mut repository = self.store().begin().await?;
        if repository.shred_gathering(session).await? {
            repository.commit().await?;
            repository = self.store().begin().await?;
        }
        let erased = repository.erase_gathering(session).await?;
        repository.delete_session(session).await?;
        repository.commit().await?;
        let Some(erased) = erased else { return Ok(None) };
        // Somebody who reads an older state keeps the old pages alive for a moment; the next settling takes them.
        if !self.store().settle().await? {
            tracing::debug!("the side file is in use; it is emptied with the next purge");
        }
        metrics::counter!("purges_total", "reason" => reason.name()).increment(1);
        Ok(Some(Purged { reason, at: now, erased }))
    }

    /// Erases what is held for sessions that are over.
    pub(crate) async fn purge_ended(&self, now: Timestamp) -> Result<(), PurgeError> {
        let over = self.store().read().await?.gatherings_over(now).await?;
        for (session, end) in over {
            let reason = match end {
                SessionEnd::Idle => PurgeReason::Idle,
                SessionEnd::Absolute => PurgeReason::Absolute,
                SessionEnd::Gone => PurgeReason::Logout,
            };
            self.purge(&session, reason, now).await?;
        }
        Ok(())
    }

    /// What a process that is gone held: nobody waits for it any more. Called once, before anybody is served. Sessions
    /// live on; their people ask again.
    pub async fn purge_all(&self, now: Timestamp) -> Result<u64, PurgeError> {
        let mut purged = 0;
        for session in self.store().read().await?.gatherings().await? {
            self.board().stop(&session);
            let mut repository = self.store().begin().await?;
            repository.shred_gathering(&session).await?;
            repository.commit().await?;
            let mut repository = self.store().begin().await?;
            repository.erase_gathering(&session).await?;
            repository.commit().await?;
            purged += 1;
        }
        if purged > 0 {
            self.store().settle().await?;
            tracing::info!(purged, at = %now, "what was held before the portal stopped is erased");
        }
        Ok(purged)
    }
}
