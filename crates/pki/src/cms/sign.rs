//! Making a CMS.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode as _, Encode as _, Tag};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use super::{CmsError, oid};
use crate::algorithm::{PublicKeyKind, SignatureAlgorithm};
use crate::certificate::x509_time;
use crate::issue::tlv;
use crate::key::SigningKey;
use crate::{Certificate, sha256};

/// Is the content inside the CMS, or kept beside it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Inside.
    Attached,
    /// Beside.
    Detached,
}

/// Content with its signed attributes, waiting for the signature.
pub struct Prepared {
    content: Vec<u8>,
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    attributes: SignedAttributes,
    to_be_signed: Vec<u8>,
}

impl Prepared {
    /// The bytes that the key signs (it hashes them itself): DER of the signed attributes, which hold the digest of
    /// the content, the time and the certificate's hash.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// Signs with a key at hand: what an organisation does. A card signs [`Prepared::to_be_signed`] itself.
    pub fn sign(self, key: &SigningKey, form: Form) -> Result<Vec<u8>, CmsError> {
        let signature = key.sign(&self.to_be_signed)?;
        assemble(self, &signature, form)
    }
}

/// Builds the signed attributes for `content`, to be signed by the key of `certificate`.
pub fn prepare(content: &[u8], certificate: &Certificate, signing_time: Timestamp) -> Result<Prepared, CmsError> {
    let algorithm = match PublicKeyKind::of(certificate.spki_der()) {
        Ok(PublicKeyKind::Rsa { .. }) => SignatureAlgorithm::RsaSha256,
        Ok(PublicKeyKind::P256) => SignatureAlgorithm::P256Sha256,
        _ => return Err(CmsError::WrongKey),
    };
    let time = x509_time(signing_time).ok_or(CmsError::Unwritable)?;
    let digest = sha256(&[content]);
    let attributes = SetOfVec::try_from(vec![
        attribute(oid::CONTENT_TYPE, Any::encode_from(&oid::DATA)?)?,
        attribute(oid::SIGNING_TIME, Any::from_der(&time.to_der()?)?)?,
        attribute(oid::MESSAGE_DIGEST, Any::new(Tag::OctetString, digest)?)?,
        attribute(oid::SIGNING_CERTIFICATE_V2, signing_certificate_v2(certificate)?)?,
    ])?;
    let to_be_signed = attributes.to_der()?;
    Ok(Prepared { content: content.to_vec(), certificate: certificate.clone(), algorithm, attributes, to_be_signed })
}

/// Puts the signature in and gives the DER of the CMS. The signature is verified first: a CMS that nobody would accept
/// is not made.
pub fn assemble(prepared: Prepared, signature: &[u8], form: Form) -> Result<Vec<u8>, CmsError> {
    prepared
        .algorithm
        .verify(prepared.certificate.spki_der(), &prepared.to_be_signed, signature)
        .map_err(|_| CmsError::Signature)?;
    let sha_256 = AlgorithmIdentifierOwned { oid: oid::SHA_256, parameters: None };
    let tbs = prepared.certificate.tbs();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: Some(prepared.attributes),
        signature_algorithm: prepared.algorithm.identifier(),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let certificate = CertificateChoices::Certificate(prepared.certificate.inner().clone());
    let econtent = match form {
        Form::Attached => Some(Any::new(Tag::OctetString, prepared.content)?),
        Form::Detached => None,
    };
    let signed_data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: oid::DATA, econtent },
        certificates: Some(CertificateSet::try_from(vec![certificate])?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    let content_info = ContentInfo { content_type: oid::SIGNED_DATA, content: Any::encode_from(&signed_data)? };
    Ok(content_info.to_der()?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, CmsError> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// RFC 5035: SEQUENCE { SEQUENCE OF SEQUENCE { certHash } }; the hash algorithm is SHA-256, the default, and omitted.
fn signing_certificate_v2(certificate: &Certificate) -> Result<Any, CmsError> {
    let hash = tlv(0x04, &[&certificate.fingerprint()]);
    let value = tlv(0x30, &[&tlv(0x30, &[&tlv(0x30, &[&hash])])]);
    Ok(Any::from_der(&value)?)
}
