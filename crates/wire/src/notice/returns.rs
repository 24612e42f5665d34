//! What comes back to a sender: states that it asked for and the citizen gives (P-PSH-4, P-PSH-5), and replies.
//!
//! The sender fetches them with a cursor: what it names as `after` it has kept, and the portal forgets. Each stands there
//! until then, so a sender may hear one twice, and knows it by its number.

use domain::{LinkCode, NoticeId, NoticeState};
use jiff::Timestamp;

use crate::mediation::SealedPayload;

/// What is new?
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnsRequest {
    /// The number of the last one that the sender has kept; 0 at the beginning.
    pub after: u64,
}

/// In the order of their numbers, at most 1,000 at a time.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returns {
    /// Those after the cursor.
    pub items: Vec<Return>,
    /// Where to go on: the number of the last one, also of those that the core could not convert because the sender has
    /// no code of the person any more.
    pub next: u64,
}

/// One thing about one person.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// Grows; for one sender no two are alike.
    pub number: u64,
    /// Which notice.
    pub notice: NoticeId,
    /// LP from the portal, LA from the core.
    pub link_code: LinkCode,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ReturnedWhat,
}

/// What a sender hears.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReturnedWhat {
    /// The notice's state changed.
    State {
        /// To this.
        state: NoticeState,
    },
    /// The person answered: [`super::ReplyContent`], for the sender's eyes only.
    Reply {
        /// With [`super::ReplyContext`] as associated data.
        sealed: SealedPayload,
    },
}
