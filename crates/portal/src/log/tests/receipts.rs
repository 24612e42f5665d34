use domain::SecretHash;
use jiff::SignedDuration;

use super::*;

on_both! {
    a_receipt_is_found_by_its_id_and_for_a_day_by_its_session
    a_receipt_entered_again_stands_where_it_stood
    a_receipt_holds_with_its_proof_and_without_the_log
    what_is_too_long_is_not_entered
}

async fn a_receipt_is_found_by_its_id_and_for_a_day_by_its_session(mut witness: Witness) {
    let session = SecretHash::from([5; 32]);
    let mut repository = witness.store.begin().await.unwrap();
    let index = witness.log.enter_receipt(&mut repository, &receipt(1), Some(&session)).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(witness.finds_it_whole().await, 1);
    let logged = Some(LoggedReceipt { index, receipt: receipt(1) });
    assert_eq!(witness.log.receipt(&receipt(1).id()).await.unwrap(), logged);
    assert_eq!(witness.log.receipt(&receipt(2).id()).await.unwrap(), None);
    assert_eq!(witness.log.receipt_of_session(&session).await.unwrap(), logged);
    let day = SignedDuration::from_hours(24);
    for (later, known) in [(day - SignedDuration::from_secs(1), true), (day, false)] {
        let mut repository = witness.store.begin().await.unwrap();
        Log::forget_sessions(&mut repository, receipt(1).at() + later).await.unwrap();
        repository.commit().await.unwrap();
        assert_eq!(witness.log.receipt_of_session(&session).await.unwrap().is_some(), known);
    }
    assert_eq!(witness.log.receipt(&receipt(1).id()).await.unwrap(), logged);
}

async fn a_receipt_entered_again_stands_where_it_stood(mut witness: Witness) {
    assert_eq!(witness.enters(&receipt(1)).await.unwrap(), LogIndex(0));
    assert_eq!(witness.enters(&receipt(2)).await.unwrap(), LogIndex(1));
    assert_eq!(witness.enters(&receipt(1)).await.unwrap(), LogIndex(0));
    assert_eq!(witness.finds_it_whole().await, 2);
}

async fn a_receipt_holds_with_its_proof_and_without_the_log(witness: Witness) {
    for byte in 1..=5 {
        witness.enters(&receipt(byte)).await.unwrap();
    }
    let proof = witness.log.proof(LogIndex(2)).await.unwrap().unwrap().write();
    let taken_home = Receipt::from_json(&receipt(3).to_json()).unwrap();
    assert_eq!(taken_home.verify(&proof, signer().key()).unwrap().head.size, 5);
    assert!(receipt(4).verify(&proof, signer().key()).is_err());
    let stranger = NoteSigner::new("localhost/my-portal", &[8; 32]).unwrap();
    assert!(taken_home.verify(&proof, stranger.key()).is_err());
}

async fn what_is_too_long_is_not_entered(mut witness: Witness) {
    let long = "x".repeat(tlog::ENTRY_BYTES_MAX + 1);
    assert!(matches!(witness.appends(&long).await, Err(AppendError::TooLong)));
    assert_eq!(witness.appends(&long[1..]).await.unwrap(), LogIndex(0));
    assert_eq!(witness.finds_it_whole().await, 1);
}
