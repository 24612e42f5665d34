//! Bodies that are too large. Whoever is still sending when the answer comes finds the connection broken and the answer
//! lost: so what was announced is read to its end, within bounds, and then refused.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use http_body_util::BodyExt as _;

/// Nobody's form is so large; beyond it the connection may break.
const READ_BYTES_MAX: usize = 4 * 1024 * 1024;

/// 413 where more than `body_bytes_max` is announced. What is not announced is limited as it is read.
pub(crate) async fn refuse_large(body_bytes_max: usize, request: Request, next: Next) -> Response {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let announced: usize = announced.unwrap_or_default();
    if announced <= body_bytes_max {
        return next.run(request).await;
    }
    if announced <= READ_BYTES_MAX {
        let mut body = request.into_body();
        while let Some(Ok(_)) = body.frame().await {}
    }
    StatusCode::PAYLOAD_TOO_LARGE.into_response()
}
