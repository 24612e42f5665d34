//! Notices (お知らせ; P-PSH-1…8): from an institution through the core to the portal, and what comes back.
//!
//! Three parties, three kinds of ignorance (P-PSH-2, N-5, N-7). The sender addresses people by its own link codes, signs
//! [`NoticeContent`] (JSON inside CMS SignedData) and seals it (HPKE) to the portal's certificate with [`LetterContext`]
//! as associated data. The core converts the codes and passes the rest on unread. The portal hears its own codes and the
//! name of the sender, and believes a letter only when that sender signed it.
//!
//! The core keeps nothing of a notice: what the portal answered is what the sender hears. So "taken" means stored at the
//! portal, and whoever hears nothing sends again; every message here may be sent twice. What comes back (states that the
//! citizen allows, replies) is fetched by the sender the same way, with a cursor.

mod content;
mod delivery;
mod reply;
mod returns;
mod text;

pub use content::{
    Attachment, ContentFault, LetterContext, MediaType, NOTICE_VERSION, NoticeContent, Office, Withdrawal,
};
pub use delivery::{
    AttachmentDelivery, Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome, DeliveryReceipt, ForPortal,
    LetterTaken, SealedLetter, WithdrawalDelivery,
};
pub use reply::{Choice, Question, QuestionForm, ReplyAnswer, ReplyContent, ReplyContext, ReplyForm, ReplyValue};
pub use returns::{Return, ReturnedWhat, Returns, ReturnsRequest};
pub use text::{Block, Fact, InLanguages, Line, NoticeText, Passage, TextFault, WebAddress};

/// `POST {core}/v1/notices/certificate` from a sender, `POST {portal}/v1/notices/certificate` from the core:
/// [`crate::correction_report::CertificateAnswer`], the certificate that letters are sealed to. No body is read.
pub const CERTIFICATE_PATH: &str = "/v1/notices/certificate";
/// `POST`: [`SealedLetter`] → [`LetterTaken`].
pub const LETTER_PATH: &str = "/v1/notices/letters";
/// `POST`: [`AttachmentDelivery`] → [`LetterTaken`]. After its letter.
pub const ATTACHMENT_PATH: &str = "/v1/notices/attachments";
/// `POST`: [`Deliveries`] → [`DeliveriesAnswer`]. After the letter and its attachments.
pub const DELIVERIES_PATH: &str = "/v1/notices/deliveries";
/// `POST`: [`WithdrawalDelivery`] → [`LetterTaken`].
pub const WITHDRAWAL_PATH: &str = "/v1/notices/withdrawals";
/// `POST`: [`ReturnsRequest`] → [`Returns`].
pub const RETURNS_PATH: &str = "/v1/notices/returns";

/// Recipients in one [`Deliveries`], all items together.
pub const RECIPIENTS_MAX: usize = 10_000;
/// Attachments of one notice.
pub const ATTACHMENTS_MAX: usize = 10;
/// Bytes of one attachment: 5 MiB.
pub const ATTACHMENT_BYTES_MAX: u32 = 5 * 1024 * 1024;
/// Bytes of all attachments of a notice: 20 MiB.
pub const ATTACHMENTS_BYTES_MAX: u32 = 20 * 1024 * 1024;
/// Bytes of a letter's JSON: 256 KiB.
pub const LETTER_BYTES_MAX: usize = 256 * 1024;

/// Bytes of a message that carries an attachment: base64 and its frame.
pub const ATTACHMENT_MESSAGE_BYTES_MAX: usize = ATTACHMENT_BYTES_MAX as usize / 3 * 4 + 64 * 1024;
/// Bytes of a message that carries a letter.
pub const LETTER_MESSAGE_BYTES_MAX: usize = LETTER_BYTES_MAX * 2;
/// Bytes of a message that names recipients: 43 letters a code, and each may be a notice of its own.
pub const DELIVERIES_MESSAGE_BYTES_MAX: usize = RECIPIENTS_MAX * 160;

/// Problem codes.
pub mod refusal {
    /// 400, portal: does not open, or holds no notice of an agreed form.
    pub const UNREADABLE: &str = "notice-unreadable";
    /// 403, portal: not signed by the organisation that brings it.
    pub const NOT_BELIEVED: &str = "notice-not-believed";
    /// 409, portal: another letter has this id.
    pub const ID_TAKEN: &str = "notice-id-taken";
    /// 410, portal: its expiry has passed.
    pub const EXPIRED: &str = "notice-expired";
    /// 409, portal: the letter that this belongs to is not there (any more): send it first.
    pub const LETTER_WANTED: &str = "notice-letter-wanted";
    /// 413: too much at once.
    pub const TOO_MUCH: &str = "notice-too-much";
    /// 403, core: this organisation sends no notices.
    pub const MAY_NOT_SEND: &str = "notice-may-not-send";
    /// 503, core: the portal could not be reached.
    pub const PORTAL_UNREACHABLE: &str = "notice-portal-unreachable";
}

#[cfg(test)]
mod tests;
