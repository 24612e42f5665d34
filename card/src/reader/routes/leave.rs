//! `POST /v1/leave`: back to the portal without a signature.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use wire::reader::AnswerKind;

use super::ask::take;
use super::pin::nonce;
use crate::reader::Reader;
use crate::reader::answer::unsigned;
use crate::reader::form::Own;
use crate::reader::pages::{CardInSlot, Condition, answer_page};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaveForm {
    ask: String,
    token: String,
}

pub(super) async fn leave(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<LeaveForm>) -> Response {
    let taken = match take(&reader, &form.ask, &form.token, &headers).await {
        Ok(taken) => taken,
        Err(response) => return *response,
    };
    let (looking, ask) = (Arc::clone(&reader), taken.ask.clone());
    let card = tokio::task::spawn_blocking(move || looking.card_for(&ask)).await.unwrap_or_default();
    let answer = unsigned(&taken.ask, result(card.as_ref()));
    answer_page(&taken.ask, &answer, nonce()).into_response()
}

/// The portal learns why there is no signature as far as it can help there, and no more.
fn result(card: Option<&CardInSlot>) -> AnswerKind {
    match card.map(|card| card.condition) {
        None | Some(Condition::Ready { .. }) => AnswerKind::Cancelled,
        Some(Condition::PinLocked) => AnswerKind::Locked,
        Some(Condition::Stopped | Condition::NotHandedOver | Condition::Damaged) => AnswerKind::Unusable,
    }
}
