//! One X.509 certificate, parsed once.

use std::fmt;
use std::sync::Arc;

use der::oid::AssociatedOid;
use der::pem::LineEnding;
use der::{Decode, Encode as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::tlv::{Reader, SEQUENCE, Signed};

/// Most bytes of a certificate: a real one of JPKI has about 2,000.
pub const CERTIFICATE_BYTES_MAX: usize = 16 * 1024;
const PEM_LABEL: &str = "CERTIFICATE";

/// A well-formed certificate, not yet a trusted one: what it says holds only after [`crate::Verifier::verify`].
/// Cheap to clone. Prints only its type's name, for a signature certificate holds the four items.
#[derive(Clone)]
pub struct Certificate(Arc<Parsed>);

struct Parsed {
    der: Vec<u8>,
    inner: x509_cert::Certificate,
    spki: Vec<u8>,
}

/// The bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Not DER of a certificate, or with something after it.
    #[error("not an X.509 certificate")]
    Malformed,
    /// More than [`CERTIFICATE_BYTES_MAX`] bytes.
    #[error("the certificate is too long")]
    TooLong,
    /// PEM without a certificate.
    #[error("no certificate in the text")]
    Absent,
}

impl Certificate {
    /// Parses DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > CERTIFICATE_BYTES_MAX {
            return Err(CertificateError::TooLong);
        }
        Signed::from_der(der).map_err(|_| CertificateError::Malformed)?;
        let inner = x509_cert::Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        let spki = spki_of(der).ok_or(CertificateError::Malformed)?;
        Ok(Self(Arc::new(Parsed { der: der.to_vec(), inner, spki })))
    }

    /// Parses the first certificate of a PEM text.
    pub fn from_pem(pem: &str) -> Result<Self, CertificateError> {
        Self::many_from_pem(pem)?.into_iter().next().ok_or(CertificateError::Absent)
    }

    /// Parses every certificate of a PEM text (a bundle); text between them is skipped.
    pub fn many_from_pem(pem: &str) -> Result<Vec<Self>, CertificateError> {
        const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
        const END: &str = "-----END CERTIFICATE-----";
        let mut found = Vec::new();
        let mut rest = pem;
        while let Some(begin) = rest.find(BEGIN) {
            let tail = rest.get(begin..).unwrap_or_default();
            let end = tail.find(END).ok_or(CertificateError::Malformed)? + END.len();
            let (one, after) = tail.split_at(end);
            let (_, der) = der::pem::decode_vec(one.as_bytes()).map_err(|_| CertificateError::Malformed)?;
            found.push(Self::from_der(&der)?);
            rest = after;
        }
        Ok(found)
    }

    /// The bytes as they came.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// As PEM.
    pub fn to_pem(&self) -> String {
        der::pem::encode_string(PEM_LABEL, LineEnding::LF, &self.0.der).unwrap_or_default()
    }

    /// The serial number: lower-case hexadecimal, two digits a byte, without a leading zero byte.
    pub fn serial_hex(&self) -> String {
        use std::fmt::Write as _;
        self.serial_bytes().iter().fold(String::new(), |mut text, b| {
            let _ = write!(text, "{b:02x}");
            text
        })
    }

    /// The serial number, big-endian, without a leading zero byte.
    pub(crate) fn serial_bytes(&self) -> &[u8] {
        let bytes = self.tbs().serial_number().as_bytes();
        match bytes {
            [0, rest @ ..] if !rest.is_empty() => rest,
            _ => bytes,
        }
    }

    /// Valid from this second on.
    pub fn not_before(&self) -> Timestamp {
        timestamp(&self.tbs().validity().not_before)
    }

    /// Valid up to this second.
    pub fn not_after(&self) -> Timestamp {
        timestamp(&self.tbs().validity().not_after)
    }

    /// The subject's name, for display (RFC 4514).
    pub fn subject(&self) -> String {
        self.tbs().subject().to_string()
    }

    /// The issuer's name, for display (RFC 4514).
    pub fn issuer(&self) -> String {
        self.tbs().issuer().to_string()
    }

    /// `SubjectPublicKeyInfo` DER, the bytes as they came.
    pub fn spki_der(&self) -> &[u8] {
        &self.0.spki
    }

    /// SHA-256 of the DER: identifies the certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.0.der).into()
    }

    pub(crate) fn inner(&self) -> &x509_cert::Certificate {
        &self.0.inner
    }

    pub(crate) fn tbs(&self) -> &x509_cert::TbsCertificate {
        self.0.inner.tbs_certificate()
    }

    /// The extension of this type with its criticality, if it is there exactly once and decodes to its last byte.
    pub(crate) fn extension<'a, T>(&'a self) -> Result<Option<(bool, T)>, CertificateError>
    where
        T: Decode<'a> + AssociatedOid,
    {
        let mut found = None;
        for extension in self.tbs().extensions().into_iter().flatten() {
            if extension.extn_id == T::OID {
                if found.is_some() {
                    return Err(CertificateError::Malformed);
                }
                let value = T::from_der(extension.extn_value.as_bytes()).map_err(|_| CertificateError::Malformed)?;
                found = Some((extension.critical, value));
            }
        }
        Ok(found)
    }

    /// True if encoding what was parsed gives the same bytes: the certificate is DER to the letter.
    pub(crate) fn is_canonical(&self) -> bool {
        self.0.inner.to_der().is_ok_and(|der| der == self.0.der)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate")
    }
}

/// Certificates carry seconds from 1950 to 9999: always within the range of a timestamp.
pub(crate) fn timestamp(time: &x509_cert::time::Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

/// Whole seconds of `time` in the form that certificates and lists carry.
pub(crate) fn x509_time(time: Timestamp) -> Option<x509_cert::time::Time> {
    let seconds = u64::try_from(time.as_second()).ok()?;
    let date = der::DateTime::from_unix_duration(std::time::Duration::from_secs(seconds)).ok()?;
    Some(date.into())
}

/// The key's bytes as they came: sixth part of the signed body after the version.
fn spki_of(der: &[u8]) -> Option<Vec<u8>> {
    let signed = Signed::from_der(der).ok()?;
    let mut body = Reader::new(Reader::only(signed.body, SEQUENCE).ok()?.value);
    if body.peek() == Some(0xa0) {
        body.read().ok()?;
    }
    for _serial_algorithm_issuer_validity_subject in 0..5 {
        body.read().ok()?;
    }
    Some(body.expect(SEQUENCE).ok()?.whole.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::testing::{authority, citizen_pair};
    use proptest::prelude::*;

    #[test]
    fn a_certificate_comes_back_from_pem() {
        let ca = authority("CA");
        let certificate = ca.certificate();
        let bundle = format!("# demo\n{}{}", certificate.to_pem(), certificate.to_pem());
        assert_eq!(Certificate::many_from_pem(&bundle), Ok(vec![certificate.clone(), certificate.clone()]));
        assert_eq!(Certificate::from_pem("no pem"), Err(CertificateError::Absent));
    }

    #[test]
    fn a_certificate_never_prints_itself() {
        let (signature, _) = citizen_pair(&authority("CA"));
        assert_eq!(format!("{signature:?}"), "Certificate");
    }

    #[test]
    fn something_after_the_certificate_is_refused() {
        let mut der = authority("CA").certificate().der().to_vec();
        der.push(0);
        assert_eq!(Certificate::from_der(&der), Err(CertificateError::Malformed));
    }

    #[test]
    fn a_certificate_of_a_megabyte_is_refused_unread() {
        assert_eq!(Certificate::from_der(&vec![0x30; 1 << 20]), Err(CertificateError::TooLong));
    }

    proptest! {
        #[test]
        fn a_changed_certificate_parses_or_is_refused_but_never_panics(at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let (signature, _) = citizen_pair(&authority("CA"));
            let mut der = signature.der().to_vec();
            let at = at.index(der.len());
            der[at] ^= 1 << bit;
            if let Ok(changed) = Certificate::from_der(&der) {
                let _ = (changed.serial_hex(), changed.subject(), changed.issuer(), changed.not_after(), changed.to_pem());
                let _ = (crate::org_code(&changed), changed.is_canonical());
            }
        }
    }
}
