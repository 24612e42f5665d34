//! What comes back for senders.

use domain::OrgCode;
use jiff::Timestamp;

use super::{Reader, Reading, Repository, StoreError, Transaction};
use crate::notice::{NewReturn, RecipientId, ReturnRow, StateConsent};
use crate::{postgres, sqlite};

statements! { Repository, Transaction:
    /// The person gives states to a sender (P-PSH-5).
    state_consent::give_states(recipient: RecipientId, sender: &OrgCode, now: Timestamp) -> ();
    /// The person gives none any more, and those that the sender has not fetched go. False when none were given.
    state_consent::withhold_states(recipient: RecipientId, sender: &OrgCode) -> bool;
    /// Whether a person gives states to a sender.
    state_consent::gives_states(recipient: RecipientId, sender: &OrgCode) -> bool;
    /// Leaves something for a sender to fetch; a state only if its person gives them to this sender.
    notice_return::insert_return(new: &NewReturn) -> ();
    /// Where a sender has numbers that were never given here, as after a restore: goes on behind them. False where it has none.
    notice_return::number_returns_behind(sender: &OrgCode, through: u64) -> bool;
    /// Forgets what a sender has fetched; how much.
    notice_return::forget_returns(sender: &OrgCode, through: u64) -> u64;
}

statements! { Reader, Reading:
    /// To whom a person gives states, the longest first.
    state_consent::state_consents(recipient: RecipientId) -> Vec<StateConsent>;
    /// What waits for a sender, the oldest first.
    notice_return::returns(sender: &OrgCode, after: u64, limit: u32) -> Vec<ReturnRow>;
}
