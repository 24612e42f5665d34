//! Chooses the engine at run time; names every statement once.

use std::path::PathBuf;

use db::DbError;
use domain::{LinkCode, NoticeId};
use jiff::Timestamp;
use wire::mediation::SealedPayload;

use super::rows::{
    AuditLine, DoubtedReceipt, Lane, NewRecipient, NewSending, PendingAttachment, PostedSending, RecipientRow,
    ReturnedRow, SealedReturn, SendingId, SendingRow, SendingState, Settled,
};
use super::{postgres, sqlite};

/// Where the tables are.
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

/// The tables.
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

    /// Writes nothing; fails when the store cannot answer.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.read().await?.returned_last().await.map(|_| ())
    }
}

/// A transaction on the tables: commit, or drop to undo.
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

/// Reads on the tables.
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

mod api;
mod console;

statements! { Repository, Transaction:
    /// Writes a sending, open. False when its id is taken.
    sending::insert_sending(new: &NewSending) -> bool;
    /// Writes sendings that are released, with all that belongs to them.
    sending::insert_posted(posted: &[&PostedSending]) -> ();
    /// Keeps a file of a sending.
    sending::insert_attachment(sending: SendingId, place: u8, content: &[u8]) -> ();
    /// Adds recipients to an open sending; how many. Who is there already is not added again.
    recipient::insert_recipients(sending: SendingId, recipients: &[NewRecipient]) -> u64;
    /// Which of these are recipients already, and at which place.
    recipient::recipients_among(sending: SendingId, codes: &[LinkCode]) -> Vec<(LinkCode, u32)>;
    /// Moves a sending. False when it was in none of those states.
    sending::move_sending(id: SendingId, from: &[SendingState], to: SendingState, now: Timestamp) -> bool;
    /// Cancels a maker's sendings that are open and were made before that; which.
    sending::cancel_left_open(maker: &str, made_before: Timestamp, now: Timestamp) -> Vec<SendingId>;
    /// Releases a sending: its notices are signed as of now. False when it was neither open nor waiting.
    sending::release_sending(id: SendingId, by: &str, now: Timestamp) -> bool;
    /// Takes a sending back. False when it was taken back before.
    withdrawal::withdraw_sending(id: SendingId, now: Timestamp) -> bool;
    /// A sending.
    sending::sending(id: SendingId) -> Option<SendingRow>;
    /// The portal has a file.
    sending::attachment_taken(sending: SendingId, place: u8, now: Timestamp) -> ();
    /// The portal has the letter and its files.
    sending::letter_taken(sending: SendingId, now: Timestamp) -> ();
    /// The portal wants the letter, and its files, again.
    sending::letter_wanted(sending: SendingId) -> ();
    /// Notes what became of recipients. Those that were settled before stay as they are. Who got what was taken back meanwhile
    /// gets it taken back again.
    recipient::settle(sending: SendingId, settled: &Settled) -> ();
    /// Keeps a receipt.
    recipient::insert_receipt(sending: SendingId, place: u32, signed: &[u8]) -> ();
    /// Keeps a receipt that is not believed yet.
    sealed::insert_doubted(sending: SendingId, place: u32, signed: &[u8]) -> ();
    /// A receipt is believed, and kept.
    sealed::forget_doubted(sending: SendingId, place: u32) -> ();
    /// What replies to a sending are sealed to, base64 DER: the first that was said here, for good.
    sending::keep_sealing_certificate(sending: SendingId, certificate: &str) -> String;
    /// A try succeeded: the next one when all others had their turn. Done when nobody is left.
    sending::went_on(sending: SendingId, now: Timestamp) -> bool;
    /// A try failed.
    sending::postpone(sending: SendingId, try_at: Timestamp, trouble: &str) -> ();
    /// The portal knows that a sending was taken back.
    withdrawal::withdrawal_taken(sending: SendingId, now: Timestamp) -> ();
    /// The portal knows it of every letter before this place; the next one when all others had their turn.
    withdrawal::withdrawal_went_on(sending: SendingId, place: u32, now: Timestamp) -> ();
    /// The portal knows it of every letter before this place, and could not be told of the one there.
    withdrawal::postpone_withdrawal(sending: SendingId, place: u32, try_at: Timestamp) -> ();
    /// Keeps what came back. False when it is here already.
    returned::insert_returned(row: &ReturnedRow) -> bool;
    /// Keeps a reply as it came, beside what is kept of it already.
    sealed::insert_sealed(number: u64, sealed: SealedPayload) -> ();
    /// A reply is open, as the portal signed it.
    sealed::open_returned(number: u64, signed: &[u8]) -> ();
    /// Everything up to this number was fetched, whether or not it is kept here.
    returned::returned_through(number: u64) -> ();
    /// Erases what was filled into the letters of one sending that was over by then, at so many places. False when there is none.
    recipient::forget_fields(now: Timestamp, over: Timestamp, places: u32) -> bool;
    /// Notes who did what.
    audit::insert_audit(line: &AuditLine) -> ();
    /// Notes who did what, about no sending, unless that is noted since a time already. False when it is.
    audit::insert_audit_once(line: &AuditLine, since: Timestamp) -> bool;
    /// Notes who did what, line by line.
    audit::insert_audits(lines: &[AuditLine]) -> ();
}

statements! { Reader, Reading:
    /// A sending.
    sending::sending(id: SendingId) -> Option<SendingRow>;
    /// Sendings, newest first, older than one.
    sending::sendings(before: Option<SendingId>, limit: u32) -> Vec<SendingRow>;
    /// Released ones of a lane whose time has come, the one that waits longest first.
    sending::due_sendings(lane: Lane, now: Timestamp, limit: u32) -> Vec<SendingRow>;
    /// Files of a sending that the portal does not have yet.
    sending::pending_attachments(sending: SendingId) -> Vec<PendingAttachment>;
    /// Recipients that are not settled, in their order.
    recipient::unsettled(sending: SendingId, limit: u32) -> Vec<RecipientRow>;
    /// Recipients from a place on, in their order.
    recipient::recipients(sending: SendingId, from: u32, limit: u32) -> Vec<RecipientRow>;
    /// A receipt.
    recipient::receipt(sending: SendingId, place: u32) -> Option<Vec<u8>>;
    /// Taken back, the portal does not know yet, and it is time to tell it.
    withdrawal::to_withdraw(now: Timestamp, limit: u32) -> Vec<SendingRow>;
    /// From a place on, in their order, who may have a letter of their own: all but those who are known to have none.
    withdrawal::perhaps_reached(sending: SendingId, from: u32, limit: u32) -> Vec<RecipientRow>;
    /// Replies that could not be opened yet, in their order, after one.
    sealed::sealed_returns(after: u64, limit: u32) -> Vec<SealedReturn>;
    /// Receipts that were not believed yet, in their order, after one.
    sealed::doubted_receipts(after: Option<(SendingId, u32)>, limit: u32) -> Vec<DoubtedReceipt>;
    /// The number up to which everything that came back was fetched.
    returned::returned_last() -> u64;
    /// What came back about a notice.
    returned::returned_of(notice: &NoticeId, after: u64, limit: u32) -> Vec<ReturnedRow>;
    /// Who did what with a sending, or with anything, newest first.
    audit::audit(sending: Option<SendingId>, limit: u32) -> Vec<AuditLine>;
}
