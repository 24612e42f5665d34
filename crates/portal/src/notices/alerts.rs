//! 「新しいお知らせがあります」, outside the portal: by mail and by push, to whom asked for it twice, and without a word of
//! what has arrived. What is told to whom, and what mail and push services learn: docs/alerts.md.

mod code;
mod content;
mod entering;
mod mail_address;
mod push;
mod reminder;
mod round;
mod words;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use domain::AlertAddressId;
use jiff::{SignedDuration, Timestamp};
use store::{AlertAddressRow, StoreError};

use self::content::AlertContent;
use crate::folder_key::{FolderKey, FolderKeyError};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

pub use code::{CODE_DIGITS, CODE_TRIES};
pub use entering::{DeviceFault, DeviceName};
pub use mail_address::{AddressFault, MailAddress};
pub use push::{PushHost, PushHostError, PushKey, PushKeyError, PushMeans, SubscriptionFault};
pub use reminder::DeadlineReminders;
pub use round::AlertRound;

/// Browsers in which one person can be told.
pub const DEVICES_MAX: usize = 5;

/// By what people can be told.
pub struct AlertMeans {
    /// Who carries mail; none: it is not offered.
    pub mail: Option<Box<dyn MailCarrier>>,
    /// How browsers are told; none: it is not offered.
    pub push: Option<PushMeans>,
    /// Nobody is told more often, at one address, but of what cannot wait.
    pub interval: SignedDuration,
}

/// A letter to one person. Nothing in it says who that is, but its address.
pub struct AlertMail {
    /// Where it goes.
    pub to: MailAddress,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same for the same letter sent again, 32 hexadecimal digits.
    pub message_id: String,
    /// When it was written.
    pub at: Timestamp,
}

impl fmt::Debug for AlertMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AlertMail")
    }
}

/// Carries mail.
pub trait MailCarrier: Send + Sync {
    /// Hands a letter over. Ok: whoever carries it on has it, durably.
    fn carry(&self, mail: AlertMail) -> Carried;
}

/// What a carrier is waited for.
pub type Carried = Pin<Box<dyn Future<Output = Result<(), CarryError>> + Send>>;

/// A letter was not taken. Says nothing of whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// Nobody there, or busy: it may be taken later.
    #[error("the mail was not taken now")]
    Later,
    /// It will not be taken.
    #[error("the mail was refused")]
    Never,
}

/// Where a person is told, and where they could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerts {
    /// Mail is offered.
    pub mail_offered: bool,
    /// Push is offered: the key to which a browser subscribes.
    pub push_key: Option<String>,
    /// Where, the oldest first.
    pub places: Vec<AlertPlace>,
}

/// One address.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertPlace {
    /// Which.
    pub id: AlertAddressId,
    /// Mail address, or what the person calls the device.
    pub at: AlertPlaceAt,
    /// Whether it is confirmed.
    pub state: AlertPlaceState,
    /// When somebody was last told there.
    pub told_at: Option<Timestamp>,
    /// The last alert did not arrive.
    pub failed_at: Option<Timestamp>,
}

impl fmt::Debug for AlertPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlertPlace").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// What it is.
#[derive(Clone, PartialEq, Eq)]
pub enum AlertPlaceAt {
    /// The address.
    Mail(String),
    /// What the person calls the device.
    Device(String),
}

/// Double opt-in: nobody is told anything but the code before the code was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertPlaceState {
    /// A code was sent and counts until then.
    Waiting {
        /// Until when.
        until: Timestamp,
        /// How often it may be tried.
        tries_left: u32,
    },
    /// Since then.
    Confirmed(Timestamp),
}

/// Something was not done.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// Nobody carries it.
    #[error("this portal does not offer it")]
    NotOffered,
    /// No mail address.
    #[error("no mail address")]
    Address(#[from] AddressFault),
    /// No name for a device.
    #[error("no name for a device")]
    Device(#[from] DeviceFault),
    /// No browser that can be told.
    #[error("no browser that can be told")]
    Subscription(#[from] SubscriptionFault),
    /// The person has confirmed this very address.
    #[error("this address is confirmed")]
    Known,
    /// So many codes were sent today, by this person or to this address.
    #[error("enough codes were sent today")]
    TooManyCodes,
    /// So many browsers at most.
    #[error("enough browsers are told")]
    TooManyDevices,
    /// Another code; so many tries are left.
    #[error("not the code that was sent")]
    WrongCode {
        /// How often it may still be tried.
        tries_left: u32,
    },
    /// Its time is over, or it was tried too often.
    #[error("the code counts no more")]
    CodeOver,
    /// There is none, or it is somebody else's: both look alike.
    #[error("no such address")]
    NotFound,
    /// The code could not be handed over.
    #[error("the code could not be sent")]
    NotSent,
    /// The store failed.
    #[error("the addresses cannot be kept")]
    Store(#[from] StoreError),
    /// There is no key.
    #[error("the folder's key cannot be had")]
    Key(#[from] FolderKeyError),
    /// What rests does not open.
    #[error("the address does not open")]
    Unopened(#[from] Unopened),
}

impl AlertMeans {
    /// Nothing is offered.
    pub fn none() -> Self {
        Self { mail: None, push: None, interval: SignedDuration::from_hours(1) }
    }
}

impl fmt::Debug for AlertMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AlertMeans")
    }
}

impl Portal {
    /// Where a person is told, and where they could be.
    pub async fn alerts(&self, who: &SignedIn) -> Result<Alerts, AlertError> {
        let folder = who.folder_id();
        let rows = self.store().read().await?.alert_addresses(&folder).await?;
        let key = if rows.is_empty() { None } else { self.existing_folder_key(&folder).await? };
        let mut places = Vec::new();
        for row in &rows {
            if let Some(Ok(place)) = key.as_ref().map(|key| place(key, row)) {
                places.push(place);
                continue;
            }
            // Its key is gone, as after a restore: nobody can be told there, and nobody can say where it is.
            let mut repository = self.store().begin().await?;
            repository.delete_alert_address(&folder, &row.id).await?;
            repository.commit().await?;
            tracing::warn!("an address for alerts that nobody can read any more was erased");
        }
        let means = self.alert_means();
        Ok(Alerts {
            mail_offered: means.mail.is_some(),
            push_key: means.push.as_ref().map(PushMeans::public_key),
            places,
        })
    }
}

fn place(key: &FolderKey, row: &AlertAddressRow) -> Result<AlertPlace, Unopened> {
    let content = AlertContent::open(key, &row.id, &row.sealed)?;
    let at = match content {
        AlertContent::Mail { address, .. } => AlertPlaceAt::Mail(address),
        AlertContent::Push { device, .. } => AlertPlaceAt::Device(device),
    };
    let state = match (row.confirmed_at, row.code_expires_at) {
        (Some(since), _) => AlertPlaceState::Confirmed(since),
        (None, until) => AlertPlaceState::Waiting {
            until: until.unwrap_or(row.entered_at),
            tries_left: CODE_TRIES.saturating_sub(row.code_tries),
        },
    };
    Ok(AlertPlace { id: row.id, at, state, told_at: row.told_at, failed_at: row.failed_at })
}
