//! Plain HTTP for everybody: revocation lists and OCSP. Both are signed, so the channel needs no protection.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header};
use runtime::SystemRng;

use crate::{
    jpki::{CertificateKind, Jpki},
    party::Refusal,
};

/// A request about one certificate has about a hundred bytes.
const OCSP_REQUEST_BYTES_MAX: usize = 4096;

pub(super) fn router(jpki: Arc<Jpki>) -> Router {
    CertificateKind::ALL
        .into_iter()
        .fold(Router::new(), |router, kind| {
            router
                .route(kind.crl_path(), get(move |state| crl(state, kind)))
                .route(kind.ocsp_path(), post(move |state, body| ocsp(state, kind, body)))
        })
        .layer(DefaultBodyLimit::max(OCSP_REQUEST_BYTES_MAX))
        .with_state(jpki)
}

async fn crl(State(jpki): State<Arc<Jpki>>, kind: CertificateKind) -> Result<Response, Refusal> {
    let der = jpki.list(kind, jpki.party.now()).await.map_err(|error| Refusal::unavailable(&error))?;
    Ok(answer("application/pkix-crl", der))
}

async fn ocsp(State(jpki): State<Arc<Jpki>>, kind: CertificateKind, request: Bytes) -> Result<Response, Refusal> {
    let now = jpki.party.now();
    let der =
        jpki.ocsp_answer(kind, &request, now, &mut SystemRng).await.map_err(|error| Refusal::unavailable(&error))?;
    Ok(answer(pki::ocsp::RESPONSE_TYPE, der.into()))
}

fn answer(media_type: &'static str, der: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (StatusCode::OK, headers, der).into_response()
}
