//! Around every page: the exact `Host`, who may send forms, headers that keep other sites out.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method};

use super::Console;
use super::pages;
use super::refused::Why;

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Every request passes here. A form is taken only from a page of the console itself, so no handler can forget to ask.
pub(super) async fn guard(State(console): State<Arc<Console>>, request: Request, next: Next) -> Response {
    let mut response = if !is_here(&console, &request) {
        Why::WrongHost.into_response()
    } else if !is_safe(request.method()) && !is_own(&console, request.headers()) {
        Why::ForeignForm.into_response()
    } else {
        next.run(request).await
    };
    // A refusal is told in a page like any other.
    if let Some(why) = response.extensions().get::<Why>().copied() {
        response = pages::refused(&console, why);
    }
    harden(response.headers_mut(), console.speaks_tls());
    response
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn is_here(console: &Console, request: &Request) -> bool {
    let host = console.host();
    let authority = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    // Over HTTP/2 the authority stands in for the header.
    let named = only(request.headers(), &header::HOST).or(request.uri().authority().map(http::uri::Authority::as_str));
    authority && named == Some(host)
}

/// Browsers say who sent a form, and nobody can make them lie.
fn is_own(console: &Console, headers: &HeaderMap) -> bool {
    let said = |name: &HeaderName| headers.contains_key(name);
    let origin = !said(&header::ORIGIN) || only(headers, &header::ORIGIN) == Some(console.origin.as_str());
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
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=(), \
             publickey-credentials-create=(self), publickey-credentials-get=(self)",
        ),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
}
