//! The card reader's answer: comes from another site, reads no cookie, logs nobody in.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use http::request::Parts;
use portal::AnswerError;
use runtime::SystemRng;
use wire::reader::{Answer, Removed};

use super::posted::Posted;
use super::{CARD_REFUSED, purge_failed, store_failed};
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

pub(crate) async fn answer(State(state): State<AppState>, parts: Parts, Posted(answer): Posted<Answer>) -> Response {
    let case = match state.portal.receive_answer(&answer, state.clock.now(), &mut SystemRng).await {
        // 303: the browser comes back with GET, and with its cookie.
        Ok(code) => return Redirect::to(&format!("/card/return?code={}", code.expose())).into_response(),
        Err(AnswerError::Unknown) => Case::ChallengeUnknown,
        Err(AnswerError::Used) => Case::ChallengeUsed,
        Err(AnswerError::Interrupted) => Case::RegistrationInterrupted,
        Err(AnswerError::Late) => Case::ChallengeLate,
        Err(AnswerError::Store(error)) => return store_failed(&state, &parts, &error),
    };
    Redirect::to(&format!("{CARD_REFUSED}?why={}", case.name())).into_response()
}

/// Why an answer belongs to no open challenge. A page of its own: the reader's post comes without cookies, so without
/// the person's language, and what is posted again by a reload would not help.
pub(crate) async fn refused(State(state): State<AppState>, parts: Parts) -> Response {
    let why = parts.uri.query().and_then(|query| query.strip_prefix("why=")).unwrap_or_default();
    let cases = [Case::ChallengeUnknown, Case::ChallengeUsed, Case::ChallengeLate, Case::RegistrationInterrupted];
    let case = cases.into_iter().find(|case| case.name() == why).unwrap_or(Case::NotFound);
    ErrorPage::new(&state, &parts, case).into_response()
}

/// Answers alike whether a session ended or not: the token tells nothing to whoever guesses.
pub(crate) async fn removed(State(state): State<AppState>, parts: Parts, Posted(removed): Posted<Removed>) -> Response {
    match state.portal.card_removed(&removed.removal_token, state.clock.now(), &mut SystemRng).await {
        Ok(ended) => {
            if ended > 0 {
                tracing::info!("a session on a shared device ended because its card was removed");
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => purge_failed(&state, &parts, &error),
    }
}
