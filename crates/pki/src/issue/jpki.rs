//! The two certificates of a card, in the shape of JPKI's profile (B-PKI-1): the signature certificate carries the
//! four items in its subject alternative name, the authentication certificate none of them (N-22).

use const_oid::db::rfc5912;
use der::asn1::{Ia5String, ObjectIdentifier, Utf8StringRef};
use der::{Any, Encode as _};
use domain::FourInfo;
use rand_core::CryptoRng;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName, OtherName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, CertificatePolicies, CrlDistributionPoints, ExtendedKeyUsage,
    KeyUsage, KeyUsages, SubjectAltName,
};
use x509_cert::name::Name;

use super::draft::{Draft, name};
use super::organisation::end_entity;
use super::{Authority, IssueError, Validity};
use crate::Certificate;
use crate::four_info;

/// Policy of the demo's signature certificates (in JPKI's arc, its test branch).
pub(crate) const SIGNATURE_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.0.20");
/// Policy of the demo's authentication certificates.
pub(crate) const AUTHENTICATION_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.0.30");

/// Where a card certificate says its revocation is to be asked.
#[derive(Clone, Copy, Debug)]
pub struct JpkiEndpoints<'a> {
    /// The revocation list.
    pub crl: &'a str,
    /// The OCSP responder.
    pub ocsp: &'a str,
}

impl Authority {
    /// Issues 署名用電子証明書: four items as other names, `digitalSignature` and `nonRepudiation`.
    pub fn jpki_signature(
        &self,
        four_info: &FourInfo,
        spki_der: &[u8],
        endpoints: &JpkiEndpoints<'_>,
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        let items = [
            (four_info::NAME, four_info.name().to_owned()),
            (four_info::SEX, four_info::sex_digit(four_info.sex()).to_owned()),
            (four_info::BIRTH_DATE, four_info::birth_date_text(four_info.birth_date())),
            (four_info::ADDRESS, four_info.address().to_owned()),
        ];
        let names: Vec<GeneralName> =
            items.iter().map(|(oid, text)| other_name(*oid, text)).collect::<Result<_, _>>()?;
        let usage = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        let draft = Draft::new(anonymous(rng)?, spki_der, validity, rng)?
            .extend(&KeyUsage(usage))?
            .extend(&SubjectAltName(names))?;
        self.issue(common(draft, SIGNATURE_POLICY, endpoints)?)
    }

    /// Issues 利用者証明用電子証明書: no item of the four, `digitalSignature`, `clientAuth`.
    pub fn jpki_authentication(
        &self,
        spki_der: &[u8],
        endpoints: &JpkiEndpoints<'_>,
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        let draft = Draft::new(anonymous(rng)?, spki_der, validity, rng)?
            .extend(&KeyUsage(KeyUsages::DigitalSignature.into()))?
            .extend(&ExtendedKeyUsage(vec![rfc5912::ID_KP_CLIENT_AUTH]))?;
        self.issue(common(draft, AUTHENTICATION_POLICY, endpoints)?)
    }
}

/// A subject that says nothing about the person: a random number.
fn anonymous(rng: &mut (impl CryptoRng + ?Sized)) -> Result<Name, IssueError> {
    let mut number = [0; 16];
    rng.fill_bytes(&mut number);
    name(&[
        (const_oid::db::rfc4519::COUNTRY_NAME, "JP"),
        (const_oid::db::rfc4519::COMMON_NAME, &format!("{:032X}", u128::from_be_bytes(number))),
    ])
}

fn other_name(type_id: ObjectIdentifier, text: &str) -> Result<GeneralName, IssueError> {
    let value = Any::encode_from(&Utf8StringRef::new(text)?)?;
    Ok(GeneralName::OtherName(OtherName { type_id, value }))
}

fn common(draft: Draft, policy: ObjectIdentifier, endpoints: &JpkiEndpoints<'_>) -> Result<Draft, IssueError> {
    let policies = CertificatePolicies(vec![PolicyInformation { policy_identifier: policy, policy_qualifiers: None }]);
    let uri = |text| Ok::<_, IssueError>(GeneralName::UniformResourceIdentifier(Ia5String::new(text)?));
    draft
        .extend(&end_entity())?
        .extend_raw(rfc5912::ID_CE_CERTIFICATE_POLICIES, true, &policies.to_der()?)?
        .extend(&CrlDistributionPoints(vec![DistributionPoint {
            distribution_point: Some(DistributionPointName::FullName(vec![uri(endpoints.crl)?])),
            reasons: None,
            crl_issuer: None,
        }]))?
        .extend(&AuthorityInfoAccessSyntax(vec![AccessDescription {
            access_method: rfc5912::ID_AD_OCSP,
            access_location: uri(endpoints.ocsp)?,
        }]))
}
