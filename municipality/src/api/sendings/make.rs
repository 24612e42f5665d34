//! A bulk begins.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use runtime::SystemRng;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::ApiState;
use crate::api::body::{Answer, Posted};
use crate::api::client::Client;
use crate::api::draft::{self, DraftForm, Said};
use crate::api::notices::AcceptedView;
use crate::api::problem::{Problem, ProblemBody, RowError};
use crate::api::templates;
use crate::store::SendingId;

/// A bulk without its list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewSending)]
pub(in crate::api) struct SendingForm {
    /// A template; what `draft` says stands in place of what it says, in `reply` member by member.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    template: Option<String>,
    /// What is to be said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<DraftForm>)]
    draft: Option<Value>,
    /// The columns that the list will have beside `link_code`: exactly the places of the draft.
    #[serde(default)]
    fields: BTreeSet<String>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
}

/// Begin a bulk. Its list of recipients comes next, then its release.
#[utoipa::path(
    post, path = "/api/v1/sendings", tag = "sendings",
    params(("Idempotency-Key" = String, Header, description = "New for every new sending")),
    request_body = SendingForm,
    responses(
        (status = 201, description = "Open for its list", body = AcceptedView),
        (status = 422, description = "What is wrong where", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn make(
    State(state): State<ApiState>,
    Client(client): Client,
    Posted { value: form, key }: Posted<SendingForm>,
) -> Result<Response, Problem> {
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    let now = state.clock.now();
    let value = templates::drafted(&state, &client, form.template.as_deref(), form.draft).await?;
    let said = draft::read(&state, &client, value, "/draft", now).await?;
    let starts_at = super::start(form.starts_at, &said.draft, now)?;
    compared(&said, &form.fields)?;
    let id = SendingId::generate(&mut SystemRng);
    let view = AcceptedView { id: id.to_string(), state: "open".to_owned(), recipients: 0 };
    let location = Some(super::location(id));
    let answer = Answer { status: StatusCode::CREATED, location, body: serde_json::json!(view) };
    let new = super::new_sending(id, client.maker(), &said, starts_at, now)?;
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    super::insert(&mut repository, &new, &said.files).await?;
    repository.insert_audit(&super::audit_line(&client, "made", id, now)).await?;
    repository.commit().await?;
    Ok(answer.into_response())
}

/// What the list will bring, against what the draft needs.
pub(in crate::api) fn compared(said: &Said, fields: &BTreeSet<String>) -> Result<(), Problem> {
    let missing = said.places.difference(fields).map(|place| {
        RowError::at("/fields", "field-missing", format!("the text has a place {{{{{place}}}}} that no field fills"))
    });
    let unknown = fields
        .difference(&said.places)
        .map(|field| RowError::at("/fields", "field-unknown", format!("the text has no place {{{{{field}}}}}")));
    let errors: Vec<RowError> = missing.chain(unknown).collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}
