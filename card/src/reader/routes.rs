//! One file an operation. Everything that changes something is a POST with the reader's own `Origin` and a fresh token,
//! except the portal's ask, which only opens a page.

mod ask;
mod leave;
mod owner_word;
mod pin;
mod slot;

use std::sync::{Arc, LazyLock};

use axum::extract::DefaultBodyLimit;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Router, middleware};
use http::{HeaderMap, StatusCode, header};
use wire::reader::{ASK_PATH, DOCUMENT_BYTES_MAX};

use super::Reader;
use super::guard::guard;
use super::pages::{Refused, STYLE_PATH, Why};

/// Each byte of the document may arrive as `%XX`; the other fields are short.
const ASK_BODY_BYTES_MAX: usize = DOCUMENT_BYTES_MAX * 3 + 8 * 1024;
/// Of the reader's own forms.
const OWN_BODY_BYTES_MAX: usize = 8 * 1024;

pub(super) fn router(reader: Arc<Reader>) -> Router {
    Router::new()
        .route("/", get(slot::show))
        .route("/v1/card/insert", post(slot::insert))
        .route("/v1/card/remove", post(slot::remove))
        .route("/v1/owner-word", post(owner_word::choose))
        .route(ASK_PATH, post(ask::receive).layer(DefaultBodyLimit::max(ASK_BODY_BYTES_MAX)))
        .route("/v1/ask/card", post(ask::insert_card))
        .route("/v1/ask/language", post(ask::change_language))
        .route("/v1/pin", post(pin::enter))
        .route("/v1/without-pin", post(pin::skip))
        .route("/v1/leave", post(leave::leave))
        .route(STYLE_PATH, get(style))
        .route("/favicon.ico", get(icon))
        .fallback(|headers: HeaderMap| async move { Refused::to(&headers, Why::NotFound) })
        .method_not_allowed_fallback(|headers: HeaderMap| async move { Refused::to(&headers, Why::WrongMethod) })
        .layer(DefaultBodyLimit::max(OWN_BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&reader), guard))
        .with_state(reader)
}

async fn style() -> impl IntoResponse {
    static STYLE: LazyLock<String> = LazyLock::new(|| [ui::STYLE, include_str!("style.css")].concat());
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE.as_str())
}

async fn icon() -> impl IntoResponse {
    StatusCode::NO_CONTENT
}
