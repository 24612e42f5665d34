//! Templates: drafts with places, looked at before they are kept.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::ApiState;
use super::body::JsonBody;
use super::client::Client;
use super::draft::{self, DraftForm};
use super::page::{PageQuery, asked, cursor_unknown};
use super::problem::{Problem, ProblemBody, RowError};
use super::sendings::make::compared;
use crate::store::{AuditLine, ClientRow, TemplateRow};

/// A draft for more than one time.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Template)]
pub(super) struct TemplateForm {
    /// A draft. `expires_at`, `deadline` and `reply.closes_at` may be left to the sending; files belong to the sending.
    #[schema(value_type = DraftForm)]
    draft: Value,
    /// Exactly the places of the draft.
    #[serde(default)]
    fields: BTreeSet<String>,
}

/// A template as it is kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = KeptTemplate)]
pub(super) struct TemplateView {
    name: String,
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    #[serde(flatten)]
    #[schema(inline)]
    content: TemplateForm,
}

/// Templates by name.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Templates)]
pub(super) struct TemplatesView {
    items: Vec<TemplateView>,
    /// For `cursor`; absent where nothing follows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    next: Option<String>,
}

/// Keep a template, anew or over what it was.
#[utoipa::path(
    put, path = "/api/v1/templates/{name}", tag = "templates",
    params(("name" = String, Path, description = "Small letters, digits and hyphens, at most 64")),
    request_body = TemplateForm,
    responses(
        (status = 204, description = "Kept"),
        (status = 422, description = "What is wrong where", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn put_template(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(name): Path<String>,
    JsonBody(form): JsonBody<TemplateForm>,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    if !is_name(&name) {
        return Err(Problem::invalid(vec![RowError::at("", "name", "small letters, digits and hyphens, at most 64")]));
    }
    if form.draft.get("attachments").is_some() {
        return Err(Problem::invalid(vec![RowError::at(
            "/draft/attachments",
            "attachments",
            "files belong to a sending",
        )]));
    }
    // What the sending may say itself is tried out with tomorrow.
    let tomorrow = now + SignedDuration::from_hours(24);
    let asks = form.draft.get("reply").is_some_and(Value::is_object);
    let left = serde_json::json!({
        "expires_at": tomorrow,
        "deadline": now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        "reply": asks.then(|| serde_json::json!({ "closes_at": tomorrow })),
    });
    let tried = draft::over_template(left, Some(form.draft.clone()));
    let said = draft::read(&state, &client, tried, "/draft", now).await?;
    compared(&said, &form.fields)?;
    let content = serde_json::to_string(&form).map_err(|_| Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    let mut repository = state.store.begin().await?;
    repository.put_template(client.id, &name, &content, now).await?;
    repository.insert_audit(&line(&client, "saved", &name, now)).await?;
    repository.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One of the client's own templates.
#[utoipa::path(
    get, path = "/api/v1/templates/{name}", tag = "templates",
    params(("name" = String, Path, description = "Its name")),
    responses(
        (status = 200, description = "As it is kept", body = TemplateView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn show_template(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let row = kept(&state, &client, &name).await?.ok_or_else(Problem::not_found)?;
    Ok(axum::Json(view(row)?).into_response())
}

/// Erase a template. What was sent by it stays.
#[utoipa::path(
    delete, path = "/api/v1/templates/{name}", tag = "templates",
    params(("name" = String, Path, description = "Its name")),
    responses(
        (status = 204, description = "Erased"),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn delete_template(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    if !is_name(&name) {
        return Err(Problem::not_found());
    }
    let mut repository = state.store.begin().await?;
    if !repository.delete_template(client.id, &name).await? {
        return Err(Problem::not_found());
    }
    repository.insert_audit(&line(&client, "removed", &name, state.clock.now())).await?;
    repository.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The client's own templates.
#[utoipa::path(
    get, path = "/api/v1/templates", tag = "templates",
    params(PageQuery),
    responses((status = 200, description = "A page of them", body = TemplatesView)),
    security(("client" = [])),
)]
pub(super) async fn list_templates(
    State(state): State<ApiState>,
    Client(client): Client,
    Query(query): Query<PageQuery>,
) -> Result<Response, Problem> {
    let limit = asked(query.limit);
    let after = query.cursor.unwrap_or_default();
    if !after.is_empty() && !is_name(&after) {
        return Err(cursor_unknown());
    }
    let rows = state.store.read().await?.templates(client.id, &after, limit).await?;
    let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| full).map(|row| row.name.clone());
    let items = rows.into_iter().map(view).collect::<Result<_, _>>()?;
    Ok(axum::Json(TemplatesView { items, next }).into_response())
}

/// A draft as JSON: what was given, over a template where one is named.
pub(super) async fn drafted(
    state: &ApiState,
    client: &ClientRow,
    template: Option<&str>,
    given: Option<Value>,
) -> Result<Value, Problem> {
    let Some(name) = template else {
        let missing =
            || Problem::invalid(vec![RowError::at("/draft", "draft-missing", "a draft or a template is needed")]);
        return given.ok_or_else(missing);
    };
    let Some(row) = kept(state, client, name).await? else {
        let detail = "this client has no template of this name";
        return Err(Problem::invalid(vec![RowError::at("/template", "template-unknown", detail)]));
    };
    Ok(draft::over_template(view(row)?.content.draft, given))
}

/// What is no name names none: PostgreSQL would not even look for some of them.
async fn kept(state: &ApiState, client: &ClientRow, name: &str) -> Result<Option<TemplateRow>, Problem> {
    if !is_name(name) {
        return Ok(None);
    }
    Ok(state.store.read().await?.template(client.id, name).await?)
}

fn view(row: TemplateRow) -> Result<TemplateView, Problem> {
    let content = serde_json::from_str(&row.content).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a template cannot be read");
        Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    Ok(TemplateView { name: row.name, changed_at: row.changed_at, content })
}

fn line(client: &ClientRow, done: &str, name: &str, now: Timestamp) -> AuditLine {
    AuditLine { at: now, who: client.maker(), what: format!("template-{done}:{name}"), sending: None }
}

fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(letter)
}
