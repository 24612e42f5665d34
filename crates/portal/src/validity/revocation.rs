//! Asks whether a certificate is revoked. Unreachable, stale or unacceptable: unknown, and unknown means refused.

mod crl;
mod fetch;
mod ocsp;

use std::sync::Arc;

use jiff::Timestamp;
use pki::crl::LiveCrls;
use pki::ocsp::OcspAnswers;
use pki::{Certificate, RevocationProvider, RevocationStatus, RevocationUnknown};
use rand_core::CryptoRng;

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

    /// Asks about each certificate with its issuer. What nobody answered stays unknown.
    pub(super) async fn ask(
        &self,
        links: &[(Certificate, Certificate)],
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Answers {
        match self {
            Self::Ocsp(ocsp) => Answers::Ocsp(ocsp.ask(links, now, rng).await),
            Self::Crl(crl) => Answers::Crl(crl.ask(links, now).await),
        }
    }

    /// Fetches what is fetched beforehand; nothing where each certificate is asked about.
    pub(super) async fn refresh(&self, issuers: &[Certificate]) {
        if let Self::Crl(crl) = self {
            crl.refresh(issuers).await;
        }
    }
}

/// What is known for one judgement.
pub(super) enum Answers {
    Ocsp(OcspAnswers),
    Crl(Arc<LiveCrls>),
}

impl RevocationProvider for Answers {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        match self {
            Self::Ocsp(answers) => answers.status(certificate, issuer, now),
            Self::Crl(lists) => lists.status(certificate, issuer, now),
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
    fn log(&self) {
        tracing::warn!(error = self as &dyn std::error::Error, "revocation data could not be had");
    }
}
