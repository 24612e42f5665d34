//! Logging in and out, and enrolling a key.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use http::{HeaderMap, StatusCode};
use runtime::SystemRng;

use super::{Answer, Here, Query_, Sent, asked, sent, to};
use crate::console::access::{self, Officer};
use crate::console::refused::Why;
use crate::console::{pages, staff};
use crate::store::AuditLine;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label {
    label: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    code: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyAnswer {
    ceremony: String,
    answer: String,
}

pub(super) async fn login(State(console): Here, query: Query_) -> Response {
    pages::access::login(&console, asked(query).done())
}

pub(super) async fn login_as(State(console): Here, form: Sent<Label>) -> Answer {
    let label = sent(form)?.label;
    let officer = console.store.read().await?.officer_by_label(label.trim()).await?.ok_or(Why::NoSuchOfficer)?;
    let question = console.keys.ask_to_log_in(&console.store, &officer, console.now(), &mut SystemRng).await?;
    Ok(pages::access::ask_key(&console, &officer.label, question, false))
}

pub(super) async fn log_in(State(console): Here, headers: HeaderMap, form: Sent<KeyAnswer>) -> Answer {
    let KeyAnswer { ceremony, answer } = sent(form)?;
    let officer = console.keys.logged_in(&console.store, &ceremony, &answer, console.now()).await?;
    let cookie = access::begin(&console, officer, &headers).await?;
    Ok(with_cookie(to("/console"), cookie))
}

pub(super) async fn log_out(State(console): Here, officer: Officer) -> Answer {
    let mut repository = console.store.begin().await?;
    repository.end_session(officer.session()).await?;
    repository.insert_audit(&officer.did("logout", None, console.now())).await?;
    repository.commit().await?;
    Ok(with_cookie(to("/console/login?done=logged-out"), access::end(&console)))
}

pub(super) async fn enrol(State(console): Here) -> Response {
    pages::access::enrol(&console)
}

pub(super) async fn enrol_with(State(console): Here, form: Sent<Code>) -> Answer {
    let code = staff::hash_of(&sent(form)?.code).ok_or(Why::NoSuchCode)?;
    let now = console.now();
    let officer = console.store.read().await?.invited(&code, now).await?.ok_or(Why::NoSuchCode)?;
    let question = console.keys.ask_to_enrol(&console.store, &officer, code, now, &mut SystemRng).await?;
    Ok(pages::access::ask_key(&console, &officer.label, question, true))
}

pub(super) async fn enrol_key(State(console): Here, form: Sent<KeyAnswer>) -> Answer {
    let KeyAnswer { ceremony, answer } = sent(form)?;
    let now = console.now();
    let (row, key) = console.keys.enrolled(&console.store, &ceremony, &answer, now).await?;
    let code = row.invite.ok_or(Why::KeyOver)?;
    let content = serde_json::to_string(&key).map_err(|_| Why::Failed)?;
    let mut repository = console.store.begin().await?;
    if !repository.use_invite(&code, now).await? {
        return Err(Why::NoSuchCode);
    }
    if !repository.insert_key(row.officer, key.cred_id(), &content, now).await? {
        return Err(Why::KeyTaken);
    }
    let line = AuditLine { at: now, who: row.officer.who(), what: "key-enrolled".to_owned(), sending: None };
    repository.insert_audit(&line).await?;
    repository.commit().await?;
    Ok(to("/console/login?done=enrolled"))
}

fn with_cookie(response: Response, cookie: http::HeaderValue) -> Response {
    let mut response = response.into_response();
    debug_assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
