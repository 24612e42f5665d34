use super::testing::*;
use super::*;
use crate::RevocationReason;
use crate::openssl::{Openssl, Outcome};

#[test]
fn openssl_accepts_every_certificate_that_is_issued_here() {
    let root = authority("Root");
    let middle = root.intermediate(&authority_name("Middle"), key(), validity(), Some(0), &mut rng()).unwrap();
    let (signature, authentication) = citizen_pair(&middle);
    let tls = organisation(&middle, "NTA", OrganisationUse::Tls).0;
    let sealing = organisation(&middle, "NTA", OrganisationUse::Sealing).0;
    for leaf in [signature, authentication, tls, sealing] {
        let verdict = Openssl::new().verify(&[root.certificate()], &[middle.certificate()], &leaf, now(), &[]);
        assert_eq!(verdict, Outcome::Accepted);
    }
}

#[test]
fn an_authentication_certificate_holds_none_of_the_four_items() {
    let (signature, authentication) = citizen_pair(&authority("CA"));
    let holds = |certificate: &Certificate, text: &str| {
        certificate.der().windows(text.len()).any(|window| window == text.as_bytes())
    };
    for item in ["山田花子", "神奈川県", "319800401"] {
        assert!(holds(&signature, item), "{item}");
        assert!(!holds(&authentication, item), "{item}");
    }
}

#[test]
fn openssl_reads_a_revocation_list_that_is_issued_here() {
    let ca = authority("CA");
    let (signature, _) = citizen_pair(&ca);
    let times = CrlTimes { number: 7, this_update: now(), next_update: days(1) };
    let revoked =
        RevokedCertificate::from_serial_hex(&signature.serial_hex(), now(), RevocationReason::AffiliationChanged)
            .unwrap();
    let crl = ca.crl(&times, [revoked]).unwrap();
    let text = Openssl::new().crl_text(&crl, ca.certificate());
    assert!(text.contains("verify OK"), "{text}");
    assert!(text.contains("Affiliation Changed"), "{text}");
    assert!(text.contains(&signature.serial_hex().to_uppercase()), "{text}");
}

#[test]
fn an_authority_needs_its_own_key() {
    let ca = authority("CA");
    assert_eq!(Authority::new(ca.certificate().clone(), key()).map(|_| ()), Err(IssueError::WrongKey));
}

#[test]
fn a_weak_subject_key_gets_no_certificate() {
    let ca = authority("CA");
    let weak = Openssl::new().spki("rsa:1024");
    assert_eq!(ca.jpki_authentication(&weak, &endpoints(), validity(), &mut rng()), Err(IssueError::SubjectKey));
}

#[test]
fn card_certificates_have_the_shape_of_the_profile() {
    let (signature, authentication) = citizen_pair(&authority("CA"));
    let text = |certificate: &Certificate| {
        let openssl = Openssl::new();
        let file = openssl.write("leaf.pem", certificate.to_pem());
        openssl.run(&["x509", "-in", &file, "-noout", "-text"]).2
    };
    let (signature, authentication) = (text(&signature), text(&authentication));
    for (text, key_usage, policy) in [
        (&signature, "Digital Signature, Non Repudiation\n", "1.2.392.200149.8.5.1.0.20"),
        (&authentication, "Digital Signature\n", "1.2.392.200149.8.5.1.0.30"),
    ] {
        for part in [
            &format!("X509v3 Key Usage: critical\n                {key_usage}"),
            &format!("X509v3 Certificate Policies: critical\n                Policy: {policy}"),
            "OCSP - URI:http://127.0.0.1:9190/ocsp",
            "URI:http://127.0.0.1:9190/crl/signature.crl",
            "CA:FALSE",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
    assert_eq!(signature.matches("othername").count(), 4);
    assert!(!signature.contains("Extended Key Usage"));
    assert!(!authentication.contains("Alternative Name"));
    assert!(authentication.contains("TLS Web Client Authentication"));
}
