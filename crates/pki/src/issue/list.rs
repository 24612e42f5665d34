//! Revocation lists.

use const_oid::db::rfc5912;
use der::Encode as _;
use der::asn1::{OctetString, Uint};
use jiff::Timestamp;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber};

use super::draft::{key_identifier, signed, tlv};
use super::{Authority, IssueError};
use crate::RevocationReason;
use crate::certificate::x509_time;

/// Number and times of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrlTimes {
    /// Grows with every list of the authority.
    pub number: u64,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one will be there at the latest.
    pub next_update: Timestamp,
}

/// One withdrawn certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedCertificate {
    /// Serial number, big-endian.
    pub serial: Vec<u8>,
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: RevocationReason,
}

impl RevokedCertificate {
    /// From a serial number in hexadecimal, as [`crate::Certificate::serial_hex`] writes it; `None` if it is not.
    pub fn from_serial_hex(serial: &str, at: Timestamp, reason: RevocationReason) -> Option<Self> {
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        let serial = serial
            .as_bytes()
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()?;
        (!serial.is_empty()).then_some(Self { serial, at, reason })
    }
}

impl Authority {
    /// Issues a complete list: version 2, with the list's number and this authority's key identifier.
    pub fn crl(
        &self,
        times: &CrlTimes,
        revoked: impl IntoIterator<Item = RevokedCertificate>,
    ) -> Result<Vec<u8>, IssueError> {
        let extensions = vec![
            extension(
                rfc5912::ID_CE_AUTHORITY_KEY_IDENTIFIER,
                false,
                &AuthorityKeyIdentifier {
                    key_identifier: Some(key_identifier(self.certificate().spki_der())?),
                    ..AuthorityKeyIdentifier::default()
                }
                .to_der()?,
            )?,
            extension(rfc5912::ID_CE_CRL_NUMBER, false, &CrlNumber::try_from(times.number)?.to_der()?)?,
        ];
        self.crl_with(times, revoked, &extensions)
    }

    /// The same with any extensions: tests make bad lists by it.
    pub(crate) fn crl_with(
        &self,
        times: &CrlTimes,
        revoked: impl IntoIterator<Item = RevokedCertificate>,
        extensions: &[Extension],
    ) -> Result<Vec<u8>, IssueError> {
        let mut entries = Vec::new();
        for one in revoked {
            entries.extend_from_slice(&entry(&one)?);
        }
        let entries = if entries.is_empty() { Vec::new() } else { tlv(0x30, &[&entries]) };
        let algorithm = self.key().algorithm().identifier().to_der()?;
        let time = |at| Ok::<_, IssueError>(x509_time(at).ok_or(IssueError::Unwritable)?.to_der()?);
        let body = tlv(
            0x30,
            &[
                &[0x02, 0x01, 0x01],
                &algorithm,
                &self.certificate().tbs().subject().to_der()?,
                &time(times.this_update)?,
                &time(times.next_update)?,
                &entries,
                &tlv(0xa0, &[&extensions.to_vec().to_der()?]),
            ],
        );
        signed(&body, &algorithm, self.key())
    }
}

pub(crate) fn extension(
    extn_id: der::asn1::ObjectIdentifier,
    critical: bool,
    value: &[u8],
) -> Result<Extension, IssueError> {
    Ok(Extension { extn_id, critical, extn_value: OctetString::new(value)? })
}

fn entry(one: &RevokedCertificate) -> Result<Vec<u8>, IssueError> {
    let serial = Uint::new(&one.serial)?.to_der()?;
    let at = x509_time(one.at).ok_or(IssueError::Unwritable)?.to_der()?;
    if one.reason == RevocationReason::Unspecified {
        return Ok(tlv(0x30, &[&serial, &at]));
    }
    let reason = extension(rfc5912::ID_CE_CRL_REASONS, false, &[0x0a, 0x01, one.reason.code()])?;
    Ok(tlv(0x30, &[&serial, &at, &vec![reason].to_der()?]))
}
