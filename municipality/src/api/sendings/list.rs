//! All sendings of a client.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SendingView;
use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::page::{PageQuery, asked, cursor_unknown};
use crate::api::problem::Problem;
use crate::store::SendingId;

/// Newest first.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Sendings)]
pub(in crate::api) struct SendingsView {
    items: Vec<SendingView>,
    /// For `cursor`; absent where nothing follows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    next: Option<String>,
}

/// The client's own sendings, newest first.
#[utoipa::path(
    get, path = "/api/v1/sendings", tag = "sendings",
    params(PageQuery),
    responses((status = 200, description = "A page of them", body = SendingsView)),
    security(("client" = [])),
)]
pub(in crate::api) async fn list(
    State(state): State<ApiState>,
    Client(client): Client,
    Query(query): Query<PageQuery>,
) -> Result<Response, Problem> {
    let limit = asked(query.limit);
    let before = query.cursor.map(|cursor| cursor.parse::<SendingId>()).transpose().map_err(|_| cursor_unknown())?;
    let maker = client.maker();
    let mut reader = state.store.read().await?;
    if let Some(before) = before {
        // Nothing is older than what is not there: that would be taken for the last page.
        let last = reader.sending(before).await?;
        if last.is_none_or(|last| last.made_by != maker) {
            return Err(cursor_unknown());
        }
    }
    let rows = reader.sendings_by(&maker, before, limit).await?;
    let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| full).map(|row| row.id.to_string());
    let items = rows.iter().map(|row| SendingView::of(row, None)).collect();
    Ok(axum::Json(SendingsView { items, next }).into_response())
}
