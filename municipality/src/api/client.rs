//! Who asks: a client with its certificate and a token that was given to that certificate.

use axum::extract::{Extension, FromRequestParts};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use runtime::serve::PeerCertificate;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::ApiState;
use super::problem::Problem;
use crate::store::ClientRow;

/// A registered client whose token holds.
pub(super) struct Client(pub(super) ClientRow);

/// SHA-256 of the certificate of the connection.
pub(super) struct Thumbprint(pub(super) [u8; 32]);

impl<S: Send + Sync> FromRequestParts<S> for Thumbprint {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Extension::<PeerCertificate>::from_request_parts(parts, state).await {
            Ok(Extension(PeerCertificate(der))) => Ok(Self(Sha256::digest(&der).into())),
            Err(_) => Err(refused("no certificate came with the connection")),
        }
    }
}

impl FromRequestParts<ApiState> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let Thumbprint(thumbprint) = Thumbprint::from_request_parts(parts, state).await?;
        let authorization = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some((scheme, token)) = authorization.and_then(|value| value.split_once(' ')) else {
            return Err(refused("no token came with the request"));
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(refused("the token is not a bearer's"));
        }
        let hash: [u8; 32] = Sha256::digest(token.trim().as_bytes()).into();
        let found = state.tokens.token(hash).await?;
        let now = state.clock.now();
        let holds = found.filter(|(token, client)| {
            let same = token.certificate_hash.ct_eq(&thumbprint) & client.certificate_hash.ct_eq(&thumbprint);
            bool::from(same) && now < token.expires_at && client.may(now)
        });
        let Some((_, client)) = holds else {
            return Err(refused("the token does not hold: unknown, over, revoked, or another certificate's"));
        };
        state.limits.take(&client)?;
        Ok(Self(client))
    }
}

/// RFC 6750 §3.1
fn refused(detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "invalid-token", "a token is needed, asked for with the same certificate")
        .detail(detail)
        .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""))
}
