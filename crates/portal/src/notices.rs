//! Notices (お知らせ; requirements B.9): taken from the core, believed only as their sender's, kept as ciphertext, read by
//! their person, gone when they were read.

mod alerts;
mod answers;
mod arrivals;
mod bell;
mod consent;
mod damage;
mod headline;
mod inbox;
mod intake;
mod kept;
mod letter;
mod opened;
mod paper;
mod reply;
mod returns;
mod seal;
mod upkeep;
mod wish;

pub use alerts::{
    AddressFault, AlertError, AlertMail, AlertMeans, AlertPlace, AlertPlaceAt, AlertPlaceState, AlertRound, Alerts,
    CODE_DIGITS, CODE_TRIES, Carried, CarryError, DEVICES_MAX, DeadlineReminders, DeviceFault, DeviceName, MailAddress,
    MailCarrier, PushHost, PushHostError, PushKey, PushKeyError, PushMeans, SubscriptionFault,
};
pub use answers::{AnswerFault, AnswerFaults, answer_field, read_answers};
pub use arrivals::{DELIVERY_AT_MOST, KnownArrivals, LateArrivals, NoKnownArrivals, NoticeArrival};
pub(crate) use bell::NoticeBell;
pub(crate) use damage::Damages;
pub use headline::InboxNotice;
pub use inbox::{Inbox, InboxFault, InboxWish, NoticeSummary, ReadState, ToDo, Urgent};
pub use intake::IntakeError;
pub use kept::{KEPT_AT_MOST, KEPT_FOR, KeepTold, Kept, KeptError, KeptNotice, KeptWish, OpenedKept};
pub use letter::{NoticeSignature, SignatureFault};
pub use opened::{NoticeError, OpenedFile, OpenedNotice};
pub use paper::{NoticePdf, NoticePdfError};
pub use reply::{ReplyError, SenderFault};
pub use upkeep::NoticeUpkeep;
pub use wish::WishError;

/// Notices that one person can have at a time (P-PSH-7). Whoever has so many receives no more.
pub const NOTICES_EACH_AT_MOST: u32 = 10_000;
