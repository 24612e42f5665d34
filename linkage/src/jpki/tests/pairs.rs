//! Which two certificates are one person's (B-PKI-3).

use wire::jpki::{PAIR_PATH, PairAnswer, PairRequest};

use super::*;

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
