//! What came back: states that citizens give, and replies.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64, Encoding as _};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use wire::notice::ReplyContent;

use super::ApiState;
use super::client::Client;
use super::page::asked;
use super::problem::Problem;
use crate::japan;
use crate::store::{AuditLine, ClientRow, FoundReturn, Store, StoreError};

/// One thing that came back.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Return)]
struct ReturnView {
    /// For `after`.
    number: u64,
    /// Which sending.
    sending: String,
    /// From whom in it, from 0.
    place: u32,
    link_code: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `arrived`, `opened-by-person`, `opened-by-representative` or `not-received`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reply: Option<ReplyView>,
    /// A reply that cannot be opened now, or is not believed: it is kept as it came and tried again. Once it can, it
    /// stands here under the same number; `after` one less asks for it again.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    unopened: bool,
}

/// An answer to a notice's questions.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ReturnedReply)]
struct ReplyView {
    #[schema(value_type = String, format = DateTime)]
    replied_at: Timestamp,
    /// `{"question": name, "value": {"one" | "any" | "words" | "day": …}}`
    #[schema(value_type = Vec<Object>)]
    answers: Vec<Value>,
    /// As the portal signed it: CMS SignedData, base64 DER.
    signed: String,
}

/// In the order in which it came.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Returns)]
pub(super) struct ReturnsView {
    items: Vec<ReturnView>,
    /// For the next `after`, also where nothing came.
    after: u64,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ReturnsQuery {
    /// The number of the last one that is known; 0 unless said.
    after: Option<u64>,
    /// At most 1,000; 100 unless said.
    limit: Option<u32>,
}

/// What came back about the client's own sendings, after a number.
#[utoipa::path(
    get, path = "/api/v1/returns", tag = "returns",
    params(ReturnsQuery),
    responses((status = 200, description = "In the order in which it came", body = ReturnsView)),
    security(("client" = [])),
)]
pub(super) async fn returns(
    State(state): State<ApiState>,
    Client(client): Client,
    Query(query): Query<ReturnsQuery>,
) -> Result<Response, Problem> {
    let after = query.after.unwrap_or(0);
    let rows = state.store.read().await?.returned_by(&client.maker(), after, asked(query.limit)).await?;
    let after = rows.last().map_or(after, |row| row.returned.number);
    let items: Vec<ReturnView> = rows.iter().map(view).collect();
    if items.iter().any(|item| item.reply.is_some()) {
        note(&state.store, &client, state.clock.now()).await?;
    }
    Ok(axum::Json(ReturnsView { items, after }).into_response())
}

/// What people answered is read: one line for each system and day in Japan.
async fn note(store: &Store, client: &ClientRow, now: Timestamp) -> Result<(), StoreError> {
    let midnight = now.to_zoned(japan::zone()).start_of_day().map_or(now, |midnight| midnight.timestamp());
    let line = AuditLine { at: now, who: client.maker(), what: "replies-fetched".to_owned(), sending: None };
    let mut repository = store.begin().await?;
    // A line of midnight itself is one of this day.
    repository.insert_audit_once(&line, midnight - SignedDuration::from_micros(1)).await?;
    repository.commit().await
}

fn view(row: &FoundReturn) -> ReturnView {
    let reply = row.returned.reply.as_deref().and_then(reply);
    ReturnView {
        number: row.returned.number,
        sending: row.sending.to_string(),
        place: row.place,
        link_code: row.returned.link_code.expose(),
        at: row.returned.at,
        state: row.returned.state.map(|state| state.name().to_owned()),
        unopened: row.returned.state.is_none() && reply.is_none(),
        reply,
    }
}

/// It was believed when it came; here it is only read.
fn reply(signed: &[u8]) -> Option<ReplyView> {
    let content = pki::cms::verify(signed, None).ok()?.content;
    let content: ReplyContent = serde_json::from_slice(&content).ok()?;
    let answers = content.answers.iter().filter_map(|answer| serde_json::to_value(answer).ok()).collect();
    Some(ReplyView { replied_at: content.replied_at, answers, signed: Base64::encode_string(signed) })
}
