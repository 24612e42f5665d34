//! What becomes of a folder when its person's code has ended, and at the very end (P-FLD-4, P-FLD-5).

use std::ops::ControlFlow;

use domain::{FolderId, ReceiptId};
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::StoreError;
use wire::code_end::CodeEnded;

use crate::information::{TRIES, entered};
use crate::log::{AppendError, LoggedReceipt};
use crate::receipt::ClassCount;
use crate::{CoreChannel, Portal, PurgeError, PurgeReason, Receipt};

/// Folders that one sweep deletes at most; the next sweep goes on.
const DELETED_AT_ONCE: u32 = 100;

impl Portal {
    /// The core says that a code has ended (B-TBL-4): its folder is retained from now on and readable by nobody (P-FLD-6),
    /// its sessions end with what was held for them and the notices that were read, and a registration under way with this
    /// code leads nowhere. Told again, or of a code that is nobody's here, this changes nothing.
    pub async fn take_end_of_code(
        &self,
        _core: CoreChannel,
        ended: &CodeEnded,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), StoreError> {
        let mut repository = self.store().begin().await?;
        repository.give_up_registrations_of(&ended.link_code).await?;
        let Some(id) = repository.retain_folder(&ended.link_code, now).await? else {
            return repository.commit().await;
        };
        let sessions = repository.end_sessions_of_folder(&id).await?;
        repository.commit().await?;
        tracing::info!("a folder's code has ended: the folder is retained");
        // The core has nothing to do with it, and need not say it again.
        if let Err(error) = self.purge_with_folder(&sessions, now, rng).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "what was read is left to the sweep");
        }
        Ok(())
    }

    /// Deletes folders that were retained long enough, each with a receipt; how many.
    pub async fn delete_retained_folders(
        &self,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<u64, PurgeError> {
        // A period longer than time itself keeps everything.
        let Ok(before) = now.checked_sub(self.settings().retain_folders_for) else { return Ok(0) };
        let folders = self.store().read().await?.folders_retained_before(before, DELETED_AT_ONCE).await?;
        let mut deleted = 0;
        for id in &folders {
            let receipt = self.delete_folder(id, PurgeReason::RetentionEnded, now, rng).await?;
            deleted += u64::from(receipt.is_some());
        }
        if deleted > 0 {
            tracing::info!(folders = deleted, "deleted folders at the end of their retention");
        }
        Ok(deleted)
    }

    /// The one way in which a folder goes: its key, then its history, what it kept, its certificates' bindings, its sessions
    /// and itself, with a receipt in the portal's own log in the same transaction. None when it was gone before.
    ///
    /// Two databases, no common transaction. The key goes first, durably: whatever happens afterwards, and whichever backup
    /// is restored, nothing that was sealed under it opens again; a folder that stands on without it can be closed again.
    /// Whoever used the folder meanwhile may have made another key: it goes afterwards, or with the next sweep.
    pub(crate) async fn delete_folder(
        &self,
        id: &FolderId,
        reason: PurgeReason,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<LoggedReceipt>, PurgeError> {
        self.forget_folder_key(id).await?;
        let receipt = ReceiptId::generate(rng);
        for _ in 0..TRIES {
            if let ControlFlow::Break(deleted) = entered(reason, self.delete_once(id, reason, now, receipt).await) {
                let deleted = deleted?;
                if deleted.is_some() {
                    self.settle().await?;
                    if let Err(error) = self.forget_folder_key(id).await {
                        tracing::warn!(error = &error as &dyn std::error::Error, "left to the sweep of the keys");
                    }
                }
                return Ok(deleted);
            }
        }
        Err(PurgeError::Busy)
    }

    async fn delete_once(
        &self,
        id: &FolderId,
        reason: PurgeReason,
        now: Timestamp,
        receipt: ReceiptId,
    ) -> Result<Option<LoggedReceipt>, AppendError> {
        let mut repository = self.store().begin().await?;
        let Some(erased) = repository.delete_folder(id).await? else { return Ok(None) };
        let classes = [
            ("folder", 1),
            ("login", erased.login_events),
            ("certificate", erased.certificates),
            ("alert-address", erased.alert_addresses),
            ("notice", erased.notices),
            ("kept-notice", erased.kept_notices),
        ];
        let counts = classes.into_iter().filter(|(_, count)| *count > 0).filter_map(|(class, count)| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            Some(ClassCount { class: class.parse().ok()?, count, commitments: Vec::new() })
        });
        let receipt = Receipt::new(receipt, now, reason, counts.collect());
        let index = self.log().enter_receipt(&mut repository, &receipt, None).await?;
        repository.commit().await?;
        Ok(Some(LoggedReceipt { index, receipt }))
    }
}
