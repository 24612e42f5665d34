use std::{
    path::{Path, PathBuf},
    process::Command,
};

use domain::TicketCode;
use jiff::SignedDuration;
use pki::{
    Certificate, RevocationReason, RevocationStatus,
    crl::Freshness,
    ocsp::{OcspRefusal, OcspRequest, verify_response},
};
use runtime::Clock as _;
use wire::jpki::{CERTIFICATES_PATH, CertificatePair, PAIR_PATH, PairAnswer, PairRequest, TICKET_REFUSED};

use super::*;
use crate::{
    party::{ISSUER, JPKI, PORTAL, PeerError, REGISTER},
    register::{CHANGES_PATH, Change, ChangeMessage},
    testing::bare::{Bare, CardKeys, Issued, contains, four_info, hanako, org, record_code, until},
};

fn anchor(bare: &Bare, kind: CertificateKind) -> PathBuf {
    bare.data.anchor(&format!("jpki-{}-ca", kind.name()))
}

fn certificate_of(issued: &Issued, kind: CertificateKind) -> &Certificate {
    match kind {
        CertificateKind::Signature => &issued.signature,
        CertificateKind::Authentication => &issued.authentication,
    }
}

async fn loses(bare: &Bare, card_id: &str) -> Result<(), PeerError> {
    let message = CardEventMessage { card_id: card_id.to_owned(), event: CardEvent::Loss };
    bare.of(&ISSUER).post_no_content(&JPKI, CARD_EVENTS_PATH, &message).await
}

async fn changes(bare: &Bare, change: Change) {
    let message = ChangeMessage { resident_record_code: record_code(1), change };
    bare.of(&org("141003")).post_no_content(&REGISTER, CHANGES_PATH, &message).await.unwrap();
}

fn move_within_city() -> Change {
    Change::Moved { address: "神奈川県横浜市中区９".to_owned(), municipality: org("141003") }
}

async fn list(bare: &Bare, kind: CertificateKind) -> Vec<u8> {
    let url = format!("{}{}", bare.parties.directory().jpki.http, kind.crl_path());
    reqwest::get(url).await.unwrap().bytes().await.unwrap().to_vec()
}

/// What our own verifier reads from the responder's answer.
async fn asked(bare: &Bare, issued: &Issued, kind: CertificateKind) -> Result<RevocationStatus, OcspRefusal> {
    let authority = Certificate::from_pem(&std::fs::read_to_string(anchor(bare, kind)).unwrap()).unwrap();
    let certificate = certificate_of(issued, kind);
    let request = OcspRequest::new(certificate, &authority, &mut runtime::SystemRng).unwrap();
    let answer = ocsp(bare, kind, request.der().to_vec()).await;
    let now = bare.clock.now();
    verify_response(&request, certificate, &authority, &answer, &Freshness::default(), now, &pki::NotPublished)
}

async fn ocsp(bare: &Bare, kind: CertificateKind, request: Vec<u8>) -> Vec<u8> {
    let url = format!("{}{}", bare.parties.directory().jpki.http, kind.ocsp_path());
    let response = reqwest::Client::new().post(url).body(request).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/ocsp-response");
    response.bytes().await.unwrap().to_vec()
}

async fn revoked(bare: &Bare, issued: &Issued, kind: CertificateKind) -> Option<RevocationReason> {
    match asked(bare, issued, kind).await.unwrap() {
        RevocationStatus::Good => None,
        RevocationStatus::Revoked { reason, .. } => Some(reason),
    }
}

fn openssl(arguments: &[&str]) -> String {
    let output = Command::new("openssl").args(arguments).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn write(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn seconds(bare: &Bare) -> String {
    bare.clock.now().as_second().to_string()
}

/// N-22, B-PKI-1, as OpenSSL reads the two certificates.
#[tokio::test]
async fn the_signature_certificate_carries_the_four_items_and_the_authentication_certificate_none() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    let items = [hanako().name().to_owned(), hanako().address().to_owned(), "19800401".to_owned()];
    for item in &items {
        assert!(contains(issued.signature.der(), item.as_bytes()), "{item}");
        assert!(!contains(issued.authentication.der(), item.as_bytes()), "{item}");
    }
    let authentication = write(bare.data.path(), "authentication.pem", issued.authentication.to_pem().as_bytes());
    let text = openssl(&["x509", "-in", &authentication, "-noout", "-text"]);
    assert!(!text.contains("Subject Alternative Name") && text.contains("TLS Web Client Authentication"), "{text}");
    let signature = write(bare.data.path(), "signature.pem", issued.signature.to_pem().as_bytes());
    assert!(openssl(&["x509", "-in", &signature, "-noout", "-text"]).contains("Non Repudiation"));
}

/// B-PKI-4
#[tokio::test]
async fn both_certificates_last_five_years_to_the_same_second() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    assert_eq!(issued.signature.not_before(), bare.clock.now());
    assert_eq!(issued.signature.not_before(), issued.authentication.not_before());
    assert_eq!(issued.signature.not_after(), issued.authentication.not_after());
    assert_eq!(issued.signature.not_after().to_string(), "2031-11-03T03:00:00Z");
}

#[tokio::test]
async fn a_certificate_carries_the_address_of_the_day_it_is_issued() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    changes(&bare, move_within_city()).await;
    let issued = bare.certificates(&CardKeys::generate().order("card-0001", &ticket)).await.unwrap();
    assert!(contains(issued.signature.der(), "中区９".as_bytes()));
}

#[tokio::test]
async fn a_ticket_works_once_and_the_same_order_is_answered_again() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let keys = CardKeys::generate();
    let first = bare.certificates(&keys.order("card-0001", &ticket)).await.unwrap();
    let again = bare.certificates(&keys.order("card-0001", &ticket)).await.unwrap();
    assert_eq!((again.signature, again.authentication), (first.signature, first.authentication));
    let other_keys = bare.certificates(&CardKeys::generate().order("card-0001", &ticket)).await;
    assert_eq!(other_keys.err().unwrap().code(), Some(TICKET_REFUSED));
}

#[tokio::test]
async fn a_ticket_is_worth_nothing_for_another_card_or_when_it_was_never_made() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    bare.orders_card("card-0002", 1).await;
    let keys = CardKeys::generate();
    for (card, ticket) in [("card-0002", &ticket), ("card-0001", &TicketCode::from([7; 32]))] {
        let refused = bare.certificates(&keys.order(card, ticket)).await;
        assert_eq!(refused.err().unwrap().code(), Some(TICKET_REFUSED), "{card}");
    }
}

#[tokio::test]
async fn two_orders_at_once_use_a_ticket_once() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let (one, two) =
        (CardKeys::generate().order("card-0001", &ticket), CardKeys::generate().order("card-0001", &ticket));
    let (one, two) = tokio::join!(bare.certificates(&one), bare.certificates(&two));
    assert!(one.is_ok() != two.is_ok());
}

#[tokio::test]
async fn a_key_that_is_not_held_gets_no_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let (own, stolen) =
        (CardKeys::generate().order("card-0001", &ticket), CardKeys::generate().order("card-0001", &ticket));
    let mut order = own.clone();
    order.signature_spki = stolen.signature_spki;
    assert_eq!(bare.certificates(&order).await.err().unwrap().code(), Some("proof-refused"));
    assert!(bare.certificates(&own).await.is_ok(), "the ticket was used up");
}

#[tokio::test]
async fn one_key_may_not_serve_for_both() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let mut order = CardKeys::generate().order("card-0001", &ticket);
    order.signature_spki.clone_from(&order.authentication_spki);
    order.signature_proof.clone_from(&order.authentication_proof);
    assert_eq!(bare.certificates(&order).await.err().unwrap().code(), Some("malformed"));
}

#[tokio::test]
async fn only_the_issuing_desk_orders() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let order = CardKeys::generate().order("card-0001", &ticket);
    for other in [&*PORTAL, &org("141003")] {
        let refused: Result<CertificatePair, _> = bare.of(other).post(&JPKI, CERTIFICATES_PATH, &order).await;
        assert_eq!(refused.err().unwrap().code(), Some("not-entitled"));
    }
}

#[tokio::test]
async fn with_the_register_away_the_ticket_is_not_used_up() {
    let mut bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let order = CardKeys::generate().order("card-0001", &ticket);
    bare.parties.stop_party(&REGISTER).await;
    assert_eq!(bare.certificates(&order).await.err().unwrap().code(), Some("unavailable"));
    bare.parties.start_party(&REGISTER).await.unwrap();
    assert!(bare.certificates(&order).await.is_ok());
}

/// B-PKI-2, P-AUT-7: a move ends the signature certificate only.
#[tokio::test]
async fn a_move_revokes_the_signature_certificate_and_not_the_other() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    changes(&bare, move_within_city()).await;
    let ended = Some(RevocationReason::AffiliationChanged);
    until(async || revoked(&bare, &issued, CertificateKind::Signature).await == ended).await;
    assert_eq!(revoked(&bare, &issued, CertificateKind::Authentication).await, None);
}

/// P-AUT-8
#[tokio::test]
async fn a_death_revokes_both_and_ends_a_ticket_not_used_yet() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    let ticket = bare.orders_card("card-0002", 1).await;
    changes(&bare, Change::Died).await;
    let ended = Some(RevocationReason::CessationOfOperation);
    until(async || revoked(&bare, &issued, CertificateKind::Signature).await == ended).await;
    assert_eq!(revoked(&bare, &issued, CertificateKind::Authentication).await, ended);
    let refused = bare.certificates(&CardKeys::generate().order("card-0002", &ticket)).await;
    assert_eq!(refused.err().unwrap().code(), Some(TICKET_REFUSED));
}

#[tokio::test]
async fn a_lost_card_s_certificates_stay_revoked_for_the_first_reason() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    loses(&bare, "card-0001").await.unwrap();
    changes(&bare, Change::Died).await;
    until(async || bare.query("jpki", "SELECT event FROM events ORDER BY event_id").await == ["loss", "died"]).await;
    for kind in CertificateKind::ALL {
        assert_eq!(revoked(&bare, &issued, kind).await, Some(RevocationReason::KeyCompromise));
    }
}

#[tokio::test]
async fn an_event_of_a_card_that_nobody_ordered_is_unknown() {
    let bare = Bare::start(&[]).await;
    assert_eq!(loses(&bare, "card-0001").await.unwrap_err().code(), Some(CARD_UNKNOWN));
}

#[tokio::test]
async fn a_change_of_the_card_s_face_touches_no_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    let message = CardEventMessage { card_id: "card-0001".into(), event: CardEvent::FaceChange };
    bare.of(&ISSUER).post_no_content(&JPKI, CARD_EVENTS_PATH, &message).await.unwrap();
    assert_eq!(revoked(&bare, &issued, CertificateKind::Signature).await, None);
}

/// B-PKI-3, P-REG-5
#[tokio::test]
async fn certificates_of_one_person_are_a_pair_and_of_two_are_not() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.enrols(2, &four_info("鈴木　一", "神奈川県横浜市西区３")).await;
    let (one, other) = (bare.has_card("card-0001", 1).await, bare.has_card("card-0002", 2).await);
    let same = async |signature: &Issued, authentication: &Issued| {
        let request = PairRequest {
            signature_serial: signature.signature.serial_hex(),
            authentication_serial: authentication.authentication.serial_hex(),
        };
        let answer: PairAnswer = bare.of(&PORTAL).post(&JPKI, PAIR_PATH, &request).await.unwrap();
        answer.same_person
    };
    assert!(same(&one, &one).await && same(&other, &other).await);
    assert!(!same(&one, &other).await && !same(&other, &one).await);
}

#[tokio::test]
async fn only_authorised_verifiers_learn_of_pairs() {
    let bare = Bare::start(&[]).await;
    let request = PairRequest { signature_serial: "01".into(), authentication_serial: "02".into() };
    let refused: Result<PairAnswer, _> = bare.of(&org("NTA")).post(&JPKI, PAIR_PATH, &request).await;
    assert_eq!(refused.err().unwrap().code(), Some("not-entitled"));
}

#[tokio::test]
async fn openssl_finds_a_revoked_certificate_by_the_list_and_accepts_the_other() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    changes(&bare, move_within_city()).await;
    until(async || revoked(&bare, &issued, CertificateKind::Signature).await.is_some()).await;
    for (kind, expected) in
        [(CertificateKind::Signature, "certificate revoked"), (CertificateKind::Authentication, ": OK")]
    {
        let der = list(&bare, kind).await;
        let list = write(bare.data.path(), "list.crl", &der);
        let pem = write(bare.data.path(), "leaf.pem", certificate_of(&issued, kind).to_pem().as_bytes());
        let pem_list = bare.data.path().join("list.pem");
        let pem_list = pem_list.to_str().unwrap();
        openssl(&["crl", "-inform", "DER", "-in", &list, "-out", pem_list]);
        let ca = anchor(&bare, kind);
        let at = seconds(&bare);
        let said = openssl(&[
            "verify",
            "-crl_check",
            "-attime",
            &at,
            "-CAfile",
            ca.to_str().unwrap(),
            "-CRLfile",
            pem_list,
            &pem,
        ]);
        assert!(said.contains(expected), "{said}");
    }
}

/// OpenSSL asks by itself, with a nonce. It has no way to be told the time of its check of thisUpdate, so that the age
/// of answers is left to our own verifier.
#[tokio::test(flavor = "multi_thread")]
async fn openssl_believes_the_responder() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    let kind = CertificateKind::Authentication;
    let leaf = write(bare.data.path(), "leaf.pem", issued.authentication.to_pem().as_bytes());
    let ca = anchor(&bare, kind);
    let url = format!("{}{}", bare.parties.directory().jpki.http, kind.ocsp_path());
    let (ca, at) = (ca.to_str().unwrap(), seconds(&bare));
    let ask = || {
        openssl(&[
            "ocsp",
            "-issuer",
            ca,
            "-cert",
            &leaf,
            "-CAfile",
            ca,
            "-url",
            &url,
            "-attime",
            &at,
            "-validity_period",
            "999999999",
        ])
    };
    let before = ask();
    assert!(before.contains("Response verify OK") && before.contains(": good"), "{before}");
    loses(&bare, "card-0001").await.unwrap();
    let after = ask();
    assert!(after.contains("Response verify OK") && after.contains("Reason: keyCompromise"), "{after}");
}

#[tokio::test]
async fn a_certificate_that_was_never_issued_is_unknown() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    let swapped = Issued { signature: issued.authentication.clone(), authentication: issued.signature.clone() };
    assert_eq!(asked(&bare, &swapped, CertificateKind::Signature).await, Err(OcspRefusal::Unknown));
}

#[tokio::test]
async fn nonsense_gets_the_answer_that_says_so() {
    let bare = Bare::start(&[]).await;
    let answer = ocsp(&bare, CertificateKind::Signature, b"nonsense".to_vec()).await;
    // OCSPResponse { responseStatus malformedRequest (1) }
    assert_eq!(answer, [0x30, 0x03, 0x0a, 0x01, 0x01]);
}

#[tokio::test]
async fn a_list_is_made_again_after_an_hour_and_after_each_revocation_with_a_higher_number() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.has_card("card-0001", 1).await;
    let kind = CertificateKind::Signature;
    let first = list(&bare, kind).await;
    assert_eq!(list(&bare, kind).await, first);
    loses(&bare, "card-0001").await.unwrap();
    let second = list(&bare, kind).await;
    bare.clock.advance(SignedDuration::from_mins(61));
    let third = list(&bare, kind).await;
    assert!(first != second && second != third);
    assert_eq!(bare.query("jpki", "SELECT kind || ' ' || number FROM crl_numbers").await, ["signature 3"]);
}

#[tokio::test]
async fn an_expired_certificate_leaves_the_list() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    loses(&bare, "card-0001").await.unwrap();
    let serial = hex::decode(issued.signature.serial_hex()).unwrap();
    assert!(contains(&list(&bare, CertificateKind::Signature).await, &serial));
    bare.clock.advance(SignedDuration::from_hours(24 * (365 * 5 + 2)));
    assert!(!contains(&list(&bare, CertificateKind::Signature).await, &serial));
}

#[tokio::test]
async fn the_responder_still_answers_months_later_under_a_new_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    for _ in 0..4 {
        assert_eq!(revoked(&bare, &issued, CertificateKind::Signature).await, None);
        bare.clock.advance(SignedDuration::from_hours(24 * 20));
    }
}

#[tokio::test]
async fn the_database_holds_no_ticket_and_no_four_info_beside_the_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let stored = bare.stored("jpki");
    assert!(contains(&stored, ticket.hash().as_bytes()));
    assert!(!contains(&stored, ticket.as_bytes()) && !contains(&stored, "花子".as_bytes()));
}
