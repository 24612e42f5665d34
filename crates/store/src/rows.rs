//! What the tables hold, in the glossary's types.

use domain::{
    CardPurpose, ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, LoginOutcome, RegistrationId, RemovalToken,
    SecretHash,
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
}
