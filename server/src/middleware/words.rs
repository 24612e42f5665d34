//! A bare error of some layer (time-out, panic, unknown method …) becomes a worded page. Nobody is shown a number alone.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header;

use super::{Nonce, Reference, locale_of};
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

pub(crate) async fn word_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let locale = locale_of(request.uri().query(), request.headers());
    let (nonce, reference) = (Nonce::of(request.extensions()), Reference::of(request.extensions()));
    let response = next.run(request).await;
    let worded = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/problem+json")
    });
    match Case::of_status(response.status()) {
        Some(case) if !worded && response.status() != http::StatusCode::UNAUTHORIZED => {
            tracing::warn!(%reference, status = response.status().as_u16(), "a bare error was put into words");
            ErrorPage::with(&state, case, locale, nonce, reference).into_response()
        }
        _ => response,
    }
}
