//! The tables of the sender on SQLite and PostgreSQL, every statement written once.

mod api_rows;
mod console_rows;
mod dispatch;
mod postgres;
mod rows;
mod sqlite;

pub use api_rows::{
    ClientId, ClientRow, FaultRow, FoundReturn, KeptAnswer, KeyClaim, ListForm, ListRow, TemplateRow, TokenRow,
    UploadedFile, UploadedFileId, WaitingFiles,
};
pub use console_rows::{
    CeremonyRow, DraftId, DraftRow, FileRow, NewInvite, OfficerId, OfficerRow, ReadList, RejectionRow, Role, StateCount,
};
pub use dispatch::{Reader, Repository, Store, StoreError, Target};
pub use rows::{
    AuditLine, DoubtedReceipt, Lane, NewRecipient, NewSending, Outcome, PendingAttachment, PostedSending, RecipientRow,
    ReturnedRow, SealedReturn, SendingId, SendingRow, SendingState, Settled,
};
