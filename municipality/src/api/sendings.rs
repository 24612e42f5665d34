//! Sendings: a bulk is made, gets its list of recipients, and is released; of each its maker sees how it stands.

pub(in crate::api) mod cancel;
pub(in crate::api) mod list;
pub(in crate::api) mod make;
pub(in crate::api) mod quota;
pub(in crate::api) mod release;
pub(in crate::api) mod show;
pub(in crate::api) mod withdraw;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ApiState;
use super::draft::Said;
use super::problem::{Problem, RowError};
use super::recipients::ListView;
use crate::draft::{DateFault, Draft, Fields};
use crate::store::{AuditLine, ClientRow, NewSending, Repository, SendingId, SendingRow};

/// How a sending stands.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Sending)]
pub(super) struct SendingView {
    /// Its id; also the notice's, unless `merged`.
    id: String,
    /// `open`, `released`, `done`, `cancelled`; `waiting` and `rejected` where officers decide.
    state: String,
    #[schema(value_type = String, format = DateTime)]
    state_since: Timestamp,
    /// Nothing of it reaches anybody.
    sandbox: bool,
    /// Each recipient gets a letter of their own.
    merged: bool,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// Not before.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// Not after.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    /// Why the last try failed; it is tried again by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    trouble: Option<String>,
    /// For how many it is.
    recipients: u64,
    /// Of these, stored at the portal.
    accepted: u64,
    /// Of these, without a folder.
    undeliverable: u64,
    /// Of these, not one of the institution's codes.
    unknown: u64,
    /// The list of recipients, where one was begun.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    list: Option<ListView>,
}

impl SendingView {
    pub(super) fn of(row: &SendingRow, list: Option<ListView>) -> Self {
        Self {
            id: row.id.to_string(),
            state: row.state.name().to_owned(),
            state_since: row.state_since,
            sandbox: row.made_by.starts_with("sandbox:"),
            merged: row.merged,
            made_at: row.made_at,
            starts_at: row.starts_at,
            expires_at: row.expires_at,
            withdrawn_at: row.withdrawn_at,
            trouble: row.trouble.clone(),
            recipients: row.recipients,
            accepted: row.accepted,
            undeliverable: row.undeliverable,
            unknown: row.unknown,
            list,
        }
    }
}

/// The client's own sending; another's is not there.
pub(super) async fn own(state: &ApiState, client: &ClientRow, id: &str) -> Result<SendingRow, Problem> {
    let id: SendingId = id.parse().map_err(|_| Problem::not_found())?;
    let row = state.store.read().await?.sending(id).await?;
    let own = |row: &SendingRow| row.made_by == client.maker() || row.made_by == client.sandbox_maker();
    row.filter(own).ok_or_else(Problem::not_found)
}

pub(super) fn location(id: SendingId) -> String {
    format!("/api/v1/sendings/{id}")
}

pub(super) fn new_sending(
    id: SendingId,
    made_by: String,
    said: &Said,
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<NewSending, Problem> {
    let draft = serde_json::to_string(&said.draft).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a draft cannot be written");
        Problem::of_status(http::StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    let expires_at = said.draft.expires_at;
    Ok(NewSending { id, made_by, made_at: now, draft, merged: !said.places.is_empty(), starts_at, expires_at })
}

pub(super) async fn insert(repository: &mut Repository, new: &NewSending, files: &[Vec<u8>]) -> Result<(), Problem> {
    repository.insert_sending(new).await?;
    for (place, file) in (0u8..).zip(files) {
        repository.insert_attachment(new.id, place, file).await?;
    }
    Ok(())
}

/// What is kept of a recipient's fields.
pub(super) fn fields_json(said: &Said, fields: &Fields) -> Option<String> {
    if said.places.is_empty() { None } else { serde_json::to_string(fields).ok() }
}

/// What a sending says.
pub(super) fn draft_of(row: &SendingRow) -> Result<Draft, Problem> {
    serde_json::from_str(&row.draft).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a draft cannot be read");
        Problem::of_status(http::StatusCode::INTERNAL_SERVER_ERROR)
    })
}

/// When a sending may begin: now, or later but before it expires; and its days fit that.
pub(super) fn start(asked: Option<Timestamp>, draft: &Draft, now: Timestamp) -> Result<Timestamp, Problem> {
    let starts_at = asked.unwrap_or(now).max(now);
    if starts_at >= draft.expires_at {
        let late = RowError::at("/starts_at", "starts-late", "it would begin after it has expired");
        return Err(Problem::invalid(vec![late]));
    }
    let errors: Vec<RowError> = draft.date_faults(starts_at).into_iter().map(date_error).collect();
    if errors.is_empty() { Ok(starts_at) } else { Err(Problem::invalid(errors)) }
}

fn date_error(fault: DateFault) -> RowError {
    let (at, code) = match fault {
        DateFault::DeadlineEarly => ("/draft/deadline", "deadline-early"),
        DateFault::DeadlineLate => ("/draft/deadline", "deadline-late"),
        DateFault::ClosesEarly => ("/draft/reply/closes_at", "closes-early"),
        DateFault::ClosesLate => ("/draft/reply/closes_at", "closes-late"),
    };
    RowError::at(at, code, fault.to_string())
}

pub(super) fn audit_line(client: &ClientRow, what: &str, sending: SendingId, now: Timestamp) -> AuditLine {
    AuditLine { at: now, who: client.maker(), what: what.to_owned(), sending: Some(sending) }
}
