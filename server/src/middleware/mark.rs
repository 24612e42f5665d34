//! Each request gets a reference number (for the log and for people) and a nonce (for the content security policy).

use std::fmt;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use http::Extensions;
use rand_core::Rng as _;
use runtime::SystemRng;
use tracing::Instrument as _;

use super::limits::refused;
use super::preferences::Asked;
use super::words::Told;
use super::{ClientLimits, Preference, add_security_headers, word_errors};
use crate::state::AppState;

/// What people read out: two groups of four, without letters that look like digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference(String);

/// Marks the scripts and styles of one response as ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nonce(String);

const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

impl Reference {
    fn draw() -> Self {
        let mut bytes = [0u8; 8];
        SystemRng.fill_bytes(&mut bytes);
        let letter = |b: &u8| LETTERS.get(usize::from(b % 32)).copied().map_or('2', char::from);
        let text: String = bytes.iter().map(letter).collect();
        Self(format!("{}-{}", text.get(..4).unwrap_or_default(), text.get(4..).unwrap_or_default()))
    }

    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(Self::draw)
    }
}

impl Nonce {
    fn draw() -> Self {
        let mut bytes = [0u8; 18];
        SystemRng.fill_bytes(&mut bytes);
        Self(Base64UrlUnpadded::encode_string(&bytes))
    }

    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(Self::draw)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Around every request: marks it, lets a client that floods wait, remembers how the address asks for pages, words what
/// went wrong, adds the headers of every answer. Logs its end with method, route and status, never with the query,
/// cookies or bodies.
pub(crate) async fn around(
    State((state, clients)): State<(AppState, ClientLimits)>,
    mut request: Request,
    next: Next,
) -> Response {
    let (reference, nonce) = (Reference::draw(), Nonce::draw());
    request.extensions_mut().insert(nonce.clone());
    request.extensions_mut().insert(reference.clone());
    let span = tracing::info_span!("request", %reference, method = %request.method());
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "-".to_owned());
    let told = Told { language: Preference::of(request.uri().query(), request.headers()), nonce, reference };
    async move {
        let asked = Asked::of(request.uri().query());
        let answer = if clients.admits(&request) { next.run(request).await } else { refused(&state, request) };
        let mut response = word_errors(&state, told, answer);
        asked.remember(&mut response);
        add_security_headers(&state, &mut response);
        let status = response.status();
        tracing::debug!(route, status = status.as_u16(), "answered");
        metrics::counter!("http_requests_total", "route" => route, "status" => status.as_str().to_owned()).increment(1);
        response
    }
    .instrument(span)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_number_has_no_letters_that_look_like_digits() {
        let reference = Reference::draw().to_string();
        assert_eq!(reference.len(), 9);
        assert!(!reference.contains(['0', '1', 'I', 'O']), "{reference}");
    }

    #[test]
    fn a_nonce_is_drawn_anew() {
        assert_ne!(Nonce::draw(), Nonce::draw());
    }
}
