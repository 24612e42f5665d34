//! OCSP: each certificate is asked about, with a nonce.

use jiff::Timestamp;
use pki::crl::Freshness;
use pki::ocsp::{OcspAnswers, OcspRequest, REQUEST_TYPE, RESPONSE_BYTES_MAX, verify_response};
use pki::{Certificate, FirstWhoKnows};
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

    pub(super) async fn ask(
        &self,
        links: &[(Certificate, Certificate)],
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> OcspAnswers {
        let mut answers = OcspAnswers::new();
        for (certificate, issuer) in links {
            let Some(request) = OcspRequest::new(certificate, issuer, rng) else { continue };
            let post = self.client.post(&self.url).header(CONTENT_TYPE, REQUEST_TYPE).body(request.der().to_vec());
            match fetch(post, RESPONSE_BYTES_MAX).await {
                Ok(answer) => {
                    // JPKI's responders carry ocsp-nocheck; one without it is asked about nowhere, and so refused.
                    let (freshness, nobody) = (Freshness::default(), FirstWhoKnows(&[]));
                    let status = verify_response(&request, certificate, issuer, &answer, &freshness, now, &nobody);
                    answers.keep(certificate, status);
                }
                Err(error) => RevocationFault::Fetch(error).log(),
            }
        }
        answers
    }
}
