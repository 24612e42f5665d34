//! Reading a CMS back.

use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{SignedAttributes, SignedData, SignerIdentifier, SignerInfo};
use const_oid::db::rfc5912;
use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Any, Decode as _, Encode as _};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use subtle::ConstantTimeEq as _;

use super::{CMS_BYTES_MAX, CMS_CERTIFICATES_MAX, CmsRefusal, VerifiedCms, oid};
use crate::algorithm::{PublicKeyKind, SignatureAlgorithm};
use crate::certificate::timestamp;
use crate::tlv::{Reader, SEQUENCE};
use crate::{Certificate, sha256};

/// Verifies a CMS: `detached` is the content if it is kept beside the CMS, `None` if it is inside.
pub fn verify(der: &[u8], detached: Option<&[u8]>) -> Result<VerifiedCms, CmsRefusal> {
    let signed_data = canonical(der)?;
    let [signer] = signed_data.signer_infos.0.as_slice() else {
        return Err(CmsRefusal::SignerCount);
    };
    keeps_the_profile(&signed_data, signer)?;
    let content = content(&signed_data, detached)?;
    let (signer_certificate, others) = certificates(&signed_data, signer)?;
    let algorithm = algorithm(signer, &signer_certificate)?;
    let attributes = signer.signed_attrs.as_ref().ok_or(CmsRefusal::SignedAttributes)?;
    let signing_time = said(attributes, &signer_certificate, &content)?;
    let attributes_der = attributes.to_der().map_err(|_| CmsRefusal::Malformed)?;
    algorithm
        .verify(signer_certificate.spki_der(), &attributes_der, signer.signature.as_bytes())
        .map_err(|_| CmsRefusal::Signature)?;
    Ok(VerifiedCms { content, signer: signer_certificate, others, signing_time })
}

/// Sets are sorted while they are decoded, so only comparing the bytes again shows what was out of order; OpenSSL would
/// refuse such a message.
fn canonical(der: &[u8]) -> Result<SignedData, CmsRefusal> {
    if der.len() > CMS_BYTES_MAX {
        return Err(CmsRefusal::TooLarge);
    }
    let info = ContentInfo::from_der(der).map_err(|_| CmsRefusal::Malformed)?;
    if info.content_type != oid::SIGNED_DATA {
        return Err(CmsRefusal::Malformed);
    }
    let data: SignedData = info.content.decode_as().map_err(|_| CmsRefusal::Malformed)?;
    let again = data.to_der().map_err(|_| CmsRefusal::Malformed)?;
    let inner = info.content.to_der().map_err(|_| CmsRefusal::Malformed)?;
    let outer = info.to_der().map_err(|_| CmsRefusal::Malformed)?;
    if again == inner && outer == der { Ok(data) } else { Err(CmsRefusal::NotCanonical) }
}

fn keeps_the_profile(data: &SignedData, signer: &SignerInfo) -> Result<(), CmsRefusal> {
    let kept = data.version == CmsVersion::V1
        && data.crls.is_none()
        && data.encap_content_info.econtent_type == oid::DATA
        && signer.version == CmsVersion::V1
        && signer.unsigned_attrs.is_none();
    if !kept {
        return Err(CmsRefusal::Profile);
    }
    let [digest] = data.digest_algorithms.as_slice() else {
        return Err(CmsRefusal::Algorithm);
    };
    if is_sha_256(digest) && is_sha_256(&signer.digest_alg) { Ok(()) } else { Err(CmsRefusal::Algorithm) }
}

/// Parameters absent, or NULL as some write them (RFC 5754 §2).
fn is_sha_256(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.oid == oid::SHA_256 && algorithm.parameters.as_ref().is_none_or(Any::is_null)
}

fn content(data: &SignedData, detached: Option<&[u8]>) -> Result<Vec<u8>, CmsRefusal> {
    match (&data.encap_content_info.econtent, detached) {
        (Some(inside), None) => inside
            .decode_as::<&OctetStringRef>()
            .map(|octets| octets.as_bytes().to_vec())
            .map_err(|_| CmsRefusal::Malformed),
        (None, Some(beside)) => Ok(beside.to_vec()),
        _ => Err(CmsRefusal::Content),
    }
}

/// The signer's certificate by issuer and serial number, and the others.
fn certificates(data: &SignedData, signer: &SignerInfo) -> Result<(Certificate, Vec<Certificate>), CmsRefusal> {
    let SignerIdentifier::IssuerAndSerialNumber(sid) = &signer.sid else {
        return Err(CmsRefusal::Profile);
    };
    let set = data.certificates.as_ref().ok_or(CmsRefusal::NoCertificate)?;
    if set.0.len() > CMS_CERTIFICATES_MAX {
        return Err(CmsRefusal::TooLarge);
    }
    let mut found = None;
    let mut others = Vec::new();
    for choice in set.0.iter() {
        let CertificateChoices::Certificate(certificate) = choice else {
            return Err(CmsRefusal::Profile);
        };
        let der = certificate.to_der().map_err(|_| CmsRefusal::Malformed)?;
        let certificate = Certificate::from_der(&der).map_err(|_| CmsRefusal::Malformed)?;
        let tbs = certificate.tbs();
        let is_signer = tbs.issuer() == &sid.issuer && tbs.serial_number() == &sid.serial_number;
        if is_signer && found.is_none() {
            found = Some(certificate);
        } else {
            others.push(certificate);
        }
    }
    Ok((found.ok_or(CmsRefusal::NoCertificate)?, others))
}

/// The key decides; the message must say the same. OpenSSL writes `rsaEncryption` for PKCS#1 v1.5 with SHA-256.
fn algorithm(signer: &SignerInfo, certificate: &Certificate) -> Result<SignatureAlgorithm, CmsRefusal> {
    let expected = match PublicKeyKind::of(certificate.spki_der()) {
        Ok(PublicKeyKind::Rsa { .. }) => SignatureAlgorithm::RsaSha256,
        Ok(PublicKeyKind::P256) => SignatureAlgorithm::P256Sha256,
        _ => return Err(CmsRefusal::Algorithm),
    };
    let said = &signer.signature_algorithm;
    let plain_rsa = said.oid == rfc5912::RSA_ENCRYPTION
        && said.parameters.as_ref().is_some_and(Any::is_null)
        && expected == SignatureAlgorithm::RsaSha256;
    if plain_rsa || SignatureAlgorithm::of(said) == Some(expected) { Ok(expected) } else { Err(CmsRefusal::Algorithm) }
}

/// Checks what the signed attributes say and returns the signing time.
fn said(attributes: &SignedAttributes, certificate: &Certificate, content: &[u8]) -> Result<Timestamp, CmsRefusal> {
    let content_type = one(attributes, oid::CONTENT_TYPE)?
        .decode_as::<ObjectIdentifier>()
        .map_err(|_| CmsRefusal::SignedAttributes)?;
    if content_type != oid::DATA {
        return Err(CmsRefusal::SignedAttributes);
    }
    let named = one(attributes, oid::SIGNING_CERTIFICATE_V2)?
        .to_der()
        .ok()
        .and_then(|der| hash_of_signing_certificate(&der))
        .ok_or(CmsRefusal::SignedAttributes)?;
    if !same(&named, &certificate.fingerprint()) {
        return Err(CmsRefusal::OtherCertificate);
    }
    let digest = one(attributes, oid::MESSAGE_DIGEST)?
        .decode_as::<&OctetStringRef>()
        .map_err(|_| CmsRefusal::SignedAttributes)?;
    if !same(digest.as_bytes(), &sha256(&[content])) {
        return Err(CmsRefusal::Digest);
    }
    one(attributes, oid::SIGNING_TIME)?
        .to_der()
        .ok()
        .and_then(|der| x509_cert::time::Time::from_der(&der).ok())
        .map(|time| timestamp(&time))
        .ok_or(CmsRefusal::SignedAttributes)
}

fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// The single value of the attribute that is there exactly once.
fn one(attributes: &SignedAttributes, oid: ObjectIdentifier) -> Result<&Any, CmsRefusal> {
    let mut found = attributes.iter().filter(|a| a.oid == oid);
    match (found.next(), found.next()) {
        (Some(attribute), None) => match attribute.values.as_slice() {
            [value] => Ok(value),
            _ => Err(CmsRefusal::SignedAttributes),
        },
        _ => Err(CmsRefusal::SignedAttributes),
    }
}

/// The hash in the first `ESSCertIDv2`, which names the signer's certificate (RFC 5035 §5.4.1.1); SHA-256, written out or
/// omitted.
fn hash_of_signing_certificate(der: &[u8]) -> Option<Vec<u8>> {
    const OCTET_STRING: u8 = 0x04;
    let mut outer = Reader::new(Reader::only(der, SEQUENCE).ok()?.value);
    let mut list = Reader::new(outer.expect(SEQUENCE).ok()?.value);
    let mut first = Reader::new(list.expect(SEQUENCE).ok()?.value);
    if first.peek() == Some(SEQUENCE) {
        let algorithm = AlgorithmIdentifierOwned::from_der(first.read().ok()?.whole).ok()?;
        if !is_sha_256(&algorithm) {
            return None;
        }
    }
    Some(first.expect(OCTET_STRING).ok()?.value.to_vec())
}
