//! The recipients of a bulk: a list of up to 5,000,000 lines that comes as a stream, may break off and go on, and is looked
//! at line by line.

pub(in crate::api) mod errors;
pub(in crate::api) mod list;
pub(in crate::api) mod offset;
pub(in crate::api) mod receipt;
mod steady;
pub(in crate::api) mod upload;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::ListRow;

/// Where in the list the body begins; in an answer, how much is kept.
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// `?1` where the body reaches the end of the list, `?0` where more follows.
const UPLOAD_COMPLETE: HeaderName = HeaderName::from_static("upload-complete");

/// How far a list is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = List)]
pub(in crate::api) struct ListView {
    /// Bytes kept, to the end of a line: where an upload that broke off goes on.
    upload_offset: u64,
    /// Its end was read.
    complete: bool,
    /// Lines read.
    lines: u64,
    /// Recipients kept.
    recipients: u64,
    /// Lines with something wrong. While there is one the sending cannot be released.
    errors: u64,
}

impl ListView {
    pub(in crate::api) fn of(list: &ListRow, recipients: u64) -> Self {
        Self {
            upload_offset: list.bytes,
            complete: list.complete_at.is_some(),
            lines: list.lines,
            recipients,
            errors: list.faults,
        }
    }
}

fn told(headers: &mut HeaderMap, bytes: u64, complete: bool) {
    headers.insert(UPLOAD_OFFSET, HeaderValue::from(bytes));
    headers.insert(UPLOAD_COMPLETE, HeaderValue::from_static(if complete { "?1" } else { "?0" }));
}
