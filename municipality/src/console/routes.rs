//! One handler a form. Nothing changes on a GET; whatever changes something, and whoever reads what people answered, leaves a
//! line in the audit trail.

mod access;
mod drafts;
mod recipients;
mod sendings;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Query, State};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::StatusCode;
use http::header;

use super::pages::{Done, KEY_PATH, STYLE_PATH};
use super::refused::Why;
use super::{Console, form, guard, list};

/// Forms but for files.
const BODY_BYTES_MAX: usize = form::FORM_BYTES_MAX;
/// What is longer than a file may be is read to its end and thrown away: a browser that is cut off shows no answer.
const FILE_BODY_BYTES_MAX: usize = 512 * 1024 * 1024;

type Here = State<Arc<Console>>;
type Answer = Result<Response, Why>;

pub(super) fn router(console: Arc<Console>) -> Router {
    let lists = Router::new()
        .route("/console/drafts/{id}/list", post(recipients::list))
        .layer(DefaultBodyLimit::max(usize::try_from(list::LIST_BYTES_MAX).unwrap_or(usize::MAX)));
    let files = Router::new()
        .route("/console/drafts/{id}/files", post(drafts::add_file))
        .layer(DefaultBodyLimit::max(FILE_BODY_BYTES_MAX));
    let forms = Router::new()
        .route("/", get(|| async { Redirect::to("/console") }))
        .route("/console", get(sendings::lists))
        .route("/console/login", get(access::login).post(access::login_as))
        .route("/console/login/key", post(access::log_in))
        .route("/console/logout", post(access::log_out))
        .route("/console/enrol", get(access::enrol).post(access::enrol_with))
        .route("/console/enrol/key", post(access::enrol_key))
        .route("/console/audit", get(sendings::audit))
        .route("/console/new", get(drafts::new))
        .route("/console/drafts", post(drafts::create))
        .route("/console/drafts/{id}", get(drafts::draft).post(drafts::save))
        .route("/console/drafts/{id}/drop", post(drafts::drop_draft))
        .route("/console/drafts/{id}/next", get(drafts::next))
        .route("/console/drafts/{id}/files/{place}", get(drafts::file))
        .route("/console/drafts/{id}/files/{place}/drop", post(drafts::drop_file))
        .route("/console/drafts/{id}/preview", get(drafts::preview))
        .route("/console/drafts/{id}/face", get(drafts::face))
        .route("/console/drafts/{id}/segment", post(recipients::segment))
        .route("/console/sendings/{id}", get(sendings::sending))
        .route("/console/sendings/{id}/preview", get(sendings::preview))
        .route("/console/sendings/{id}/face", get(sendings::face))
        .route("/console/sendings/{id}/files/{place}", get(sendings::file))
        .route("/console/sendings/{id}/discard", post(sendings::discard))
        .route("/console/sendings/{id}/submit", post(sendings::submit))
        .route("/console/sendings/{id}/approve", post(sendings::approve))
        .route("/console/sendings/{id}/reject", post(sendings::reject))
        .route("/console/sendings/{id}/cancel", post(sendings::cancel))
        .route("/console/sendings/{id}/withdraw", post(sendings::withdraw))
        .route("/console/sendings/{id}/replace", post(sendings::replace))
        .route("/console/sendings/{id}/replies", get(sendings::replies))
        .route("/console/sendings/{id}/replies.csv", post(sendings::replies_csv))
        .route(STYLE_PATH, get(style))
        .route(KEY_PATH, get(key))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    forms
        .merge(files)
        .merge(lists)
        .fallback(|| async { Why::NotFound })
        .method_not_allowed_fallback(|| async { Why::WrongMethod })
        .layer(middleware::from_fn_with_state(Arc::clone(&console), guard::guard))
        .with_state(console)
}

/// What was done just now, and whether a page may renew itself.
#[derive(Default, serde::Deserialize)]
struct Asked {
    done: Option<String>,
    still: Option<String>,
    text: Option<String>,
    before: Option<String>,
    after: Option<u64>,
    faults: Option<u64>,
    unreached: Option<u32>,
}

impl Asked {
    fn done(&self) -> Option<Done> {
        Done::named(self.done.as_deref()?)
    }

    fn locale(&self) -> domain::Locale {
        self.text.as_deref().and_then(|name| name.parse().ok()).unwrap_or(domain::Locale::Ja)
    }
}

/// A query that cannot be read asks for nothing.
type Query_ = Result<Query<Asked>, axum::extract::rejection::QueryRejection>;

fn asked(query: Query_) -> Asked {
    query.map(|Query(asked)| asked).unwrap_or_default()
}

type Sent<T> = Result<Form<T>, axum::extract::rejection::FormRejection>;

fn sent<T>(form: Sent<T>) -> Result<T, Why> {
    form.map(|Form(form)| form).map_err(|_| Why::Unreadable)
}

/// The id in the address; one that is none leads nowhere.
fn id_of<T: std::str::FromStr>(text: &str, why: Why) -> Result<T, Why> {
    text.parse().map_err(|_| why)
}

fn to(address: &str) -> Response {
    Redirect::to(address).into_response()
}

async fn style() -> impl IntoResponse {
    static STYLE: LazyLock<String> = LazyLock::new(|| [ui::STYLE, include_str!("style.css")].concat());
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")], STYLE.as_str())
}

async fn key() -> impl IntoResponse {
    let script = include_str!("key.js");
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")], script)
}
