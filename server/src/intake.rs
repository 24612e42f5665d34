//! The portal as party P: what the core brings, over mutual TLS, on a listener of its own. The organisation is taken from
//! the channel's certificate (B-MED-5).

mod notices;

use std::time::Duration;

use axum::extract::{FromRequestParts, Json, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};
use pki::Certificate;
use portal::{CoreChannel, DeliveryError};
use runtime::SystemRng;
use runtime::serve::PeerCertificate;
use wire::Problem;
use wire::code_end::{CODE_ENDED_PATH, CodeEnded};
use wire::issuance::{DELIVERY_PATH, LinkCodeDelivery, LinkCodeReplacements, MATCH_NUMBER_UNKNOWN, REPLACEMENT_PATH};

use crate::routes::{Access, RouteLimits, Table};
use crate::state::AppState;

const DELIVERY_BYTES_MAX: usize = 4 * 1024;
const REPLACEMENT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The core asks again what is not answered in fifteen seconds.
const ANSWER_MAX: Duration = Duration::from_secs(15);
// Who looks for what arrived lately looks back so far.
const _: () = assert!(2 * ANSWER_MAX.as_secs() <= portal::DELIVERY_AT_MOST.as_secs().unsigned_abs());

pub(crate) fn table() -> Table {
    let limits = |body_bytes_max| RouteLimits { body_bytes_max, time_max: ANSWER_MAX };
    let (one, many) = (limits(DELIVERY_BYTES_MAX), limits(REPLACEMENT_BYTES_MAX));
    Table::default()
        .enter(Method::POST, DELIVERY_PATH, Access::Core, one, post(delivery))
        .enter(Method::POST, REPLACEMENT_PATH, Access::Core, many, post(replacements))
        .enter(Method::POST, CODE_ENDED_PATH, Access::Core, one, post(code_ended))
        .merge(notices::table())
}

pub(crate) fn router(state: AppState) -> Router {
    table().router.with_state(state)
}

/// Steps 6–8 of the first registration.
async fn delivery(State(state): State<AppState>, Core(core): Core, Json(delivery): Json<LinkCodeDelivery>) -> Response {
    match state.portal.take_delivery(core, &delivery, state.clock.now()).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(DeliveryError::Unknown) => {
            tracing::warn!("a link code was delivered for a match number that nobody waits for");
            problem(409, MATCH_NUMBER_UNKNOWN, "no registration waits for this match number")
        }
        Err(DeliveryError::Store(error)) => unavailable(&error),
    }
}

/// B-TBL-2: the core rotated the portal's key.
async fn replacements(
    State(state): State<AppState>,
    Core(core): Core,
    Json(replacements): Json<LinkCodeReplacements>,
) -> Response {
    match state.portal.take_replacements(core, &replacements).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => unavailable(&error),
    }
}

/// B-TBL-4: a code of the portal has ended with its person's eligibility.
async fn code_ended(State(state): State<AppState>, Core(core): Core, Json(ended): Json<CodeEnded>) -> Response {
    match state.portal.take_end_of_code(core, &ended, state.clock.now(), &mut SystemRng).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => unavailable(&error),
    }
}

/// The core, known by its certificate.
struct Core(CoreChannel);

impl<S: Send + Sync> FromRequestParts<S> for Core {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let peer = Extension::<PeerCertificate>::from_request_parts(parts, state).await;
        let channel = peer.ok().and_then(|Extension(PeerCertificate(der))| {
            let certificate = Certificate::from_der(&der).ok()?;
            CoreChannel::from_channel(&pki::org_code(&certificate).ok()?)
        });
        channel.map(Self).ok_or_else(|| problem(403, "forbidden", "only the core may bring this"))
    }
}

fn unavailable(error: &portal::StoreError) -> Response {
    tracing::error!(error = error as &dyn std::error::Error, "what the core brought could not be kept");
    problem(503, "unavailable", "the portal cannot keep this now")
}

fn problem(status: u16, code: &str, title: &str) -> Response {
    let status_code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status_code, Json(Problem::new(status, code, title))).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(Problem::MEDIA_TYPE));
    response
}
