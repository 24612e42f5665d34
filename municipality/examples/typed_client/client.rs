//! A small typed client of the notices API: what a municipality's own system needs, and no more. Copy it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Certificate, Identity, Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Speaks with one API, as one system.
pub(crate) struct Notices {
    http: reqwest::Client,
    base: String,
    id: String,
    secret: String,
    token: Mutex<Option<(String, Instant)>>,
}

/// What was taken.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Accepted {
    /// Of the sending.
    pub(crate) id: String,
    /// Where it is.
    pub(crate) state: String,
}

/// How a sending stands.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Sending {
    /// `open`, `released`, `done`, `cancelled`
    pub(crate) state: String,
    /// For how many.
    pub(crate) recipients: u64,
    /// Stored at the portal.
    pub(crate) accepted: u64,
    /// Without a folder.
    pub(crate) undeliverable: u64,
    /// No code of ours.
    pub(crate) unknown: u64,
}

/// How far a list is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct List {
    /// Bytes.
    pub(crate) upload_offset: u64,
    /// The end was read.
    pub(crate) complete: bool,
    /// Lines read.
    pub(crate) lines: u64,
    /// Recipients kept.
    pub(crate) recipients: u64,
    /// Lines with something wrong.
    pub(crate) errors: u64,
}

/// RFC 9457
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Problem {
    /// `urn:my-portal:problem:…`
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// HTTP status.
    pub(crate) status: u16,
    /// What is so in this case.
    #[serde(default)]
    pub(crate) detail: Option<String>,
    /// What is wrong where.
    #[serde(default)]
    pub(crate) errors: Vec<RowError>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RowError {
    /// JSON pointer.
    #[serde(default)]
    pub(crate) pointer: Option<String>,
    /// Line.
    #[serde(default)]
    pub(crate) line: Option<u64>,
    /// A word that never changes.
    pub(crate) code: String,
}

/// Nothing was taken, or nobody knows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Try the same again, with the same key.
    #[error("the API cannot be reached")]
    Connection(#[from] reqwest::Error),
    /// Said why.
    #[error("refused: {} {}", .0.status, .0.kind)]
    Refused(Problem),
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
    expires_in: u64,
}

impl Notices {
    /// `base`: `https://host:port`. `authority`: PEM of who gave the server its certificate. `identity`: PEM of this
    /// system's key and certificate, one after the other.
    pub(crate) fn new(base: &str, authority: &[u8], identity: &[u8], id: &str, secret: &str) -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .tls_certs_only([Certificate::from_pem(authority)?])
            .identity(Identity::from_pem(identity)?)
            .https_only(true)
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .build()?;
        let (base, id, secret) = (base.to_owned(), id.to_owned(), secret.to_owned());
        Ok(Self { http, base, id, secret, token: Mutex::new(None) })
    }

    /// One notice. `key` is new for every new notice, and the same when the same is tried again.
    pub(crate) async fn send(&self, key: &str, notice: &impl Serialize) -> Result<Accepted, Failure> {
        self.post("/api/v1/notices", key, notice).await
    }

    /// A bulk begins.
    pub(crate) async fn begin(&self, key: &str, sending: &impl Serialize) -> Result<Accepted, Failure> {
        self.post("/api/v1/sendings", key, sending).await
    }

    /// Its list, from an offset on.
    pub(crate) async fn upload(
        &self,
        sending: &str,
        kind: &str,
        offset: u64,
        list: reqwest::Body,
    ) -> Result<List, Failure> {
        let path = format!("/api/v1/sendings/{sending}/recipients");
        let request = self.request(Method::PUT, &path).await?;
        let request = request.header("content-type", kind).header("upload-offset", offset).body(list);
        read(request.send().await?).await
    }

    /// Where an upload that broke off goes on.
    pub(crate) async fn offset(&self, sending: &str) -> Result<u64, Failure> {
        let path = format!("/api/v1/sendings/{sending}/recipients");
        let response = self.request(Method::HEAD, &path).await?.send().await?.error_for_status()?;
        let offset = response.headers().get("upload-offset").and_then(|offset| offset.to_str().ok()?.parse().ok());
        Ok(offset.unwrap_or_default())
    }

    /// It goes out.
    pub(crate) async fn release(&self, key: &str, sending: &str) -> Result<Accepted, Failure> {
        let path = format!("/api/v1/sendings/{sending}/release");
        let request = self.request(Method::POST, &path).await?.header("idempotency-key", key);
        read(request.send().await?).await
    }

    /// How it stands.
    pub(crate) async fn sending(&self, id: &str) -> Result<Sending, Failure> {
        read(self.request(Method::GET, &format!("/api/v1/sendings/{id}")).await?.send().await?).await
    }

    /// Anything, with the token.
    pub(crate) async fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let token = self.token().await?;
        Ok(self.http.request(method, format!("{}{path}", self.base)).bearer_auth(token))
    }

    /// The token, asked for anew half a minute before it ends.
    pub(crate) async fn token(&self) -> Result<String, Failure> {
        let held = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((token, until)) = held
            && Instant::now() < until
        {
            return Ok(token);
        }
        let request = self.http.post(format!("{}/oauth2/token", self.base));
        let request = request.basic_auth(&self.id, Some(&self.secret)).form(&[("grant_type", "client_credentials")]);
        let response = request.send().await?.error_for_status()?;
        let token: Token = response.json().await?;
        let until = Instant::now() + Duration::from_secs(token.expires_in.saturating_sub(30));
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some((token.access_token.clone(), until));
        Ok(token.access_token)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, key: &str, body: &impl Serialize) -> Result<T, Failure> {
        let request = self.request(Method::POST, path).await?.header("idempotency-key", key).json(body);
        read(request.send().await?).await
    }
}

/// What was answered, or why not.
pub(crate) async fn read<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    let status: StatusCode = response.status();
    if status.is_success() { Ok(response.json().await?) } else { Err(Failure::Refused(response.json().await?)) }
}
