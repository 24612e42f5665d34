//! A bulk goes out.

use axum::extract::{Path, State};
use axum::response::Response;

use super::quota;
use crate::api::ApiState;
use crate::api::body::PostedNothing;
use crate::api::client::Client;
use crate::api::notices::{AcceptedView, accepted};
use crate::api::problem::{Problem, ProblemBody};
use crate::store::{SendingRow, SendingState};

/// Release a sending whose list is complete and without errors. It goes out by itself, not before `starts_at`.
///
/// What a municipality's own system releases needs no second person; the audit says which client it was.
#[utoipa::path(
    post, path = "/api/v1/sendings/{id}/release", tag = "sendings",
    params(
        ("id" = String, Path, description = "As it was answered"),
        ("Idempotency-Key" = String, Header, description = "The same again gets the same answer"),
    ),
    responses(
        (status = 202, description = "It goes out", body = AcceptedView),
        (status = 403, description = "The day's quota is used up", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Not open, not complete, with errors, empty or expired", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn release(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    PostedNothing(key): PostedNothing,
) -> Result<Response, Problem> {
    let row = super::own(&state, &client, &id).await?;
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    let now = state.clock.now();
    releasable(&state, &row).await?;
    if row.expires_at <= now {
        return Err(Problem::conflict("sending-expired", "the sending has expired before it was released"));
    }
    let answer = accepted(row.id, "released", row.recipients);
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    quota::take(&mut repository, &state, &client, row.recipients, now).await?;
    if !repository.release_sending(row.id, &client.maker(), now).await? {
        return Err(not_open());
    }
    repository.insert_audit(&super::audit_line(&client, "released", row.id, now)).await?;
    repository.commit().await?;
    state.sender.wake();
    Ok(answer.into_response())
}

/// A complete list never changes again: what is seen here still holds when the sending is released.
async fn releasable(state: &ApiState, row: &SendingRow) -> Result<(), Problem> {
    if row.state != SendingState::Open {
        return Err(not_open());
    }
    let list = state.store.read().await?.list(row.id).await?;
    let Some(list) = list.filter(|list| list.complete_at.is_some()) else {
        return Err(Problem::conflict("list-incomplete", "the list of recipients is not complete"));
    };
    if list.faults > 0 {
        let detail = format!("{} lines; GET …/errors says which", list.faults);
        return Err(Problem::conflict("list-errors", "the list has errors; nothing is sent").detail(detail));
    }
    if row.recipients == 0 {
        return Err(Problem::conflict("list-empty", "the list has no recipients"));
    }
    Ok(())
}

fn not_open() -> Problem {
    Problem::conflict("sending-not-open", "the sending is not open")
}
