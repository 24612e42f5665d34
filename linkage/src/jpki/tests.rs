mod events;
mod issuance;
mod lists;
mod pairs;
mod responder;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use pki::{
    Certificate, RevocationReason, RevocationStatus,
    crl::Freshness,
    ocsp::{OcspRefusal, OcspRequest, verify_response},
};
use runtime::Clock as _;

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
