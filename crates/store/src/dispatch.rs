//! Chooses the engine at run time; names every statement once.

mod bell;

use std::path::PathBuf;

use db::DbError;
use domain::{
    ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, NoticeId, OrgCode, PortalInstanceId, ReceiptId,
    RegistrationId, SecretHash,
};
use jiff::Timestamp;

use crate::log::{LogHead, ReceiptRow, RetiredLog};
use crate::notice::{
    ArrivalRow, AttachmentRow, LetterId, LetterRow, NewLetter, NoticeCounts, NoticeOverview, NoticePlace, NoticeQuery,
    NoticeRow, RecipientId, WholeNotice,
};
use crate::rows::{
    Binding, Challenge, ChallengeAnswer, Entrance, Erased, ErasedFolder, Folder, Gathering, HeldRow, LoginEvent,
    NewChallenge, NewSession, Registration, SESSIONS_AT_ONCE, SessionEnd, SessionRow, Ticket,
};
use crate::{Swept, postgres, sqlite};

pub use bell::Ears;

/// Where the portal's tables are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

/// The store failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
    /// A row holds what no version ever wrote.
    #[error("a row of {table} has an unreadable {column}")]
    Corrupt {
        /// Table
        table: &'static str,
        /// Column
        column: &'static str,
    },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The portal's tables.
#[derive(Clone)]
pub struct Store(Engine);

#[derive(Clone)]
enum Engine {
    Sqlite(db::sqlite::Pool),
    Postgres(db::postgres::Pool),
}

impl Store {
    /// Opens and migrates. Fails when the file or server is not there or not usable.
    pub async fn open(target: &Target) -> Result<Self, StoreError> {
        Ok(Self(match target {
            Target::Sqlite(path) => Engine::Sqlite(db::sqlite::Pool::open(path, &sqlite::MIGRATOR).await?),
            Target::Postgres(url) => Engine::Postgres(db::postgres::Pool::open(url, &postgres::MIGRATOR).await?),
        }))
    }

    /// A transaction.
    pub async fn begin(&self) -> Result<Repository, StoreError> {
        Ok(Repository(match &self.0 {
            Engine::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Engine::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        }))
    }

    /// A reader that sees what is committed.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        Ok(Reader(match &self.0 {
            Engine::Sqlite(pool) => Reading::Sqlite(pool.read().await?),
            Engine::Postgres(pool) => Reading::Postgres(pool.read().await?),
        }))
    }

    /// Nothing that was deleted stays in the files: see `db::sqlite::Pool::settle`. On PostgreSQL this is for the
    /// server's own vacuum; what the portal deletes there was ciphertext. False: somebody reads, try again.
    pub async fn settle(&self) -> Result<bool, StoreError> {
        match &self.0 {
            Engine::Sqlite(pool) => Ok(pool.settle().await?),
            Engine::Postgres(_) => Ok(true),
        }
    }

    /// Whether other portals can run on these tables at the same time: a file has one.
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Engine::Postgres(_))
    }

    /// Writes nothing; fails when the store cannot answer.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.read().await?.answers().await
    }
}

/// A transaction on the portal's tables: commit, or drop to undo.
pub struct Repository(Transaction);

enum Transaction {
    Sqlite(db::sqlite::Tx),
    Postgres(db::postgres::Tx),
}

impl Repository {
    /// Returns when the changes are durable.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            Transaction::Sqlite(tx) => tx.commit().await?,
            Transaction::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Reads on the portal's tables.
pub struct Reader(Reading);

enum Reading {
    Sqlite(db::sqlite::Read),
    Postgres(db::postgres::Read),
}

macro_rules! statements {
    ($on:ident, $enum:ident: $( $(#[$doc:meta])* $module:ident :: $name:ident ( $($arg:ident : $ty:ty),* ) -> $ret:ty; )*) => {
        impl $on {
            $(
                $(#[$doc])*
                pub async fn $name(&mut self, $($arg: $ty),*) -> Result<$ret, StoreError> {
                    match &mut self.0 {
                        $enum::Sqlite(connection) => sqlite::queries::$module::$name(connection, $($arg),*).await,
                        $enum::Postgres(connection) => postgres::queries::$module::$name(connection, $($arg),*).await,
                    }
                }
            )*
        }
    };
}

mod alerts;
mod kept;
mod notice_ends;
mod returns;

statements! { Repository, Transaction:
    /// Writes a challenge.
    challenge::insert_challenge(challenge: &NewChallenge) -> ();
    /// Uses a challenge up: `None` when it is unknown, already answered or late.
    challenge::use_challenge_up(nonce: &ChallengeNonce, now: Timestamp) -> Option<NewChallenge>;
    /// Uses a challenge up and keeps what the answer led to. False when it is unknown, already answered or late.
    challenge::answer_challenge(nonce: &ChallengeNonce, answer: &ChallengeAnswer, now: Timestamp) -> bool;
    /// Keeps what the answer led to.
    challenge::keep_answer(nonce: &ChallengeNonce, answer: &ChallengeAnswer) -> ();
    /// Redeems a ticket, once: `None` when it is unknown, used, late, or of another browser.
    challenge::redeem_ticket(ticket_hash: &SecretHash, browser_hash: &SecretHash, now: Timestamp) -> Option<Ticket>;
    /// Spoils a ticket that another browser showed: nobody can redeem it any more. Tells what it was.
    challenge::spoil_ticket(ticket_hash: &SecretHash, now: Timestamp) -> Option<Ticket>;
    /// Starts a registration.
    registration::insert_registration(id: &RegistrationId, browser_hash: &SecretHash, now: Timestamp, expires_at: Timestamp) -> ();
    /// Step 5: the match number is here. False when the registration is not at its start.
    registration::registration_matched(id: &RegistrationId, match_number_hash: &SecretHash, signature_serial: &str) -> bool;
    /// Steps 7–8: the core delivered. False when no registration waits for this match number.
    registration::registration_linked(match_number_hash: &SecretHash, link_code: &LinkCode, key_index: KeyIndex, now: Timestamp) -> bool;
    /// A registration, inside the transaction that finishes it.
    registration::registration_to_finish(id: &RegistrationId) -> Option<Registration>;
    /// Step 10: code and serial leave the registration. False when it was not linked.
    registration::registration_bound(id: &RegistrationId) -> bool;
    /// Refused; code and serial leave the registration.
    registration::registration_given_up(id: &RegistrationId) -> ();
    /// The folder of a person.
    folder::folder_by_link_code(link_code: &LinkCode) -> Option<Folder>;
    /// Opens a folder.
    folder::insert_folder(folder: &Folder) -> ();
    /// Moves a folder from one state to another. False when it was not in the first.
    folder::change_folder_state(id: &FolderId, from: FolderState, to: FolderState, now: Timestamp) -> bool;
    /// Retains the folder of a code that has ended; which one it was. None: no folder, or not one that is open or suspended.
    folder_life::retain_folder(link_code: &LinkCode, now: Timestamp) -> Option<FolderId>;
    /// Gives up registrations that were given this code; how many.
    folder_life::give_up_registrations_of(link_code: &LinkCode) -> u64;
    /// Deletes a folder with all that hangs on it, and tells how much that was. None when there was no such folder.
    folder_life::delete_folder(id: &FolderId) -> Option<ErasedFolder>;
    /// Replaces a code after the core rotated the portal's key (B-TBL-2). False when no folder has the old one.
    folder::replace_link_code(old: &LinkCode, new: &LinkCode, key_index: KeyIndex) -> bool;
    /// Ends whatever bindings the folder has but that of this serial (P-RNW-4).
    folder::unbind_other_certificates(folder_id: &FolderId, serial: &str, now: Timestamp) -> ();
    /// Binds an authentication certificate. False when the serial is bound to any folder.
    folder::bind_certificate(binding: &Binding) -> bool;
    /// The folder that a serial is bound to.
    folder::folder_by_serial(serial: &str) -> Option<Folder>;
    /// Notes when a bound certificate's validity ends, if that is not known yet.
    folder::note_certificate_end(serial: &str, not_after: Timestamp) -> ();
    /// The folder that a serial is bound to, and what whoever enters it is told.
    folder::entrance_by_serial(serial: &str) -> Option<Entrance>;
    /// Adds to the login history.
    login::insert_login_event(id: &[u8; 16], folder_id: &FolderId, event: &LoginEvent) -> ();
    /// Creates a session. False when the id is taken.
    session::insert_session(session: &NewSession, now: Timestamp) -> bool;
    /// Writes a session's data. False when it is over, or not there.
    session::save_session(session: &NewSession, now: Timestamp) -> bool;
    /// Notes activity.
    session::touch_session(id_hash: &SecretHash, now: Timestamp, idle_ends_at: Timestamp) -> ();
    /// Ends a session. False when there was none.
    session::delete_session(id_hash: &SecretHash) -> bool;
    /// Ends a session whose row stays until what hangs on it is erased. False when there was none.
    session_end::end_session(id_hash: &SecretHash) -> bool;
    /// The same for every session of a folder; which they were.
    session_end::end_sessions_of_folder(id: &FolderId) -> Vec<SecretHash>;
    /// Ends the sessions that this removal token stands for; how many.
    session::delete_sessions_by_removal(removal_token_hash: &SecretHash) -> u64;
    /// Begins to hold for a session. False when the session is gone, or something is held already.
    held::insert_gathering(session_hash: &SecretHash, gathering: &Gathering) -> bool;
    /// Holds one thing. False when the gathering is gone, or the place is taken.
    held::insert_held(session_hash: &SecretHash, held: &HeldRow) -> bool;
    /// Puts another thing in its place. False when the gathering is gone.
    held::update_held(session_hash: &SecretHash, held: &HeldRow) -> bool;
    /// Lets one thing go. False when it was not there.
    held::delete_held(session_hash: &SecretHash, place: u32) -> bool;
    /// Destroys the salt, and with it the key. False when nothing is held.
    held::shred_gathering(session_hash: &SecretHash) -> bool;
    /// Erases everything that is held for a session, and tells what it was. None when nothing was held.
    held::erase_gathering(session_hash: &SecretHash) -> Option<Vec<Erased>>;
    /// From now on another portal goes on with what is held for a session. False when nothing is held.
    held::take_gathering_over(session_hash: &SecretHash, instance: &PortalInstanceId) -> bool;
    /// A portal runs until then, if it does not renew this.
    instance::renew_lease(id: &PortalInstanceId, lease_ends_at: Timestamp) -> ();
    /// No other portal runs; how many said so.
    instance::end_other_leases(id: &PortalInstanceId) -> u64;
    /// Forgets portals that did not renew their lease; how many.
    instance::forget_leases_over(now: Timestamp) -> u64;
    /// Writes the head of the log without entries. False when there is a head.
    log::start_log(checkpoint: &str) -> bool;
    /// The head of the log, for whoever is about to append: on PostgreSQL the next one waits here until this
    /// transaction has ended.
    log::hold_log() -> Option<LogHead>;
    /// Swaps the log's head. False when it is no longer as it was read: begin again.
    log::advance_log(old_size: u64, new: &LogHead) -> bool;
    /// Writes a tile of the log, or a wider one in its place.
    log::put_log_tile(level: u8, place: u64, hashes: &[u8]) -> ();
    /// A tile of the log, as wide as it is.
    log::log_tile(level: u8, place: u64) -> Option<Vec<u8>>;
    /// Writes an entry of the log.
    log::insert_log_entry(log_index: u64, entry: &[u8]) -> ();
    /// Takes the log and its receipts away.
    log::empty_log() -> ();
    /// Notes that nobody may continue a log. False when that is known.
    log::insert_retired_log(retired: &RetiredLog) -> bool;
    /// Logs that nobody may continue.
    log::retired_logs() -> Vec<RetiredLog>;
    /// Notes where in the log a receipt is. False when the receipt or the place is known.
    receipt::insert_receipt(receipt: &ReceiptRow, session_hash: Option<&SecretHash>) -> bool;
    /// A receipt.
    receipt::receipt_by_id(id: &ReceiptId) -> Option<ReceiptRow>;
    /// Forgets whose session ended with a receipt entered by then; how many.
    receipt::forget_sessions_of_receipts(until: Timestamp) -> u64;
    /// Keeps a letter, or gives it its words back. False when the sender has one of that id here, words and all, or another,
    /// or took it back.
    notice_intake::insert_letter(letter: &NewLetter) -> bool;
    /// The letter that a sender calls so.
    notice_intake::letter_of(sender: &OrgCode, notice: &NoticeId) -> Option<LetterRow>;
    /// Keeps a file of a letter. False when its place is taken, or the letter's words went.
    notice_intake::insert_attachment(letter: LetterId, place: u8, attachment: &AttachmentRow) -> bool;
    /// Stores a letter for those of these who can receive it, never had it and have fewer notices than `each_at_most`; for
    /// how many.
    notice_intake::deliver(letter: LetterId, recipients: &[LinkCode], each_at_most: u32, now: Timestamp) -> u64;
    /// For whom of these a letter is stored, or was, in any order.
    notice_intake::recipients_of(letter: LetterId, among: &[LinkCode]) -> Vec<LinkCode>;
    /// When a letter was stored for somebody who has it or had it.
    notice_intake::arrival(letter: LetterId, person: &LinkCode) -> Option<Timestamp>;
    /// Notes that a notice was opened. False when it was before and counts as read, or there is none.
    notice_life::open_notice(recipient: RecipientId, letter: LetterId, now: Timestamp) -> bool;
    /// Marks a notice as read that nobody opened: it was not opened by this. False when it counts as read, or there is none.
    notice_life::read_notice(recipient: RecipientId, letter: LetterId, now: Timestamp) -> bool;
    /// Makes a notice unread again. False when it does not count as read, or its sender took it back.
    notice_life::unopen_notice(recipient: RecipientId, letter: LetterId) -> bool;
    /// Puts a notice somewhere. False when there is none.
    notice_life::put_notice(recipient: RecipientId, letter: LetterId, place: NoticePlace, now: Timestamp) -> bool;
    /// Marks a notice, or takes the mark away. False when there is none.
    notice_life::star_notice(recipient: RecipientId, letter: LetterId, starred_at: Option<Timestamp>) -> bool;
    /// Notes that a notice was answered, once. False when it was, or there is none.
    notice_life::reply_to_notice(recipient: RecipientId, letter: LetterId, now: Timestamp) -> bool;
    /// Erases what a person has opened or thrown away, and letters that nobody has any more (P-PSH-7); how many notices.
    notice_life::erase_confirmed(recipient: RecipientId) -> u64;
    /// Who a folder's person is as a recipient of notices.
    recipient::recipient_of_folder(id: &FolderId) -> Option<RecipientId>;
    /// Whether the person of this session has another one that is not over.
    session_end::lives_elsewhere(id_hash: &SecretHash, now: Timestamp) -> bool;
    /// Whose notices a session shows.
    recipient::recipient_of_session(session_hash: &SecretHash) -> Option<RecipientId>;
    /// Removes what is past its time.
    sweep::sweep(now: Timestamp) -> Swept;
}

statements! { Reader, Reading:
    /// The newest challenge of a browser for a purpose that can still be answered.
    challenge::open_challenge(browser_hash: &SecretHash, purpose: &str, now: Timestamp) -> Option<Challenge>;
    /// The challenge of a nonce, answered or not.
    challenge::challenge_by_nonce(nonce: &ChallengeNonce) -> Option<Challenge>;
    /// The newest registration of a browser.
    registration::registration_of_browser(browser_hash: &SecretHash, now: Timestamp) -> Option<Registration>;
    /// A registration.
    registration::registration_by_id(id: &RegistrationId) -> Option<Registration>;
    /// A folder.
    folder::folder_by_id(id: &FolderId) -> Option<Folder>;
    /// The folder that a serial is bound to.
    folder::folder_by_serial(serial: &str) -> Option<Folder>;
    /// Whether the end of a bound certificate's validity is still to be noted. None: it is bound to no folder.
    folder::lacks_certificate_end(serial: &str) -> Option<bool>;
    /// Folders that were retained at or before an instant, the earliest first.
    folder_life::folders_retained_before(before: Timestamp, limit: u32) -> Vec<FolderId>;
    /// Login history, newest first.
    login::login_events(folder_id: &FolderId, offset: u32, limit: u32) -> Vec<LoginEvent>;
    /// Length of the login history.
    login::login_event_count(folder_id: &FolderId) -> u32;
    /// A session, with how many notices are unread now.
    session::session_by_id_hash(id_hash: &SecretHash, now: Timestamp) -> Option<SessionRow>;
    /// Those of these sessions that there are; fewer are asked for by naming one of them again.
    session::sessions_by_id_hash(id_hashes: &[SecretHash; SESSIONS_AT_ONCE], now: Timestamp) -> Vec<(SecretHash, SessionRow)>;
    /// What is gathered for a session.
    held::gathering(session_hash: &SecretHash) -> Option<Gathering>;
    /// Every question and answer that is held for a session, by place.
    held::held(session_hash: &SecretHash) -> Vec<HeldRow>;
    /// Every file that is held for a session, by place.
    held::files(session_hash: &SecretHash) -> Vec<HeldRow>;
    /// One thing that is held for a session.
    held::held_at(session_hash: &SecretHash, place: u32) -> Option<HeldRow>;
    /// Every session for which something is held, the oldest first.
    held::gatherings() -> Vec<SecretHash>;
    /// Sessions for which a portal holds something that runs no more, the oldest first.
    held::gatherings_abandoned(now: Timestamp) -> Vec<SecretHash>;
    /// Sessions that are over and for which something is held.
    held::gatherings_over(now: Timestamp) -> Vec<(SecretHash, SessionEnd)>;
    /// The head of the log; none before the first entry.
    log::log_head() -> Option<LogHead>;
    /// A tile of the log, as wide as it is.
    log::log_tile(level: u8, place: u64) -> Option<Vec<u8>>;
    /// Logs that nobody may continue.
    log::retired_logs() -> Vec<RetiredLog>;
    /// Entries of the log, as many of them as there are.
    log::log_entries(first: u64, count: u16) -> Vec<Vec<u8>>;
    /// A receipt.
    receipt::receipt_by_id(id: &ReceiptId) -> Option<ReceiptRow>;
    /// The receipt that a session ended with, the latest where there are more.
    receipt::receipt_by_session_hash(session_hash: &SecretHash) -> Option<ReceiptRow>;
    /// The sessions that this removal token stands for.
    session::sessions_by_removal(removal_token_hash: &SecretHash) -> Vec<SecretHash>;
    /// Who a folder's person is as a recipient of notices.
    recipient::recipient_of_folder(id: &FolderId) -> Option<RecipientId>;
    /// The letter that a sender calls so, with its words (ciphertext).
    notice_intake::letter_to_complete(sender: &OrgCode, notice: &NoticeId) -> Option<(LetterRow, Vec<u8>)>;
    /// A person's notices, newest first.
    notice_inbox::notices(recipient: RecipientId, query: &NoticeQuery, now: Timestamp, limit: u32) -> Vec<NoticeRow>;
    /// What arrived after an instant and is neither out of the way nor thrown away: emergencies first, then the latest first.
    notice_inbox::arrivals(
        recipient: RecipientId,
        from: LetterId,
        after: Timestamp,
        now: Timestamp,
        limit: u32
    ) -> Vec<ArrivalRow>;
    /// How many notices a person has.
    notice_counts::notice_counts(recipient: RecipientId, now: Timestamp) -> NoticeCounts;
    /// How many notices a person has, and who sent them, in code order.
    notice_counts::notice_overview(recipient: RecipientId, now: Timestamp) -> NoticeOverview;
    /// What waits for a person, the next to end first.
    notice_inbox::notices_to_do(recipient: RecipientId, now: Timestamp, limit: u32) -> Vec<NoticeRow>;
    /// One notice of a person, whole.
    notice_inbox::whole_notice(recipient: RecipientId, letter: LetterId, now: Timestamp) -> Option<WholeNotice>;
    /// A file of a notice of a person.
    notice_inbox::attachment(recipient: RecipientId, letter: LetterId, place: u8, now: Timestamp) -> Option<AttachmentRow>;
    /// Sessions that are over and whose person is logged in nowhere else and has opened or thrown away notices, or whose
    /// folder is not open.
    session_end::sessions_over_with_confirmed(now: Timestamp) -> Vec<(SecretHash, SessionEnd)>;
    /// Nothing but an answer.
    sweep::answers() -> ();
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Engine::Sqlite(_) => "Store(SQLite)",
            Engine::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}
