//! Gets bytes over HTTP, never more than allowed. What comes is signed; HTTP need not be.

use reqwest::{RequestBuilder, StatusCode};

/// No bytes.
#[derive(Debug, thiserror::Error)]
pub(in crate::validity) enum FetchError {
    #[error("no connection, or no answer in time")]
    Unreachable(#[source] reqwest::Error),
    #[error("answered with status {0}")]
    Status(StatusCode),
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

pub(super) async fn fetch(request: RequestBuilder, bytes_max: usize) -> Result<Vec<u8>, FetchError> {
    let unreachable = |error: reqwest::Error| FetchError::Unreachable(error.without_url());
    let mut answer = request.send().await.map_err(unreachable)?;
    if answer.status() != StatusCode::OK {
        return Err(FetchError::Status(answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + chunk.len() > bytes_max {
            return Err(FetchError::TooLong(bytes_max));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
