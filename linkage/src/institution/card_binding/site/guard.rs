//! Around every page: the exact `Host`, headers that keep other sites out, and who may send the site's own form.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderMap,
    header::{self, HeaderName, HeaderValue},
};

use super::{BindingSite, ending::Why, pages};

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub(super) async fn guard(State(site): State<Arc<BindingSite>>, request: Request, next: Next) -> Response {
    let host = site.address.host();
    let authority = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    // Over HTTP/2 the authority stands in for the header.
    let named = only(request.headers(), &header::HOST).or(request.uri().authority().map(http::uri::Authority::as_str));
    let mut response = if authority && named == Some(host) {
        next.run(request).await
    } else {
        pages::refused(&site, Why::WrongHost).into_response()
    };
    harden(response.headers_mut(), site.address.origin.starts_with("https://"));
    response
}

/// Whether the site's own page sent this form: browsers say so, and nobody can make them lie.
pub(super) fn is_own(site: &BindingSite, headers: &HeaderMap) -> bool {
    let said = |name: &HeaderName| headers.contains_key(name);
    let origin = !said(&header::ORIGIN) || only(headers, &header::ORIGIN) == Some(site.address.origin.as_str());
    let fetch = !said(&FETCH_SITE) || only(headers, &FETCH_SITE) == Some("same-origin");
    origin && fetch && (said(&header::ORIGIN) || said(&FETCH_SITE))
}

/// The header's text if it is there exactly once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn harden(headers: &mut HeaderMap, tls: bool) {
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
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
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    // The page that posts to the reader has a policy of its own, so that the reader learns who asks.
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
}
