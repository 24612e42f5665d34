//! All routes, and what every request passes on its way to them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::error_page::{Case, ErrorPage};
use crate::middleware::{ClientLimits, around, refuse_cross_site};
use crate::routes::Manifest;
use crate::session::{self, Sessions};
use crate::state::AppState;
use crate::{pages, routes};

/// What has no route of its own: assets, and paths that nobody knows. Every other route says its own limits in the table.
const BODY_BYTES_MAX: usize = 1024;
/// No request takes longer than the slowest route may.
const REQUEST_MAX: Duration = Duration::from_secs(20);

/// All routes of this listener with who may use them: the access matrix.
pub(super) fn entries(state: &AppState, manifest: &Manifest) -> Vec<routes::RouteAccess> {
    table(state).merge(routes::public_table(&state.settings.site, manifest)).entries
}

fn table(state: &AppState) -> routes::Table {
    routes::table(state).merge(pages::table())
}

/// Few steps: axum clones everything beneath a step for every request.
pub(super) fn router(state: &AppState, manifest: &Manifest) -> Router {
    let sessions = Sessions::new(state.portal.store().clone(), state.clock.clone());
    let clients = ClientLimits::per_second(state.settings.limits.requests_per_client_per_second);
    let with_session = table(state)
        .router
        .layer(session::layer(sessions))
        .layer(from_fn_with_state(state.clone(), session::word_faults))
        .layer(from_fn_with_state(state.clone(), refuse_cross_site));
    Router::new()
        .merge(with_session)
        .merge(routes::public_table(&state.settings.site, manifest).router)
        .fallback(not_found)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state((state.clone(), clients), around))
                .layer(CatchPanicLayer::new())
                .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, REQUEST_MAX))
                .layer(DefaultBodyLimit::max(BODY_BYTES_MAX)),
        )
        .with_state(state.clone())
}

async fn not_found(State(state): State<AppState>, parts: Parts) -> Response {
    ErrorPage::new(&state, &parts, Case::NotFound).into_response()
}
