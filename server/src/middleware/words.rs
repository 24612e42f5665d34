//! A bare error of some layer (time-out, panic, unknown method …) becomes a worded page. Nobody is shown a number alone.

use axum::response::{IntoResponse as _, Response};
use http::header;

use super::{Nonce, Preference, Reference};
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

/// Who must be told, and under which number.
pub(crate) struct Told {
    pub(crate) language: Preference,
    pub(crate) nonce: Nonce,
    pub(crate) reference: Reference,
}

pub(crate) fn word_errors(state: &AppState, told: Told, response: Response) -> Response {
    let Some(case) = Case::of_status(response.status()) else { return response };
    let worded = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/problem+json")
    });
    if worded || response.status() == http::StatusCode::UNAUTHORIZED {
        return response;
    }
    let Told { language, nonce, reference } = told;
    tracing::warn!(%reference, status = response.status().as_u16(), "a bare error was put into words");
    ErrorPage::with(state, case, language.locale(), nonce, reference).into_response()
}
