//! What the officers' console reads and writes beyond sendings.

use domain::SecretHash;
use jiff::Timestamp;

use super::super::console_rows::{
    CeremonyRow, DraftId, DraftRow, FileRow, NewInvite, OfficerId, OfficerRow, ReadList, RejectionRow, Role, StateCount,
};
use super::super::rows::{AuditLine, Outcome, ReturnedRow, SendingId, SendingRow};
use super::super::{postgres, sqlite};
use super::{Reader, Reading, Repository, StoreError, Transaction};

statements! { Repository, Transaction:
    /// Writes an officer. False when somebody has that label, or ever had it.
    officer::insert_officer(id: OfficerId, label: &str, role: Role, now: Timestamp) -> bool;
    /// Somebody who left is here again, without the keys, codes and sessions of before. False when they are here, or somebody
    /// else of that label is.
    officer::bring_back_officer(id: OfficerId, now: Timestamp) -> bool;
    /// Who is here under that label, or else who of that label came last.
    officer::officer_ever(label: &str) -> Option<OfficerRow>;
    /// Says what an officer may do from now on.
    officer::set_role(id: OfficerId, role: Role) -> ();
    /// An officer leaves.
    officer::end_officer(id: OfficerId, now: Timestamp) -> ();
    /// Ends an officer's keys, codes and sessions; how many keys.
    officer::end_access(id: OfficerId, now: Timestamp) -> u64;
    /// Keeps a one-time code.
    officer::insert_invite(new: &NewInvite) -> ();
    /// Uses a code up. False when it is used, over or unknown.
    officer::use_invite(code: &SecretHash, now: Timestamp) -> bool;
    /// Keeps a key. False when it is somebody's already.
    officer::insert_key(officer: OfficerId, credential: &[u8], content: &str, now: Timestamp) -> bool;
    /// A key was used, and perhaps counts differently now. False when it is not good any more.
    officer::key_used(officer: OfficerId, credential: &[u8], content: Option<&str>, now: Timestamp) -> bool;
    /// An officer's good keys, JSON each.
    officer::keys_of(officer: OfficerId) -> Vec<String>;
    /// Keeps what was asked of a key; forgets what is over, and the oldest where more than `most` of that officer's wait: so many
    /// to log in, and so many to enrol a key.
    officer::insert_ceremony(id: &SecretHash, ceremony: &CeremonyRow, now: Timestamp, ends_at: Timestamp, most: u32) -> ();
    /// Uses it up. None: used, over, pushed out or unknown.
    officer::use_ceremony(id: &SecretHash, now: Timestamp) -> Option<CeremonyRow>;
    /// Begins a session; forgets those that began before `oldest`.
    officer::insert_session(id: &SecretHash, officer: OfficerId, now: Timestamp, oldest: Timestamp) -> ();
    /// The officer of a session did something.
    officer::session_seen(id: &SecretHash, now: Timestamp) -> ();
    /// Ends a session.
    officer::end_session(id: &SecretHash) -> ();
    /// Writes a draft.
    console_draft::insert_draft(draft: &DraftRow) -> ();
    /// Saves the fields of an own draft that was not sent. False when there is none.
    console_draft::save_draft(id: DraftId, officer: OfficerId, form: &str, now: Timestamp) -> bool;
    /// Throws an own draft away. False when there is none.
    console_draft::drop_draft(id: DraftId, officer: OfficerId) -> bool;
    /// An own draft became a sending, or is a draft again. False when it became one before.
    console_draft::draft_became(id: DraftId, officer: OfficerId, sending: Option<SendingId>) -> bool;
    /// Keeps a file of an own draft. False when there is no such draft, or one at that place.
    console_draft::insert_file(draft: DraftId, officer: OfficerId, file: &FileRow, content: &[u8]) -> bool;
    /// Takes a file away from an own draft.
    console_draft::drop_file(draft: DraftId, officer: OfficerId, place: u8) -> bool;
    /// Gives a sending the files of its draft; how many.
    console_draft::copy_files(draft: DraftId, sending: SendingId) -> u64;
    /// Gives a draft the files of another one.
    console_draft::copy_files_to_draft(from: DraftId, to: DraftId) -> ();
    /// Begins a list of recipients.
    console_list::open_list(sending: SendingId, source: &str) -> ();
    /// Notes how reading the list ended.
    console_list::close_list(sending: SendingId, list: &ReadList) -> ();
    /// Notes a line that cannot be taken.
    console_list::insert_fault(sending: SendingId, line: u64, fault: &str) -> ();
    /// Asks for the second person. False when it is not the drafter's, not open, or its list is not whole.
    decision::submit_sending(id: SendingId, drafter: OfficerId, now: Timestamp) -> bool;
    /// As [`Repository::submit_sending`], and released at once; only for one person.
    decision::submit_single(id: SendingId, drafter: OfficerId, now: Timestamp) -> bool;
    /// Releases what somebody else submitted (R14, R17). False when it does not wait, is one's own, or one may not.
    decision::approve_sending(id: SendingId, approver: OfficerId, now: Timestamp) -> bool;
    /// Rejects what somebody else submitted.
    decision::reject_sending(id: SendingId, approver: OfficerId, reason: &str, now: Timestamp) -> bool;
}

statements! { Reader, Reading:
    /// Everybody who ever worked here.
    officer::officers() -> Vec<OfficerRow>;
    /// Who is here under that label.
    officer::officer_by_label(label: &str) -> Option<OfficerRow>;
    /// Who is here under that label, or else who of that label came last.
    officer::officer_ever(label: &str) -> Option<OfficerRow>;
    /// Whom a code that is still good was made for.
    officer::invited(code: &SecretHash, now: Timestamp) -> Option<OfficerRow>;
    /// An officer's good keys, JSON each.
    officer::keys_of(officer: OfficerId) -> Vec<String>;
    /// What every good key is called, whoever holds it.
    officer::credentials_in_use() -> Vec<Vec<u8>>;
    /// Whose session it is, and when they last did something.
    officer::session(id: &SecretHash, seen_after: Timestamp, made_after: Timestamp) -> Option<(OfficerRow, Timestamp)>;
    /// An own draft.
    console_draft::draft(id: DraftId, officer: OfficerId) -> Option<DraftRow>;
    /// The draft that became a sending.
    console_draft::draft_of_sending(sending: SendingId) -> Option<DraftRow>;
    /// Own drafts that were not sent, the latest first.
    console_draft::drafts_of(officer: OfficerId, limit: u32) -> Vec<DraftRow>;
    /// The files of a draft.
    console_draft::files(draft: DraftId) -> Vec<FileRow>;
    /// What a file of a draft holds.
    console_draft::file_of_draft(draft: DraftId, place: u8) -> Option<Vec<u8>>;
    /// What a file of a sending holds.
    console_draft::file_of_sending(sending: SendingId, place: u8) -> Option<Vec<u8>>;
    /// The list of recipients of a sending that was made at the console.
    console_list::read_list(sending: SendingId) -> Option<ReadList>;
    /// Lines that cannot be taken, by number, after one.
    console_list::bad_lines(sending: SendingId, after: u64, limit: u32) -> Vec<(u64, String)>;
    /// What waits for somebody to approve it, but for what they drafted themselves.
    decision::waiting_for(approver: OfficerId, limit: u32) -> Vec<SendingRow>;
    /// Sendings that a drafter has to go on with.
    decision::unfinished_of(drafter: OfficerId, limit: u32) -> Vec<SendingRow>;
    /// Why a sending was rejected.
    decision::rejection(sending: SendingId) -> Option<RejectionRow>;
    /// At how many people a sending reached which state.
    returned::state_counts(sending: SendingId) -> Vec<StateCount>;
    /// Recipients who cannot be reached, by their place, from one on.
    recipient::unreached(sending: SendingId, from: u32, limit: u32) -> Vec<(u32, Outcome)>;
    /// Replies to a sending, in the order in which they came.
    returned::replies_of(sending: SendingId, after: u64, limit: u32) -> Vec<ReturnedRow>;
    /// Who did what, newest first, before a line with this number.
    audit::audit_page(before: Option<u64>, limit: u32) -> Vec<(u64, AuditLine)>;
}
