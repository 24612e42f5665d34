//! Revocation lists.

use jiff::SignedDuration;

use super::*;

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
