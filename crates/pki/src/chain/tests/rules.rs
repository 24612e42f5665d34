//! One bad certificate for every rule of the profile. Where OpenSSL with `-x509_strict` knows the rule, it must agree.

use super::*;
use der::Encode as _;
use der::asn1::{Ia5String, OctetString};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

#[track_caller]
fn refused_by(rule: Rule, root: &Authority, leaf: &Certificate) {
    let whose = Whose::Leaf;
    assert_eq!(judge(&[root], &[], leaf), Err(Refusal::of_rule(whose, rule)), "{rule}");
}

fn plain() -> TestDraft {
    TestDraft::plain("leaf")
}

#[test]
fn serial_numbers_are_positive_and_short() {
    let root = authority("Root");
    for serial in [vec![0], vec![0xff], vec![0x7f; 21]] {
        let mut draft = plain();
        draft.0.serial = serial;
        refused_by(Rule::SerialNumber, &root, &draft.issued_by(&root));
    }
    let mut draft = plain();
    draft.0.serial = vec![0x7f; 20];
    both_accept(&[&root], &[], &draft.issued_by(&root));
}

#[test]
fn a_certificate_ends_after_it_begins() {
    let root = authority("Root");
    let mut draft = plain();
    draft.0.validity = crate::issue::Validity { not_before: days(1), not_after: days(-1) };
    refused_by(Rule::Validity, &root, &draft.issued_by(&root));
}

#[test]
fn an_extension_is_there_once() {
    let root = authority("Root");
    let bits = [0x03, 0x02, 0x07, 0x80];
    let leaf = plain().raw("2.5.29.15", true, &bits).issued_by(&root);
    refused_by(Rule::DuplicateExtension, &root, &leaf);
    let unknown = plain().raw("1.2.3.4", false, &[5, 0]).raw("1.2.3.4", false, &[5, 0]).issued_by(&root);
    refused_by(Rule::DuplicateExtension, &root, &unknown);
}

#[test]
fn an_unknown_extension_may_be_there_but_not_critical() {
    let root = authority("Root");
    both_accept(&[&root], &[], &plain().raw("1.2.3.4", false, &[5, 0]).issued_by(&root));
    let leaf = plain().raw("1.2.3.4", true, &[5, 0]).issued_by(&root);
    both_refuse(&[&root], &[], &leaf, Refusal::CriticalExtension);
}

#[test]
fn extensions_decode_and_hold_something() {
    let root = authority("Root");
    for (oid, critical, value) in [
        ("2.5.29.37", false, &[0x30, 0x00][..]),
        ("2.5.29.31", false, &[0x30, 0x00]),
        ("2.5.29.37", false, &[0x30, 0x02, 0x05, 0x00]),
        ("2.5.29.36", true, &[0x30, 0x00]),
        ("1.3.6.1.5.5.7.1.1", false, &[0x30, 0x00]),
        // An explicit FALSE is BER, not DER.
        ("2.5.29.19", true, &[0x30, 0x03, 0x01, 0x01, 0x00]),
    ] {
        refused_by(Rule::ExtensionEncoding, &root, &plain().raw(oid, critical, value).issued_by(&root));
    }
    let twice = der_policies(&["1.2.3", "1.2.3"]);
    refused_by(Rule::Policies, &root, &plain().raw("2.5.29.32", false, &twice).issued_by(&root));
    refused_by(Rule::Policies, &root, &plain().raw("2.5.29.32", false, &[0x30, 0x00]).issued_by(&root));
}

#[test]
fn extensions_are_as_critical_as_they_must_be() {
    let root = authority("Root");
    let bits = [0x03, 0x02, 0x07, 0x80];
    refused_by(Rule::Criticality, &root, &draft("leaf").raw("2.5.29.15", false, &bits).issued_by(&root));
    let access = der_access();
    refused_by(Rule::Criticality, &root, &plain().raw("1.3.6.1.5.5.7.1.1", true, &access).issued_by(&root));
    both_accept(&[&root], &[], &plain().raw("1.3.6.1.5.5.7.1.1", false, &access).issued_by(&root));
}

#[test]
fn a_certificate_that_speaks_of_deltas_is_refused() {
    let root = authority("Root");
    let points = der_points("http://127.0.0.1/delta.crl");
    refused_by(Rule::Delta, &root, &plain().raw("2.5.29.46", false, &points).issued_by(&root));
}

#[test]
fn key_usage_is_there_and_is_not_an_authoritys() {
    let root = authority("Root");
    refused_by(Rule::KeyUsage, &root, &draft("leaf").issued_by(&root));
    refused_by(Rule::KeyUsage, &root, &draft("leaf").usage(KeyUsages::CRLSign.into()).issued_by(&root));
    let both = KeyUsages::KeyCertSign | KeyUsages::DigitalSignature;
    let leaf = draft("leaf").usage(both).issued_by(&root);
    both_refuse(&[&root], &[], &leaf, Refusal::Malformed { whose: Whose::Leaf, rule: Rule::KeyUsage });
}

#[test]
fn a_path_length_belongs_to_authorities() {
    let root = authority("Root");
    let value = BasicConstraints { ca: false, path_len_constraint: Some(1) };
    let leaf = plain().extension(&value).issued_by(&root);
    both_refuse(&[&root], &[], &leaf, Refusal::Malformed { whose: Whose::Leaf, rule: Rule::BasicConstraints });
}

#[test]
fn authorities_and_anchors_are_nobodys_own_certificates() {
    let root = authority("Root");
    let middle = beneath(&root, "Middle", None);
    let wrong = Err(Refusal::WrongUsage { rule: UsageRule::AuthorityAsEndEntity });
    assert_eq!(judge(&[&root], &[], middle.certificate()), wrong);
    assert_eq!(judge(&[&root], &[], root.certificate()), wrong);
}

#[test]
fn the_issuers_key_identifier_is_there() {
    let root = authority("Root");
    let der = plain().0.sign(root.certificate().tbs().subject(), root.key()).unwrap();
    let leaf = Certificate::from_der(&der).unwrap();
    both_refuse(&[&root], &[], &leaf, Refusal::Malformed { whose: Whose::Leaf, rule: Rule::KeyIdentifier });
}

#[test]
fn alternative_names_have_the_form_of_their_kind() {
    let root = authority("Root");
    let text = |make: fn(Ia5String) -> GeneralName, text: &str| make(Ia5String::new(text).unwrap());
    let address = |bytes: &[u8]| GeneralName::IpAddress(OctetString::new(bytes).unwrap());
    for bad in [
        text(GeneralName::DnsName, ""),
        text(GeneralName::DnsName, "a..b"),
        text(GeneralName::DnsName, "a b"),
        text(GeneralName::DnsName, "-a.jp"),
        text(GeneralName::Rfc822Name, "nobody"),
        text(GeneralName::Rfc822Name, "a@b@"),
        text(GeneralName::UniformResourceIdentifier, "no-scheme"),
        text(GeneralName::UniformResourceIdentifier, "1http://x"),
        address(&[127, 0, 0]),
        GeneralName::DirectoryName("".parse().unwrap_or_default()),
    ] {
        let leaf = plain().extension(&SubjectAltName(vec![bad.clone()])).issued_by(&root);
        assert_eq!(
            judge(&[&root], &[], &leaf),
            Err(Refusal::Malformed { whose: Whose::Leaf, rule: Rule::AlternativeName }),
            "{bad:?}"
        );
    }
    let empty = plain().extension(&SubjectAltName(vec![])).issued_by(&root);
    both_refuse(&[&root], &[], &empty, Refusal::Malformed { whose: Whose::Leaf, rule: Rule::AlternativeName });
}

#[test]
fn a_certificate_of_version_1_is_refused() {
    let root = authority("Root");
    let leaf = Openssl::new().version_1(&root);
    assert_eq!(leaf.tbs().version(), x509_cert::Version::V1);
    both_refuse(&[&root], &[], &leaf, Refusal::Malformed { whose: Whose::Leaf, rule: Rule::Version });
}

#[test]
fn weak_and_foreign_keys_are_refused() {
    let root = authority("Root");
    for (kind, rule) in [("rsa:1024", Rule::WeakKey), ("secp256k1", Rule::PublicKey), ("P-521", Rule::PublicKey)] {
        let mut draft = plain();
        draft.0.spki = Openssl::new().spki(kind);
        refused_by(rule, &root, &draft.issued_by(&root));
    }
    let mut off_the_curve = plain();
    let last = off_the_curve.0.spki.len() - 1;
    off_the_curve.0.spki[last] ^= 1;
    refused_by(Rule::PublicKey, &root, &off_the_curve.issued_by(&root));
}

#[test]
fn a_signature_algorithm_that_is_not_accepted_is_refused() {
    let root = authority("Root");
    let leaf = Openssl::new().signed_with(&root, "sha1");
    refused_by(Rule::SignatureAlgorithm, &root, &leaf);
}

/// `GeneralizedTime` before 2050 (RFC 5280 §4.1.2.5): readable, but not what an authority may write.
#[test]
fn another_encoding_of_the_same_certificate_is_refused() {
    let root = authority("Root");
    let good = plain().issued_by(&root);
    let utc = good.tbs().validity().not_before.to_der().unwrap();
    let general = [&[0x18, 0x0f][..], b"20", &utc[2..]].concat();
    let body = crate::tlv::Signed::from_der(good.der()).unwrap().body;
    let at = body.windows(utc.len()).position(|w| w == utc).unwrap();
    let end = at + utc.len();
    let not_after = &body[end..end + 15];
    let validity = crate::issue::tlv(0x30, &[&general, not_after]);
    let header = body.len() - crate::tlv::Reader::only(body, 0x30).unwrap().value.len();
    let body = crate::issue::tlv(0x30, &[&body[header..at - 2], &validity, &body[end + 15..]]);
    let algorithm = root.key().algorithm().identifier().to_der().unwrap();
    let der = crate::issue::signed(&body, &algorithm, root.key()).unwrap();
    refused_by(Rule::NotCanonical, &root, &Certificate::from_der(&der).unwrap());
}

#[test]
fn an_intermediate_must_be_an_authority() {
    let root = authority("Root");
    let judged = |middle: &Authority| judge(&[&root], &[middle], &citizen_pair(middle).0);
    let malformed = |rule| Err(Refusal::of_rule(Whose::Intermediate, rule));
    let signing = KeyUsages::KeyCertSign | KeyUsages::CRLSign;
    let ca = BasicConstraints { ca: true, path_len_constraint: None };
    let no_constraints = draft("Middle").usage(signing).authority_beneath(&root, key());
    assert_eq!(judged(&no_constraints), Err(Refusal::NotAnAuthority));
    let citizen = TestDraft::plain("Middle").authority_beneath(&root, key());
    both_refuse(&[&root], &[&citizen], &citizen_pair(&citizen).0, Refusal::NotAnAuthority);
    let no_bit = draft("Middle").extension(&ca).usage(KeyUsages::CRLSign.into()).authority_beneath(&root, key());
    both_refuse(&[&root], &[&no_bit], &citizen_pair(&no_bit).0, Refusal::of_rule(Whose::Intermediate, Rule::KeyUsage));
    let uncritical = draft("Middle").usage(signing).raw("2.5.29.19", false, &[0x30, 0x03, 0x01, 0x01, 0xff]);
    assert_eq!(judged(&uncritical.authority_beneath(&root, key())), malformed(Rule::Criticality));
}
