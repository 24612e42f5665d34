//! What comes back for senders.

use domain::OrgCode;

use super::{Reader, Reading, Repository, StoreError, Transaction};
use crate::notice::{NewReturn, ReturnRow};
use crate::{postgres, sqlite};

statements! { Repository, Transaction:
    /// Leaves something for a sender to fetch.
    notice_return::insert_return(new: &NewReturn) -> ();
    /// Forgets what a sender has fetched; how much.
    notice_return::forget_returns(sender: &OrgCode, through: u64) -> u64;
}

statements! { Reader, Reading:
    /// What waits for a sender, the oldest first.
    notice_return::returns(sender: &OrgCode, after: u64, limit: u32) -> Vec<ReturnRow>;
}
