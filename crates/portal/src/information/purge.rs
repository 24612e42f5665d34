//! Erasing: the key first, then the rows, then the pages of the file (P-INF-6, P-INF-9). Afterwards there is a receipt in
//! the portal's own log.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use domain::{ReceiptId, SecretHash};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{Erased, HeldClass, SessionEnd, StoreError};

use super::Holder;
use crate::folder_key::{FolderKeyError, Reach};
use crate::log::{AppendError, LogError, LogIndex, LoggedReceipt};
use crate::receipt::{ClassCount, ClassName, Commitment, PurgeReason};
use crate::{Portal, Receipt};

/// What is held is not erased yet; its key may be gone already. The sweep tries again.
#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    /// The store failed.
    #[error("what is held could not be erased")]
    Store(#[from] StoreError),
    /// The folder's own key could not be destroyed.
    #[error("the folder's own key could not be destroyed")]
    Key(#[from] FolderKeyError),
    /// Without a receipt nothing is erased, and the portal's log takes none.
    #[error("the portal's log takes no receipt")]
    Log(#[from] LogError),
    /// Others advance the log again and again.
    #[error("the portal's log is too busy")]
    Busy,
}

/// Whether the session ends with what was held for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Session {
    /// Somebody ended it: what its person has read goes.
    Ends,
    /// By time: what its person has read goes, unless they are logged in elsewhere and read on there.
    TimesOut,
    LivesOn,
}

/// A portal that has not said for so long that it runs is gone. The sweep says it every minute.
const LEASE: SignedDuration = SignedDuration::from_mins(3);

/// So often erasing begins again because somebody else has advanced the log.
pub(crate) const TRIES: usize = 8;

impl Portal {
    /// Erases what is held for a session, and the session with it. None when nothing was held.
    ///
    /// Three steps, each durable before the next: the salt, without which no key can be derived again; the rows, with
    /// the session and the receipt in one transaction; the pages in which they stood. After a crash between two of
    /// them the next start or the sweep does the rest.
    pub async fn purge(
        &self,
        session: &SecretHash,
        reason: PurgeReason,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<LoggedReceipt>, PurgeError> {
        let erased = self.erase(session, Session::Ends, reason, now, rng).await?;
        if erased.is_some() {
            self.settle().await?;
        }
        Ok(erased)
    }

    /// Erases what is held for sessions that are over, and the notices that were read once nobody reads on elsewhere.
    pub(crate) async fn purge_ended(
        &self,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PurgeError> {
        let over = self.over(now).await?;
        for (session, end) in &over {
            let (end, reason) = match end {
                SessionEnd::Idle => (Session::TimesOut, PurgeReason::Idle),
                SessionEnd::Absolute => (Session::TimesOut, PurgeReason::Absolute),
                // Whatever else ends a session erases first.
                SessionEnd::Gone => (Session::Ends, PurgeReason::FolderEnded),
            };
            self.erase(session, end, reason, now, rng).await?;
        }
        if over.is_empty() { Ok(()) } else { self.settle().await }
    }

    /// The same for sessions that were ended together with their folder's being open.
    pub(crate) async fn purge_with_folder(
        &self,
        ended: &[SecretHash],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PurgeError> {
        for session in ended {
            self.erase(session, Session::Ends, PurgeReason::FolderEnded, now, rng).await?;
        }
        if ended.is_empty() { Ok(()) } else { self.settle().await }
    }

    async fn over(&self, now: Timestamp) -> Result<Vec<(SecretHash, SessionEnd)>, StoreError> {
        let mut reader = self.store().read().await?;
        // These know more of how a session ended.
        let mut over = reader.sessions_over_with_confirmed(now).await?;
        for more in reader.gatherings_over(now).await? {
            if over.iter().all(|(session, _)| *session != more.0) {
                over.push(more);
            }
        }
        Ok(over)
    }

    /// The receipt of a session that is over, for whoever still has its cookie. Erases what is held for it where the sweep
    /// has not come yet.
    pub async fn receipt_of_ended(
        &self,
        holder: &Holder,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<LoggedReceipt>, PurgeError> {
        let over = self.over(now).await?;
        if over.iter().any(|(session, _)| session == holder.session_hash()) {
            self.purge_ended(now, rng).await?;
        }
        Ok(self.log().receipt_of_session(holder.session_hash()).await?)
    }

    /// Says that this portal runs, and erases what portals held that run no more. Called once, before anybody is served;
    /// afterwards the sweep does both. A file has one portal: whatever another one held there goes at once.
    pub async fn start(&self, now: Timestamp, rng: &mut (impl CryptoRng + ?Sized)) -> Result<(), PurgeError> {
        self.keep_lease(now).await;
        // What was closed stays closed, whatever was restored or killed meanwhile. Without keys the rest is served.
        if let Err(error) = self.forget_left_over_keys(Reach::Everything).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the key database could not be swept");
        }
        self.purge_abandoned(now, rng).await
    }

    /// Other portals on the same tables leave alone what this one holds, until the lease is over. Where nothing can be
    /// written nothing can be held either, and the portal shows what it has.
    pub(crate) async fn keep_lease(&self, now: Timestamp) {
        if let Err(error) = self.renew_lease(now).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the portal could not note that it runs");
        }
    }

    async fn renew_lease(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut repository = self.store().begin().await?;
        if !self.store().is_shared() {
            repository.end_other_leases(self.instance()).await?;
        }
        repository.renew_lease(self.instance(), now + LEASE).await?;
        repository.commit().await
    }

    /// What portals held that are gone: nobody goes on with it. Sessions live on; their people ask again.
    pub(crate) async fn purge_abandoned(
        &self,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PurgeError> {
        let abandoned = self.store().read().await?.gatherings_abandoned(now).await?;
        for session in &abandoned {
            self.erase(session, Session::LivesOn, PurgeReason::Restart, now, rng).await?;
        }
        if abandoned.is_empty() {
            return Ok(());
        }
        tracing::info!(sessions = abandoned.len(), "what a portal held that runs no more is erased");
        self.settle().await
    }

    async fn erase(
        &self,
        session: &SecretHash,
        end: Session,
        reason: PurgeReason,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<LoggedReceipt>, PurgeError> {
        self.board().stop(session);
        let mut repository = self.store().begin().await?;
        if repository.shred_gathering(session).await? {
            repository.commit().await?;
        } else {
            drop(repository);
        }
        let id = ReceiptId::generate(rng);
        for _ in 0..TRIES {
            if let ControlFlow::Break(erased) = entered(reason, self.erase_rows(session, end, reason, now, id).await) {
                return erased;
            }
        }
        Err(PurgeError::Busy)
    }

    async fn erase_rows(
        &self,
        session: &SecretHash,
        end: Session,
        reason: PurgeReason,
        now: Timestamp,
        id: ReceiptId,
    ) -> Result<Option<LoggedReceipt>, AppendError> {
        let mut repository = self.store().begin().await?;
        let erased = repository.erase_gathering(session).await?;
        let mut notices = 0;
        if end != Session::LivesOn {
            // All that the person has read goes, in whichever session it was (P-PSH-7). Where a session is merely over, it
            // waits for the last one: in another they may be reading it, or answering.
            let waits = end == Session::TimesOut && repository.lives_elsewhere(session, now).await?;
            if !waits && let Some(recipient) = repository.recipient_of_session(session).await? {
                notices = repository.erase_confirmed(recipient).await?;
            }
            repository.delete_session(session).await?;
        }
        if erased.is_none() && notices == 0 {
            repository.commit().await?;
            return Ok(None);
        }
        let mut classes = counts(&erased.unwrap_or_default());
        classes.extend(notices_counted(notices));
        let receipt = Receipt::new(id, now, reason, classes);
        let index: LogIndex = self.log().enter_receipt(&mut repository, &receipt, Some(session)).await?;
        repository.commit().await?;
        Ok(Some(LoggedReceipt { index, receipt }))
    }

    pub(crate) async fn settle(&self) -> Result<(), PurgeError> {
        // Somebody who reads an older state keeps the side file alive for a moment; the next purge empties it.
        if !self.store().settle().await? {
            tracing::debug!("the database's side file is in use");
        }
        Ok(())
    }
}

/// What one try to erase and to enter it came to; counts what went. `Continue` begins again: somebody else has advanced
/// the log.
pub(crate) fn entered(
    reason: PurgeReason,
    tried: Result<Option<LoggedReceipt>, AppendError>,
) -> ControlFlow<Result<Option<LoggedReceipt>, PurgeError>> {
    ControlFlow::Break(match tried {
        Err(AppendError::Overtaken) => return ControlFlow::Continue(()),
        Err(AppendError::Log(error)) => Err(error.into()),
        // An entry takes more than is ever held for a session, or hangs on a folder.
        Err(AppendError::TooLong) => Err(PurgeError::Busy),
        Ok(erased) => {
            if erased.is_some() {
                metrics::counter!("purges_total", "reason" => reason.name()).increment(1);
            }
            Ok(erased)
        }
    })
}

/// A line of a receipt for so many notices; none for none.
pub(crate) fn notices_counted(notices: u64) -> Option<ClassCount> {
    let class = "notice".parse().ok().filter(|_| notices > 0)?;
    Some(ClassCount { class, count: u32::try_from(notices).unwrap_or(u32::MAX), commitments: Vec::new() })
}

fn counts(erased: &[Erased]) -> Vec<ClassCount> {
    let mut classes: BTreeMap<HeldClass, (u32, Vec<Commitment>)> = BTreeMap::new();
    for Erased { class, commitment, .. } in erased {
        let (count, commitments) = classes.entry(*class).or_default();
        *count += 1;
        commitments.extend(commitment.map(Commitment));
    }
    classes
        .into_iter()
        .filter_map(|(class, (count, commitments))| {
            Some(ClassCount { class: class.name().parse::<ClassName>().ok()?, count, commitments })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_counts_by_class_and_keeps_every_commitment() {
        let erased = |place, class, commitment| Erased { place, class, commitment };
        let counted = counts(&[
            erased(0, HeldClass::Question, None),
            erased(1, HeldClass::Answer, Some([1; 32])),
            erased(2, HeldClass::Answer, Some([2; 32])),
        ]);
        let told: Vec<(String, u32, usize)> =
            counted.iter().map(|line| (line.class.to_string(), line.count, line.commitments.len())).collect();
        assert_eq!(told, [("question".to_owned(), 1, 0), ("answer".to_owned(), 2, 2)]);
    }

    #[test]
    fn every_class_has_a_name_that_receipts_take() {
        for class in [HeldClass::Question, HeldClass::Answer, HeldClass::Export] {
            assert!(class.name().parse::<ClassName>().is_ok());
        }
    }
}
