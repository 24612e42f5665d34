//! Where an upload goes on.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

use super::told;
use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::problem::Problem;
use crate::api::sendings;

/// How much of the list is kept: `Upload-Offset` and `Upload-Complete`.
#[utoipa::path(
    head, path = "/api/v1/sendings/{id}/recipients", tag = "sendings",
    params(("id" = String, Path, description = "As it was answered")),
    responses(
        (status = 204, description = "The headers say how far", headers(
            ("Upload-Offset" = u64, description = "Bytes kept, to the end of a line"),
            ("Upload-Complete" = String, description = "?1 when the end was read"),
        )),
        (status = 404, description = "Not one of this client's"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn offset(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = sendings::own(&state, &client, &id).await?;
    let list = state.store.read().await?.list(row.id).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let (bytes, complete) = list.map_or((0, false), |list| (list.bytes, list.complete_at.is_some()));
    told(response.headers_mut(), bytes, complete);
    Ok(response)
}
