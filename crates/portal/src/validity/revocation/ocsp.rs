//! OCSP: each certificate is asked about, with a nonce.

use jiff::Timestamp;
use pki::crl::Freshness;
use pki::ocsp::{OcspRequest, REQUEST_TYPE, RESPONSE_BYTES_MAX, verify_response};
use pki::{Certificate, FirstWhoKnows, RevocationStatus, RevocationUnknown};
use rand_core::CryptoRng;
use reqwest::header::CONTENT_TYPE;

use super::RevocationFault;
use super::fetch::fetch;

pub(in crate::validity) struct Ocsp {
    client: reqwest::Client,
    url: String,
}

impl Ocsp {
    pub(super) fn new(client: &reqwest::Client, url: &str) -> Self {
        Self { client: client.clone(), url: url.to_owned() }
    }

    pub(super) async fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let request = OcspRequest::new(certificate, issuer, rng).ok_or(RevocationUnknown::Refused)?;
        let post = self.client.post(&self.url).header(CONTENT_TYPE, REQUEST_TYPE).body(request.der().to_vec());
        let answer = fetch(post, RESPONSE_BYTES_MAX).await.map_err(|e| RevocationFault::Fetch(e).logged())?;
        // JPKI's responders carry ocsp-nocheck; one without it is asked about nowhere, and so refused.
        let nobody = FirstWhoKnows(&[]);
        let status = verify_response(&request, certificate, issuer, &answer, &Freshness::default(), now, &nobody);
        Ok(status?)
    }
}
