//! First insertion: keys and certificates.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::routing::post;
use axum::{Extension, Json, Router};
use card::testing::RunningReader;
use domain::{CardPurpose, OrgCode};
use http::StatusCode;
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse};
use pki::{Certificate, KeyKind, SigningKey};
use runtime::serve::PeerCertificate;
use runtime::tls::{Identity, anchors_from_pem_file, server_config};
use runtime::{SettableClock, SystemRng};
use tokio_util::sync::CancellationToken;
use wire::card_file::CardState;
use wire::jpki::{CERTIFICATES_PATH, CertificateOrder};

use crate::world::{CARD, LocalJpki, PIN, PORTAL, World, ask, noon, validity, write_blank};

#[tokio::test]
async fn a_card_gets_its_certificates_once() {
    let world = World::new().await;
    world.person.inserts(CARD).await.unwrap();
    world.person.removes().await.unwrap();
    world.person.inserts(CARD).await.unwrap();
    assert_eq!(world.jpki.orders.load(Ordering::SeqCst), 1);
    assert!(!world.card_file().contains("ticket-of-card-0001"), "the ticket is used up");
}

#[tokio::test]
async fn without_jpki_the_card_stays_out_and_the_same_keys_are_tried_again() {
    let world = World::new().await;
    world.jpki.unreachable.store(true, Ordering::SeqCst);
    let page = world.person.inserts(CARD).await.unwrap();
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.shows("発行元に接続できません") && !world.card_is_in().await);
    let made: serde_json::Value = serde_json::from_str(&world.card_file()).unwrap();

    world.jpki.unreachable.store(false, Ordering::SeqCst);
    world.person.inserts(CARD).await.unwrap();
    assert!(world.card_is_in().await);
    let kept: serde_json::Value = serde_json::from_str(&world.card_file()).unwrap();
    assert_eq!(made["authentication"]["key"], kept["authentication"]["key"]);
}

#[tokio::test]
async fn certificates_for_other_keys_are_not_taken() {
    let world = World::new().await;
    world.jpki.confused.store(true, Ordering::SeqCst);
    let page = world.person.inserts(CARD).await.unwrap();
    assert!(page.shows("発行を断りました") && !world.card_is_in().await);
    world.jpki.confused.store(false, Ordering::SeqCst);
    world.person.inserts(CARD).await.unwrap();
    let keys = world.jpki.keys.lock().unwrap();
    assert_eq!((keys.len(), keys[0] == keys[1]), (2, true));
}

#[tokio::test]
async fn a_card_that_was_not_handed_over_orders_nothing() {
    let world = World::new().await;
    write_blank(world.data.path(), CARD, CardState::Locked);
    world.person.inserts(CARD).await.unwrap();
    assert_eq!(world.jpki.orders.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_card_that_is_handed_over_while_it_is_in_gets_its_certificates_with_the_first_pin() {
    let world = World::new().await;
    write_blank(world.data.path(), CARD, CardState::Locked);
    world.person.inserts(CARD).await.unwrap();
    world.cards().change_state(&CARD.parse().unwrap(), CardState::Active).unwrap();
    world.jpki.unreachable.store(true, Ordering::SeqCst);
    let late = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    assert!(late.status == StatusCode::CONFLICT && late.shows("発行元に接続できません"), "{}", late.html);
    world.jpki.unreachable.store(false, Ordering::SeqCst);
    let answered = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    assert!(answered.answer().is_ok(), "{}", answered.html);
    assert_eq!((world.jpki.orders.load(Ordering::SeqCst), world.tries().0), (1, 3));
}

/// JPKI's listener as `linkage` opens it, and the files of the data directory.
async fn jpki_over_tls(data: &Path) -> (Arc<LocalJpki>, CancellationToken) {
    runtime::tls::install_provider();
    let name = AuthorityName { organization: "Demo", unit: "Organisations", common_name: "org CA" };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let ca = Authority::self_signed(&name, key, validity(), Some(0), &mut SystemRng).unwrap();
    std::fs::create_dir_all(data.join("pki")).unwrap();
    std::fs::write(data.join("pki/org-ca.pem"), ca.certificate().to_pem()).unwrap();
    for org in ["JPKI", "ISSUER"] {
        let folder = data.join("orgs").join(org);
        std::fs::create_dir_all(&folder).unwrap();
        let code: OrgCode = org.parse().unwrap();
        let host = format!("{}.party", org.to_lowercase());
        let profile = OrganisationProfile {
            org: &code,
            usage: OrganisationUse::Tls,
            dns: &[&host],
            ips: &[Ipv4Addr::LOCALHOST.into()],
        };
        let key = SigningKey::generate(KeyKind::P256).unwrap();
        let certificate = ca.organisation(&profile, key.spki_der(), validity(), &mut SystemRng).unwrap();
        std::fs::write(folder.join("tls.pem"), certificate.to_pem()).unwrap();
        std::fs::write(folder.join("tls.key"), key.to_pkcs8_pem().unwrap().as_bytes()).unwrap();
    }
    let listener = runtime::serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    std::fs::write(
        data.join("parties.toml"),
        format!("[parties]\nJPKI = \"{address}\"\n\n[jpki]\nhttp = \"http://127.0.0.1:9\"\n"),
    )
    .unwrap();
    let identity = Identity::from_pem_files(data.join("orgs/JPKI/tls.pem"), data.join("orgs/JPKI/tls.key")).unwrap();
    let anchors = anchors_from_pem_file(data.join("pki/org-ca.pem")).unwrap();
    let clock = Arc::new(SettableClock::new(noon()));
    let tls = server_config(&identity, Some(&anchors), clock).unwrap();
    let (jpki, stop) = (Arc::new(LocalJpki::new()), CancellationToken::new());
    let issuing = jpki.clone();
    let answer = move |Extension(peer): Extension<PeerCertificate>, Json(order): Json<CertificateOrder>| async move {
        let peer = Certificate::from_der(&peer.0).unwrap();
        assert_eq!(pki::org_code(&peer).unwrap().as_str(), "ISSUER");
        Json(issuing.issue(&order))
    };
    let router = Router::new().route(CERTIFICATES_PATH, post(answer));
    tokio::spawn(runtime::serve::serve(listener, Some(tls), router, stop.clone()));
    (jpki, stop)
}

#[tokio::test]
async fn the_desk_orders_over_mutual_tls_in_the_name_of_the_issuer() {
    let data = tempfile::tempdir().unwrap();
    let (jpki, stop) = jpki_over_tls(data.path()).await;
    write_blank(data.path(), CARD, CardState::Active);
    let portal = format!("{PORTAL}=/card/answer").parse().unwrap();
    let reader = RunningReader::start(data.path(), &[portal], Arc::new(SettableClock::new(noon()))).await.unwrap();
    let answered = reader.holder().unwrap().answers(PORTAL, &ask(CardPurpose::Login), CARD, PIN).await.unwrap();
    assert!(answered.answer().is_ok());
    assert_eq!(jpki.orders.load(Ordering::SeqCst), 1);
    stop.cancel();
}

#[tokio::test]
async fn a_desk_without_its_files_says_so() {
    let data = tempfile::tempdir().unwrap();
    write_blank(data.path(), CARD, CardState::Active);
    let reader = RunningReader::start(data.path(), &[], Arc::new(SettableClock::new(noon()))).await.unwrap();
    let page = reader.holder().unwrap().inserts(CARD).await.unwrap();
    assert!(page.shows("電子証明書を受け取るための準備が、このカードリーダーにできていません。"));
}
