//! Tickets, orders and what the two certificates carry.

use domain::TicketCode;
use wire::jpki::{CERTIFICATES_PATH, CertificatePair, TICKET_REFUSED};

use super::*;

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

#[tokio::test]
async fn the_database_holds_no_ticket_and_no_four_info_beside_the_certificate() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let stored = bare.stored("jpki");
    assert!(contains(&stored, ticket.hash().as_bytes()));
    assert!(!contains(&stored, ticket.as_bytes()) && !contains(&stored, "花子".as_bytes()));
}

#[tokio::test]
async fn an_order_that_cannot_be_read_or_signs_with_nothing_leaves_the_ticket_good() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let ticket = bare.orders_card("card-0001", 1).await;
    let good = CardKeys::generate().order("card-0001", &ticket);
    let (mut no_base64, mut no_key, mut no_proof) = (good.clone(), good.clone(), good.clone());
    no_base64.authentication_spki = "あ".into();
    no_key.signature_spki = "AAAA".into();
    no_proof.signature_proof = String::new();
    for (order, code) in [(no_base64, "malformed"), (no_key, "proof-refused"), (no_proof, "proof-refused")] {
        assert_eq!(bare.certificates(&order).await.err().unwrap().code(), Some(code));
    }
    assert!(bare.certificates(&good).await.is_ok(), "the ticket was used up");
}

#[tokio::test]
async fn an_order_for_somebody_who_died_before_gets_no_certificates() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    changes(&bare, Change::Died).await;
    let told = bare.parties.register().wait_until_told();
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.unwrap().unwrap();
    let ticket = bare.orders_card("card-0001", 1).await;
    let refused = bare.certificates(&CardKeys::generate().order("card-0001", &ticket)).await;
    assert!(refused.is_err());
    assert!(bare.query("jpki", "SELECT serial FROM certificates").await.is_empty());
}
