//! Where else people are told that there is something new.

use domain::{AlertAddressId, FolderId, LinkCode, SecretHash};
use jiff::{SignedDuration, Timestamp};

use super::{Reader, Reading, Repository, StoreError, Transaction};
use crate::alert::{AlertAddressRow, AlertNews, AlertSettled, NewAlertAddress, Reminded};
use crate::{postgres, sqlite};

statements! { Repository, Transaction:
    /// Keeps an address that a person entered, with the hash of the code that goes there.
    alert::insert_alert_address(new: &NewAlertAddress) -> ();
    /// Another code goes there. False when there is no such address, or it is confirmed.
    alert::renew_alert_code(folder: &FolderId, id: &AlertAddressId, code_hash: &SecretHash, expires_at: Timestamp) -> bool;
    /// Counts a try at a code, and tells what it must be. None: no such address, confirmed, late, or tried too often.
    alert::try_alert_code(folder: &FolderId, id: &AlertAddressId, tries_max: u32, now: Timestamp) -> Option<SecretHash>;
    /// From now on the person is told there. False when there is no such address, or it is confirmed.
    alert::confirm_alert_address(folder: &FolderId, id: &AlertAddressId, now: Timestamp) -> bool;
    /// Erases an address. False when there was none.
    alert::delete_alert_address(folder: &FolderId, id: &AlertAddressId) -> bool;
    /// A folder's addresses, the oldest first.
    alert::alert_addresses(folder: &FolderId) -> Vec<AlertAddressRow>;
    /// Notes that a code was sent: by somebody, or to somewhere.
    alert::note_alert_code(who: &SecretHash, now: Timestamp) -> ();
    /// Codes that were sent by somebody, or to somewhere, since then.
    alert::alert_codes_since(who: &SecretHash, since: Timestamp) -> u64;
    /// Forgets codes that were sent by then, and addresses that nobody confirmed in time; how many addresses.
    alert::forget_alert_codes(sent_until: Timestamp, now: Timestamp) -> u64;
    /// Notes that something arrived for those of these who have a confirmed address; for how many.
    alert_outbox::note_alert_arrivals(recipients: &[LinkCode], urgent: bool, now: Timestamp) -> u64;
    /// Makes the addresses of the oldest arrivals due; how many arrivals.
    alert_outbox::expand_alert_arrivals(interval: SignedDuration, limit: u32, now: Timestamp) -> u64;
    /// Reminds those of the next folders who have something unread, arrived by `arrived_by`, that ends by `ends_by`, and makes
    /// their addresses due. Where to go on; none: the last folder was looked at.
    alert_reminder::remind(after: Option<&FolderId>, arrived_by: Timestamp, ends_by: Timestamp, interval: SignedDuration, limit: u32, now: Timestamp) -> Reminded;
    /// Takes an address that is due. None when it is not, or somebody else has it.
    alert_outbox::claim_alert(id: &AlertAddressId, now: Timestamp, until: Timestamp) -> Option<AlertAddressRow>;
    /// Writes what came of it. False when somebody else has it by now, or it is gone.
    alert_outbox::settle_alert(id: &AlertAddressId, claimed_until: Timestamp, settled: &AlertSettled) -> bool;
}

statements! { Reader, Reading:
    /// A folder's addresses, the oldest first.
    alert::alert_addresses(folder: &FolderId) -> Vec<AlertAddressRow>;
    /// Addresses at which somebody must look whether there is something to tell, the longest due first.
    alert_outbox::alerts_due(now: Timestamp, limit: u32) -> Vec<AlertAddressId>;
    /// What there is to tell at an address. `late`: how much later than it says a notice may have become readable.
    alert_outbox::alert_news(id: &AlertAddressId, late: SignedDuration, now: Timestamp) -> AlertNews;
    /// Whether the person was to be reminded since somebody was told there and since the last login, and of something that
    /// still waits.
    alert_reminder::is_to_be_reminded(id: &AlertAddressId, now: Timestamp) -> bool;
}
