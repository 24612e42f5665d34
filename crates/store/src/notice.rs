//! What the tables of notices hold.

use domain::{LinkCode, NoticeId, NoticeKind, NoticeState, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;

/// A person who can receive notices, within this store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecipientId(pub(crate) i64);

/// A letter, within this store. Later letters have higher ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId(pub(crate) i64);

impl LetterId {
    /// No letter has a lower id.
    pub const FIRST: Self = Self(0);

    /// As it stands in an address.
    pub fn number(self) -> i64 {
        self.0
    }

    /// From an address. Whether there is such a letter, and whose, the store knows.
    pub fn of_number(number: i64) -> Self {
        Self(number)
    }
}

/// A letter to be kept. Headline and body are ciphertext.
#[derive(Clone)]
pub struct NewLetter {
    /// Who signed it.
    pub sender: OrgCode,
    /// The sender's name for it.
    pub notice: NoticeId,
    /// SHA-256 of the words that were signed: the same again are the same letter.
    pub digest: [u8; 32],
    /// What it is for.
    pub kind: NoticeKind,
    /// What a list shows.
    pub headline: Vec<u8>,
    /// The signed letter.
    pub body: Vec<u8>,
    /// Files that belong to it.
    pub attachments: u8,
    /// When it was signed.
    pub issued_at: Timestamp,
    /// From then on nobody needs it.
    pub expires_at: Timestamp,
    /// The last day to do something.
    pub deadline: Option<Date>,
    /// From then on nothing can be done about it: the answer is closed, or the last day is over. None: nothing is to be done.
    pub ends_at: Option<Timestamp>,
    /// The sender asks for states.
    pub wants_states: bool,
    /// What it takes the place of.
    pub replaces: Option<NoticeId>,
    /// When it came.
    pub taken_at: Timestamp,
}

/// A letter that is kept, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Within this store.
    pub id: LetterId,
    /// SHA-256 of the words that were signed.
    pub digest: [u8; 32],
    /// What it is for.
    pub kind: NoticeKind,
    /// Files that belong to it.
    pub attachments: u8,
    /// Of these, how many are not here yet.
    pub attachments_missing: u8,
    /// Nobody had it any more, and its words went.
    pub words_missing: bool,
    /// From then on nobody needs it.
    pub expires_at: Timestamp,
    /// The sender took it back.
    pub withdrawn_at: Option<Timestamp>,
}

/// An attached file. Ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRow {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// Ciphertext.
    pub sealed: Vec<u8>,
}

/// Where a person put a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NoticePlace {
    /// 受信
    #[default]
    Inbox,
    /// よけたもの: read, and out of the way until it goes.
    Archive,
    /// ごみ箱
    Bin,
}

/// Which notices of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeQuery {
    /// Where they lie.
    pub place: NoticePlace,
    /// Of this sender only.
    pub sender: Option<OrgCode>,
    /// Of this kind only.
    pub kind: Option<NoticeKind>,
    /// Opened ones only, or unopened ones only.
    pub opened: Option<bool>,
    /// Those that arrived after this only.
    pub arrived_after: Option<Timestamp>,
    /// Those for which there is still time only.
    pub due: bool,
    /// Those that wait for the person only, or the others only.
    pub to_do: Option<bool>,
    /// Those that the person marked only.
    pub starred: bool,
    /// Older than this one.
    pub before: Option<LetterId>,
}

/// A notice in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// Which.
    pub letter: LetterId,
    /// Who signed it.
    pub sender: OrgCode,
    /// The sender's name for it.
    pub notice: NoticeId,
    /// What it is for.
    pub kind: NoticeKind,
    /// Ciphertext.
    pub headline: Vec<u8>,
    /// Files that belong to it.
    pub attachments: u8,
    /// The last day to do something.
    pub deadline: Option<Date>,
    /// From then on nobody needs it.
    pub expires_at: Timestamp,
    /// The sender took it back.
    pub withdrawn_at: Option<Timestamp>,
    /// The person got another one in its place, which holds.
    pub replaced: bool,
    /// What the person did with it.
    pub touched: Touched,
}

/// What became of a notice at its person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// It arrived.
    pub arrived_at: Timestamp,
    /// It counts as read since then: it was opened, or marked as read.
    pub opened_at: Option<Timestamp>,
    /// Put out of the way.
    pub archived_at: Option<Timestamp>,
    /// Thrown away.
    pub binned_at: Option<Timestamp>,
    /// Marked.
    pub starred_at: Option<Timestamp>,
    /// Answered.
    pub replied_at: Option<Timestamp>,
}

/// A notice that arrived lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrivalRow {
    /// Which.
    pub letter: LetterId,
    /// When, as its delivery wrote it before it was durable.
    pub arrived_at: Timestamp,
    /// It is an emergency.
    pub urgent: bool,
    /// Nobody has opened it.
    pub unread: bool,
}

/// A whole notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeNotice {
    /// As in a list.
    pub row: NoticeRow,
    /// The signed letter; ciphertext.
    pub body: Vec<u8>,
    /// SHA-256 of the words that were signed.
    pub digest: [u8; 32],
    /// When the letter first came, and its signature was judged.
    pub taken_at: Timestamp,
    /// The sender asks for states.
    pub wants_states: bool,
    /// The letter of the same sender that takes this one's place, where this person has that one too.
    pub replaced_by: Option<LetterId>,
}

/// How many notices a person has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeCounts {
    /// Unopened, in the inbox.
    pub unopened: u32,
    /// In the inbox.
    pub inbox: u32,
    /// Out of the way.
    pub archive: u32,
    /// In the bin.
    pub bin: u32,
    /// Of the inbox, those that wait for the person: not taken back, not replaced, not answered, still in time, and no
    /// emergency that was not opened.
    pub to_do: u32,
    /// Of the inbox, emergencies that were not opened.
    pub urgent: u32,
}

impl std::ops::AddAssign for NoticeCounts {
    fn add_assign(&mut self, more: Self) {
        let Self { unopened, inbox, archive, bin, to_do, urgent } = more;
        self.unopened += unopened;
        self.inbox += inbox;
        self.archive += archive;
        self.bin += bin;
        self.to_do += to_do;
        self.urgent += urgent;
    }
}

/// What a person has, at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeOverview {
    /// How many.
    pub counts: NoticeCounts,
    /// Who sent something that is still here; of more than a thousand notices, the newest thousand.
    pub senders: Vec<OrgCode>,
}

/// A sender to whom a person gives states (P-PSH-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateConsent {
    /// To whom.
    pub sender: OrgCode,
    /// Since when.
    pub given_at: Timestamp,
}

/// Something for a sender to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReturn {
    /// For whom.
    pub sender: OrgCode,
    /// About which notice.
    pub notice: NoticeId,
    /// Of whom.
    pub recipient: RecipientId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ReturnRowWhat,
}

/// What a sender hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnRowWhat {
    /// A state.
    State(NoticeState),
    /// A reply, sealed to the sender: encapsulated key and ciphertext, base64.
    Reply {
        /// HPKE's encapsulated key.
        encapsulated_key: String,
        /// HPKE's ciphertext.
        ciphertext: String,
    },
}

/// Something that waits for its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRow {
    /// One after the other.
    pub number: u64,
    /// About which notice.
    pub notice: NoticeId,
    /// LP
    pub link_code: LinkCode,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ReturnRowWhat,
}

/// What one step of the walk over all notices did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Where to go on; none: the end was reached.
    pub next: Option<(RecipientId, LetterId)>,
    /// Notices whose letter's time was over, and unopened ones that were taken back.
    pub removed: u64,
}
