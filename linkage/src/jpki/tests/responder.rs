//! The OCSP responder.

use jiff::SignedDuration;

use super::*;

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
async fn the_responder_still_answers_months_later_under_a_new_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    for _ in 0..4 {
        assert_eq!(revoked(&bare, &issued, CertificateKind::Signature).await, None);
        bare.clock.advance(SignedDuration::from_hours(24 * 20));
    }
}
