use super::*;

fn judged(root: &Authority, leaf: &Certificate, usage: Usage) -> Result<(), Refusal> {
    Verifier::new(vec![root.certificate().clone()], vec![])
        .unwrap()
        .verify(leaf, &[], usage, now(), &NotPublished)
        .map(|_| ())
}

#[test]
fn each_certificate_is_good_for_its_own_purpose_and_no_other() {
    let root = authority("Root");
    let (signature, authentication) = citizen_pair(&root);
    let tls = organisation(&root, "NTA", OrganisationUse::Tls).0;
    let signing = organisation(&root, "NTA", OrganisationUse::Signing).0;
    let sealing = organisation(&root, "NTA", OrganisationUse::Sealing).0;
    let responder = root.ocsp_responder("OCSP", key().spki_der(), validity(), &mut rng()).unwrap();
    let table = [
        (&signature, vec![Usage::JpkiSignature]),
        (&authentication, vec![Usage::JpkiAuthentication]),
        (&tls, vec![Usage::OrgServer, Usage::OrgClient]),
        (&signing, vec![Usage::OrgSigning]),
        (&sealing, vec![Usage::OrgSealing]),
        (&responder, vec![Usage::OcspSigning]),
    ];
    let purposes = [
        Usage::JpkiSignature,
        Usage::JpkiAuthentication,
        Usage::OrgServer,
        Usage::OrgClient,
        Usage::OrgSigning,
        Usage::OrgSealing,
        Usage::OcspSigning,
    ];
    for (row, (leaf, good)) in table.iter().enumerate() {
        for usage in purposes {
            assert_eq!(judged(&root, leaf, usage).is_ok(), good.contains(&usage), "row {row} {usage:?}");
        }
        assert_eq!(judged(&root, leaf, Usage::Any), Ok(()));
    }
}

#[test]
fn a_signature_certificate_does_not_log_in_and_says_why() {
    let root = authority("Root");
    let (signature, authentication) = citizen_pair(&root);
    let lenient = |leaf: &Certificate, usage, policy: &str| {
        Verifier::new(vec![root.certificate().clone()], vec![])
            .unwrap()
            .with_policies(&[policy])
            .unwrap()
            .verify(leaf, &[], usage, now(), &NotPublished)
            .map(|_| ())
    };
    let wrong = |rule| Err(Refusal::WrongUsage { rule });
    // Under a policy of its own, it is still its purpose that stops it.
    let policy = crate::issue::SIGNATURE_POLICY.to_string();
    assert_eq!(lenient(&signature, Usage::JpkiAuthentication, &policy), wrong(UsageRule::KeyUsage));
    let policy = crate::issue::AUTHENTICATION_POLICY.to_string();
    assert_eq!(lenient(&authentication, Usage::JpkiSignature, &policy), wrong(UsageRule::KeyUsage));
    assert_eq!(judged(&root, &signature, Usage::JpkiAuthentication), Err(Refusal::Policy));
}

#[test]
fn a_policy_must_hold_along_the_whole_path() {
    let root = authority("Root");
    // An authority that may certify under another policy only.
    let other = der_policies(&["1.2.3.4"]);
    let mut draft = TestDraft::of_authority("Middle");
    draft.0.extensions.retain(|e| e.extn_id != const_oid::db::rfc5912::ID_CE_CERTIFICATE_POLICIES);
    let middle = draft.raw("2.5.29.32", false, &other).authority_beneath(&root, key());
    let (leaf, _) = citizen_pair(&middle);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![middle.certificate().clone()]).unwrap();
    let judged = |usage| verifier.verify(&leaf, &[], usage, now(), &NotPublished).map(|_| ());
    assert_eq!(judged(Usage::JpkiSignature), Err(Refusal::Policy));
    assert_eq!(judged(Usage::Any), Ok(()));
    let policy = crate::issue::SIGNATURE_POLICY.to_string();
    let flags = ["-policy", &policy, "-explicit_policy", "-inhibit_any"];
    assert!(matches!(openssl_judges(&[&root], &[&middle], &leaf, &flags), Outcome::Refused(_)));
}

#[test]
fn an_organisation_certificate_without_organisation_is_refused() {
    let root = authority("Root");
    let leaf = TestDraft::plain("NTA").issued_by(&root);
    let wrong = Refusal::WrongUsage { rule: UsageRule::Organisation };
    assert_eq!(judged(&root, &leaf, Usage::OrgSigning), Err(wrong));
}

#[test]
fn any_extended_key_usage_is_no_purpose() {
    let root = authority("Root");
    let any = ExtendedKeyUsage(vec![const_oid::db::rfc5912::ANY_EXTENDED_KEY_USAGE]);
    let leaf = TestDraft::plain("x").extension(&any).issued_by(&root);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![]).unwrap().with_policies(&[]).unwrap();
    let judged = verifier.verify(&leaf, &[], Usage::JpkiAuthentication, now(), &NotPublished);
    let wrong = Refusal::WrongUsage { rule: UsageRule::ExtendedKeyUsage };
    assert_eq!(judged.map(|_| ()), Err(wrong));
}

#[test]
fn an_authority_for_other_purposes_makes_no_login_certificate() {
    let root = authority("Root");
    let servers = ExtendedKeyUsage(vec![const_oid::db::rfc5912::ID_KP_SERVER_AUTH]);
    let middle = TestDraft::of_authority("Middle").extension(&servers).authority_beneath(&root, key());
    let (_, leaf) = citizen_pair(&middle);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![middle.certificate().clone()]).unwrap();
    let judged = verifier.verify(&leaf, &[], Usage::JpkiAuthentication, now(), &NotPublished);
    let wrong = Refusal::WrongUsage { rule: UsageRule::ExtendedKeyUsage };
    assert_eq!(judged.map(|_| ()), Err(wrong));
    let outcome = openssl_judges(&[&root], &[&middle], &leaf, &["-purpose", "sslclient"]);
    assert!(matches!(outcome, Outcome::Refused(_)));
}

use x509_cert::ext::pkix::ExtendedKeyUsage;
