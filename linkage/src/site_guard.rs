//! Around every page of a site for people with browsers: the exact `Host`, headers that keep other sites out, and who may
//! send the site's own forms.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{
    HeaderMap,
    header::{self, HeaderName, HeaderValue},
};

use crate::party::SiteAddress;

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Answers what came to this very site; anything else is refused as the site refuses.
pub(crate) async fn guard(
    address: &SiteAddress,
    request: Request,
    next: Next,
    refused: impl FnOnce() -> Response,
) -> Response {
    let host = address.host();
    let authority = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    // Over HTTP/2 the authority stands in for the header.
    let named = only(request.headers(), &header::HOST).or(request.uri().authority().map(http::uri::Authority::as_str));
    let mut response = if authority && named == Some(host) { next.run(request).await } else { refused() };
    harden(response.headers_mut(), address.origin.starts_with("https://"));
    response
}

/// Whether the site's own page sent this form: browsers say so, and nobody can make them lie.
pub(crate) fn is_own(address: &SiteAddress, headers: &HeaderMap) -> bool {
    let said = |name: &HeaderName| headers.contains_key(name);
    let origin = !said(&header::ORIGIN) || only(headers, &header::ORIGIN) == Some(address.origin.as_str());
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
    // A page that posts to the card reader has a policy of its own, so that the reader learns who asks.
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
}
