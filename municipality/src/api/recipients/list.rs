//! What became of each recipient.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::page::{PageQuery, asked, cursor_unknown};
use crate::api::problem::{Problem, ProblemBody};
use crate::api::sendings;
use crate::store::Outcome;

/// One recipient.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = RecipientState)]
struct RecipientView {
    /// From 0: the line of the list, less one.
    place: u32,
    link_code: String,
    /// The id of this recipient's notice.
    notice: String,
    /// `accepted`, `undeliverable` (no folder) or `unknown` (no code of the institution's); absent while nothing is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    outcome: Option<String>,
}

/// In the order of the list.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Recipients)]
pub(in crate::api) struct RecipientsView {
    items: Vec<RecipientView>,
    /// For `cursor`; absent where nothing follows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    next: Option<String>,
}

/// The recipients of a sending and what became of each.
#[utoipa::path(
    get, path = "/api/v1/sendings/{id}/recipients", tag = "sendings",
    params(("id" = String, Path, description = "As it was answered"), PageQuery),
    responses(
        (status = 200, description = "A page of them", body = RecipientsView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn list(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Response, Problem> {
    let row = sendings::own(&state, &client, &id).await?;
    let limit = asked(query.limit);
    let from: u32 = query.cursor.map_or(Ok(0), |cursor| cursor.parse()).map_err(|_| cursor_unknown())?;
    let rows = state.store.read().await?.recipients(row.id, from, limit).await?;
    let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| full).map(|one| (one.place + 1).to_string());
    let view = |one: &crate::store::RecipientRow| RecipientView {
        place: one.place,
        link_code: one.link_code.expose(),
        notice: row.notice_of(one.place).to_string(),
        outcome: one.outcome.map(|outcome: Outcome| outcome.name().to_owned()),
    };
    Ok(axum::Json(RecipientsView { items: rows.iter().map(view).collect(), next }).into_response())
}
