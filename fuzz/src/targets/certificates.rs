//! DER of strangers.

use std::sync::LazyLock;

use jiff::SignedDuration;
use pki::crl::{CrlIndex, Freshness};
use pki::ocsp::{OcspRequest, verify_response};
use pki::seal::{Sealed, open, seal};
use pki::{Certificate, NotPublished, RevocationStatus, Usage};

use crate::town::{TOWN, now, rng};

const CONTENT: &[u8] = "所得の情報".as_bytes();
const INFO: &[u8] = b"my-portal-mediation/1";
const AAD: &[u8] = b"serial 1, 141003, NTA, income, gateway";

pub(super) fn certificate_seeds() -> Vec<Vec<u8>> {
    [&TOWN.good, &TOWN.withdrawn, &TOWN.organisation, TOWN.root.certificate()].map(|c| c.der().to_vec()).into()
}

/// What is read as a certificate is that certificate to the byte, in PEM too.
pub(super) fn certificate(bytes: &[u8]) {
    if let Ok(certificate) = Certificate::from_der(bytes) {
        assert_eq!(certificate.der(), bytes);
        let again = Certificate::from_pem(&certificate.to_pem()).expect("its own PEM");
        assert_eq!(again.der(), bytes);
        let _ = (certificate.subject(), certificate.issuer(), certificate.serial_hex(), pki::org_code(&certificate));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = Certificate::many_from_pem(text);
    }
}

/// No certificate but those that the authority issued is accepted, whatever comes along with it.
pub(super) fn chain(bytes: &[u8]) {
    let Ok(leaf) = Certificate::from_der(bytes) else { return };
    for usage in [Usage::Any, Usage::JpkiAuthentication, Usage::JpkiSignature, Usage::OrgSigning] {
        if TOWN.verifier.examine(&leaf, std::slice::from_ref(&TOWN.good), usage, now()).is_ok() {
            let issued = [&TOWN.good, &TOWN.withdrawn, &TOWN.organisation];
            assert!(
                issued.iter().any(|one| one.serial_hex() == leaf.serial_hex() && one.spki_der() == leaf.spki_der())
            );
        }
    }
}

pub(super) fn crl_seeds() -> Vec<Vec<u8>> {
    vec![TOWN.list(0), TOWN.list(3), TOWN.list(200)]
}

/// A list that is accepted withdraws what was withdrawn, and nothing that was not.
pub(super) fn crl(bytes: &[u8]) {
    let Ok(index) = CrlIndex::from_der(bytes, TOWN.root.certificate()) else { return };
    assert!([1, 4, 201].contains(&index.len()));
    let lists = pki::crl::LiveCrls::new(Freshness::default());
    lists.publish(index).expect("the first list");
    let status = |certificate| pki::RevocationProvider::status(&lists, certificate, TOWN.root.certificate(), now());
    assert!(matches!(status(&TOWN.withdrawn), Ok(RevocationStatus::Revoked { .. })));
    assert_eq!(status(&TOWN.good), Ok(RevocationStatus::Good));
}

static REQUEST: LazyLock<OcspRequest> =
    LazyLock::new(|| OcspRequest::new(&TOWN.withdrawn, TOWN.root.certificate(), &mut rng()).expect("a request"));

pub(super) fn ocsp_answer_seeds() -> Vec<Vec<u8>> {
    vec![TOWN.answer(REQUEST.der()), TOWN.answer(&[])]
}

/// The responder said "withdrawn": no change to its answer makes that "good".
pub(super) fn ocsp_answer(bytes: &[u8]) {
    let judged = verify_response(
        &REQUEST,
        &TOWN.withdrawn,
        TOWN.root.certificate(),
        bytes,
        &Freshness::default(),
        now() + SignedDuration::from_mins(1),
        &NotPublished,
    );
    assert!(!matches!(judged, Ok(RevocationStatus::Good)));
}

pub(super) fn ocsp_request_seeds() -> Vec<Vec<u8>> {
    let other = OcspRequest::new(&TOWN.good, TOWN.root.certificate(), &mut rng()).expect("a request");
    vec![REQUEST.der().to_vec(), other.der().to_vec()]
}

/// Every request gets an answer.
pub(super) fn ocsp_request(bytes: &[u8]) {
    let _ = TOWN.responder.asked(bytes);
    let _ = TOWN.answer(bytes);
}

pub(super) fn cms_seeds() -> Vec<Vec<u8>> {
    use pki::cms::{Form, prepare};
    [Form::Attached, Form::Detached]
        .map(|form| {
            let prepared = prepare(CONTENT, &TOWN.organisation, now()).expect("what is to be signed");
            prepared.sign(&TOWN.organisation_key, form).expect("a signature")
        })
        .into()
}

/// Only what was signed verifies, and only as signed by whom it was.
pub(super) fn cms(bytes: &[u8]) {
    for detached in [None, Some(CONTENT)] {
        if let Ok(verified) = pki::cms::verify(bytes, detached) {
            assert_eq!(verified.content, CONTENT);
            assert_eq!(verified.signer.spki_der(), TOWN.organisation.spki_der());
        }
    }
}

const POINT_BYTES: usize = 65;

pub(super) fn sealed_seeds() -> Vec<Vec<u8>> {
    let sealed = seal(&TOWN.sealing, INFO, AAD, CONTENT, &mut rng()).expect("a sealed payload");
    vec![[sealed.encapsulated_key, sealed.ciphertext].concat()]
}

/// Only what was sealed opens.
pub(super) fn sealed(bytes: &[u8]) {
    let Some((encapsulated_key, ciphertext)) = bytes.split_at_checked(POINT_BYTES) else { return };
    let sealed = Sealed { encapsulated_key: encapsulated_key.to_vec(), ciphertext: ciphertext.to_vec() };
    if let Ok(opened) = open(&TOWN.sealing_key, INFO, AAD, &sealed) {
        assert_eq!(opened.as_slice(), CONTENT);
    }
}
