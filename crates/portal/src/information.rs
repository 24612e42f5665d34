//! わたしの情報: gathered when the person asks, held as ciphertext while the session lasts, erased with it (P-INF-1 ②,
//! P-INF-4…6). The portal keeps nothing of it.

mod board;
mod desk;
mod gather;
mod purge;
mod report;
mod seal;
mod source;
mod takeout;

pub use board::Arrivals;
pub(crate) use board::Board;
pub(crate) use desk::Disbelief;
pub use desk::{Desk, DeskError, DeskSettings};
pub use gather::{Gathered, InformationError, Now};
pub use purge::PurgeError;
pub(crate) use purge::{TRIES, entered};
pub use report::{ReportError, ReportSent, Written};
pub(crate) use seal::{Bytes32, opened, sealed};
pub use seal::{Holder, HoldingSecret, HoldingSecretTooShort, Unopened};
pub use source::{OwnAnswer, OwnSource, OwnState, SourceFailure};
pub use takeout::{
    Takeout, TakeoutFailure, TakeoutFormat, TakeoutState, TakeoutWish, Typeset, TypesetError, Typesetter,
};
