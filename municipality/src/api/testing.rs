//! What tests of the API's parts stand on.

use jiff::Timestamp;

use crate::store::{ClientId, ClientRow, Store, Target};

/// A store with one client; it lasts as long as its folder.
pub(super) async fn store_with_a_client(recipients_per_day: u64) -> (Store, ClientRow, tempfile::TempDir) {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("notices.sqlite"))).await.unwrap();
    let client = ClientRow {
        id: ClientId::try_from(&[1; 16][..]).unwrap(),
        label: "kenko".to_owned(),
        secret_hash: [1; 32],
        certificate_hash: [1; 32],
        requests_per_minute: 60,
        recipients_per_day,
        made_at: now(),
        expires_at: "2027-11-21T05:05:00Z".parse().unwrap(),
        revoked_at: None,
    };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_client(&client).await.unwrap());
    repository.commit().await.unwrap();
    (store, client, folder)
}

pub(super) fn now() -> Timestamp {
    "2026-11-21T05:05:00Z".parse().unwrap()
}
