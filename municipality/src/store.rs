//! The tables of the sender on SQLite and PostgreSQL, every statement written once.

mod dispatch;
mod postgres;
mod rows;
mod sqlite;

pub use dispatch::{Reader, Repository, Store, StoreError, Target};
pub use rows::{
    AuditLine, NewRecipient, NewSending, Outcome, PendingAttachment, RecipientRow, ReturnedRow, SendingId, SendingRow,
    SendingState, Settled,
};
