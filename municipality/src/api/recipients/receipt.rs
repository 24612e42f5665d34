//! 到達証明: the portal's word that a document reached its person.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::header;

use crate::api::ApiState;
use crate::api::client::Client;
use crate::api::problem::{Problem, ProblemBody};
use crate::api::sendings;

/// The receipt of a document, as the portal signed it (CMS SignedData, DER, with the content inside). It names the notice and
/// not the person, so there is one where a notice is one person's: of a sending to one, or of one whose letters have `fields`.
#[utoipa::path(
    get, path = "/api/v1/sendings/{id}/receipts/{place}", tag = "returns",
    params(
        ("id" = String, Path, description = "As it was answered"),
        ("place" = u32, Path, description = "Of the recipient, from 0"),
    ),
    responses(
        (status = 200, description = "The receipt", body = Vec<u8>, content_type = "application/pkcs7-mime"),
        (status = 404, description = "None, or not one of this client's sendings", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn receipt(
    State(state): State<ApiState>,
    Client(client): Client,
    Path((id, place)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let row = sendings::own(&state, &client, &id).await?;
    let place: u32 = place.parse().map_err(|_| Problem::not_found())?;
    let signed = state.store.read().await?.receipt(row.id, place).await?.ok_or_else(Problem::not_found)?;
    Ok(([(header::CONTENT_TYPE, "application/pkcs7-mime")], signed).into_response())
}
