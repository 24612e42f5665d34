//! What folders keep (保管).

use domain::{FolderId, NoticeId, OrgCode};
use jiff::Timestamp;

use super::{Reader, Reading, Repository, StoreError, Transaction};
use crate::kept::{Keeping, KeptId, KeptLimits, KeptRow, KeptTotals, NewKept};
use crate::notice::{LetterId, RecipientId};
use crate::{postgres, sqlite};

statements! { Repository, Transaction:
    /// Takes one notice out of a person's inbox, and the letter's words where nobody has it any more. False when it was
    /// not there.
    notice_life::take_notice(recipient: RecipientId, letter: LetterId) -> bool;
    /// Keeps a notice in a folder, once (保管).
    kept::keep_notice(folder: &FolderId, kept: &NewKept, limits: KeptLimits, now: Timestamp) -> Keeping;
    /// Puts another headline (ciphertext) in the place of a kept notice's. False when there is none, or it is another folder's.
    kept::retell_kept_notice(folder: &FolderId, id: KeptId, headline: &[u8]) -> bool;
    /// Erases a notice that a folder keeps. False when there is none, or it is another folder's.
    kept::delete_kept_notice(folder: &FolderId, id: KeptId) -> bool;
    /// Erases kept notices whose time is over, so many at a time; how many.
    kept::expire_kept_notices(now: Timestamp, limit: u32) -> u64;
}

statements! { Reader, Reading:
    /// Those of these folders that there are, in any order.
    folder::folders_among(ids: &[FolderId]) -> Vec<FolderId>;
    /// What a folder keeps, the last first.
    kept::kept_notices(folder: &FolderId, now: Timestamp) -> Vec<KeptRow>;
    /// How much a folder keeps.
    kept::kept_totals(folder: &FolderId, now: Timestamp) -> KeptTotals;
    /// A notice that a folder keeps, with the signed letter (ciphertext).
    kept::kept_notice(folder: &FolderId, id: KeptId, now: Timestamp) -> Option<(KeptRow, Vec<u8>)>;
    /// A file of it (ciphertext).
    kept::kept_attachment(folder: &FolderId, id: KeptId, place: u8, now: Timestamp) -> Option<Vec<u8>>;
    /// Which of these their senders took back, as far as the letters are still known.
    kept::withdrawn_among(notices: &[NoticeId]) -> Vec<(OrgCode, NoticeId)>;
    /// The letter that takes the place of a notice, where the person has it in the inbox.
    kept::newer_than(recipient: RecipientId, sender: &OrgCode, notice: &NoticeId, now: Timestamp) -> Option<LetterId>;
}
