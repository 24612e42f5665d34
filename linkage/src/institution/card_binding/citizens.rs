//! Citizens' signature certificates: path, purpose, and whether JPKI still stands by them. What cannot be asked is not
//! believed.

use std::time::Duration;

use domain::FourInfo;
use jiff::Timestamp;
use pki::{
    Certificate, FourInfoFault, NotPublished, RevocationStatus, Usage, Verifier, VerifierError,
    crl::Freshness,
    ocsp::{OcspAnswers, OcspRequest, REQUEST_TYPE, RESPONSE_BYTES_MAX, verify_response},
};
use rand_core::CryptoRng;

use super::super::desk::{DeskError, read_certificate};
use crate::{
    jpki::CertificateKind,
    party::{DataDir, Party},
};

const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Judges citizens' signature certificates.
pub(super) struct Citizens {
    verifier: Verifier,
    authority: Certificate,
    ocsp: String,
    http: reqwest::Client,
}

/// Citizens' certificates cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum CitizensError {
    /// The authority's certificate cannot be read.
    #[error("JPKI's authority cannot be read")]
    Read(#[from] DeskError),
    /// The authority's certificate cannot be used.
    #[error("JPKI's authority cannot be used")]
    Anchor(#[from] VerifierError),
    /// The HTTP client could not be built.
    #[error("the HTTP client could not be built")]
    Client(#[from] reqwest::Error),
}

/// A certificate is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum CitizenError {
    /// Its validity cannot be asked now: fail closed.
    #[error("JPKI cannot be asked now")]
    Unreachable(#[source] Option<reqwest::Error>),
    /// Not acceptable: expired, revoked, of another authority, for another purpose …
    #[error("the certificate is refused")]
    Refused(#[source] pki::Refusal),
    /// It carries no usable 4-info.
    #[error("the certificate carries no four items")]
    FourInfo(#[from] FourInfoFault),
}

impl Citizens {
    /// Asks there instead.
    #[cfg(test)]
    pub(super) fn asking_at(mut self, jpki: &crate::party::JpkiHttp) -> Self {
        self.ocsp = format!("{}{}", jpki.http, CertificateKind::Signature.ocsp_path());
        self
    }

    pub(super) fn load(data: &DataDir, party: &Party) -> Result<Self, CitizensError> {
        let authority = read_certificate(&data.anchor("jpki-signature-ca"))?;
        let base = &party.peers.directory().jpki.http;
        Ok(Self {
            verifier: Verifier::new(vec![authority.clone()], Vec::new())?,
            authority,
            ocsp: format!("{base}{}", CertificateKind::Signature.ocsp_path()),
            http: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(ANSWER_WITHIN)
                .build()?,
        })
    }

    /// The 4-info of an accepted certificate, read only after it was accepted.
    pub(super) async fn four_info(
        &self,
        certificate: &Certificate,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<FourInfo, CitizenError> {
        // First without JPKI: nobody is asked about a certificate that is not theirs.
        self.verifier
            .verify(certificate, &[], Usage::JpkiSignature, now, &NotPublished)
            .map_err(CitizenError::Refused)?;
        let mut answers = OcspAnswers::new();
        answers.keep(certificate, Ok(self.ask(certificate, now, rng).await?));
        let accepted = self
            .verifier
            .verify(certificate, &[], Usage::JpkiSignature, now, &answers)
            .map_err(CitizenError::Refused)?;
        Ok(pki::four_info(&accepted)?)
    }

    async fn ask(
        &self,
        certificate: &Certificate,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<RevocationStatus, CitizenError> {
        let failed = |error: reqwest::Error| CitizenError::Unreachable(Some(error.without_url()));
        let request = OcspRequest::new(certificate, &self.authority, rng).ok_or(CitizenError::Unreachable(None))?;
        let mut answer = self
            .http
            .post(&self.ocsp)
            .header(http::header::CONTENT_TYPE, REQUEST_TYPE)
            .body(request.der().to_vec())
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .map_err(failed)?;
        let mut der = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if der.len() + chunk.len() > RESPONSE_BYTES_MAX {
                return Err(CitizenError::Unreachable(None));
            }
            der.extend_from_slice(&chunk);
        }
        verify_response(&request, certificate, &self.authority, &der, &Freshness::default(), now, &NotPublished)
            .map_err(|error| {
                tracing::warn!(%error, "an OCSP answer was not accepted");
                CitizenError::Unreachable(None)
            })
    }
}
