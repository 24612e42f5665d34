//! What is to be said, before it is a notice: the words, and for a mail merge places where each recipient's own are filled in.

use std::collections::{BTreeMap, BTreeSet};

use domain::{NoticeId, NoticeKind, OrgCode};
use jiff::Timestamp;
use wire::notice::{
    Attachment, Block, ContentFault, InLanguages, LETTER_BYTES_MAX, NOTICE_VERSION, NoticeContent, NoticeText, Office,
    Question, ReplyForm,
};

pub use dates::DateFault;
pub use fields::{FieldFault, Fields};
pub use replaced::{ReplacedFault, replaceable};

mod dates;
mod fields;
mod replaced;
mod unfilled;

/// What is to be said. Title and body may hold `{{name}}`, filled in from a recipient's fields; no other text may.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What it is for.
    pub kind: NoticeKind,
    /// The last day to do something.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deadline: Option<jiff::civil::Date>,
    /// From then on nobody needs it any more.
    pub expires_at: Timestamp,
    /// Whom to ask.
    pub office: Office,
    /// The words.
    pub text: InLanguages<NoticeText>,
    /// What is asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply: Option<DraftReply>,
    /// Files, kept beside.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attachments: Vec<Attachment>,
    /// Ask for states.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub wants_states: bool,
    /// What it takes the place of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<NoticeId>,
}

/// Questions of a draft.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftReply {
    /// Afterwards no answer is taken.
    pub closes_at: Timestamp,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A draft is no notice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftFault {
    /// What wire says of it.
    #[error(transparent)]
    Content(#[from] ContentFault),
    /// A place that nobody fills, a field that has no place, or words that do not fit there.
    #[error(transparent)]
    Field(#[from] FieldFault),
    /// More than a letter may have.
    #[error("the notice is longer than {LETTER_BYTES_MAX} bytes")]
    TooLong,
}

/// What makes a notice of a draft.
#[derive(Clone, Debug)]
pub struct Making<'a> {
    /// Who sends.
    pub sender: &'a OrgCode,
    /// Its name.
    pub id: NoticeId,
    /// When it is signed.
    pub issued_at: Timestamp,
    /// What replies are sealed to, base64 DER.
    pub sealing_certificate: &'a str,
    /// The recipient's own.
    pub fields: &'a Fields,
}

impl Draft {
    /// The notice. The same arguments always give the same bytes, so that it can be made again after a crash.
    pub fn notice(&self, making: &Making<'_>) -> Result<NoticeContent, DraftFault> {
        let reply = self.reply.as_ref().map(|reply| ReplyForm {
            closes_at: reply.closes_at,
            sealing_certificate: making.sealing_certificate.to_owned(),
            questions: reply.questions.clone(),
        });
        let content = NoticeContent {
            version: NOTICE_VERSION,
            id: making.id,
            sender: making.sender.clone(),
            kind: self.kind,
            issued_at: making.issued_at,
            expires_at: self.expires_at,
            deadline: self.deadline,
            office: self.office.clone(),
            text: fields::filled(&self.text, making.fields)?,
            reply,
            attachments: self.attachments.clone(),
            wants_states: self.wants_states,
            replaces: self.replaces,
        };
        content.check()?;
        match serde_json::to_vec(&content) {
            Ok(json) if json.len() <= LETTER_BYTES_MAX => Ok(content),
            _ => Err(DraftFault::TooLong),
        }
    }

    /// The names of the places that each recipient's fields fill.
    pub fn places(&self) -> BTreeSet<String> {
        fields::places(&self.text)
    }
}

fn texts_of(block: &Block) -> Vec<&str> {
    match block {
        Block::Heading { text } => vec![text.as_str()],
        Block::Paragraph { text } => vec![text.as_str()],
        Block::List { items } | Block::Steps { items } => items.iter().map(wire::notice::Passage::as_str).collect(),
        Block::Facts { rows } => rows.iter().flat_map(|row| [row.term.as_str(), row.text.as_str()]).collect(),
        Block::Link { label, .. } => vec![label.as_str()],
    }
}

/// No fields: a notice that is the same for everybody.
pub fn no_fields() -> Fields {
    BTreeMap::new()
}

#[cfg(test)]
pub(crate) mod tests;
