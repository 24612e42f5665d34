//! What the sender signs, and how it is bound to its way.

use domain::{NoticeId, NoticeKind, OrgCode};
use jiff::Timestamp;

use super::{
    ATTACHMENT_BYTES_MAX, ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, Block, InLanguages, Line, NoticeText, ReplyForm,
};

/// Version of [`NoticeContent`].
pub const NOTICE_VERSION: u32 = 1;

/// A notice, as JSON inside the sender's CMS SignedData.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeContent {
    /// [`NOTICE_VERSION`]
    pub version: u32,
    /// Drawn by the sender.
    pub id: NoticeId,
    /// Who sends it: the organisation of the certificate that signs.
    pub sender: OrgCode,
    /// What it is for.
    pub kind: NoticeKind,
    /// When it was signed.
    pub issued_at: Timestamp,
    /// From then on nobody needs it any more; the portal drops it (P-PSH-7).
    pub expires_at: Timestamp,
    /// 期限: the last day, in Japan.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deadline: Option<jiff::civil::Date>,
    /// Whom to ask.
    pub office: Office,
    /// The words.
    pub text: InLanguages<NoticeText>,
    /// What is asked; only where the kind is answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply: Option<ReplyForm>,
    /// Sealed and sent apart.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attachments: Vec<Attachment>,
    /// The sender asks to hear whether it was opened (P-PSH-5). The citizen decides.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub wants_states: bool,
    /// The notice that this one corrects or replaces.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<NoticeId>,
}

/// Where a person can ask.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// 健康推進課
    pub name: InLanguages<Line>,
    /// 045-000-0000
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<Line>,
    /// 平日 8時45分から17時15分
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hours: Option<InLanguages<Line>>,
}

/// One attached file. Its bytes travel in an [`super::AttachmentDelivery`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// 案内.pdf; without a path.
    pub name: Line,
    /// What it is; the bytes are looked at.
    pub media_type: MediaType,
    /// How long it is.
    pub bytes: u32,
    /// Of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// What may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum MediaType {
    /// PDF
    #[serde(rename = "application/pdf")]
    Pdf,
    /// PNG
    #[serde(rename = "image/png")]
    Png,
    /// JPEG
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// UTF-8 text
    #[serde(rename = "text/plain")]
    Text,
    /// CMS SignedData with the content inside
    #[serde(rename = "application/pkcs7-mime")]
    SignedData,
}

impl MediaType {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Text, Self::SignedData];

    /// As it travels.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain",
            Self::SignedData => "application/pkcs7-mime",
        }
    }

    /// How names of such files end, in small letters.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
            Self::SignedData => &["p7m", "p7s"],
        }
    }

    /// What a file is by the ending of its name: as what a person's machine will open it, once it is saved.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|one| one.endings().iter().any(|known| known.eq_ignore_ascii_case(ending)))
    }

    /// Whether bytes begin (and for text, are) as this type's do. CMS is verified by whoever opens it.
    pub fn fits(self, bytes: &[u8]) -> bool {
        match self {
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Text => {
                std::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(crate::plain_text::unprintable_in_file))
            }
            Self::SignedData => bytes.starts_with(&[0x30]),
        }
    }
}

/// Why a notice is none, though its JSON can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ContentFault {
    /// Of a version that is not [`NOTICE_VERSION`].
    #[error("the version is unknown")]
    Version,
    /// It expires before it was issued, or more than a year after.
    #[error("it must expire after it is issued, and within 366 days")]
    Expiry,
    /// A kind with a deadline has none.
    #[error("a notice of this kind needs a deadline")]
    DeadlineMissing,
    /// A kind that is answered has no questions, or another has some.
    #[error("questions belong to requests and sign-ups, and only there")]
    Reply,
    /// The questions themselves.
    #[error("the questions cannot be asked")]
    Questions,
    /// No words, or too many.
    #[error("a body has one to {} blocks, and each of them says something", NoticeText::BLOCKS_MAX)]
    Body,
    /// A document without a file, too many files, or files that are too long.
    #[error("at most {ATTACHMENTS_MAX} files, {ATTACHMENT_BYTES_MAX} bytes each, {ATTACHMENTS_BYTES_MAX} together")]
    Attachments,
    /// A file's name with a path, or its hash in another form.
    #[error("a file has a name without a path and a hash of 64 hexadecimal digits")]
    AttachmentForm,
    /// A file's name ends as another type's do, or as none that may be attached.
    #[error("a file's name ends as its type's names do: .pdf, .png, .jpg or .jpeg, .txt, .p7m or .p7s")]
    AttachmentEnding,
    /// It replaces itself.
    #[error("a notice cannot replace itself")]
    Replaces,
}

impl NoticeContent {
    /// How long a notice may lie at most.
    pub const LIFE_MAX: jiff::SignedDuration = jiff::SignedDuration::from_hours(366 * 24);

    /// What serde cannot say. Whoever makes a notice and whoever takes one asks this.
    pub fn check(&self) -> Result<(), ContentFault> {
        if self.version != NOTICE_VERSION {
            return Err(ContentFault::Version);
        }
        let life = self.expires_at.duration_since(self.issued_at);
        if life <= jiff::SignedDuration::ZERO || life > Self::LIFE_MAX {
            return Err(ContentFault::Expiry);
        }
        if self.kind == NoticeKind::Deadline && self.deadline.is_none() {
            return Err(ContentFault::DeadlineMissing);
        }
        if self.kind.is_answered() != self.reply.is_some() {
            return Err(ContentFault::Reply);
        }
        if self.reply.as_ref().is_some_and(|form| !form.can_be_asked()) {
            return Err(ContentFault::Questions);
        }
        if self.text.all().any(|text| !says_something(&text.body)) {
            return Err(ContentFault::Body);
        }
        if self.replaces == Some(self.id) {
            return Err(ContentFault::Replaces);
        }
        self.check_attachments()
    }

    fn check_attachments(&self) -> Result<(), ContentFault> {
        let together: u64 = self.attachments.iter().map(|file| u64::from(file.bytes)).sum();
        let each = self.attachments.iter().all(|file| (1..=ATTACHMENT_BYTES_MAX).contains(&file.bytes));
        let none_where_needed = self.kind == NoticeKind::Document && self.attachments.is_empty();
        let many = self.attachments.len() > ATTACHMENTS_MAX || together > u64::from(ATTACHMENTS_BYTES_MAX);
        if none_where_needed || many || !each {
            return Err(ContentFault::Attachments);
        }
        let form = |file: &Attachment| {
            let hash = file.sha256.len() == 64
                && file.sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
            hash && !file.name.as_str().contains(['/', '\\', ':']) && !file.name.as_str().starts_with('.')
        };
        if !self.attachments.iter().all(form) {
            return Err(ContentFault::AttachmentForm);
        }
        let ends_as_it_is = |file: &Attachment| MediaType::of_name(file.name.as_str()) == Some(file.media_type);
        if self.attachments.iter().all(ends_as_it_is) { Ok(()) } else { Err(ContentFault::AttachmentEnding) }
    }
}

fn says_something(body: &[Block]) -> bool {
    let each = |block: &Block| match block {
        Block::List { items } | Block::Steps { items } => !items.is_empty(),
        Block::Facts { rows } => !rows.is_empty(),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::Link { .. } => true,
    };
    (1..=NoticeText::BLOCKS_MAX).contains(&body.len()) && body.iter().all(each)
}

/// What a sender signs when it takes a notice back. The portal erases what nobody has opened, and says so where somebody
/// has.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Which notice.
    pub withdrawn: NoticeId,
    /// Whose.
    pub sender: OrgCode,
    /// When.
    pub withdrawn_at: Timestamp,
}

/// Binds a sealed letter, or a sealed attachment of it, to its way: it opens only as this sender's, under this id and at
/// this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterContext<'a> {
    /// Of the notice.
    pub notice: &'a NoticeId,
    /// By whom.
    pub sender: &'a OrgCode,
    /// None: the letter; else the attachment's place, from 0.
    pub attachment: Option<u8>,
}

impl LetterContext<'_> {
    /// HPKE `info`.
    pub const INFO: &'static [u8] = b"my-portal-notice/1";

    /// Length-prefixed parts.
    pub fn aad(&self) -> Vec<u8> {
        let place = self.attachment.map(|place| [place]);
        let place = place.as_ref().map_or(&[][..], |place| &place[..]);
        crate::reader::length_prefixed(&[
            Self::INFO,
            self.notice.as_bytes(),
            self.sender.as_str().as_bytes(),
            OrgCode::PORTAL.as_bytes(),
            place,
        ])
    }
}
