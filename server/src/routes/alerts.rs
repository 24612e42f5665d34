//! Where else a person is told that there is something new: entered, proved, taken away. And to which senders the person
//! says what was opened: taken back.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::{AlertAddressId, OrgCode};
use http::request::Parts;
use portal::{AlertError, DeviceName, Flash, SignedIn, Visitor};
use runtime::SystemRng;
use serde::Deserialize;

use super::posted::Posted;
use super::{led_to, store_failed, to_login_then};
use crate::error_page::{Case, ErrorPage};
use crate::middleware::locale_of;
use crate::session::Current;
use crate::state::AppState;

const ALERTS: &str = app::paths::ALERTS;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailForm {
    mail: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceForm {
    /// What the browser gave, JSON.
    subscription: String,
    device: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeForm {
    id: AlertAddressId,
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhichForm {
    id: AlertAddressId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SenderForm {
    sender: OrgCode,
}

/// 「番号を送る」, by mail.
pub(crate) async fn enter_mail(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<MailForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let locale = locale_of(parts.uri.query(), &parts.headers);
    let done = state.portal.enter_mail(&who, &form.mail, locale, state.clock.now(), &mut SystemRng).await;
    led_on(&state, &parts, current, done.map(|()| Some("alert-code-sent"))).await
}

/// 「この端末で受け取る」, once the browser has given what it takes.
pub(crate) async fn enter_device(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<DeviceForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let locale = locale_of(parts.uri.query(), &parts.headers);
    let done = match DeviceName::parse(&form.device) {
        Ok(device) => {
            let now = state.clock.now();
            state.portal.enter_device(&who, &form.subscription, &device, locale, now, &mut SystemRng).await
        }
        Err(fault) => Err(fault.into()),
    };
    led_on(&state, &parts, current, done.map(|()| Some("alert-code-pushed"))).await
}

/// 「番号を確かめる」
pub(crate) async fn confirm(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<CodeForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let done = state.portal.confirm_alert(&who, &form.id, &form.code, state.clock.now()).await;
    led_on(&state, &parts, current, done.map(|()| Some("alert-confirmed"))).await
}

/// 「番号をもう一度送る」
pub(crate) async fn again(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<WhichForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let done = state.portal.send_code_again(&who, &form.id, state.clock.now(), &mut SystemRng).await;
    led_on(&state, &parts, current, done.map(|()| Some("alert-code-again"))).await
}

/// 「やめる」. What is not there, or not theirs, is not there afterwards either.
pub(crate) async fn remove(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<WhichForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let done = removed(&state, &who, &form.id).await;
    led_on(&state, &parts, current, done).await
}

/// 「知らせるのをやめる」, of one sender. One to whom nothing is given is given nothing afterwards either.
pub(crate) async fn withhold_states(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    Posted(form): Posted<SenderForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else { return to_login_then(&state, &parts, ALERTS).await };
    let flash = match state.portal.withhold_states(&who, &form.sender).await {
        Ok(withheld) => withheld.then(|| Flash::success("notice-states-withheld")),
        Err(error) => return store_failed(&state, &parts, &error),
    };
    led_to(&state, &parts, &mut current, flash, ALERTS).await
}

async fn removed(state: &AppState, who: &SignedIn, id: &AlertAddressId) -> Result<Option<&'static str>, AlertError> {
    Ok(state.portal.remove_alert(who, id).await?.then_some("alert-removed"))
}

/// Back to the page, with what was done or why not. The address that was typed is in neither.
async fn led_on(
    state: &AppState,
    parts: &Parts,
    mut current: Current,
    done: Result<Option<&'static str>, AlertError>,
) -> Response {
    let flash = match done {
        Ok(told) => told.map(Flash::success),
        Err(error) => match refusal(&error) {
            Some(case) => Some(Flash::error(case)),
            None => return failed(state, parts, &error),
        },
    };
    led_to(state, parts, &mut current, flash, ALERTS).await
}

/// What the person can do something about.
fn refusal(error: &AlertError) -> Option<&'static str> {
    match error {
        AlertError::NotOffered => Some("alert-not-offered"),
        AlertError::Address(_) => Some("alert-address"),
        AlertError::Device(_) => Some("alert-device"),
        AlertError::Subscription(_) => Some("alert-browser"),
        AlertError::Known => Some("alert-known"),
        AlertError::TooManyCodes => Some("alert-too-many-codes"),
        AlertError::TooManyDevices => Some("alert-too-many-devices"),
        AlertError::WrongCode { .. } => Some("alert-wrong-code"),
        AlertError::CodeOver => Some("alert-code-over"),
        AlertError::NotSent => Some("alert-not-sent"),
        AlertError::NotFound | AlertError::Store(_) | AlertError::Key(_) | AlertError::Unopened(_) => None,
    }
}

fn failed(state: &AppState, parts: &Parts, error: &AlertError) -> Response {
    match error {
        AlertError::NotFound => ErrorPage::new(state, parts, Case::NotFound).into_response(),
        AlertError::Store(error) => store_failed(state, parts, error),
        _ => ErrorPage::new(state, parts, Case::Internal).because(error).into_response(),
    }
}
