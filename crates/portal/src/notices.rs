//! Notices (お知らせ; requirements B.9): taken from the core, believed only as their sender's, kept as ciphertext, read by
//! their person, gone when they were read.

mod answers;
mod bell;
mod inbox;
mod intake;
mod opened;
mod reply;
mod returns;
mod seal;
mod upkeep;
mod wish;

pub use answers::{AnswerFault, AnswerFaults, answer_field, read_answers};
pub(crate) use bell::NoticeBell;
pub use inbox::{Inbox, InboxFault, InboxNotice, InboxWish, NoticeSummary, ToDo};
pub use intake::IntakeError;
pub use opened::{NoticeError, OpenedFile, OpenedNotice};
pub use reply::{ReplyError, SenderFault};
pub use upkeep::NoticeUpkeep;
pub use wish::WishError;

/// Notices that one person can have at a time (P-PSH-7). Whoever has so many receives no more.
pub const NOTICES_EACH_AT_MOST: u32 = 10_000;
