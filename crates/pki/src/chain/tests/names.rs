use super::*;
use der::asn1::{Ia5String, OctetString};
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{NameConstraints, SubjectAltName};

fn dns(host: &str) -> GeneralName {
    GeneralName::DnsName(Ia5String::new(host).unwrap())
}

fn mail(address: &str) -> GeneralName {
    GeneralName::Rfc822Name(Ia5String::new(address).unwrap())
}

fn ip(bytes: &[u8]) -> GeneralName {
    GeneralName::IpAddress(OctetString::new(bytes).unwrap())
}

fn directory(common_name: &str) -> GeneralName {
    GeneralName::DirectoryName(format!("CN={common_name}").parse().unwrap())
}

fn only(names: Vec<GeneralName>) -> NameConstraints {
    NameConstraints { permitted_subtrees: Some(trees(names)), excluded_subtrees: None }
}

fn never(names: Vec<GeneralName>) -> NameConstraints {
    NameConstraints { permitted_subtrees: None, excluded_subtrees: Some(trees(names)) }
}

fn trees(names: Vec<GeneralName>) -> Vec<GeneralSubtree> {
    names.into_iter().map(|base| GeneralSubtree { base, minimum: 0, maximum: None }).collect()
}

fn constrained(root: &Authority, constraints: &NameConstraints) -> Authority {
    TestDraft::of_authority("Middle").extension(constraints).authority_beneath(root, key())
}

fn named(ca: &Authority, common_name: &str, names: Vec<GeneralName>) -> Certificate {
    let draft = TestDraft::plain(common_name);
    let draft = if names.is_empty() { draft } else { draft.extension(&SubjectAltName(names)) };
    draft.issued_by(ca)
}

#[test]
fn names_outside_the_permitted_ones_are_refused() {
    let root = authority("Root");
    for (permitted, good, bad) in [
        (dns("party.jp"), dns("nta.party.jp"), dns("nta.party.com")),
        (dns("party.jp"), dns("party.jp"), dns("notparty.jp")),
        (mail("party.jp"), mail("a@party.jp"), mail("a@other.jp")),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[10, 1, 2, 3]), ip(&[11, 1, 2, 3])),
    ] {
        let middle = constrained(&root, &only(vec![permitted]));
        both_accept(&[&root], &[&middle], &named(&middle, "leaf", vec![good]));
        both_refuse(&[&root], &[&middle], &named(&middle, "leaf", vec![bad]), Refusal::NameConstraint);
    }
}

#[test]
fn excluded_names_are_refused() {
    let root = authority("Root");
    for (excluded, good, bad) in [
        (dns("evil.jp"), dns("good.jp"), dns("a.evil.jp")),
        (mail("evil.jp"), mail("a@good.jp"), mail("a@evil.jp")),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[11, 1, 2, 3]), ip(&[10, 1, 2, 3])),
    ] {
        let middle = constrained(&root, &never(vec![excluded]));
        both_accept(&[&root], &[&middle], &named(&middle, "leaf", vec![good]));
        both_refuse(&[&root], &[&middle], &named(&middle, "leaf", vec![bad]), Refusal::NameConstraint);
    }
}

#[test]
fn the_subject_itself_is_constrained() {
    let root = authority("Root");
    let middle = constrained(&root, &only(vec![directory("leaf")]));
    both_accept(&[&root], &[&middle], &named(&middle, "leaf", vec![]));
    both_refuse(&[&root], &[&middle], &named(&middle, "other", vec![]), Refusal::NameConstraint);
}

/// The library ignores an anchor's own constraints unless asked anew for every path; OpenSSL never looks at them.
#[test]
fn the_constraints_of_an_anchor_count() {
    let constraints = only(vec![dns("party.jp")]);
    let anchor = TestDraft::of_authority("Root").extension(&constraints).self_signed();
    assert_eq!(judge(&[&anchor], &[], &named(&anchor, "leaf", vec![dns("a.party.jp")])), Ok(()));
    let bad = named(&anchor, "leaf", vec![dns("a.other.jp")]);
    assert_eq!(judge(&[&anchor], &[], &bad), Err(Refusal::NameConstraint));
}

#[test]
fn the_path_length_of_an_anchor_and_of_an_authority_counts() {
    let none = Authority::self_signed(&authority_name("Root"), key(), validity(), Some(0), &mut rng()).unwrap();
    let middle = beneath(&none, "Middle", None);
    both_refuse(&[&none], &[&middle], &citizen_pair(&middle).0, Refusal::PathLength);
    let root = authority("Root");
    let one = beneath(&root, "One", Some(0));
    let two = beneath(&one, "Two", None);
    both_accept(&[&root], &[&one], &citizen_pair(&one).0);
    both_refuse(&[&root], &[&one, &two], &citizen_pair(&two).0, Refusal::PathLength);
}

#[test]
fn constraints_of_a_form_that_nobody_compares_are_refused() {
    let root = authority("Root");
    let registered = GeneralName::RegisteredId("1.2.3".parse().unwrap());
    let gap = ip(&[10, 0, 0, 0, 255, 0, 255, 0]);
    for constraints in [
        only(vec![registered]),
        only(vec![gap]),
        only(vec![]),
        NameConstraints { permitted_subtrees: None, excluded_subtrees: None },
    ] {
        let middle = constrained(&root, &constraints);
        let whose = Whose::Intermediate;
        let refused = judge(&[&root], &[&middle], &named(&middle, "leaf", vec![]));
        assert_eq!(refused, Err(Refusal::Malformed { whose, rule: Rule::NameConstraints }));
    }
}
