//! What the tables of alerts hold: where people are told that there is something new.

use std::str::FromStr;

use domain::{AlertAddressId, FolderId, SecretHash};
use jiff::Timestamp;

use crate::notice::LetterId;

/// The way by which somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertChannel {
    /// E-mail.
    Mail,
    /// Web Push, to one browser of one device.
    Push,
}

impl AlertChannel {
    /// As it stands in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Push => "push",
        }
    }
}

/// No such channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such channel")]
pub struct NoSuchChannel;

impl FromStr for AlertChannel {
    type Err = NoSuchChannel;

    fn from_str(name: &str) -> Result<Self, NoSuchChannel> {
        [Self::Mail, Self::Push].into_iter().find(|channel| channel.name() == name).ok_or(NoSuchChannel)
    }
}

/// An address that a person entered and has not confirmed.
#[derive(Clone)]
pub struct NewAlertAddress {
    /// Drawn.
    pub id: AlertAddressId,
    /// Whose.
    pub folder: FolderId,
    /// By which way.
    pub channel: AlertChannel,
    /// Ciphertext under the folder's key.
    pub sealed: Vec<u8>,
    /// When.
    pub entered_at: Timestamp,
    /// Of the code that was sent there.
    pub code_hash: SecretHash,
    /// Until when the code counts.
    pub code_expires_at: Timestamp,
}

/// An address.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertAddressRow {
    /// Which.
    pub id: AlertAddressId,
    /// Whose.
    pub folder: FolderId,
    /// By which way.
    pub channel: AlertChannel,
    /// Ciphertext under the folder's key.
    pub sealed: Vec<u8>,
    /// When it was entered.
    pub entered_at: Timestamp,
    /// Until when the code that was sent there counts; none once it is confirmed.
    pub code_expires_at: Option<Timestamp>,
    /// Codes that were tried.
    pub code_tries: u32,
    /// When the person typed the code.
    pub confirmed_at: Option<Timestamp>,
    /// When somebody was last told there.
    pub told_at: Option<Timestamp>,
    /// Tries in a row that failed and are followed by another.
    pub attempts: u32,
    /// When the last try was given up; none since one succeeded.
    pub failed_at: Option<Timestamp>,
}

impl std::fmt::Debug for AlertAddressRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AlertAddressRow")
    }
}

/// What there is to tell at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertWanted {
    /// Nothing that the person has not been told of, has not read, and has not logged in since.
    Nothing,
    /// Something.
    Something,
    /// Something that cannot wait.
    Urgent,
}

/// What there is to tell, and what is told with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertNews {
    /// What there is to tell.
    pub wanted: AlertWanted,
    /// Of all that there is, what arrived so lately that the next look finds it again.
    pub letters: Vec<LetterId>,
}

/// A step of the walk that reminds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// After which folder it goes on; none: at the end.
    pub next: Option<FolderId>,
    /// Notices of which somebody is to be reminded.
    pub notices: u64,
}

/// What came of looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertSettled {
    /// Told at this instant; none: as before.
    pub told_at: Option<Timestamp>,
    /// What the next look finds again, if somebody was told.
    pub told_letters: Vec<LetterId>,
    /// When to look again; none: at the next arrival.
    pub next_at: Option<Timestamp>,
    /// Tries in a row that failed.
    pub attempts: u32,
    /// When the last try was given up.
    pub failed_at: Option<Timestamp>,
}
