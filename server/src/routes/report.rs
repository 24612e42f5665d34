//! まちがいを知らせる: sends what a person wrote to the institution that answered (P-INF-12).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use portal::{Flash, ReportError, Visitor, Written};
use runtime::SystemRng;
use serde::Deserialize;

use super::information::refused;
use super::posted::Posted;
use super::{led_to, to_login_then};
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportForm {
    field: String,
    words: String,
}

/// 「送る」. What cannot be sent comes back as it was typed, in the answer to the form and nowhere else.
pub(crate) async fn send(
    State(state): State<AppState>,
    mut current: Current,
    place: Result<Path<u32>, PathRejection>,
    parts: Parts,
    Posted(form): Posted<ReportForm>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, app::paths::INFORMATION).await;
    };
    let Ok(Path(place)) = place else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    let ReportForm { field, words } = form;
    let written = Written { place, field: &field, words: &words };
    let sent = state.portal.report(&who, &holder, written, state.clock.now(), &mut SystemRng).await;
    let fault = match sent {
        Ok(sent) => {
            let flash = Flash::success("report-sent")
                .with("institution", sent.provider.as_str())
                .with("number", sent.number.as_str());
            return led_to(&state, &parts, &mut current, flash, app::paths::INFORMATION).await;
        }
        Err(ReportError::Information(error)) => {
            return refused(&state, &parts, current, error, app::paths::INFORMATION).await;
        }
        Err(ReportError::Words(fault)) => app::ReportFault::Words(fault),
        Err(ReportError::NoSuchField) => app::ReportFault::Field,
        Err(ReportError::TooMany) => app::ReportFault::TooMany,
        Err(error @ ReportError::Unreachable(_)) => noted(&error, app::ReportFault::Unreachable),
        Err(error @ ReportError::Refused(_)) => noted(&error, app::ReportFault::Refused),
        Err(error @ ReportError::Unbelievable(_)) => noted(&error, app::ReportFault::Unbelievable),
    };
    let draft = app::ReportDraft { field, words, fault };
    crate::pages::page_again(&state, current, parts, &app::paths::report(place), draft).await
}

fn noted(error: &ReportError, fault: app::ReportFault) -> app::ReportFault {
    tracing::error!(error = error as &dyn std::error::Error, "a report was not taken");
    fault
}
