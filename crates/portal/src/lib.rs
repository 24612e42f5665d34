//! The use cases of the portal: the only crate that knows the whole story.
//!
//! Who asks is a type: a use case takes [`SignedIn`], [`Browser`] or [`CoreChannel`], which only the session and the
//! core's channel can make. Time and randomness are arguments.

pub mod backup;
mod card;
mod flash;
mod folder_key;
mod folder_life;
mod folder_own;
mod history;
mod home;
mod information;
mod linkage;
mod log;
mod notices;
mod portal;
mod receipt;
mod records;
mod registration;
#[cfg(test)]
mod testing;
mod validity;
mod visitor;

pub use card::{
    AnswerError, AskError, CardAsk, CardRefusal, NewSeat, RedeemError, Redeemed, StartBindingError, StartError,
    StartLogin,
};
pub use flash::{Flash, FlashKind};
pub use folder_key::FolderKeyError;
pub use history::LoginHistory;
pub use home::Home;
pub use information::{
    Arrivals, Desk, DeskError, DeskSettings, Gathered, Holder, HoldingSecret, HoldingSecretTooShort, InformationError,
    Now, OwnAnswer, OwnSource, OwnState, PurgeError, ReportError, ReportSent, SourceFailure, Takeout, TakeoutFailure,
    TakeoutFormat, TakeoutState, TakeoutWish, Typeset, TypesetError, Typesetter, Unopened, Written,
};
pub use linkage::{Clients, Peers, PeersError};
pub use log::{AppendError, Log, LogError, LogIndex, LoggedReceipt};
pub use notices::{
    AddressFault, AlertError, AlertMail, AlertMeans, AlertPlace, AlertPlaceAt, AlertPlaceState, AlertRound, Alerts,
    CODE_DIGITS, CODE_TRIES, Carried, CarryError, DEVICES_MAX, DeadlineReminders, DeviceFault, DeviceName, MailAddress,
    MailCarrier, PushHost, PushHostError, PushKey, PushKeyError, PushMeans, SubscriptionFault,
};
pub use notices::{
    AnswerFault, AnswerFaults, Inbox, InboxFault, InboxNotice, InboxWish, IntakeError, KEPT_AT_MOST, KEPT_FOR,
    KeepTold, Kept, KeptError, KeptNotice, KeptWish, NOTICES_EACH_AT_MOST, NoticeError, NoticePdf, NoticePdfError,
    NoticeSignature, NoticeSummary, NoticeUpkeep, OpenedFile, OpenedKept, OpenedNotice, ReadState, ReplyError,
    SenderFault, SignatureFault, ToDo, Urgent, WishError, answer_field, read_answers,
};
pub use notices::{DELIVERY_AT_MOST, KnownArrivals, LateArrivals, NoKnownArrivals, NoticeArrival};
pub use portal::{Means, Portal, PortalSettings};
pub use receipt::{ClassCount, ClassName, ClassNameError, Commitment, PurgeReason, Receipt, ReceiptError};
pub use records::{FilterError, RecordError, RecordsError, RecordsFilter, RecordsPage};
pub use registration::{CoreChannel, DeliveryError, RegistrationProgress};
pub use store::keys::{self, KeyStore};
pub use store::{
    DbError, KeptId, KeptLimits, KeptTotals, LetterId, LoginEvent, NewSession, NoticeCounts, NoticePlace,
    SESSIONS_AT_ONCE, SessionRow, StateConsent, Store, StoreError, Swept, Target, Touched,
};
pub use validity::{RevocationSettings, Validity, ValidityError, ValiditySettings};
pub use visitor::{Browser, SessionState, SignedIn, Visitor};
pub use wire::correction_report::{OPEN_REPORTS_MAX, ReportWords, WordsFault};
/// What a notice says.
pub use wire::notice as letter;
