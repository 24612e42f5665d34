//! ログイン starts.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use portal::{StartError, StartLogin};
use runtime::SystemRng;
use serde::Deserialize;

use super::posted::Posted;
use super::{session_failed, store_failed};
use crate::session::Current;
use crate::state::AppState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginForm {
    #[serde(default)]
    shared: Option<String>,
    #[serde(default)]
    return_to: Option<String>,
}

pub(crate) async fn start(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    Posted(form): Posted<LoginForm>,
) -> Response {
    if let Err(fault) = current.keep().await {
        return session_failed(&state, &parts, &fault);
    }
    let wish = StartLogin { shared_device: form.shared.is_some(), return_to: form.return_to };
    let browser = current.visitor().browser().clone();
    match state.portal.start_login(&browser, wish, state.clock.now(), &mut SystemRng).await {
        Ok(()) => Redirect::to("/login/card").into_response(),
        Err(StartError::Store(error)) => store_failed(&state, &parts, &error),
    }
}
