//! A sending ends before everybody has it.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::api::ApiState;
use crate::api::body::PostedNothing;
use crate::api::client::Client;
use crate::api::notices::{AcceptedView, accepted};
use crate::api::problem::{Problem, ProblemBody};
use crate::store::SendingState;

/// Stop a sending. Who has the notice keeps it: `withdraw` takes it back.
#[utoipa::path(
    post, path = "/api/v1/sendings/{id}/cancel", tag = "sendings",
    params(
        ("id" = String, Path, description = "As it was answered"),
        ("Idempotency-Key" = String, Header, description = "The same again gets the same answer"),
    ),
    responses(
        (status = 202, description = "Nobody more gets it", body = AcceptedView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Over already", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn cancel(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    PostedNothing(key): PostedNothing,
) -> Result<Response, Problem> {
    const BEFORE: [SendingState; 3] = [SendingState::Open, SendingState::Waiting, SendingState::Released];
    let row = super::own(&state, &client, &id).await?;
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    let now = state.clock.now();
    let answer = accepted(row.id, "cancelled", row.recipients);
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    if !repository.move_sending(row.id, &BEFORE, SendingState::Cancelled, now).await? {
        return Err(Problem::conflict("sending-over", "everybody has it, or it was cancelled before"));
    }
    repository.insert_audit(&super::audit_line(&client, "cancelled", row.id, now)).await?;
    repository.commit().await?;
    Ok(answer.into_response())
}
