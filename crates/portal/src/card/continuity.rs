//! A new certificate opens the folder of the old one (P-RNW-2): JPKI's history says which one that was (P-RNW-3 a).
//! Where it does not, the person repeats the registration, which leads to the same folder (P-RNW-3 b, P-REG-7).

use domain::FolderState;
use jiff::Timestamp;
use store::{Binding, Folder, StoreError};
use tracing::{info, warn};

use super::CardRefusal;
use crate::Portal;

impl Portal {
    /// Binds a valid certificate that opens no folder to the folder of its owner's earlier one, and unbinds that one in
    /// the same step (P-RNW-4). A certificate that has its folder, or whose owner never had one, is left alone.
    ///
    /// Whether the end of its validity is still to be noted. This says only whose certificate it is, and JPKI says so: it logs nobody in. That needs the browser that started.
    pub(super) async fn continue_folder(&self, serial: &str, now: Timestamp) -> Result<bool, CardRefusal> {
        match self.lacks_end(serial).await {
            Ok(Some(lacks_end)) => return Ok(lacks_end),
            Ok(None) => {}
            Err(error) => return Err(failed(&error)),
        }
        let earlier = self.peers().earlier_serials(serial).await.map_err(|failure| {
            warn!(
                error = &failure as &dyn std::error::Error,
                "JPKI could not be asked for the history of a certificate"
            );
            CardRefusal::LinkageUnreachable
        })?;
        match self.bind_to_folder_of(&earlier, serial, now).await {
            Ok(None) => Ok(false),
            Ok(Some(folder)) => {
                info!(folder.id = %folder.id, "a new certificate took the place of the old one");
                Ok(true)
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// None: the certificate is bound to no folder.
    async fn lacks_end(&self, serial: &str) -> Result<Option<bool>, StoreError> {
        self.store().read().await?.lacks_certificate_end(serial).await
    }

    /// The folder that the certificate is bound to now; none when no earlier one has an open folder.
    async fn bind_to_folder_of(
        &self,
        earlier: &[String],
        serial: &str,
        now: Timestamp,
    ) -> Result<Option<Folder>, StoreError> {
        for old in earlier {
            let mut repository = self.store().begin().await?;
            let Some(folder) = repository.folder_by_serial(old).await? else { continue };
            // A closed or retained folder has no future that a new card could continue.
            if !matches!(folder.state, FolderState::Open | FolderState::Suspended) {
                continue;
            }
            repository.unbind_other_certificates(&folder.id, serial, now).await?;
            let binding = Binding { serial: serial.to_owned(), folder_id: folder.id, bound_at: now };
            // False: another answer of the same card was quicker, and did the same.
            if repository.bind_certificate(&binding).await? {
                repository.commit().await?;
                return Ok(Some(folder));
            }
        }
        Ok(None)
    }
}

fn failed(error: &StoreError) -> CardRefusal {
    warn!(error = error as &dyn std::error::Error, "the folder of a certificate could not be looked up");
    CardRefusal::Internal
}
