//! One sending.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};

use super::SendingView;
use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::problem::{Problem, ProblemBody};
use crate::api::recipients::ListView;

/// How one of the client's own sendings stands.
#[utoipa::path(
    get, path = "/api/v1/sendings/{id}", tag = "sendings",
    params(("id" = String, Path, description = "As it was answered")),
    responses(
        (status = 200, description = "How it stands", body = SendingView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn show(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = super::own(&state, &client, &id).await?;
    let list = state.store.read().await?.list(row.id).await?;
    let list = list.map(|list| ListView::of(&list, row.recipients));
    Ok(axum::Json(SendingView::of(&row, list)).into_response())
}
