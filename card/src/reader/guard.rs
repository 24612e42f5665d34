//! Around every route: the exact `Host` (against DNS rebinding), and headers that keep other sites out.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::Reader;
use super::pages::{Refused, Why};

pub(super) async fn guard(State(reader): State<Arc<Reader>>, request: Request, next: Next) -> Response {
    let mut response = if is_for(&reader.host, &request) {
        next.run(request).await
    } else {
        Refused::to(request.headers(), Why::WrongHost).into_response()
    };
    harden(response.headers_mut());
    response
}

/// One `Host`, and exactly ours; an authority in the request line may not say otherwise.
fn is_for(host: &str, request: &Request) -> bool {
    let authority = request.uri().authority().is_none_or(|a| a.as_str() == host);
    authority && only(request.headers(), header::HOST) == Some(host)
}

/// The header's text if it is there exactly once.
pub(super) fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn harden(headers: &mut HeaderMap) {
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
}
