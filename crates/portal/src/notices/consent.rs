//! To whom a person gives states (P-PSH-5): seen and taken back without a notice of that sender, because those that were read
//! go at logout.

use domain::OrgCode;
use store::{StateConsent, StoreError};

use crate::{Portal, SignedIn};

impl Portal {
    /// The senders to whom the person gives states, the longest first.
    pub async fn state_consents(&self, who: &SignedIn) -> Result<Vec<StateConsent>, StoreError> {
        let mut reader = self.store().read().await?;
        match reader.recipient_of_folder(&who.folder_id()).await? {
            Some(recipient) => reader.state_consents(recipient).await,
            None => Ok(Vec::new()),
        }
    }

    /// The person gives none to this sender any more; what it has not fetched it does not hear. False when none were given.
    pub async fn withhold_states(&self, who: &SignedIn, sender: &OrgCode) -> Result<bool, StoreError> {
        let mut repository = self.store().begin().await?;
        let Some(recipient) = repository.recipient_of_folder(&who.folder_id()).await? else { return Ok(false) };
        let withheld = repository.withhold_states(recipient, sender).await?;
        if withheld {
            repository.commit().await?;
        }
        Ok(withheld)
    }
}
