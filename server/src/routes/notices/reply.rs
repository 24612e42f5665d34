//! 回答する, 申し込む: shown before it goes, and sent once (P-PSH-6).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use portal::{Flash, LetterId, ReplyError, Visitor, read_answers};
use runtime::SystemRng;

use super::super::posted::Posted;
use super::super::{led_to, store_failed, to_login_then};
use super::failed;
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

type Fields = Vec<(String, String)>;

/// 「内容を確かめる」, and from there 「書きなおす」. What was typed stands in the answer and nowhere else.
pub(crate) async fn check(
    State(state): State<AppState>,
    current: Current,
    number: Result<Path<i64>, PathRejection>,
    parts: Parts,
    Posted(fields): Posted<Fields>,
) -> Response {
    if current.visitor().signed_in().is_none() {
        return to_login_then(&state, &parts, app::paths::NOTICES).await;
    }
    let Ok(Path(number)) = number else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    let again = fields.iter().any(|(name, _)| name == "again");
    let draft = app::ReplyDraft { fields, again, fault: None };
    crate::pages::page_again(&state, current, parts, &app::paths::reply(number), draft).await
}

/// 「送る」
pub(crate) async fn send(
    State(state): State<AppState>,
    mut current: Current,
    number: Result<Path<i64>, PathRejection>,
    parts: Parts,
    Posted(fields): Posted<Fields>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else {
        return to_login_then(&state, &parts, app::paths::NOTICES).await;
    };
    let Ok(Path(number)) = number else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    let (letter, now) = (LetterId::of_number(number), state.clock.now());
    let not_found = || ErrorPage::new(&state, &parts, Case::NotFound).into_response();
    let opened = match state.portal.open_notice(&who, letter, now).await {
        Ok(opened) => opened,
        Err(error) => return failed(&state, &parts, &error),
    };
    let Some(form) = &opened.content.reply else { return not_found() };
    let sent = match read_answers(form, &fields) {
        Ok(answers) => state.portal.reply(&who, letter, answers, now, &mut SystemRng).await,
        // The page says at each field what is wrong.
        Err(_) => Err(ReplyError::Unfit),
    };
    let fault = match sent {
        Ok(()) => {
            let flash = Flash::success("notice-replied").with("institution", opened.line.sender.as_str());
            return led_to(&state, &parts, &mut current, flash, &app::paths::notice(number)).await;
        }
        Err(ReplyError::NotFound) => return not_found(),
        Err(ReplyError::Store(error)) => return store_failed(&state, &parts, &error),
        Err(error @ (ReplyError::Unopened(_) | ReplyError::Unverified(_))) => {
            return ErrorPage::new(&state, &parts, Case::Internal).because(&error).into_response();
        }
        Err(ReplyError::Unfit) => None,
        Err(ReplyError::Closed) => Some(app::ReplyFault::Closed),
        Err(ReplyError::Answered) => Some(app::ReplyFault::Answered),
        Err(error @ ReplyError::Sender(_)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "an answer cannot be sealed to its sender");
            Some(app::ReplyFault::Unbelievable)
        }
    };
    let draft = app::ReplyDraft { fields, again: false, fault };
    crate::pages::page_again(&state, current, parts, &app::paths::reply(number), draft).await
}
