//! Who speaks, as the TLS channel proves it.

use axum::extract::FromRequestParts;
use domain::OrgCode;
use http::{StatusCode, request::Parts};
use runtime::serve::PeerCertificate;

use crate::party::Refusal;

/// The organisation of the channel (B-MED-5), from the certificate that the peer showed in the handshake. Without
/// one the request is refused (403).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerOrg(pub OrgCode);

impl PeerOrg {
    /// Refuses everybody but `org`.
    pub fn must_be(&self, org: &OrgCode) -> Result<(), Refusal> {
        if self.0 == *org {
            Ok(())
        } else {
            tracing::warn!(peer = %self.0, "refused a message of an organisation that may not send it");
            Err(Refusal::not_entitled())
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PeerOrg {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let unknown =
            || Refusal::new(StatusCode::FORBIDDEN, "organisation-unknown", "the channel names no organisation");
        let PeerCertificate(der) = parts.extensions.get().ok_or_else(unknown)?;
        let certificate = pki::Certificate::from_der(der).map_err(|_| unknown())?;
        pki::org_code(&certificate).map(Self).map_err(|_| unknown())
    }
}
