//! フォルダを止める, フォルダを閉じる.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use portal::{Flash, Visitor};
use runtime::SystemRng;
use serde::Deserialize;

use super::logout::forgotten;
use super::posted::Posted;
use super::{led_to, purge_failed, session_failed, to_login_then};
use crate::session::Current;
use crate::state::AppState;

const FOLDER: &str = app::paths::FOLDER;

/// 一時停止
pub(crate) async fn suspend(State(state): State<AppState>, current: Current, parts: Parts) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, FOLDER).await };
    if let Err(error) = state.portal.suspend_folder(&who, state.clock.now(), &mut SystemRng).await {
        return purge_failed(&state, &parts, &error);
    }
    match current.end().await {
        Ok(()) => forgotten(Redirect::to("/signed-out?why=suspended").into_response()),
        Err(fault) => session_failed(&state, &parts, &fault),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseForm {
    #[serde(default)]
    understood: Option<String>,
}

/// 廃止: only when the person has said that what goes is understood.
pub(crate) async fn close(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    Posted(form): Posted<CloseForm>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, FOLDER).await;
    };
    if form.understood.is_none() {
        return led_to(&state, &parts, &mut current, Flash::error("folder-not-understood"), FOLDER).await;
    }
    let closed = match state.portal.close_folder(&who, &holder, state.clock.now(), &mut SystemRng).await {
        Ok(closed) => closed,
        Err(error) => return purge_failed(&state, &parts, &error),
    };
    let receipt = closed.map(|logged| format!("&receipt={}", logged.receipt.id())).unwrap_or_default();
    match current.end().await {
        Ok(()) => forgotten(Redirect::to(&format!("/signed-out?why=closed{receipt}")).into_response()),
        Err(fault) => session_failed(&state, &parts, &fault),
    }
}
