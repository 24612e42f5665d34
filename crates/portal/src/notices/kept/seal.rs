//! How what is kept rests: under the folder's own key, bound to its notice and its place.

use domain::{NoticeId, NoticeKind, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;
use wire::notice::{InLanguages, Line};

use crate::folder_key::FolderKey;
use crate::information::Unopened;

pub(super) const PURPOSE: &[u8] = b"my-portal-kept-notice/1";
const MARK: &[u8] = b"my-portal-kept-notice-mark/1";

/// What is sealed.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Headline,
    Letter,
    Attachment(u8),
}

/// What a list shows; sealed.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub(super) sender: OrgCode,
    pub(super) notice: NoticeId,
    pub(super) kind: NoticeKind,
    pub(super) titles: InLanguages<Line>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) deadline: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) replies_until: Option<Timestamp>,
    pub(super) arrived_at: Timestamp,
    pub(super) taken_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) replied_at: Option<Timestamp>,
    pub(super) attachments: u8,
    pub(super) withdrawn: bool,
    pub(super) replaced: bool,
}

/// Associated data. A mark has a fixed length and the part ends the text: no two places are written alike.
pub(super) fn place(mark: &[u8; 32], part: Part) -> Vec<u8> {
    let part: &[u8] = match &part {
        Part::Headline => &[0],
        Part::Letter => &[1],
        Part::Attachment(at) => &[2, *at],
    };
    [mark.as_slice(), part].concat()
}

/// By which the folder knows this notice again, and nobody without its key.
pub(super) fn mark(key: &FolderKey, sender: &OrgCode, notice: &NoticeId) -> Result<[u8; 32], Unopened> {
    key.mark(MARK, &[notice.as_bytes().as_slice(), sender.as_str().as_bytes()].concat())
}
