//! What is wrong in a list.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::page::{PageQuery, asked, cursor_unknown};
use crate::api::problem::{Problem, ProblemBody, RowError};
use crate::api::sendings;

/// By line.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ListErrors)]
pub(in crate::api) struct ErrorsView {
    /// All of them; the first 1,000 are told.
    counted: u64,
    items: Vec<RowError>,
    /// For `cursor`; absent where nothing follows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    next: Option<String>,
}

/// What is wrong in the list of a sending, by line.
#[utoipa::path(
    get, path = "/api/v1/sendings/{id}/errors", tag = "sendings",
    params(("id" = String, Path, description = "As it was answered"), PageQuery),
    responses(
        (status = 200, description = "A page of them", body = ErrorsView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn errors(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Response, Problem> {
    let row = sendings::own(&state, &client, &id).await?;
    let limit = asked(query.limit);
    let after: u64 = query.cursor.map_or(Ok(0), |cursor| cursor.parse()).map_err(|_| cursor_unknown())?;
    let mut reader = state.store.read().await?;
    let counted = reader.list(row.id).await?.map_or(0, |list| list.faults);
    let faults = reader.faults(row.id, after, limit).await?;
    let full = faults.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = faults.last().filter(|_| full).map(|fault| fault.line.to_string());
    let items = faults.into_iter().map(|fault| RowError {
        pointer: None,
        line: Some(fault.line),
        code: fault.code,
        detail: fault.detail,
    });
    Ok(axum::Json(ErrorsView { counted, items: items.collect(), next }).into_response())
}
