//! What the person does with the folder: 一時停止, 再開 and 廃止 (P-FLD-2, P-FLD-3).

use domain::{FolderId, FolderState};
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::{Repository, StoreError};

use crate::log::LoggedReceipt;
use crate::{Holder, Portal, PurgeError, PurgeReason, SignedIn};

impl Portal {
    /// 一時停止: nobody enters the folder, and nothing is gathered, until its person resumes it by a signed application.
    /// Every session ends, and what was held for them is erased with the notices that were read. They end durably before:
    /// after a crash in between the sweep does the rest.
    pub async fn suspend_folder(
        &self,
        who: &SignedIn,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), PurgeError> {
        let mut repository = self.store().begin().await?;
        repository.change_folder_state(&who.folder_id(), FolderState::Open, FolderState::Suspended, now).await?;
        let ended = repository.end_sessions_of_folder(&who.folder_id()).await?;
        repository.commit().await?;
        tracing::info!("a folder was suspended by its person");
        self.purge_with_folder(&ended, now, rng).await
    }

    /// 廃止: what is held is erased, then the folder with all that hangs on it; the portal knows the person no longer. The
    /// receipt tells of the folder. None when it was gone before.
    pub async fn close_folder(
        &self,
        who: &SignedIn,
        holder: &Holder,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<LoggedReceipt>, PurgeError> {
        // Before anything else goes: where the key cannot be reached, nothing has changed and the person tries again.
        self.forget_folder_key(&who.folder_id()).await?;
        self.purge(holder.session_hash(), PurgeReason::Closed, now, rng).await?;
        let receipt = self.delete_folder(&who.folder_id(), PurgeReason::Closed, now, rng).await?;
        // Other sessions of the person went with the folder; what was held for them goes now.
        self.purge_ended(now, rng).await?;
        tracing::info!("a folder was closed by its person");
        Ok(receipt)
    }
}

/// 再開: the signed application of the same person opens a suspended folder again. False for any other state.
pub(crate) async fn resume(repository: &mut Repository, id: &FolderId, now: Timestamp) -> Result<bool, StoreError> {
    repository.change_folder_state(id, FolderState::Suspended, FolderState::Open, now).await
}
