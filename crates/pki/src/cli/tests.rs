use super::*;
use crate::issue::testing::*;
use crate::issue::{Authority, OrganisationUse, RevokedCertificate};
use crate::ocsp::{Known, OcspRequest, Responder};
use crate::{RevocationReason, cms};

fn chain(ca: &Authority, leaf: &Certificate, usage: Usage) -> ChainInput {
    ChainInput {
        anchors: vec![ca.certificate().to_pem().into_bytes()],
        intermediates: vec![],
        leaf: leaf.to_pem().into_bytes(),
        crls: vec![],
        ocsp_responses: vec![],
        at: now(),
        usage,
        policies: vec![],
        without_revocation: false,
    }
}

fn times(number: u64) -> crate::issue::CrlTimes {
    crate::issue::CrlTimes { number, this_update: days(-1), next_update: days(1) }
}

fn json(verdict: &Verdict) -> serde_json::Value {
    serde_json::to_value(verdict).unwrap()
}

fn response(ca: &Authority, leaf: &Certificate, known: Known) -> Vec<u8> {
    let key = key();
    let certificate = ca.ocsp_responder("OCSP", key.spki_der(), validity(), &mut rng()).unwrap();
    let responder = Responder::new(ca.certificate().clone(), certificate, key).unwrap();
    let request = OcspRequest::new(leaf, ca.certificate(), &mut rng()).unwrap();
    responder.respond(request.der(), |_| known, now(), days(1)).unwrap()
}

#[test]
fn a_good_chain_is_accepted_with_a_list_or_with_an_answer() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let input = chain(&ca, &leaf, Usage::JpkiSignature);
    let with_list = ChainInput { crls: vec![ca.crl(&times(1), []).unwrap()], ..input.clone() };
    let with_answer = ChainInput { ocsp_responses: vec![response(&ca, &leaf, Known::Good)], ..input };
    for input in [with_list, with_answer] {
        let said = json(&verify_chain(&input));
        assert_eq!(
            said,
            serde_json::json!({
                "verdict": "accepted", "usage": "jpki_signature", "at": "2026-11-21T00:00:00Z", "serial": leaf.serial_hex(),
            })
        );
    }
}

#[test]
fn without_list_and_answer_nothing_is_accepted_unless_told_so() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let input = chain(&ca, &leaf, Usage::JpkiSignature);
    assert_eq!(
        json(&verify_chain(&input)),
        serde_json::json!({"verdict": "refused", "reason": "revocation_unknown", "whose": "leaf", "why": "no_source"})
    );
    assert!(verify_chain(&ChainInput { without_revocation: true, ..input }).is_accepted());
}

#[test]
fn whoever_says_revoked_is_believed() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let reason = RevocationReason::KeyCompromise;
    let entry = RevokedCertificate::from_serial_hex(&leaf.serial_hex(), now(), reason).unwrap();
    let revoked = Known::Revoked { reason, at: now() };
    for (list, answer) in [(vec![entry], Known::Good), (vec![], revoked)] {
        let input = ChainInput {
            crls: vec![ca.crl(&times(1), list).unwrap()],
            ocsp_responses: vec![response(&ca, &leaf, answer)],
            without_revocation: true,
            ..chain(&ca, &leaf, Usage::JpkiSignature)
        };
        let said = json(&verify_chain(&input));
        assert_eq!((&said["reason"], &said["revocation_reason"]), (&"revoked".into(), &"key_compromise".into()));
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let input = chain(&ca, &leaf, Usage::Any);
    for (broken, which) in [
        (ChainInput { leaf: b"no".to_vec(), ..input.clone() }, "leaf"),
        (ChainInput { anchors: vec![], ..input.clone() }, "anchors"),
        (ChainInput { anchors: vec![leaf.der().to_vec()], ..input.clone() }, "anchors"),
        (ChainInput { intermediates: vec![vec![0xff]], ..input.clone() }, "intermediates"),
        (ChainInput { crls: vec![vec![0x30, 0x00]], ..input.clone() }, "crl"),
        (ChainInput { policies: vec!["one".into()], ..input.clone() }, "policy"),
    ] {
        let said = json(&verify_chain(&broken));
        assert_eq!((&said["verdict"], &said["input"]), (&"unreadable".into(), &which.into()));
    }
}

#[test]
fn a_raw_signature_is_judged_by_certificate_or_key() {
    let (certificate, key) = organisation(&authority("CA"), "NTA", OrganisationUse::Signing);
    let input = |key: Vec<u8>, message: &[u8], signature: Vec<u8>| SignatureInput::Raw {
        key,
        message: message.to_vec(),
        signature,
    };
    let signature = key.sign(b"statement").unwrap();
    for by in [certificate.to_pem().into_bytes(), certificate.der().to_vec(), key.spki_der().to_vec()] {
        assert!(verify_signature(&input(by.clone(), b"statement", signature.clone())).is_accepted());
        let said = json(&verify_signature(&input(by, b"other", signature.clone())));
        assert_eq!(said, serde_json::json!({"verdict": "bad_signature", "reason": "mismatch"}));
    }
    let said = json(&verify_signature(&input(b"no key".to_vec(), b"", vec![])));
    assert_eq!((&said["verdict"], &said["input"]), (&"unreadable".into(), &"key".into()));
}

#[test]
fn a_signed_document_is_judged_with_its_signer() {
    let ca = authority("CA");
    let (certificate, key) = organisation(&ca, "NTA", OrganisationUse::Signing);
    let signed = |time| cms::prepare(b"document", &certificate, time).unwrap().sign(&key, cms::Form::Attached).unwrap();
    let input = |time, usage| SignatureInput::Cms {
        cms: signed(time),
        content: None,
        chain: Some(ChainInput { without_revocation: true, ..chain(&ca, &certificate, usage) }),
    };
    let said = json(&verify_signature(&input(now(), Usage::OrgSigning)));
    assert_eq!((&said["verdict"], &said["signing_time"]), (&"accepted".into(), &"2026-11-21T00:00:00Z".into()));
    let said = json(&verify_signature(&input(now(), Usage::JpkiSignature)));
    assert_eq!((&said["verdict"], &said["reason"]), (&"refused".into(), &"policy".into()));
    for wrong in [days(1), days(-31)] {
        let said = json(&verify_signature(&input(wrong, Usage::OrgSigning)));
        assert_eq!(said, serde_json::json!({"verdict": "bad_signature", "reason": "signing_time"}));
    }
    let bare = SignatureInput::Cms { cms: signed(now()), content: Some(b"x".to_vec()), chain: None };
    assert_eq!(
        json(&verify_signature(&bare)),
        serde_json::json!({"verdict": "bad_signature", "reason": "cms", "rule": "content"})
    );
}
