//! A notice is taken back from those who have it.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::api::ApiState;
use crate::api::body::PostedNothing;
use crate::api::client::Client;
use crate::api::notices::{AcceptedView, accepted};
use crate::api::problem::{Problem, ProblemBody};
use crate::store::SendingState;

/// Take a notice back: whoever has not opened it never sees it, whoever has is told.
#[utoipa::path(
    post, path = "/api/v1/sendings/{id}/withdraw", tag = "sendings",
    params(
        ("id" = String, Path, description = "As it was answered"),
        ("Idempotency-Key" = String, Header, description = "The same again gets the same answer"),
    ),
    responses(
        (status = 202, description = "The portal will be told", body = AcceptedView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Never released, or taken back before", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn withdraw(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    PostedNothing(key): PostedNothing,
) -> Result<Response, Problem> {
    let row = super::own(&state, &client, &id).await?;
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    if row.issued_at.is_none() {
        return Err(Problem::conflict("sending-not-released", "nobody has it: cancel it"));
    }
    let now = state.clock.now();
    let answer = accepted(row.id, "withdrawn", row.recipients);
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    if !repository.withdraw_sending(row.id, now).await? {
        return Err(Problem::conflict("sending-withdrawn", "it was taken back before"));
    }
    repository.move_sending(row.id, &[SendingState::Released], SendingState::Cancelled, now).await?;
    repository.insert_audit(&super::audit_line(&client, "withdrawn", row.id, now)).await?;
    repository.commit().await?;
    state.sender.wake();
    Ok(answer.into_response())
}
