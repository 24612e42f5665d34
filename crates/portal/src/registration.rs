//! Steps 6–8 of the first registration: the core brings the link code.

use jiff::Timestamp;
use store::{RegistrationState, StoreError};
use wire::issuance::{LinkCodeDelivery, LinkCodeReplacements};

use crate::{Browser, Portal};

/// The core, known by its certificate. Made by the portal's party listener alone.
#[derive(Clone, Copy, Debug)]
pub struct CoreChannel(());

impl CoreChannel {
    /// `org` is taken from the channel's certificate, never from a message (B-MED-5).
    pub fn from_channel(org: &domain::OrgCode) -> Option<Self> {
        (org.as_str() == "CORE").then_some(Self(()))
    }
}

/// A delivery was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// No registration waits for this match number (B-ISS-4).
    #[error("nothing waits for this delivery")]
    Unknown,
    /// The store failed.
    #[error("the delivery could not be kept")]
    Store(#[from] StoreError),
}

/// Where a browser's registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationProgress {
    /// None was started, or it is too late.
    None,
    /// The signed application has not come.
    WaitingForApplication,
    /// The core has not delivered.
    WaitingForCode,
    /// The authentication certificate may be bound.
    ReadyToBind,
    /// The folder is open.
    Done,
    /// It was refused.
    GivenUp,
}

impl Portal {
    /// Step 7–8: keeps the code where its match number is awaited. The same delivery again is taken again.
    pub async fn take_delivery(
        &self,
        _core: CoreChannel,
        delivery: &LinkCodeDelivery,
        now: Timestamp,
    ) -> Result<(), DeliveryError> {
        let mut repository = self.store().begin().await?;
        let hash = delivery.match_number.hash();
        if !repository.registration_linked(&hash, &delivery.link_code, delivery.key_index, now).await? {
            return Err(DeliveryError::Unknown);
        }
        Ok(repository.commit().await?)
    }

    /// The core rotated the portal's key: all codes are replaced or none (B-TBL-2). Codes that the portal does not hold,
    /// because the registration they were issued for was never finished, have nothing to replace.
    pub async fn take_replacements(
        &self,
        _core: CoreChannel,
        replacements: &LinkCodeReplacements,
    ) -> Result<(), StoreError> {
        let mut repository = self.store().begin().await?;
        for pair in &replacements.pairs {
            repository.replace_link_code(&pair.old, &pair.new, replacements.key_index).await?;
        }
        repository.commit().await
    }

    /// For the page that waits.
    pub async fn registration_progress(
        &self,
        browser: &Browser,
        now: Timestamp,
    ) -> Result<RegistrationProgress, StoreError> {
        let registration = self.store().read().await?.registration_of_browser(&browser.0, now).await?;
        Ok(match registration.map(|r| r.state) {
            None => RegistrationProgress::None,
            Some(RegistrationState::Started) => RegistrationProgress::WaitingForApplication,
            Some(RegistrationState::Matched) => RegistrationProgress::WaitingForCode,
            Some(RegistrationState::Linked { .. }) => RegistrationProgress::ReadyToBind,
            Some(RegistrationState::Bound) => RegistrationProgress::Done,
            Some(RegistrationState::GivenUp) => RegistrationProgress::GivenUp,
        })
    }
}
