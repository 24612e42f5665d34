//! ログアウト, and staying longer.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode, header};
use portal::{Holder, PurgeReason, SignedIn, StoreError, Visitor};
use runtime::SystemRng;
use serde::Deserialize;

use super::posted::Posted;
use super::{purge_failed, session_failed, store_failed};
use crate::session::Current;
use crate::state::AppState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogoutForm {
    /// The person has seen what goes.
    #[serde(default)]
    confirmed: Option<String>,
}

/// What is held is erased and the session's row is gone before the answer leaves; the browser forgets its cookie and its
/// cache. Whoever holds information, or has read notices, is asked first (P-INF-7, P-PSH-7).
pub(crate) async fn logout(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    form: Result<Posted<LogoutForm>, Response>,
) -> Response {
    // Whatever else was posted, it asks for a logout.
    let confirmed = form.is_ok_and(|Posted(form)| form.confirmed.is_some());
    let mut receipt = None;
    if let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) {
        if !confirmed {
            match goes(&state, &who, &holder).await {
                Ok(true) => return Redirect::to(app::paths::LEAVING).into_response(),
                Ok(false) => {}
                Err(error) => return store_failed(&state, &parts, &error),
            }
        }
        let now = state.clock.now();
        match state.portal.purge(holder.session_hash(), PurgeReason::Logout, now, &mut SystemRng).await {
            Ok(purged) => receipt = purged.map(|purged| purged.receipt.id()),
            Err(error) => return purge_failed(&state, &parts, &error),
        }
    }
    if let Err(fault) = current.end().await {
        return session_failed(&state, &parts, &fault);
    }
    let receipt = receipt.map(|id| format!("&receipt={id}")).unwrap_or_default();
    forgotten(Redirect::to(&format!("/signed-out?why=logout{receipt}")).into_response())
}

/// Something goes with the session that the person may want to keep.
async fn goes(state: &AppState, who: &SignedIn, holder: &Holder) -> Result<bool, StoreError> {
    Ok(state.portal.holds_answers(who, holder).await?
        || state.portal.confirmed_notices(who, state.clock.now()).await? > 0)
}

/// The browser forgets what it kept, and the connection goes with its buffers, in which the last pages stood (P-INF-9).
pub(super) fn forgotten(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// 「続けて使う」: reading the session has noted the activity. Nobody logged in: 401.
pub(crate) async fn extend(current: Current) -> StatusCode {
    match current.visitor() {
        Visitor::SignedIn(_) => StatusCode::NO_CONTENT,
        Visitor::Anonymous(_) => StatusCode::UNAUTHORIZED,
    }
}
