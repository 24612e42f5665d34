//! What the tables hold.

use domain::{LinkCode, NoticeId, NoticeKind, NoticeState};
use jiff::Timestamp;
use wire::mediation::SealedPayload;

/// One sending. Also the id of its notice, where it is the same for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendingId(NoticeId);

impl SendingId {
    /// Draws a new one.
    pub fn generate(rng: &mut (impl rand_core::Rng + ?Sized)) -> Self {
        Self(NoticeId::generate(rng))
    }

    /// The name of the notice that everybody gets.
    pub fn notice(self) -> NoticeId {
        self.0
    }

    /// The name of the notice of the recipient at this place, where each gets their own.
    pub fn notice_at(self, place: u32) -> NoticeId {
        use sha2::{Digest as _, Sha256};
        let digest = Sha256::new().chain_update(self.0.as_bytes()).chain_update(place.to_be_bytes()).finalize();
        let mut id = [0; 16];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        id.into()
    }

    /// As stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl From<[u8; 16]> for SendingId {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes.into())
    }
}

impl TryFrom<&[u8]> for SendingId {
    type Error = domain::IdError;
    fn try_from(bytes: &[u8]) -> Result<Self, domain::IdError> {
        NoticeId::try_from(bytes).map(Self)
    }
}

impl std::str::FromStr for SendingId {
    type Err = domain::IdError;
    fn from_str(text: &str) -> Result<Self, domain::IdError> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for SendingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a sending is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SendingState {
    /// Recipients may still be added.
    Open,
    /// Somebody else must approve it (R14, R17).
    Waiting,
    /// It goes out when its time has come.
    Released,
    /// Every recipient is settled.
    Done,
    /// Taken back before everybody had it.
    Cancelled,
    /// Nobody approved it.
    Rejected,
}

impl SendingState {
    const ALL: [Self; 6] = [Self::Open, Self::Waiting, Self::Released, Self::Done, Self::Cancelled, Self::Rejected];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Released => "released",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
        }
    }
}

impl std::str::FromStr for SendingState {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or(())
    }
}

/// A sending to be written. It begins open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSending {
    /// Its id.
    pub id: SendingId,
    /// Who: `client:…` or `officer:…`.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// JSON of [`crate::draft::Draft`].
    pub draft: String,
    /// Each recipient gets a letter of their own.
    pub merged: bool,
    /// Not before.
    pub starts_at: Timestamp,
    /// Not after.
    pub expires_at: Timestamp,
}

/// What of a draft decides when its turn comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// An emergency.
    pub(crate) urgent: bool,
    /// It has files, and goes with no others.
    pub(crate) alone: bool,
}

impl NewSending {
    /// A draft that cannot be read weighs nothing.
    pub(crate) fn weight(&self) -> Weight {
        #[derive(serde::Deserialize)]
        struct Sketch {
            kind: NoticeKind,
            #[serde(default)]
            attachments: Vec<serde::de::IgnoredAny>,
        }
        let weight = |draft: Sketch| Weight {
            urgent: draft.kind == NoticeKind::Emergency,
            alone: !draft.attachments.is_empty(),
        };
        serde_json::from_str(&self.draft).map(weight).unwrap_or_default()
    }
}

/// Sendings that take turns with each other, and wait for none of another lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Emergencies.
    Urgent,
    /// To a few, without files and without trouble before.
    Short,
    /// All others.
    Long,
}

/// A sending that was released as it came, with its recipients.
#[derive(Clone)]
pub struct PostedSending {
    /// Its maker released it when it was made.
    pub sending: NewSending,
    /// Files of every letter.
    pub files: Vec<Vec<u8>>,
    /// No code twice.
    pub recipients: Vec<NewRecipient>,
}

/// A sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendingRow {
    /// Its id.
    pub id: SendingId,
    /// Where it is.
    pub state: SendingState,
    /// Since when.
    pub state_since: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// JSON of [`crate::draft::Draft`].
    pub draft: String,
    /// Each recipient gets a letter of their own.
    pub merged: bool,
    /// Not before.
    pub starts_at: Timestamp,
    /// Not after.
    pub expires_at: Timestamp,
    /// When its notice is signed; from its release on.
    pub issued_at: Option<Timestamp>,
    /// The portal has the letter with its files.
    pub letter_taken_at: Option<Timestamp>,
    /// Who released it.
    pub released_by: Option<String>,
    /// Taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// Tries that failed since the last one that did not.
    pub tries: u32,
    /// The next try.
    pub try_at: Timestamp,
    /// Why the last try failed.
    pub trouble: Option<String>,
    /// For how many it is.
    pub recipients: u64,
    /// Of these, stored at the portal.
    pub accepted: u64,
    /// Of these, without a folder.
    pub undeliverable: u64,
    /// Of these, no codes of ours.
    pub unknown: u64,
    /// What replies to it are sealed to, base64 DER, once that was needed.
    pub sealing_certificate: Option<String>,
    /// Tries to tell the portal that it was taken back, that failed since the last one that did not.
    pub withdrawal_tries: u32,
    /// Where each has a letter of their own: before this place everybody's is taken back.
    pub withdrawal_place: u32,
}

impl SendingRow {
    /// The name of the notice that the recipient at this place gets.
    pub fn notice_of(&self, place: u32) -> NoticeId {
        if self.merged { self.id.notice_at(place) } else { self.id.notice() }
    }
}

/// A recipient to be written.
#[derive(Clone)]
pub struct NewRecipient {
    /// From 0, in the order of the upload.
    pub place: u32,
    /// LA
    pub link_code: LinkCode,
    /// JSON of [`crate::draft::Fields`].
    pub fields: Option<String>,
}

/// A recipient.
#[derive(Clone)]
pub struct RecipientRow {
    /// From 0.
    pub place: u32,
    /// LA
    pub link_code: LinkCode,
    /// JSON of [`crate::draft::Fields`].
    pub fields: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// What the portal said of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Stored.
    Accepted,
    /// No folder (P-PSH-8).
    Undeliverable,
    /// No code of ours.
    Unknown,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Accepted, Self::Undeliverable, Self::Unknown];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Undeliverable => "undeliverable",
            Self::Unknown => "unknown",
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == text).ok_or(())
    }
}

/// Recipients that are settled: places `first..=last`, all accepted but those named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The first place.
    pub first: u32,
    /// The last place.
    pub last: u32,
    /// Without a folder.
    pub undeliverable: Vec<u32>,
    /// No codes of ours.
    pub unknown: Vec<u32>,
}

/// A file that the portal does not have yet.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingAttachment {
    /// From 0.
    pub place: u8,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Something that came back.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnedRow {
    /// The portal's number.
    pub number: u64,
    /// About which notice.
    pub notice: NoticeId,
    /// LA
    pub link_code: LinkCode,
    /// When.
    pub at: Timestamp,
    /// A state, or none: a reply.
    pub state: Option<NoticeState>,
    /// The reply as the portal signed it: DER of the CMS, the content inside.
    pub reply: Option<Vec<u8>>,
}

/// A reply that could not be opened yet, or was not believed.
#[derive(Clone)]
pub struct SealedReturn {
    /// The portal's number.
    pub number: u64,
    /// About which notice.
    pub notice: NoticeId,
    /// As it came.
    pub sealed: SealedPayload,
}

/// 到達証明 that was not believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtedReceipt {
    /// Of which sending.
    pub sending: SendingId,
    /// Of whom in it.
    pub place: u32,
    /// Of which notice.
    pub notice: NoticeId,
    /// DER of a CMS that somebody signed.
    pub signed: Vec<u8>,
}

/// Who did what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// When.
    pub at: Timestamp,
    /// `client:…`, `officer:…` or `program`.
    pub who: String,
    /// A word of ours.
    pub what: String,
    /// About which sending.
    pub sending: Option<SendingId>,
}
