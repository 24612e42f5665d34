//! Systems that may use the API.

use municipality::store::{Store, TokenRow};

use crate::engines::{client, hours, now, on_both, registered};

on_both! {
    a_client_is_registered_once_by_id_and_by_certificate
    a_client_is_revoked_once
    a_token_leads_to_its_client_until_it_is_erased
    a_quota_is_never_passed_and_what_is_refused_is_not_counted
}

async fn a_client_is_registered_once_by_id_and_by_certificate(store: Store) {
    let row = registered(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    let same_certificate = municipality::store::ClientRow { id: client(2).id, ..client(1) };
    assert!(!repository.insert_client(&same_certificate).await.unwrap());
    assert!(!repository.insert_client(&client(1)).await.unwrap());
    repository.commit().await.unwrap();
    registered(&store, 2).await;
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.client(row.id).await.unwrap(), Some(row));
    assert_eq!(reader.client(client(3).id).await.unwrap(), None);
    assert_eq!(reader.clients().await.unwrap(), [client(1), client(2)]);
}

async fn a_client_is_revoked_once(store: Store) {
    let row = registered(&store, 1).await;
    assert!(row.may(now()) && !row.may(row.expires_at));
    let mut repository = store.begin().await.unwrap();
    assert!(repository.revoke_client(row.id, hours(1)).await.unwrap());
    assert!(!repository.revoke_client(row.id, hours(2)).await.unwrap());
    repository.commit().await.unwrap();
    let revoked = store.read().await.unwrap().client(row.id).await.unwrap().unwrap();
    assert_eq!(revoked.revoked_at, Some(hours(1)));
    assert!(!revoked.may(now()));
}

async fn a_token_leads_to_its_client_until_it_is_erased(store: Store) {
    let row = registered(&store, 1).await;
    let token = TokenRow { hash: [9; 32], client: row.id, certificate_hash: [1; 32], expires_at: hours(1) };
    let mut repository = store.begin().await.unwrap();
    repository.insert_token(&token).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().token(&[9; 32]).await.unwrap(), Some((token, row)));
    assert_eq!(store.read().await.unwrap().token(&[8; 32]).await.unwrap(), None);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_over(hours(1), now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().token(&[9; 32]).await.unwrap(), None);
}

async fn a_quota_is_never_passed_and_what_is_refused_is_not_counted(store: Store) {
    let row = registered(&store, 1).await;
    let take = async |day: i64, recipients: u64| {
        let mut repository = store.begin().await.unwrap();
        let taken = repository.take_quota(row.id, day, recipients, 10).await.unwrap();
        repository.commit().await.unwrap();
        taken
    };
    assert!(!take(1, 11).await);
    assert!(take(1, 6).await);
    assert!(!take(1, 5).await);
    assert!(take(1, 4).await);
    assert!(take(2, 10).await);
    assert_eq!(store.read().await.unwrap().quota_taken(row.id, 1).await.unwrap(), 10);
    assert_eq!(store.read().await.unwrap().quota_taken(row.id, 3).await.unwrap(), 0);
}
