//! ログイン starts.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use portal::{StartError, StartLogin};
use runtime::SystemRng;
use serde::Deserialize;

use super::posted::Posted;
use super::store_failed;
use crate::session::{Current, keep_mark};
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
    current: Current,
    parts: Parts,
    Posted(form): Posted<LoginForm>,
) -> Response {
    let wish = StartLogin { shared_device: form.shared.is_some(), return_to: form.return_to };
    let browser = current.visitor().browser().clone();
    match state.portal.start_login(&browser, wish, state.clock.now(), &mut SystemRng).await {
        Ok(()) => {
            let mut response = Redirect::to("/login/card").into_response();
            if let Some(mark) = current.mark() {
                keep_mark(&mut response, mark);
            }
            response
        }
        Err(StartError::Store(error)) => store_failed(&state, &parts, &error),
    }
}
