//! Why the session store failed. tower-sessions hands on text alone, and answers a bare 500 by itself where a session
//! cannot be written after its handler is done: the case travels beside it, within the request.

use std::cell::Cell;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};

use crate::error_page::{Case, ErrorPage};
use crate::middleware::{Nonce, Preference, Reference};
use crate::state::AppState;

tokio::task_local! {
    static WHY: Cell<Option<Case>>;
}

/// The store failed in this request, for this reason.
pub(super) fn note(error: &portal::StoreError) {
    // Nobody asks outside a request.
    let _ = WHY.try_with(|why| why.set(Some(Case::of_store(error))));
}

/// The last reason in this request.
pub(crate) fn case() -> Case {
    WHY.try_with(Cell::get).ok().flatten().unwrap_or(Case::Unavailable)
}

/// Stands around the sessions: what they could not write is said in its own words.
pub(crate) async fn word_faults(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let language = Preference::of(request.uri().query(), request.headers());
    let (nonce, reference) = (Nonce::of(request.extensions()), Reference::of(request.extensions()));
    let answered = async move {
        let response = next.run(request).await;
        let bare = !response.headers().contains_key(header::CONTENT_TYPE);
        match WHY.with(Cell::get) {
            Some(case) if bare && response.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                ErrorPage::with(&state, case, language.locale(), nonce, reference).into_response()
            }
            _ => response,
        }
    };
    WHY.scope(Cell::new(None), answered).await
}
