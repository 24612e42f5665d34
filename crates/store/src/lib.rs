//! The portal's tables on SQLite and PostgreSQL, every statement written once.
//!
//! `queries/` is compiled twice, once per driver (`sqlite`, `postgres`); [`Repository`] and [`Reader`] choose at run
//! time. A repository is a transaction: [`Repository::commit`] makes it durable, dropping it undoes it.

mod alert;
pub mod backup;
mod dispatch;
mod kept;
pub mod keys;
mod log;
mod notice;
mod postgres;
mod rows;
mod sqlite;
mod sweep;

pub use alert::{
    AlertAddressRow, AlertChannel, AlertNews, AlertSettled, AlertWanted, NewAlertAddress, NoSuchChannel, Reminded,
};
pub use db::DbError;
pub use dispatch::{Ears, Reader, Repository, Store, StoreError, Target};
pub use kept::{Keeping, KeptId, KeptLimits, KeptRow, KeptTotals, NewKept};
pub use log::{LogHead, ReceiptRow, RetiredLog};
pub use notice::{
    ArrivalRow, AttachmentRow, LetterId, LetterRow, NewLetter, NewReturn, NoticeCounts, NoticeOverview, NoticePlace,
    NoticeQuery, NoticeRow, RecipientId, ReturnRow, ReturnRowWhat, StateConsent, Touched, Walked, WholeNotice,
};
pub use rows::{
    Binding, Challenge, ChallengeAnswer, Entrance, Erased, ErasedFolder, Folder, Gathering, HeldClass, HeldRow,
    LoginEvent, NewChallenge, NewSession, Registration, RegistrationState, SESSIONS_AT_ONCE, SessionEnd, SessionRow,
    Ticket,
};
pub use sweep::Swept;
