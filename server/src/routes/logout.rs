//! ログアウト, and staying longer.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode};
use portal::Visitor;

use super::session_failed;
use crate::session::Current;
use crate::state::AppState;

/// The session's row is gone before the answer leaves; the browser forgets its cookie and its cache.
pub(crate) async fn logout(State(state): State<AppState>, current: Current, parts: Parts) -> Response {
    if let Err(fault) = current.end().await {
        return session_failed(&state, &parts, &fault);
    }
    let mut response = Redirect::to("/signed-out?why=logout").into_response();
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

/// 「続けて使う」: reading the session has noted the activity. Nobody logged in: 401.
pub(crate) async fn extend(current: Current) -> StatusCode {
    match current.visitor() {
        Visitor::SignedIn(_) => StatusCode::NO_CONTENT,
        Visitor::Anonymous(_) => StatusCode::UNAUTHORIZED,
    }
}
