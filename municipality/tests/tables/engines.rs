//! The same story on both engines.

use domain::LinkCode;
use jiff::{SignedDuration, Timestamp};
use municipality::store::{ClientId, ClientRow, NewRecipient, NewSending, SendingId, Store, Target};

pub(crate) struct Engine {
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

pub(crate) async fn sqlite() -> Engine {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("notices.sqlite"))).await.unwrap();
    Engine { store, _folder: folder }
}

pub(crate) async fn postgres() -> Engine {
    let url = db::testing::empty_postgres_database().await.unwrap();
    let store = Store::open(&Target::Postgres(url)).await.unwrap();
    Engine { store, _folder: tempfile::tempdir().unwrap() }
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $name() { let engine = crate::engines::sqlite().await; super::$name(engine.store.clone()).await; })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $name() { let engine = crate::engines::postgres().await; super::$name(engine.store.clone()).await; })*
        }
    };
}

pub(crate) use on_both;

pub(crate) fn now() -> Timestamp {
    "2026-11-21T05:05:00Z".parse().unwrap()
}

pub(crate) fn hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

pub(crate) fn code(number: u32) -> LinkCode {
    let mut bytes = [7; 32];
    bytes.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
    LinkCode::from(bytes)
}

pub(crate) fn sending(byte: u8) -> SendingId {
    SendingId::from([byte; 16])
}

pub(crate) fn new_sending(byte: u8) -> NewSending {
    NewSending {
        id: sending(byte),
        made_by: "client:one".to_owned(),
        made_at: hours(i64::from(byte)),
        draft: "{}".to_owned(),
        merged: false,
        starts_at: now(),
        expires_at: hours(24 * 30),
    }
}

pub(crate) fn recipients(numbers: std::ops::Range<u32>) -> Vec<NewRecipient> {
    numbers.map(|place| NewRecipient { place, link_code: code(place), fields: None }).collect()
}

/// Open, with recipients `0..many`.
pub(crate) async fn opened(store: &Store, new: &NewSending, many: u32) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_sending(new).await.unwrap());
    assert_eq!(repository.insert_recipients(new.id, &recipients(0..many)).await.unwrap(), u64::from(many));
    repository.commit().await.unwrap();
}

pub(crate) fn client(byte: u8) -> ClientRow {
    ClientRow {
        id: ClientId::try_from(&[byte; 16][..]).unwrap(),
        label: format!("system {byte}"),
        secret_hash: [byte; 32],
        certificate_hash: [byte; 32],
        requests_per_minute: 60,
        recipients_per_day: 100,
        made_at: now(),
        expires_at: hours(24 * 365),
        revoked_at: None,
    }
}

pub(crate) async fn registered(store: &Store, byte: u8) -> ClientRow {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_client(&client(byte)).await.unwrap());
    repository.commit().await.unwrap();
    client(byte)
}
