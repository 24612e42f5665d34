//! Trying out: everything is looked at and stored as for a notice that goes out, and nothing reaches anybody.

use axum::extract::State;
use axum::response::Response;
use domain::LinkCode;
use runtime::SystemRng;

use super::ApiState;
use super::body::Posted;
use super::client::Client;
use super::notices::{self, AcceptedView, NoticeForm, accepted};
use super::problem::{Problem, ProblemBody, RowError};
use super::sendings;
use crate::store::{SendingId, SendingState, Settled};

/// Thirty-two bytes of 1: has a folder.
pub(super) const HAS_A_FOLDER: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
/// Thirty-two bytes of 2: has none.
pub(super) const HAS_NO_FOLDER: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
/// Thirty-two bytes of 3: no code of the institution's.
pub(super) const IS_UNKNOWN: &str = "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM";

/// Try out a notice.
///
/// The recipients are `AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE` (always accepted),
/// `AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI` (has no folder: always undeliverable) and
/// `AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM` (always fails: no code of the institution's). The sending can be read at
/// its `Location` as any other, and counts against no quota.
#[utoipa::path(
    post, path = "/api/v1/sandbox/notices", tag = "sandbox",
    params(("Idempotency-Key" = String, Header, description = "New for every new notice")),
    request_body = NoticeForm,
    responses(
        (status = 202, description = "Looked at and stored; nothing goes out", body = AcceptedView),
        (status = 422, description = "What is wrong where", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn post_notice(
    State(state): State<ApiState>,
    Client(client): Client,
    Posted { value: form, key }: Posted<NoticeForm>,
) -> Result<Response, Problem> {
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    let now = state.clock.now();
    let checked = notices::check(&state, &client, form, now).await?;
    let codes: Vec<&LinkCode> = checked.recipients.iter().map(|one| &one.link_code).collect();
    let settled = settled(&codes)?;
    let id = SendingId::generate(&mut SystemRng);
    let answer = accepted(id, "done", codes.len() as u64);
    let new = sendings::new_sending(id, client.sandbox_maker(), &checked.said, checked.starts_at, now)?;
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    // It is never released: the worker never sees it.
    repository.insert_sending(&new).await?;
    repository.insert_recipients(id, &checked.recipients).await?;
    repository.settle(id, &settled).await?;
    repository.move_sending(id, &[SendingState::Open], SendingState::Done, now).await?;
    repository.commit().await?;
    Ok(answer.into_response())
}

fn settled(codes: &[&LinkCode]) -> Result<Settled, Problem> {
    let mut settled = Settled { last: u32::try_from(codes.len()).unwrap_or(u32::MAX), ..Settled::default() };
    let mut errors = Vec::new();
    for (place, code) in (0u32..).zip(codes) {
        match code.expose().as_str() {
            HAS_A_FOLDER => {}
            HAS_NO_FOLDER => settled.undeliverable.push(place),
            IS_UNKNOWN => settled.unknown.push(place),
            _ => errors.push(RowError::at(
                format!("/recipients/{place}/link_code"),
                "not-sandbox",
                "only the three codes of the sandbox are taken here",
            )),
        }
    }
    if errors.is_empty() { Ok(settled) } else { Err(Problem::invalid(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_sandbox_are_codes() {
        for (text, byte) in [(HAS_A_FOLDER, 1), (HAS_NO_FOLDER, 2), (IS_UNKNOWN, 3)] {
            assert_eq!(text.parse(), Ok(LinkCode::from([byte; 32])));
        }
    }
}
