//! Answering, as an authority's responder does.

use certval::ocsp::{CertId, OcspRequest, OcspResponse};
use const_oid::db::rfc6960::ID_PKIX_OCSP_NONCE;
use der::asn1::{GeneralizedTime, OctetStringRef};
use der::{Decode as _, Encode as _};
use jiff::Timestamp;

use super::REQUEST_BYTES_MAX;
use super::ask::HashKind;
use crate::issue::{IssueError, tlv};
use crate::key::SigningKey;
use crate::{Certificate, RevocationReason};

/// Most questions in one request.
const QUESTIONS_MAX: usize = 8;
/// Most bytes of a nonce that is repeated (RFC 8954).
const NONCE_BYTES_MAX: usize = 32;
/// id-pkix-ocsp-basic and id-pkix-ocsp-nonce
const BASIC_OID: [u8; 11] = [0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01];
const NONCE_OID: [u8; 11] = [0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02];

/// What the responder's records say about a serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Issued and not withdrawn.
    Good,
    /// Withdrawn.
    Revoked {
        /// Why.
        reason: RevocationReason,
        /// Since when.
        at: Timestamp,
    },
    /// Never issued.
    Unknown,
}

/// Answers in the name of an authority, with a certificate that it issued for this
/// ([`crate::issue::Authority::ocsp_responder`]).
#[derive(Debug)]
pub struct Responder {
    issuer: Certificate,
    pub(super) certificate: Certificate,
    pub(super) key: SigningKey,
}

impl Responder {
    /// For the certificates of `issuer`.
    pub fn new(issuer: Certificate, certificate: Certificate, key: SigningKey) -> Result<Self, IssueError> {
        if certificate.spki_der() == key.spki_der() {
            Ok(Self { issuer, certificate, key })
        } else {
            Err(IssueError::WrongKey)
        }
    }

    /// The serial numbers (as [`Certificate::serial_hex`] writes them) that a request asks this responder about; to
    /// look them up before [`Responder::respond`]. Empty for a malformed request and for other issuers.
    pub fn asked(&self, request: &[u8]) -> Vec<String> {
        let Some(request) = read(request) else {
            return Vec::new();
        };
        let list = request.tbs_request.request_list.iter();
        list.filter(|one| self.is_ours(&one.req_cert)).map(|one| serial_hex(&one.req_cert)).collect()
    }

    /// Answers a request: `known` is asked for each serial number in hexadecimal; certificates of other issuers are
    /// unknown. A malformed request gets the answer that says so. The nonce is repeated.
    pub fn respond(
        &self,
        request: &[u8],
        known: impl Fn(&str) -> Known,
        now: Timestamp,
        next_update: Timestamp,
    ) -> Result<Vec<u8>, IssueError> {
        let Some(request) = read(request) else {
            return Ok(OcspResponse::malformed_request().to_der()?);
        };
        let (this_update, next_update) = (time(now)?, time(next_update)?);
        let mut answers = Vec::new();
        for one in &request.tbs_request.request_list {
            let status = if self.is_ours(&one.req_cert) { known(&serial_hex(&one.req_cert)) } else { Known::Unknown };
            answers.extend_from_slice(&tlv(
                0x30,
                &[&one.req_cert.to_der()?, &status_der(status)?, &this_update, &tlv(0xa0, &[&next_update])],
            ));
        }
        let name = tlv(0xa1, &[&self.certificate.tbs().subject().to_der()?]);
        let extensions = match nonce(&request) {
            Some(nonce) => {
                let value = tlv(0x04, &[&tlv(0x04, &[&nonce])]);
                tlv(0xa1, &[&tlv(0x30, &[&tlv(0x30, &[&NONCE_OID, &value])])])
            }
            None => Vec::new(),
        };
        let body = tlv(0x30, &[&name, &this_update, &tlv(0x30, &[&answers]), &extensions]);
        self.sign(&body)
    }

    fn sign(&self, body: &[u8]) -> Result<Vec<u8>, IssueError> {
        let algorithm = self.key.algorithm().identifier().to_der()?;
        let signature = tlv(0x03, &[&[0], &self.key.sign(body)?]);
        let certificates = tlv(0xa0, &[&tlv(0x30, &[self.certificate.der()])]);
        let basic = tlv(0x30, &[body, &algorithm, &signature, &certificates]);
        let bytes = tlv(0x30, &[&BASIC_OID, &tlv(0x04, &[&basic])]);
        Ok(tlv(0x30, &[&[0x0a, 0x01, 0x00], &tlv(0xa0, &[&bytes])]))
    }

    fn is_ours(&self, id: &CertId) -> bool {
        HashKind::of(&id.hash_algorithm)
            .and_then(|hash| hash.issuer(&self.issuer))
            .is_some_and(|(name, key)| id.issuer_name_hash.as_bytes() == name && id.issuer_key_hash.as_bytes() == key)
    }
}

fn read(request: &[u8]) -> Option<OcspRequest> {
    if request.len() > REQUEST_BYTES_MAX {
        return None;
    }
    let request = OcspRequest::from_der(request).ok()?;
    let list = &request.tbs_request.request_list;
    (1..=QUESTIONS_MAX).contains(&list.len()).then_some(request)
}

fn nonce(request: &OcspRequest) -> Option<Vec<u8>> {
    let extensions = request.tbs_request.request_extensions.as_ref()?;
    let nonce = extensions.iter().find(|e| e.extn_id == ID_PKIX_OCSP_NONCE)?;
    let bytes = <&OctetStringRef>::from_der(nonce.extn_value.as_bytes()).ok()?.as_bytes();
    (1..=NONCE_BYTES_MAX).contains(&bytes.len()).then(|| bytes.to_vec())
}

fn serial_hex(id: &CertId) -> String {
    use std::fmt::Write as _;
    let bytes = id.serial_number.as_bytes();
    let bytes = match bytes {
        [0, rest @ ..] if !rest.is_empty() => rest,
        _ => bytes,
    };
    bytes.iter().fold(String::new(), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

fn status_der(status: Known) -> Result<Vec<u8>, IssueError> {
    Ok(match status {
        Known::Good => vec![0x80, 0x00],
        Known::Unknown => vec![0x82, 0x00],
        Known::Revoked { reason, at } => {
            let reason = tlv(0xa0, &[&[0x0a, 0x01, reason.code()]]);
            tlv(0xa1, &[&time(at)?, &reason])
        }
    })
}

fn time(at: Timestamp) -> Result<Vec<u8>, IssueError> {
    let seconds = u64::try_from(at.as_second()).map_err(|_| IssueError::Unwritable)?;
    let duration = std::time::Duration::from_secs(seconds);
    Ok(GeneralizedTime::from_unix_duration(duration)?.to_der()?)
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Revoked { .. } => "revoked",
            Self::Unknown => "unknown",
        })
    }
}
