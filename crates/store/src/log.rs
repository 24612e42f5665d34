//! What the tables of the portal's own log hold.

use domain::ReceiptId;
use jiff::Timestamp;

/// The log as its key signed it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// Number of entries.
    pub size: u64,
    /// The signed note.
    pub checkpoint: String,
}

/// Where in the log a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Which receipt.
    pub id: ReceiptId,
    /// The entry's number, from 0.
    pub log_index: u64,
    /// When it was entered.
    pub at: Timestamp,
}

/// A log that nobody may continue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetiredLog {
    /// Its key, `name+id+key`.
    pub key_text: String,
    /// Its origin line.
    pub origin: String,
    /// How many of its entries were known when it was retired.
    pub size: u64,
    /// Its newest head that was known.
    pub checkpoint: Option<String>,
    /// When it was retired.
    pub at: Timestamp,
}
