//! What happens to cards and their owners (B-PKI-2).

use wire::jpki::TICKET_REFUSED;

use super::*;

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

/// B-CRD-2, each event of the list.
#[tokio::test]
async fn each_card_event_ends_both_certificates_for_its_reason_or_neither() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    for event in CardEvent::ALL {
        let card = format!("card-{}", event.name());
        let issued = bare.has_card(&card, 1).await;
        let message = CardEventMessage { card_id: card, event };
        bare.of(&ISSUER).post_no_content(&JPKI, CARD_EVENTS_PATH, &message).await.unwrap();
        for kind in CertificateKind::ALL {
            assert_eq!(revoked(&bare, &issued, kind).await, event.ends_both(), "{event:?}");
        }
    }
}

#[tokio::test]
async fn a_new_name_ends_the_signature_certificate_and_leaving_the_country_both() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let issued = bare.has_card("card-0001", 1).await;
    changes(&bare, Change::Renamed { name: "鈴木　花子".into() }).await;
    let renamed = Some(RevocationReason::AffiliationChanged);
    until(async || revoked(&bare, &issued, CertificateKind::Signature).await == renamed).await;
    assert_eq!(revoked(&bare, &issued, CertificateKind::Authentication).await, None);
    changes(&bare, Change::Left).await;
    until(async || revoked(&bare, &issued, CertificateKind::Authentication).await.is_some()).await;
    assert_eq!(revoked(&bare, &issued, CertificateKind::Signature).await, renamed, "the first reason stays");
}

#[tokio::test]
async fn a_card_that_comes_after_a_loss_is_not_touched_by_it() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.has_card("card-0001", 1).await;
    let second = bare.has_card("card-0002", 1).await;
    loses(&bare, "card-0001").await.unwrap();
    for kind in CertificateKind::ALL {
        assert_eq!(revoked(&bare, &second, kind).await, None);
    }
}
