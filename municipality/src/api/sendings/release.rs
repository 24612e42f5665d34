//! A bulk goes out.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;

use super::quota;
use crate::api::ApiState;
use crate::api::body::{PostedNothing, RequestKey};
use crate::api::client::Client;
use crate::api::notices::{AcceptedView, accepted};
use crate::api::problem::{Problem, ProblemBody};
use crate::store::{ClientRow, SendingRow, SendingState, Store};

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
    releasable(&state.store, &row).await?;
    if row.expires_at <= now {
        return Err(Problem::conflict("sending-expired", "the sending has expired before it was released"));
    }
    if let Some(fault) = super::draft_of(&row)?.date_faults(row.starts_at.max(now)).first() {
        let problem = Problem::conflict("sending-days-over", "its days do not fit any more; make a new sending");
        return Err(problem.detail(fault.to_string()));
    }
    let answer = released(&state.store, &client, &row, &key, now).await?;
    state.sender.wake();
    Ok(answer)
}

async fn releasable(store: &Store, row: &SendingRow) -> Result<(), Problem> {
    if row.state != SendingState::Open {
        return Err(not_open());
    }
    let list = store.read().await?.list(row.id).await?;
    let Some(list) = list.filter(|list| list.complete_at.is_some()) else {
        return Err(Problem::conflict("list-incomplete", "the list of recipients is not complete"));
    };
    if list.faults > 0 {
        let detail = format!("{} lines; GET …/errors says which", list.faults);
        return Err(Problem::conflict("list-errors", "the list has errors; nothing is sent").detail(detail));
    }
    Ok(())
}

/// A list that is complete never changes again. But its end may have come after `row` was read: who counts is counted here,
/// when nobody is added any more.
async fn released(
    store: &Store,
    client: &ClientRow,
    row: &SendingRow,
    key: &RequestKey,
    now: Timestamp,
) -> Result<Response, Problem> {
    let mut repository = store.begin().await?;
    if !repository.release_sending(row.id, &client.maker(), now).await? {
        // Perhaps the same request did it just now.
        return key.answered_meanwhile(&mut repository, client, now).await?.ok_or_else(not_open);
    }
    let recipients = repository.sending(row.id).await?.map_or(0, |row| row.recipients);
    if recipients == 0 {
        return Err(Problem::conflict("list-empty", "the list has no recipients"));
    }
    let answer = accepted(row.id, "released", recipients);
    if let Some(earlier) = key.claim(&mut repository, client, &answer, now).await? {
        return Ok(earlier);
    }
    quota::take(&mut repository, store, client, recipients, now).await?;
    repository.insert_audit(&super::audit_line(client, "released", row.id, now)).await?;
    repository.commit().await?;
    Ok(answer.into_response())
}

fn not_open() -> Problem {
    Problem::conflict("sending-not-open", "the sending is not open")
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use domain::LinkCode;
    use http::{HeaderMap, HeaderValue};
    use serde_json::Value;

    use super::*;
    use crate::api::testing::{now, store_with_a_client};
    use crate::store::{NewRecipient, NewSending, SendingId};

    fn key(name: &'static str) -> RequestKey {
        let headers = HeaderMap::from_iter([("idempotency-key".parse().unwrap(), HeaderValue::from_static(name))]);
        RequestKey::of(&headers, "POST", b"").unwrap()
    }

    /// The row of an open sending before two more recipients came.
    async fn grown(store: &Store, client: &ClientRow) -> SendingRow {
        let id = SendingId::from([1; 16]);
        let new = NewSending {
            id,
            made_by: client.maker(),
            made_at: now(),
            draft: "{}".to_owned(),
            merged: false,
            starts_at: now(),
            expires_at: "2026-12-21T05:05:00Z".parse().unwrap(),
        };
        let recipient =
            |place: u8| NewRecipient { place: place.into(), link_code: LinkCode::from([place; 32]), fields: None };
        let mut repository = store.begin().await.unwrap();
        repository.insert_sending(&new).await.unwrap();
        repository.insert_recipients(id, &[recipient(0)]).await.unwrap();
        let row = repository.sending(id).await.unwrap().unwrap();
        repository.insert_recipients(id, &[recipient(1), recipient(2)]).await.unwrap();
        repository.commit().await.unwrap();
        assert_eq!(row.recipients, 1);
        row
    }

    async fn taken(store: &Store, client: &ClientRow) -> u64 {
        store.read().await.unwrap().quota_taken(client.id, quota::day(now())).await.unwrap()
    }

    #[tokio::test]
    async fn whoever_came_after_the_first_look_is_counted_and_told() {
        let (store, client, _folder) = store_with_a_client(3).await;
        let row = grown(&store, &client).await;
        let answer = released(&store, &client, &row, &key("k"), now()).await.unwrap();
        let body: Value = serde_json::from_slice(&to_bytes(answer.into_body(), 9999).await.unwrap()).unwrap();
        assert_eq!(body["recipients"], 3);
        assert_eq!(taken(&store, &client).await, 3);
        let again = released(&store, &client, &row, &key("k"), now()).await.unwrap();
        assert_eq!(again.headers()["idempotency-replayed"], "true");
        assert_eq!(to_bytes(again.into_body(), 9999).await.unwrap(), serde_json::to_vec(&body).unwrap());
        assert!(released(&store, &client, &row, &key("other"), now()).await.is_err());
        assert_eq!(taken(&store, &client).await, 3);
    }

    #[tokio::test]
    async fn where_they_are_too_many_for_the_day_nothing_is_released() {
        let (store, client, _folder) = store_with_a_client(2).await;
        let row = grown(&store, &client).await;
        let refused = released(&store, &client, &row, &key("k"), now()).await.unwrap_err();
        assert_eq!(axum::response::IntoResponse::into_response(refused).status(), 403);
        let row = store.read().await.unwrap().sending(row.id).await.unwrap().unwrap();
        assert_eq!(row.state, SendingState::Open);
        assert_eq!(taken(&store, &client).await, 0);
        assert!(store.read().await.unwrap().kept_answer(client.id, "k", Timestamp::MIN).await.unwrap().is_none());
    }
}
