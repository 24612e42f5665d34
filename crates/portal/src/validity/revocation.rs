//! Asks whether a certificate is revoked. Unreachable, stale or unacceptable: unknown, and unknown means refused.

mod crl;
mod fetch;
mod ocsp;

use jiff::Timestamp;
use pki::{Certificate, RevocationStatus, RevocationUnknown};
use rand_core::CryptoRng;

use crate::card::CardRefusal;

/// Where one kind of certificate is asked about.
pub(super) enum Source {
    Ocsp(ocsp::Ocsp),
    Crl(crl::Crl),
}

impl Source {
    pub(super) fn ocsp(client: &reqwest::Client, url: &str) -> Self {
        Self::Ocsp(ocsp::Ocsp::new(client, url))
    }

    pub(super) fn crl(client: &reqwest::Client, url: &str) -> Self {
        Self::Crl(crl::Crl::new(client, url))
    }

    pub(super) async fn check(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<(), CardRefusal> {
        let status = match self {
            Self::Ocsp(ocsp) => ocsp.status(certificate, issuer, now, rng).await,
            Self::Crl(crl) => crl.status(certificate, issuer, now).await,
        };
        match status {
            Ok(RevocationStatus::Good) => Ok(()),
            Ok(RevocationStatus::Revoked { .. }) => Err(CardRefusal::Revoked),
            Err(unknown) => {
                tracing::warn!(error = &unknown as &dyn std::error::Error, "revocation could not be checked");
                Err(CardRefusal::ValidityUnreachable)
            }
        }
    }

    /// Fetches what is fetched beforehand; nothing where each certificate is asked about.
    pub(super) async fn refresh(&self, issuers: &[Certificate]) {
        if let Self::Crl(crl) = self {
            crl.refresh(issuers).await;
        }
    }
}

/// Nothing usable came.
#[derive(Debug, thiserror::Error)]
pub(super) enum RevocationFault {
    /// No answer, or too long a one.
    #[error("no usable answer came")]
    Fetch(#[source] fetch::FetchError),
    /// It is not to be believed.
    #[error("the list was refused")]
    Crl(#[source] pki::crl::CrlRefusal),
    /// The thread that reads a list died.
    #[error("reading the list was interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
}

impl RevocationFault {
    fn logged(&self) -> RevocationUnknown {
        tracing::warn!(error = self as &dyn std::error::Error, "revocation data could not be had");
        match self {
            Self::Fetch(_) | Self::Interrupted(_) => RevocationUnknown::NoSource,
            Self::Crl(_) => RevocationUnknown::Refused,
        }
    }
}
