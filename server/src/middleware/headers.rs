//! Headers of every answer. A route that says otherwise keeps its own.

use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use crate::state::AppState;

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
    fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()";
/// For answers that bring their own policy of nothing: no page of ours.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Of a page: own scripts and styles with the nonce, WebAssembly, no foreign origin; the reader in `form-action` only.
pub(crate) fn content_security_policy(nonce: &str, reader_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'nonce-{nonce}'; \
         img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self' {reader_origin}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

pub(crate) fn add_security_headers(state: &AppState, response: &mut Response) {
    const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
    const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
    const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let headers = response.headers_mut();
    headers.reserve(9);
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, NOTHING);
    default(header::CACHE_CONTROL, "no-store");
    // Never `no-referrer`: Chromium then sends `Origin: null`, and the defence against other sites refuses our own forms.
    default(header::REFERRER_POLICY, "same-origin");
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::X_FRAME_OPTIONS, "DENY");
    default(PERMISSIONS_POLICY, PERMISSIONS);
    default(OPENER_POLICY, "same-origin");
    default(RESOURCE_POLICY, "same-origin");
    if state.settings.origin.starts_with("https:") {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
}
