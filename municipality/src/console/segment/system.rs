//! A system of the institution's own that names people: one GET over mutual TLS (docs/console.md).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, stream};
use http::{HeaderMap, StatusCode, header};
use reqwest::{Response, Url};
use runtime::Clock;
use runtime::tls::{self, Identity};
use tokio::time::Instant;

use crate::console::list::Broken;
use crate::settings::SegmentSystem;

const CONNECT: Duration = Duration::from_secs(5);
const ACCEPTED: &str = "application/x-ndjson, text/csv; charset=utf-8";
const KINDS: [&str; 4] = ["application/x-ndjson", "application/ndjson", "application/jsonl", "text/csv"];

/// A system cannot be asked as it is set.
#[derive(Debug, thiserror::Error)]
pub enum SystemError {
    /// Not an address.
    #[error("url is https://host/path")]
    Address,
    /// Certificate or key.
    #[error("a certificate or key cannot be used")]
    Pem(#[from] tls::PemError),
    /// TLS refuses them.
    #[error("TLS refuses the certificates")]
    Tls(#[from] tls::TlsError),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
}

/// See the module.
pub(super) struct System {
    client: reqwest::Client,
    url: Url,
}

impl System {
    pub(super) fn open(set: &SegmentSystem, clock: &Arc<dyn Clock>) -> Result<Self, SystemError> {
        let url: Url = set.url.parse().map_err(|_| SystemError::Address)?;
        if url.scheme() != "https" || !url.has_host() || !url.username().is_empty() || url.password().is_some() {
            return Err(SystemError::Address);
        }
        let identity = Identity::from_pem_files(&set.certificate, &set.key)?;
        let anchors = tls::anchors_from_pem_file(&set.anchor)?;
        let mut client_tls = tls::client_config(Some(&identity), &anchors, Arc::clone(clock))?;
        client_tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(client_tls)
            .https_only(true)
            .http1_only()
            .pool_max_idle_per_host(0)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .build()?;
        Ok(Self { client, url })
    }

    /// What it answers, as it comes. The stream ends with an error where the answer is not told to its end, and in time.
    pub(super) fn ask(
        &self,
        name: &str,
        fields: &BTreeSet<String>,
        time: Duration,
    ) -> impl Stream<Item = Result<Bytes, Broken>> + use<> {
        let until = Instant::now() + time;
        let mut url = self.url.clone();
        for field in fields {
            url.query_pairs_mut().append_pair("field", field);
        }
        let request = self.client.get(url).header(header::ACCEPT, ACCEPTED);
        let name = name.to_owned();
        stream::unfold(Some(Asking::Now(request)), move |asking| {
            let name = name.clone();
            async move {
                let answer = match asking? {
                    Asking::Now(request) => begun(request, until).await,
                    Asking::Answer(answer) => Ok(answer),
                };
                let piece = match answer {
                    Ok(answer) => piece(answer, until).await,
                    Err(broken) => Err(broken),
                };
                match piece {
                    Ok(Some((piece, answer))) => Some((Ok(piece), Some(Asking::Answer(answer)))),
                    Ok(None) => None,
                    Err(broken) => {
                        tracing::error!(
                            segment = name,
                            why = broken.name(),
                            "the system of a segment does not tell whom"
                        );
                        Some((Err(broken), None))
                    }
                }
            }
        })
    }
}

enum Asking {
    Now(reqwest::RequestBuilder),
    Answer(Response),
}

async fn begun(request: reqwest::RequestBuilder, until: Instant) -> Result<Response, Broken> {
    let answer = match tokio::time::timeout_at(until, request.send()).await {
        Err(_) => return Err(Broken::Slow),
        Ok(Err(error)) => {
            tracing::debug!(error = &error.without_url() as &dyn std::error::Error, "a system cannot be reached");
            return Err(Broken::Unreachable);
        }
        Ok(Ok(answer)) => answer,
    };
    if answer.status() != StatusCode::OK {
        tracing::debug!(status = answer.status().as_u16(), "a system refused");
        return Err(Broken::Refused);
    }
    if is_list(answer.headers()) { Ok(answer) } else { Err(Broken::NoList) }
}

async fn piece(mut answer: Response, until: Instant) -> Result<Option<(Bytes, Response)>, Broken> {
    match tokio::time::timeout_at(until, answer.chunk()).await {
        Err(_) => Err(Broken::Slow),
        Ok(Err(_)) => Err(Broken::Cut),
        Ok(Ok(None)) => Ok(None),
        Ok(Ok(Some(piece))) => Ok(Some((piece, answer))),
    }
}

/// Of a type that is read, in UTF-8, and with an end that can be told from a break.
fn is_list(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let Some(kind) = said(header::CONTENT_TYPE).map(str::to_ascii_lowercase) else { return false };
    let (essence, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    let utf8 = parameters
        .split(';')
        .filter_map(|one| one.trim().strip_prefix("charset="))
        .all(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8"));
    let plain = said(header::CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    let ends = headers.contains_key(header::CONTENT_LENGTH)
        || said(header::TRANSFER_ENCODING).is_some_and(|encoding| encoding.eq_ignore_ascii_case("chunked"));
    KINDS.contains(&essence.trim()) && utf8 && plain && ends
}

#[cfg(test)]
mod tests;
