//! What the tables hold, in the glossary's types.

use domain::{
    CardPurpose, ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, LoginOutcome, PortalInstanceId,
    RegistrationId, RemovalToken, SecretHash,
};
use jiff::Timestamp;

/// A user folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// LP: the person's code at the portal.
    pub link_code: LinkCode,
    /// The key that LP is under.
    pub key_index: KeyIndex,
    /// Where it is in its life.
    pub state: FolderState,
    /// When it was opened.
    pub opened_at: Timestamp,
}

/// What went with a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErasedFolder {
    /// Lines of its login history.
    pub login_events: u64,
    /// Certificates that were ever bound to it.
    pub certificates: u64,
    /// Notices, read or not.
    pub notices: u64,
    /// Notices that were kept.
    pub kept_notices: u64,
    /// Addresses at which the person was told of new ones, or would have been once they were proved.
    pub alert_addresses: u64,
}

/// An authentication certificate's tie to a folder (P-AUT-5: the serial is the login id).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Serial, lower-case hexadecimal.
    pub serial: String,
    /// Whose.
    pub folder_id: FolderId,
    /// Since when.
    pub bound_at: Timestamp,
}

/// What whoever enters a folder is told, and by whose certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrance {
    /// The folder.
    pub folder: Folder,
    /// When the certificate's validity ends, as far as it is known.
    pub certificate_ends_at: Option<Timestamp>,
    /// When the folder was last entered.
    pub entered_at: Option<Timestamp>,
    /// Logins that failed since then.
    pub failures_since: u32,
}

/// Where a first registration is (B.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationState {
    /// Steps 1–3 are to come.
    Started,
    /// Step 5 is done: J-LIS gave a match number, the core's delivery is awaited.
    Matched,
    /// Step 8 is done: LP is here, the authentication certificate is to come.
    Linked {
        /// LP
        link_code: LinkCode,
        /// Its key.
        key_index: KeyIndex,
        /// Whose signature certificate opened it: the pair is checked at step 10 (P-REG-5).
        signature_serial: String,
    },
    /// Step 10 is done; code and serial are gone from here.
    Bound,
    /// Refused or too late.
    GivenUp,
}

/// A first registration under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// The browser that started.
    pub browser_hash: SecretHash,
    /// Where it is.
    pub state: RegistrationState,
    /// When it is given up.
    pub expires_at: Timestamp,
}

/// A challenge to be written.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// The random number.
    pub nonce: ChallengeNonce,
    /// What for.
    pub purpose: CardPurpose,
    /// The portal's origin, which the card signs.
    pub origin: String,
    /// What the citizen is shown and signs.
    pub document: String,
    /// The browser that started.
    pub browser_hash: SecretHash,
    /// For register and bind.
    pub registration_id: Option<RegistrationId>,
    /// For the reader.
    pub removal_token: RemovalToken,
    /// The person said that the device is shared.
    pub shared_device: bool,
    /// Where to go after login: a path of this site.
    pub return_to: Option<String>,
    /// Now.
    pub started_at: Timestamp,
    /// 5 minutes later.
    pub expires_at: Timestamp,
}

/// A challenge as stored.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// As it was written.
    pub asked: NewChallenge,
    /// When an answer used it up.
    pub answered_at: Option<Timestamp>,
    /// What the answer led to is kept.
    pub judged: bool,
}

/// What an answer led to, kept until the starting browser fetches it.
#[derive(Clone, Debug)]
pub struct ChallengeAnswer {
    /// `accepted` or the name of the refusal.
    pub outcome: String,
    /// Serial of the authentication certificate, for login and bind.
    pub serial: Option<String>,
    /// Hash of the single-use code.
    pub ticket_hash: SecretHash,
    /// 30 s later.
    pub ticket_expires_at: Timestamp,
}

/// A ticket that was just redeemed.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The challenge that it answers.
    pub challenge: NewChallenge,
    /// `accepted` or the name of the refusal.
    pub outcome: String,
    /// Serial of the authentication certificate, for login and bind.
    pub serial: Option<String>,
}

/// One line of the login history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginEvent {
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: LoginOutcome,
}

/// A session to be written.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// SHA-256 of the cookie id.
    pub id_hash: SecretHash,
    /// The session's data, JSON.
    pub data: String,
    /// Whose, when logged in.
    pub folder_id: Option<FolderId>,
    /// Hash of the token by which the reader may end it (shared device).
    pub removal_token_hash: Option<SecretHash>,
    /// When it ends without activity.
    pub idle_ends_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The session's data, JSON.
    pub data: String,
    /// Last time that activity was written.
    pub last_seen_at: Timestamp,
    /// When it ends without activity.
    pub idle_ends_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
    /// Unopened notices of whoever is logged in, counted up to a thousand.
    pub unread_notices: u64,
    /// Emergencies among them.
    pub urgent_notices: u64,
}

/// So many sessions are read by one statement: the number of its placeholders.
pub const SESSIONS_AT_ONCE: usize = 16;

/// What is gathered for one session.
#[derive(Clone, PartialEq, Eq)]
pub struct Gathering {
    /// A part of the key under which it is held; overwritten before anything is erased.
    pub salt: [u8; 32],
    /// When the person asked.
    pub started_at: Timestamp,
    /// The portal that goes on with it; None: it was begun by a program that did not say so.
    pub instance: Option<PortalInstanceId>,
}

impl std::fmt::Debug for Gathering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gathering")
    }
}

/// What kind of thing is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeldClass {
    /// An institution was asked; nothing came, or nothing yet.
    Question,
    /// What an institution answered.
    Answer,
    /// A file made for the person to take home.
    Export,
}

impl HeldClass {
    /// As stored, and as receipts name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Export => "export",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Question, Self::Answer, Self::Export].into_iter().find(|class| class.name() == name)
    }
}

/// One thing that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// Which, within its session.
    pub place: u32,
    /// What kind of thing.
    pub class: HeldClass,
    /// Ciphertext.
    pub sealed: Vec<u8>,
    /// SHA-256 of a salt that is sealed with it, and of its content.
    pub commitment: Option<[u8; 32]>,
    /// When it was written last.
    pub written_at: Timestamp,
}

/// One thing that was held and is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Which, within its session.
    pub place: u32,
    /// What kind of thing.
    pub class: HeldClass,
    /// As in [`HeldRow::commitment`].
    pub commitment: Option<[u8; 32]>,
}

/// How the session of a gathering ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// Without activity.
    Idle,
    /// Its time was over.
    Absolute,
    /// It is there no longer, or its folder has ended it.
    Gone,
}
