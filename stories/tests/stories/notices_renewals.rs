//! A municipality renews its certificates while notices are on their way.

use jiff::SignedDuration;
use pki::issue::{Authority, OrganisationProfile, OrganisationUse, Validity};
use pki::{Certificate, KeyKind, SigningKey};
use runtime::SystemRng;
use stories::{SenderAtWork, Town};

use crate::inbox::{Scene, asking};
use crate::notices::town_forgets_what_was_settled;

const SENDER: &str = "141003";

/// A new certificate of 横浜市, of a new key, from now on.
fn renews(town: &Town, kind: &str, usage: OrganisationUse) {
    let orgs = town.data().join("orgs");
    let anchor = std::fs::read_to_string(town.data().join("pki/org-ca.pem")).unwrap();
    let key = std::fs::read_to_string(orgs.join("org-ca.key")).unwrap();
    let authority =
        Authority::new(Certificate::from_pem(&anchor).unwrap(), SigningKey::from_pkcs8_pem(&key).unwrap()).unwrap();
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let org = SENDER.parse().unwrap();
    let profile = OrganisationProfile { org: &org, usage, dns: &[], ips: &[] };
    let validity = Validity { not_before: town.now(), not_after: town.now() + SignedDuration::from_hours(24 * 365) };
    let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut SystemRng).unwrap();
    std::fs::write(orgs.join(SENDER).join(format!("{kind}.pem")), certificate.to_pem()).unwrap();
    std::fs::write(orgs.join(SENDER).join(format!("{kind}.key")), key.to_pkcs8_pem().unwrap().as_str()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_brought_again_after_every_certificate_was_renewed_is_the_same_letter() {
    let town = Town::starts().await;
    let mut scene = Scene::opens(&town).await;
    scene.yokohama.rests().await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_hours(24)), &[]).await;
    // As after a crash between the portal's answer and this program's note of it.
    town_forgets_what_was_settled(&town).await;
    town.passes(SignedDuration::from_mins(10));
    renews(&town, "sign", OrganisationUse::Signing);
    renews(&town, "seal", OrganisationUse::Sealing);
    let mut yokohama = SenderAtWork::starts(&town, SENDER).await;
    yokohama.rests().await;

    yokohama.sender.round().await.unwrap();

    let sent = yokohama.store.read().await.unwrap().sendings(None, 9).await.unwrap();
    assert_eq!(sent.iter().map(|row| (row.accepted, row.tries)).collect::<Vec<_>>(), [(1, 0)]);
    assert_eq!((town.count("letter").await, town.count("notice").await), (1, 1));
}
