//! Chains good and bad, with `openssl verify -x509_strict` as the second opinion.

mod hostile;
mod names;
mod rules;
mod times;
mod usages;

use super::*;
use crate::issue::testing::*;
use crate::issue::{Authority, OrganisationUse};
use crate::openssl::{Openssl, Outcome};
use crate::{NotPublished, RevocationReason, RevocationUnknown};

/// Our verdict without any purpose.
fn judge(anchors: &[&Authority], intermediates: &[&Authority], leaf: &Certificate) -> Result<(), Refusal> {
    let certificates = |list: &[&Authority]| list.iter().map(|a| a.certificate().clone()).collect();
    Verifier::new(certificates(anchors), certificates(intermediates))
        .unwrap()
        .verify(leaf, &[], Usage::Any, now(), &NotPublished)
        .map(|_| ())
}

/// OpenSSL's verdict.
fn openssl_judges(anchors: &[&Authority], intermediates: &[&Authority], leaf: &Certificate, flags: &[&str]) -> Outcome {
    let certificates =
        |list: &[&Authority]| -> Vec<Certificate> { list.iter().map(|a| a.certificate().clone()).collect() };
    let (anchors, intermediates) = (certificates(anchors), certificates(intermediates));
    Openssl::new().verify(
        &anchors.iter().collect::<Vec<_>>(),
        &intermediates.iter().collect::<Vec<_>>(),
        leaf,
        now(),
        flags,
    )
}

#[track_caller]
fn both_accept(anchors: &[&Authority], intermediates: &[&Authority], leaf: &Certificate) {
    assert_eq!(judge(anchors, intermediates, leaf), Ok(()));
    assert_eq!(openssl_judges(anchors, intermediates, leaf, &[]), Outcome::Accepted);
}

#[track_caller]
fn both_refuse(anchors: &[&Authority], intermediates: &[&Authority], leaf: &Certificate, why: Refusal) {
    assert_eq!(judge(anchors, intermediates, leaf), Err(why));
    let outcome = openssl_judges(anchors, intermediates, leaf, &[]);
    assert!(matches!(outcome, Outcome::Refused(_)), "OpenSSL accepts it");
}

/// An authority beneath another, with any further extensions.
fn beneath(above: &Authority, name: &str, path_len: Option<u8>) -> Authority {
    above.intermediate(&authority_name(name), key(), validity(), path_len, &mut rng()).unwrap()
}

#[test]
fn a_leaf_beneath_three_authorities_is_accepted() {
    let root = authority("Root");
    let one = beneath(&root, "One", None);
    let two = beneath(&one, "Two", Some(0));
    let (leaf, _) = citizen_pair(&two);
    both_accept(&[&root], &[&two, &one], &leaf);
}

#[test]
fn a_leaf_of_another_authority_is_refused() {
    let (root, other) = (authority("Root"), authority("Other"));
    let (leaf, _) = citizen_pair(&other);
    both_refuse(&[&root], &[], &leaf, Refusal::UntrustedIssuer);
}

/// Same name, same key identifier claimed, another key.
#[test]
fn a_forged_authority_of_the_same_name_is_refused() {
    let (root, pretender) = (authority("Root"), authority("Root"));
    let (leaf, _) = citizen_pair(&pretender);
    both_refuse(&[&root], &[], &leaf, Refusal::UntrustedIssuer);
    let forged = draft("x").usage(KeyUsages::DigitalSignature.into()).0;
    let forged = forged.authority_key_of(root.certificate().spki_der()).unwrap();
    let der = forged.sign(root.certificate().tbs().subject(), pretender.key()).unwrap();
    let leaf = Certificate::from_der(&der).unwrap();
    both_refuse(&[&root], &[], &leaf, Refusal::BadSignature);
}

#[test]
fn a_missing_intermediate_is_refused_and_one_that_came_along_is_used() {
    let root = authority("Root");
    let middle = beneath(&root, "Middle", None);
    let (leaf, _) = citizen_pair(&middle);
    both_refuse(&[&root], &[], &leaf, Refusal::UntrustedIssuer);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![]).unwrap();
    let extra = [middle.certificate().clone()];
    let accepted = verifier.verify(&leaf, &extra, Usage::JpkiSignature, now(), &NotPublished);
    assert_eq!(accepted.unwrap().issuer(), middle.certificate());
}

#[test]
fn the_second_of_two_ways_is_found_when_the_first_is_barred() {
    let (old, new) = (authority("Root"), authority("New root"));
    let shared = key().to_pkcs8_pem().unwrap();
    let issued_by = |above: &Authority, validity| {
        let key = crate::SigningKey::from_pkcs8_pem(&shared).unwrap();
        above.intermediate(&authority_name("Middle"), key, validity, None, &mut rng()).unwrap()
    };
    let expired = crate::issue::Validity { not_before: days(-90), not_after: days(-60) };
    let (barred, open) = (issued_by(&old, expired), issued_by(&new, validity()));
    let (leaf, _) = citizen_pair(&open);
    both_accept(&[&old, &new], &[&barred, &open], &leaf);
}

#[test]
fn a_verifier_needs_an_anchor_that_is_an_authority() {
    let (leaf, _) = citizen_pair(&authority("Root"));
    assert_eq!(Verifier::new(vec![], vec![]).map(|_| ()).unwrap_err(), VerifierError::NoAnchor);
    assert_eq!(Verifier::new(vec![leaf], vec![]).map(|_| ()).unwrap_err(), VerifierError::Anchor(Rule::NotAnAuthority));
}

#[test]
fn a_refusal_is_one_flat_object() {
    let json = serde_json::to_string(&Refusal::Revoked {
        whose: Whose::Leaf,
        reason: RevocationReason::AffiliationChanged,
        at: now(),
    });
    assert_eq!(
        json.unwrap(),
        r#"{"reason":"revoked","whose":"leaf","revocation_reason":"affiliation_changed","revoked_at":"2026-11-21T00:00:00Z"}"#
    );
}

use der::flagset::FlagSet;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};

impl TestDraft {
    fn usage(self, bits: FlagSet<KeyUsages>) -> Self {
        self.extension(&KeyUsage(bits))
    }

    /// A leaf that breaks no rule.
    fn plain(common_name: &str) -> Self {
        draft(common_name).usage(KeyUsages::DigitalSignature.into())
    }

    fn raw(self, oid: &str, critical: bool, value: &[u8]) -> Self {
        Self(self.0.extend_raw(ObjectIdentifier::new(oid).unwrap(), critical, value).unwrap())
    }

    /// Signed as an authority beneath `above`.
    fn authority_beneath(self, above: &Authority, key: crate::SigningKey) -> Authority {
        let mut draft = self.0;
        draft.spki = key.spki_der().to_vec();
        draft.extensions.retain(|e| e.extn_id != x509_cert::ext::pkix::ID_CE_SUBJECT_KEY_IDENTIFIER);
        let identifier = crate::issue::key_identifier(key.spki_der()).unwrap();
        let draft = draft.extend(&x509_cert::ext::pkix::SubjectKeyIdentifier(identifier)).unwrap();
        Authority::new(above.issue(draft).unwrap(), key).unwrap()
    }
}

impl TestDraft {
    fn of_authority(common_name: &str) -> Self {
        draft(common_name)
            .extension(&x509_cert::ext::pkix::BasicConstraints { ca: true, path_len_constraint: None })
            .usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign)
            .raw("2.5.29.32", false, &der_policies(&["2.5.29.32.0"]))
    }

    /// Signed by its own key.
    fn self_signed(self) -> Authority {
        let key = key();
        let mut draft = self.0;
        draft.spki = key.spki_der().to_vec();
        draft.extensions.retain(|e| e.extn_id != x509_cert::ext::pkix::ID_CE_SUBJECT_KEY_IDENTIFIER);
        let identifier = crate::issue::key_identifier(key.spki_der()).unwrap();
        let draft = draft.extend(&x509_cert::ext::pkix::SubjectKeyIdentifier(identifier)).unwrap();
        let draft = draft.authority_key_of(key.spki_der()).unwrap();
        let der = draft.sign(&draft.subject, &key).unwrap();
        Authority::new(Certificate::from_der(&der).unwrap(), key).unwrap()
    }
}

fn der_policies(oids: &[&str]) -> Vec<u8> {
    use der::Encode as _;
    let policies = oids.iter().map(|oid| x509_cert::ext::pkix::certpolicy::PolicyInformation {
        policy_identifier: ObjectIdentifier::new(oid).unwrap(),
        policy_qualifiers: None,
    });
    x509_cert::ext::pkix::CertificatePolicies(policies.collect()).to_der().unwrap()
}

fn uri(text: &str) -> x509_cert::ext::pkix::name::GeneralName {
    let text = der::asn1::Ia5String::new(text).unwrap();
    x509_cert::ext::pkix::name::GeneralName::UniformResourceIdentifier(text)
}

fn der_access() -> Vec<u8> {
    use der::Encode as _;
    let one = x509_cert::ext::pkix::AccessDescription {
        access_method: const_oid::db::rfc5912::ID_AD_OCSP,
        access_location: uri("http://127.0.0.1/ocsp"),
    };
    x509_cert::ext::pkix::AuthorityInfoAccessSyntax(vec![one]).to_der().unwrap()
}

fn der_points(text: &str) -> Vec<u8> {
    use der::Encode as _;
    use x509_cert::ext::pkix::crl::dp::DistributionPoint;
    let one = DistributionPoint {
        distribution_point: Some(x509_cert::ext::pkix::name::DistributionPointName::FullName(vec![uri(text)])),
        reasons: None,
        crl_issuer: None,
    };
    x509_cert::ext::pkix::CrlDistributionPoints(vec![one]).to_der().unwrap()
}
