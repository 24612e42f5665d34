//! What a client says: the words of a notice as JSON, and everything that is wrong with them at once.

mod forms;
mod reading;
mod replaced;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;
use wire::notice::ContentFault;

pub(super) use crate::list::{field_code, text_code};
pub(super) use forms::{AttachmentForm, DraftForm};

use super::ApiState;
use super::body::pointer;
use super::problem::{Problem, RowError};
use crate::draft::{Draft, DraftFault, Fields, Making};
use crate::store::{ClientRow, SendingId};

/// A draft that is a notice for everybody whose fields fit, and its files.
pub(super) struct Said {
    pub(super) draft: Draft,
    pub(super) files: Vec<Vec<u8>>,
    /// The places that each recipient's fields fill.
    pub(super) places: BTreeSet<String>,
    /// In memory, for as long as this is there.
    _room: Option<OwnedSemaphorePermit>,
}

/// Reads a draft. `base` is where it stands in the body.
pub(super) async fn read(
    state: &ApiState,
    client: &ClientRow,
    value: Value,
    base: &str,
    now: Timestamp,
) -> Result<Said, Problem> {
    let form = form(value, base)?;
    let mut errors = Vec::new();
    let files = super::files::read(state, client, &form.attachments, base, &mut errors).await?;
    let draft = reading::draft(form, files.attachments, base, &mut errors);
    let Some(draft) = draft.filter(|_| errors.is_empty()) else { return Err(Problem::invalid(errors)) };
    if let Err(fault) = checked(state, &draft, now) {
        return Err(Problem::invalid(vec![draft_error(&fault, base)]));
    }
    if let Some(replaced) = draft.replaces {
        replaced::check(state, client, replaced, base).await?;
    }
    let places = draft.places();
    Ok(Said { draft, files: files.contents, places, _room: files.room })
}

fn form(value: Value, base: &str) -> Result<DraftForm, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let wrong = RowError::at(pointer(base, error.path()), "invalid", error.inner().to_string());
        Problem::invalid(vec![wrong])
    })
}

/// Whether it is a notice, with one letter in each place.
fn checked(state: &ApiState, draft: &Draft, now: Timestamp) -> Result<(), DraftFault> {
    let fields = draft.places().into_iter().map(|place| (place, "字".to_owned())).collect();
    filled(state, draft, &fields, now)
}

/// Whether it is a notice for whoever has these fields.
pub(super) fn filled(state: &ApiState, draft: &Draft, fields: &Fields, now: Timestamp) -> Result<(), DraftFault> {
    let making = Making {
        sender: state.post.org(),
        id: SendingId::from([0xff; 16]).notice(),
        issued_at: now,
        sealing_certificate: state.post.sealing_certificate(),
        fields,
    };
    draft.notice(&making).map(drop)
}

/// `given` over a template: what it says stands in place of what the template says. Of `reply` it may say a part: until when
/// is of the sending, and the questions are the template's.
pub(super) fn over_template(template: Value, given: Option<Value>) -> Value {
    match (template, given) {
        (Value::Object(mut template), Some(Value::Object(mut given))) => {
            let reply = match (template.remove("reply"), given.remove("reply")) {
                (Some(Value::Object(mut kept)), Some(Value::Object(said))) => {
                    kept.extend(said);
                    Some(Value::Object(kept))
                }
                (kept, said) => said.or(kept),
            };
            template.extend(given);
            template.extend(reply.map(|reply| ("reply".to_owned(), reply)));
            Value::Object(template)
        }
        (template, None) => template,
        (_, Some(given)) => given,
    }
}

/// What is wrong with a draft as a whole.
pub(super) fn draft_error(fault: &DraftFault, base: &str) -> RowError {
    let (place, code) = match fault {
        DraftFault::Content(fault) => content_place(*fault),
        DraftFault::Field(fault) => ("/text", field_code(fault)),
        DraftFault::TooLong => ("/text", "too-long"),
    };
    RowError::at(format!("{base}{place}"), code, fault.to_string())
}

fn content_place(fault: ContentFault) -> (&'static str, &'static str) {
    match fault {
        ContentFault::Version => ("", "version"),
        ContentFault::Expiry => ("/expires_at", "expiry"),
        ContentFault::DeadlineMissing => ("/deadline", "deadline-missing"),
        ContentFault::Reply => ("/reply", "reply"),
        ContentFault::Questions => ("/reply/questions", "questions"),
        ContentFault::Body => ("/text", "body"),
        ContentFault::Attachments => ("/attachments", "attachments"),
        ContentFault::AttachmentForm => ("/attachments", "attachment-name"),
        ContentFault::AttachmentEnding => ("/attachments", "attachment-ending"),
        ContentFault::Replaces => ("/replaces", "replaces"),
    }
}
