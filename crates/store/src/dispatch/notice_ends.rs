//! Letters for those who can receive them, and how letters end.

use domain::{LinkCode, NoticeId, OrgCode};
use jiff::Timestamp;

use super::{Repository, StoreError, Transaction};
use crate::notice::{LetterId, LetterRow, RecipientId, Walked};
use crate::{postgres, sqlite};

statements! { Repository, Transaction:
    /// The letter that a sender calls so, for whoever is about to deliver it: on PostgreSQL the next one waits here until
    /// this transaction has ended.
    notice_intake::letter_to_deliver(sender: &OrgCode, notice: &NoticeId) -> Option<LetterRow>;
    /// Whether `deliver` would store it for anybody of these.
    notice_intake::reaches(letter: LetterId, recipients: &[LinkCode], each_at_most: u32) -> bool;
    /// Erases words and files of a letter that is stored for nobody. False when somebody has it, or there are none.
    notice_end::empty_undelivered(letter: LetterId) -> bool;
    /// The same of letters that were brought by `before`, so many at a time; how many.
    notice_end::empty_undelivered_since(before: Timestamp, limit: u32) -> u64;
    /// Marks a letter as taken back. False when there is none, or it is marked.
    notice_end::withdraw_letter(sender: &OrgCode, notice: &NoticeId, now: Timestamp) -> bool;
    /// Notes that the sender hears of a notice that was opened, once; when it first was. None: it heard, or nobody opened it.
    notice_life::tell_opened(recipient: RecipientId, letter: LetterId, now: Timestamp) -> Option<Timestamp>;
    /// Erases words and files of letters whose time is over, so many at a time; of how many letters.
    notice_end::expire_letters(now: Timestamp, limit: u32) -> u64;
    /// Whether letters expired or were taken back by now, and no walk has ended since.
    notice_end::walk_wanted(now: Timestamp) -> bool;
    /// A step of the walk that removes notices of letters that expired by `before`, and unopened ones of letters that were
    /// taken back.
    notice_end::walk_notices(from: Option<(RecipientId, LetterId)>, before: Timestamp, steps: u32) -> Walked;
    /// Forgets letters that expired by `before`, and who had them, so many at a time; a walk must have ended since. True while
    /// there are more.
    notice_end::end_walk(before: Timestamp, steps: u32) -> bool;
}
