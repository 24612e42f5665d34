//! From sender to portal: letters, files, and for whom they are.
//!
//! Towards the core the sender's messages stand alone: who sends is the channel's organisation (B-MED-5). Towards the
//! portal the core adds who that was: [`ForPortal`].

use domain::{LinkCode, NoticeId, OrgCode};
use jiff::Timestamp;

use crate::mediation::SealedPayload;

/// What the core adds.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForPortal<T> {
    /// The organisation of the channel on which the message came to the core.
    pub sender: OrgCode,
    /// The message, with the portal's codes in place of the sender's.
    pub message: T,
}

/// [`super::NoticeContent`] inside the sender's CMS SignedData, sealed to the portal.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedLetter {
    /// Of the notice.
    pub notice: NoticeId,
    /// With [`super::LetterContext`] as associated data.
    pub sealed: SealedPayload,
}

/// The bytes of one attachment, sealed to the portal.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentDelivery {
    /// Of the notice.
    pub notice: NoticeId,
    /// Which of its attachments, from 0.
    pub place: u8,
    /// With [`super::LetterContext`] as associated data.
    pub sealed: SealedPayload,
}

/// A signed [`super::Withdrawal`].
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalDelivery {
    /// Of the notice.
    pub notice: NoticeId,
    /// CMS SignedData, base64 DER.
    pub signed: String,
}

/// It is stored, now or before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTaken {
    /// Repeated.
    pub notice: NoticeId,
}

/// For whom letters are.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliveries {
    /// Together at most [`super::RECIPIENTS_MAX`] recipients. Each notice once.
    pub items: Vec<Delivery>,
}

/// For whom one letter is.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Which.
    pub notice: NoticeId,
    /// LA towards the core, LP towards the portal.
    pub recipients: Vec<LinkCode>,
}

/// In the order of [`Deliveries::items`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveriesAnswer {
    /// One each.
    pub items: Vec<DeliveryOutcome>,
}

/// What became of one item. Places count from 0 in the order of its recipients; whoever is not named was accepted:
/// the notice is stored for that person, now or before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeliveryOutcome {
    /// Stored for those who can receive it.
    Taken {
        /// Nobody of these has a folder, or theirs takes nothing now (P-PSH-8). Nothing is stored.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        undeliverable: Vec<u32>,
        /// Added by the core: these are no codes of the sender (B-TBL-3), or no longer in use (B-TBL-4).
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        unknown: Vec<u32>,
        /// For a document to one person: [`DeliveryReceipt`] inside the portal's CMS SignedData; base64 DER.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        receipt: Option<String>,
    },
    /// The portal does not have the letter, or not all of its attachments: send them, then this again.
    LetterWanted,
    /// The letter's time is over, or it was withdrawn.
    Over,
}

/// 到達証明: what the portal signs when a document has arrived. Of the person it says nothing: the sender knows
/// for whom it was.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryReceipt {
    /// Of the notice.
    pub notice: NoticeId,
    /// Whose.
    pub sender: OrgCode,
    /// SHA-256 of [`super::NoticeContent`] as it was signed (JSON), 64 hexadecimal digits.
    pub content_sha256: String,
    /// When it was stored.
    pub arrived_at: Timestamp,
}
