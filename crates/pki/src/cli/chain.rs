//! `verify-chain`

use jiff::Timestamp;

use super::{Input, Verdict, certificates, der_of};
use crate::crl::{CrlIndex, CrlRefusal, Freshness, LiveCrls};
use crate::ocsp::{OcspRequest, verify_response};
use crate::{
    Certificate, NotPublished, RevocationProvider, RevocationStatus, RevocationUnknown, Usage, Verifier,
    WhoeverKnowsWorse,
};

/// Everything that a judgement needs, each part PEM or DER.
#[derive(Clone, Debug)]
pub struct ChainInput {
    /// Files of trust anchors.
    pub anchors: Vec<Vec<u8>>,
    /// Files of intermediate certificates.
    pub intermediates: Vec<Vec<u8>>,
    /// The certificate; what follows it in the same PEM text came along with it.
    pub leaf: Vec<u8>,
    /// Revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    pub ocsp_responses: Vec<Vec<u8>>,
    /// The time of the judgement.
    pub at: Timestamp,
    /// For what.
    pub usage: Usage,
    /// Certificate policies of which one must hold (dotted); empty: those of the usage.
    pub policies: Vec<String>,
    /// True: a certificate about which nothing is known is accepted. Only where its authority publishes nothing.
    pub without_revocation: bool,
}

/// Judges a certificate as a login would.
pub fn verify_chain(input: &ChainInput) -> Verdict {
    judge(input).unwrap_or_else(|verdict| verdict)
}

fn judge(input: &ChainInput) -> Result<Verdict, Verdict> {
    let mut presented = certificates(&input.leaf).map_err(|why| Verdict::unreadable(Input::Leaf, why))?.into_iter();
    let leaf = presented.next().ok_or_else(|| Verdict::unreadable(Input::Leaf, "no certificate"))?;
    let extra: Vec<Certificate> = presented.collect();
    let sources = Sources::read(input)?;
    let accepted = sources
        .verifier
        .verify(&leaf, &extra, input.usage, input.at, &sources.revocation())
        .map_err(Verdict::Refused)?;
    Ok(Verdict::Accepted {
        usage: Some(accepted.usage()),
        at: Some(accepted.at()),
        serial: Some(leaf.serial_hex()),
        signing_time: None,
    })
}

/// Whom to believe and whom to ask.
pub(super) struct Sources {
    pub(super) verifier: Verifier,
    crls: LiveCrls,
    responses: Vec<Vec<u8>>,
    without_revocation: bool,
}

impl Sources {
    pub(super) fn read(input: &ChainInput) -> Result<Self, Verdict> {
        let anchors = all(&input.anchors, Input::Anchors)?;
        let intermediates = all(&input.intermediates, Input::Intermediates)?;
        let crls = LiveCrls::new(Freshness::default());
        for bytes in &input.crls {
            let der = der_of(bytes, "X509 CRL").ok_or(CrlRefusal::Malformed)?;
            crls.publish(index(&der, anchors.iter().chain(&intermediates))?)?;
        }
        let verifier = Verifier::new(anchors, intermediates)?;
        let policies: Vec<&str> = input.policies.iter().map(String::as_str).collect();
        let verifier = if policies.is_empty() { verifier } else { verifier.with_policies(&policies)? };
        Ok(Self {
            verifier,
            crls,
            responses: input.ocsp_responses.clone(),
            without_revocation: input.without_revocation,
        })
    }

    pub(super) fn revocation(&self) -> impl RevocationProvider + '_ {
        Asked(self)
    }
}

/// The list by whichever authority signed it. It counts only beneath that authority's name and key.
fn index<'a>(der: &[u8], authorities: impl Iterator<Item = &'a Certificate>) -> Result<CrlIndex, CrlRefusal> {
    let mut refusal = CrlRefusal::OtherIssuer;
    for authority in authorities {
        match CrlIndex::from_der(der, authority) {
            Ok(index) => return Ok(index),
            Err(CrlRefusal::OtherIssuer) => {}
            Err(why) => refusal = why,
        }
    }
    Err(refusal)
}

fn all(files: &[Vec<u8>], input: Input) -> Result<Vec<Certificate>, Verdict> {
    let mut found = Vec::new();
    for file in files {
        found.extend(certificates(file).map_err(|why| Verdict::unreadable(input, why))?);
    }
    Ok(found)
}

/// Responses and lists together; whoever says revoked is believed.
struct Asked<'a>(&'a Sources);

impl RevocationProvider for Asked<'_> {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let Self(sources) = self;
        let responses = Responses(sources);
        let known: [&dyn RevocationProvider; 2] = [&responses, &sources.crls];
        match WhoeverKnowsWorse(&known).status(certificate, issuer, now) {
            Err(RevocationUnknown::NoSource) if sources.without_revocation => {
                NotPublished.status(certificate, issuer, now)
            }
            known => known,
        }
    }
}

struct Responses<'a>(&'a Sources);

impl RevocationProvider for Responses<'_> {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let Self(sources) = self;
        let request = OcspRequest::unasked();
        let freshness = Freshness::default();
        let mut unknown = RevocationUnknown::NoSource;
        for response in &sources.responses {
            let outcome = verify_response(&request, certificate, issuer, response, &freshness, now, &sources.crls);
            match outcome {
                Ok(status) => return Ok(status),
                Err(crate::ocsp::OcspRefusal::OtherCertificate) => {}
                Err(why) => unknown = why.into(),
            }
        }
        Err(unknown)
    }
}
