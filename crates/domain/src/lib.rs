//! The glossary as types: identifiers, codes, states and their rules. Pure: no clock, no randomness of its own, no I/O.
//!
//! Names follow `docs/glossary.md` (requirements F). Anything secret or personal prints only its type's name.

mod access_record;
mod birth_date;
mod card;
mod code;
mod folder;
mod four_info;
mod id;
mod information;
mod locale;
mod login;
mod notice;
mod opaque;
mod org;

pub use access_record::{AccessRecord, Circumstance, Dictionary, Outcome};
pub use birth_date::{BirthDate, BirthDateError};
pub use card::{CardPurpose, PinPresence, UnknownPurpose};
pub use code::{BpId, CodeError, InfoKind};
pub use folder::{FolderState, FolderStateError};
pub use four_info::{FourInfo, FourInfoError, Sex};
pub use id::{
    AccessRecordId, AlertAddressId, CorrectionReportId, FolderId, IdError, NoticeId, PortalInstanceId, ReceiptId,
    RegistrationId,
};
pub use information::{CalendarLength, CalendarPart, InformationField, Period};
pub use locale::{Locale, UnknownLocale};
pub use login::{LoginFailure, LoginOutcome};
pub use notice::{NoticeKind, NoticeState, UnknownNoticeWord};
pub use opaque::{
    BrowserMark, ChallengeNonce, LinkCode, MatchNumber, OpaqueError, RemovalToken, SecretHash, TicketCode,
};
pub use org::{OrgCode, OrgCodeError};

/// Which of an organisation's encryption keys a link code is under (S4 L433 `KA`: an index, never the key).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct KeyIndex(pub u32);
