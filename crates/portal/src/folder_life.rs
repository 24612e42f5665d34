//! What becomes of a folder when its person's code has ended, and at the very end (P-FLD-4, P-FLD-5).

use domain::FolderId;
use jiff::Timestamp;
use store::{Repository, StoreError};
use wire::code_end::CodeEnded;

use crate::{CoreChannel, Portal};

/// Folders that one sweep deletes at most; the next sweep goes on.
const DELETED_AT_ONCE: u32 = 100;

impl Portal {
    /// The core says that a code has ended (B-TBL-4): its folder is retained from now on and readable by nobody (P-FLD-6),
    /// its sessions end, and a registration under way with this code leads nowhere. Told again, or of a code that is
    /// nobody's here, this changes nothing.
    pub async fn take_end_of_code(
        &self,
        _core: CoreChannel,
        ended: &CodeEnded,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut repository = self.store().begin().await?;
        repository.give_up_registrations_of(&ended.link_code).await?;
        let retained = repository.retain_folder(&ended.link_code, now).await?;
        if let Some(id) = &retained {
            repository.delete_sessions_of_folder(id).await?;
        }
        repository.commit().await?;
        if retained.is_some() {
            tracing::info!("a folder's code has ended: the folder is retained");
        }
        Ok(())
    }

    /// Deletes folders that were retained long enough; how many.
    pub async fn delete_retained_folders(&self, now: Timestamp) -> Result<u64, StoreError> {
        // A period longer than time itself keeps everything.
        let Ok(before) = now.checked_sub(self.settings().retain_folders_for) else { return Ok(0) };
        let folders = self.store().read().await?.folders_retained_before(before, DELETED_AT_ONCE).await?;
        let mut deleted = 0;
        for id in &folders {
            let mut repository = self.store().begin().await?;
            let was_there = delete_folder(&mut repository, id).await?;
            repository.commit().await?;
            deleted += u64::from(was_there);
        }
        if deleted > 0 {
            tracing::info!(folders = deleted, "deleted folders at the end of their retention");
        }
        Ok(deleted)
    }
}

/// The one way in which a folder goes: its history, its certificates' bindings, its sessions and itself. False when it
/// was gone before.
pub(crate) async fn delete_folder(repository: &mut Repository, id: &FolderId) -> Result<bool, StoreError> {
    repository.delete_folder(id).await
}
