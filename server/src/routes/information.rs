//! わたしの情報: asking, and asking again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use portal::{Flash, InformationError, Now, RecordsError, Visitor};
use runtime::SystemRng;
use serde::Deserialize;

use super::posted::Posted;
use super::{led_to, store_failed, to_login_then};
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

const INFORMATION: &str = app::paths::INFORMATION;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceForm {
    place: u32,
}

/// 「取り寄せる」
pub(crate) async fn gather(State(state): State<AppState>, current: Current, parts: Parts) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, INFORMATION).await;
    };
    let gathered = state.portal.gather(&who, &holder, &now(&state), &mut SystemRng).await;
    led_on(&state, &parts, current, gathered, INFORMATION).await
}

/// 「もう一度問い合わせる」
pub(crate) async fn ask_again(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(PlaceForm { place }): Posted<PlaceForm>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, INFORMATION).await;
    };
    let asked = state.portal.ask_again(&who, &holder, place, &now(&state), &mut SystemRng).await;
    led_on(&state, &parts, current, asked, INFORMATION).await
}

/// For what goes on after the answer to the browser.
pub(super) fn now(state: &AppState) -> Now {
    let clock = state.clock.clone();
    Arc::new(move || clock.now())
}

/// What did not work is said on the page from which it can be tried again.
async fn led_on(
    state: &AppState,
    parts: &Parts,
    current: Current,
    done: Result<(), InformationError>,
    page: &str,
) -> Response {
    match done {
        Ok(()) => Redirect::to(page).into_response(),
        Err(error) => refused(state, parts, current, error, page).await,
    }
}

pub(super) async fn refused(
    state: &AppState,
    parts: &Parts,
    mut current: Current,
    error: InformationError,
    page: &str,
) -> Response {
    let why = match &error {
        InformationError::Records(RecordsError::Store(error)) => return store_failed(state, parts, error),
        InformationError::NotFound => return ErrorPage::new(state, parts, Case::NotFound).into_response(),
        InformationError::Unopened(_) => {
            return ErrorPage::new(state, parts, Case::Internal).because(&error).into_response();
        }
        InformationError::Records(RecordsError::CodeEnded) => "code-ended",
        InformationError::Records(RecordsError::FolderNotOpen) => "folder-suspended",
        InformationError::Records(RecordsError::LinkageUnreachable(_)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "nothing could be gathered");
            "linkage-unreachable"
        }
    };
    led_to(state, parts, &mut current, Flash::error(why), page).await
}
