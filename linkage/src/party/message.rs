//! A message of a peer, read whole.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::party::Refusal;

/// A JSON body. What cannot be read is refused as `malformed` (400); a body over the router's limit is `too-large`
/// (413). The refusal says nothing of the body's content.
pub struct Message<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Message<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "the message is too large")
            }
            _ => Refusal::malformed(),
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Refusal::malformed())
    }
}
