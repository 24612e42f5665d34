//! What forms post to, and where the card reader's answers come in. Each handler reads the request, calls one use case
//! and redirects.

mod answer;
mod card_return;
mod login;
mod logout;
mod public;
mod register;
mod security_txt;
mod table;

use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing;
use http::Method;
use http::request::Parts;

use crate::error_page::{Case, ErrorPage};
use crate::middleware::limit_card_steps;
use crate::state::AppState;

pub use public::ManifestError;
pub(crate) use public::{Manifest, router as public_router};
pub(crate) use table::Table;
pub use table::{Access, RouteAccess, RouteLimits};

/// The reader's answer; in the reader's allow-list.
pub(crate) const CARD_ANSWER: &str = "/card/answer";
/// The reader's word that the card was removed.
pub(crate) const CARD_REMOVED: &str = "/card/removed";

pub(crate) fn table(state: &AppState) -> Table {
    use Access::{CardReader, OwnSession};
    const ANSWER: RouteLimits = RouteLimits::CARD_ANSWER;
    const FORM: RouteLimits = RouteLimits::FORM;
    let card_steps = Table::default()
        .enter(Method::POST, "/register/start", OwnSession, FORM, routing::post(register::start))
        .enter(Method::POST, "/register/bind/start", OwnSession, FORM, routing::post(register::start_binding))
        .enter(Method::POST, "/login/start", OwnSession, FORM, routing::post(login::start))
        .enter(Method::POST, CARD_ANSWER, CardReader, ANSWER, routing::post(answer::answer))
        .enter(Method::GET, "/card/return", OwnSession, RouteLimits::PAGE, routing::get(card_return::card_return))
        .layered(|router| router.layer(from_fn_with_state(state.clone(), limit_card_steps)));
    let others = Table::default()
        .enter(Method::POST, CARD_REMOVED, CardReader, FORM, routing::post(answer::removed))
        .enter(Method::POST, "/logout", OwnSession, FORM, routing::post(logout::logout))
        .enter(Method::POST, "/session/extend", OwnSession, FORM, routing::post(logout::extend));
    card_steps.merge(others)
}

/// Nobody is logged in: to the login, and back to this page afterwards. Whoever still shows a cookie is told that the
/// session has ended.
pub(crate) fn to_login(parts: &Parts) -> Response {
    let wanted = parts.uri.path_and_query().map_or("/home", |path| path.as_str());
    let had_session = parts
        .headers
        .get_all(http::header::COOKIE)
        .iter()
        .any(|line| line.to_str().is_ok_and(|line| line.contains(crate::session::COOKIE)));
    let page = if had_session { "/signed-out?why=ended&" } else { "/login?" };
    let query = encoded(wanted);
    Redirect::to(&format!("{page}return_to={query}")).into_response()
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

pub(crate) fn store_failed(state: &AppState, parts: &Parts, error: &portal::StoreError) -> Response {
    ErrorPage::new(state, parts, Case::of_store(error)).because(error).into_response()
}

pub(crate) fn session_failed(state: &AppState, parts: &Parts, fault: &crate::session::SessionFault) -> Response {
    ErrorPage::new(state, parts, Case::Unavailable).because(fault).into_response()
}
