//! 利用者登録 starts, and its second half.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use portal::{Flash, StartBindingError, StartError};
use runtime::SystemRng;

use super::{led_to, session_failed, store_failed};
use crate::middleware::locale_of;
use crate::session::Current;
use crate::state::AppState;

pub(crate) async fn start(State(state): State<AppState>, mut current: Current, parts: Parts) -> Response {
    if let Err(fault) = current.keep().await {
        return session_failed(&state, &parts, &fault);
    }
    let locale = locale_of(parts.uri.query(), &parts.headers);
    let browser = current.visitor().browser().clone();
    match state.portal.start_registration(&browser, locale, state.clock.now(), &mut SystemRng).await {
        Ok(()) => Redirect::to("/register/card").into_response(),
        Err(StartError::Store(error)) => store_failed(&state, &parts, &error),
    }
}

pub(crate) async fn start_binding(State(state): State<AppState>, mut current: Current, parts: Parts) -> Response {
    let browser = current.visitor().browser().clone();
    match state.portal.start_binding(&browser, state.clock.now(), &mut SystemRng).await {
        Ok(()) => Redirect::to("/register/bind").into_response(),
        Err(StartBindingError::OutOfOrder) => {
            led_to(&state, &parts, &mut current, Flash::error("challenge-unknown"), "/register").await
        }
        Err(StartBindingError::Store(error)) => store_failed(&state, &parts, &error),
    }
}
