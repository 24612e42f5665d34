//! Messages to other parties, over mTLS.

use std::{sync::Arc, time::Duration};

use domain::OrgCode;
use http::{StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use wire::Problem;

use crate::party::Directory;

const ANSWER_BYTES_MAX: usize = 8 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// The client of one party, under its own certificate. Cheap to clone; connections are kept and shared.
#[derive(Clone)]
pub struct Peers {
    client: reqwest::Client,
    directory: Arc<Directory>,
}

/// A peer did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// No connection, no such party, or no answer in time. The peer may or may not have acted.
    #[error("{org} cannot be reached")]
    Unreachable {
        /// Who.
        org: OrgCode,
        /// Why, where the network said it.
        #[source]
        source: Option<reqwest::Error>,
    },
    /// The peer refused.
    #[error("refused with status {} ({})", .0.status, .0.kind)]
    Problem(Problem),
    /// The answer is not the expected message.
    #[error("the answer is not the expected message")]
    Malformed,
}

impl PeerError {
    /// The code of the peer's refusal.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem.code(),
            Self::Unreachable { .. } | Self::Malformed => None,
        }
    }

    /// True when the same message may succeed later: no connection, or a 5xx.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Problem(problem) => problem.status >= 500,
            Self::Malformed => false,
        }
    }
}

impl Peers {
    /// A client with this TLS configuration. Each peer must show the certificate of its own host name
    /// ([`Directory::host`]), whatever address the directory gives.
    pub fn new(directory: Arc<Directory>, tls: rustls::ClientConfig) -> Result<Self, reqwest::Error> {
        // Every party speaks HTTP/2. Who knows beforehand waits for the one connection that is being made; who negotiates
        // makes one for each message that is under way at that moment, hundreds when a crowd asks.
        let mut tls = tls;
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http2_prior_knowledge()
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(ANSWER_TIMEOUT);
        for (org, address) in &directory.parties {
            builder = builder.resolve(&Directory::host(org), *address);
        }
        Ok(Self { client: builder.build()?, directory })
    }

    /// Where everybody is.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Posts a message and reads the answer.
    pub async fn post<R: DeserializeOwned>(
        &self,
        to: &OrgCode,
        path: &str,
        message: &impl Serialize,
    ) -> Result<R, PeerError> {
        let (_, body) = self.send(to, path, message).await?;
        serde_json::from_slice(&body).map_err(|_| PeerError::Malformed)
    }

    /// Posts a message that is answered 204.
    pub async fn post_no_content(&self, to: &OrgCode, path: &str, message: &impl Serialize) -> Result<(), PeerError> {
        match self.send(to, path, message).await? {
            (StatusCode::NO_CONTENT, _) => Ok(()),
            _ => Err(PeerError::Malformed),
        }
    }

    /// Status 2xx with its body, or the error.
    async fn send(
        &self,
        to: &OrgCode,
        path: &str,
        message: &impl Serialize,
    ) -> Result<(StatusCode, Vec<u8>), PeerError> {
        let unreachable = |source| PeerError::Unreachable { org: to.clone(), source };
        let port = self.directory.address(to).ok_or_else(|| unreachable(None))?.port();
        let url = format!("https://{}:{port}{path}", Directory::host(to));
        let body = serde_json::to_vec(message).map_err(|_| PeerError::Malformed)?;
        let mut response = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(|e| unreachable(Some(e.without_url())))?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| unreachable(Some(e.without_url())))? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(PeerError::Malformed);
            }
            body.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return Ok((status, body));
        }
        match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) if problem.status == status.as_u16() => Err(PeerError::Problem(problem)),
            _ => Err(PeerError::Problem(Problem::new(
                status.as_u16(),
                "unnamed",
                "the peer refused without naming a problem",
            ))),
        }
    }
}

#[cfg(test)]
mod tests;
