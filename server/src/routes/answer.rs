//! The card reader's answer: comes from another site, reads no cookie, logs nobody in.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use http::request::Parts;
use portal::AnswerError;
use runtime::SystemRng;
use wire::reader::{Answer, Removed};

use super::store_failed;
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

pub(crate) async fn answer(
    State(state): State<AppState>,
    parts: Parts,
    form: Result<Form<Answer>, FormRejection>,
) -> Response {
    let Form(answer) = match form {
        Ok(form) => form,
        Err(rejection) => {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let case = if too_large { Case::BodyTooLarge } else { Case::Malformed };
            return ErrorPage::new(&state, &parts, case).into_response();
        }
    };
    let case = match state.portal.receive_answer(&answer, state.clock.now(), &mut SystemRng).await {
        // 303: the browser comes back with GET, and with its cookie.
        Ok(code) => return Redirect::to(&format!("/card/return?code={}", code.expose())).into_response(),
        Err(AnswerError::Unknown) => Case::ChallengeUnknown,
        Err(AnswerError::Used) => Case::ChallengeUsed,
        Err(AnswerError::Interrupted) => Case::RegistrationInterrupted,
        Err(AnswerError::Late) => Case::ChallengeLate,
        Err(AnswerError::Store(error)) => return store_failed(&state, &parts, &error),
    };
    ErrorPage::new(&state, &parts, case).into_response()
}

/// Answers alike whether a session ended or not: the token tells nothing to whoever guesses.
pub(crate) async fn removed(
    State(state): State<AppState>,
    parts: Parts,
    form: Result<Form<Removed>, FormRejection>,
) -> Response {
    let Ok(Form(removed)) = form else { return ErrorPage::new(&state, &parts, Case::Malformed).into_response() };
    match state.portal.card_removed(&removed.removal_token).await {
        Ok(ended) => {
            if ended > 0 {
                tracing::info!("a session on a shared device ended because its card was removed");
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => store_failed(&state, &parts, &error),
    }
}
