//! What is held for a session, on both engines (P-INF-6).

use domain::{FolderId, PortalInstanceId, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{Erased, Gathering, HeldClass, HeldRow, NewSession, SessionEnd, Store};

use crate::engines::on_both;

on_both! {
    what_is_held_is_there_until_it_is_erased
    nothing_is_held_for_a_session_that_is_gone
    a_shredded_salt_is_nothing_but_zeros
    what_is_held_for_an_ended_session_is_found
    what_was_erased_cannot_be_written_again
    a_settled_store_goes_on
    what_is_held_is_abandoned_when_its_portal_is_gone
    whoever_takes_it_over_goes_on_with_it
    a_lease_is_renewed_and_forgotten
}

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn hash(byte: u8) -> SecretHash {
    SecretHash::from([byte; 32])
}

fn session(byte: u8) -> NewSession {
    NewSession {
        id_hash: hash(byte),
        data: "{}".to_owned(),
        folder_id: Some(FolderId::from([1; 16])),
        removal_token_hash: Some(hash(0x77)),
        idle_ends_at: later(900),
        ends_at: later(43_200),
    }
}

fn gathering() -> Gathering {
    Gathering { salt: [9; 32], started_at: now(), instance: Some(portal(1)) }
}

fn portal(byte: u8) -> PortalInstanceId {
    PortalInstanceId::from([byte; 16])
}

/// A portal says that it runs until then.
async fn runs(store: &Store, byte: u8, until: Timestamp) {
    let mut repository = store.begin().await.unwrap();
    repository.renew_lease(&portal(byte), until).await.unwrap();
    repository.commit().await.unwrap();
}

async fn abandoned(store: &Store, at: Timestamp) -> Vec<SecretHash> {
    store.read().await.unwrap().gatherings_abandoned(at).await.unwrap()
}

fn held(place: u32, class: HeldClass) -> HeldRow {
    let commitment = (class == HeldClass::Answer).then_some([7; 32]);
    HeldRow { place, class, sealed: vec![1, 2, 3], commitment, written_at: now() }
}

/// A session for which a question and an answer are held.
async fn gathers(store: &Store, byte: u8) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_session(&session(byte), now()).await.unwrap());
    assert!(repository.insert_gathering(&hash(byte), &gathering()).await.unwrap());
    for row in [held(0, HeldClass::Question), held(1, HeldClass::Answer)] {
        assert!(repository.insert_held(&hash(byte), &row).await.unwrap());
    }
    repository.commit().await.unwrap();
}

async fn what_is_held_is_there_until_it_is_erased(store: Store) {
    gathers(&store, 1).await;
    gathers(&store, 2).await;
    let answered = HeldRow { sealed: vec![4; 5000], ..held(0, HeldClass::Answer) };
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.insert_gathering(&hash(1), &gathering()).await.unwrap());
    assert!(!repository.insert_held(&hash(1), &held(1, HeldClass::Export)).await.unwrap());
    assert!(repository.update_held(&hash(1), &answered).await.unwrap());
    for file in [2, 3] {
        assert!(repository.insert_held(&hash(1), &held(file, HeldClass::Export)).await.unwrap());
    }
    assert!(repository.delete_held(&hash(1), 2).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().files(&hash(1)).await.unwrap(), [held(3, HeldClass::Export)]);
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.gathering(&hash(1)).await.unwrap(), Some(gathering()));
    assert_eq!(reader.held(&hash(1)).await.unwrap(), [answered.clone(), held(1, HeldClass::Answer)]);
    assert_eq!(reader.held_at(&hash(1), 0).await.unwrap(), Some(answered));
    assert_eq!(reader.gatherings().await.unwrap().len(), 2);

    let mut repository = store.begin().await.unwrap();
    let erased = repository.erase_gathering(&hash(1)).await.unwrap().unwrap();
    repository.commit().await.unwrap();
    let answer = |place| Erased { place, class: HeldClass::Answer, commitment: Some([7; 32]) };
    let file = Erased { place: 3, class: HeldClass::Export, commitment: None };
    assert_eq!(erased, [answer(0), answer(1), file]);
    assert_eq!(store.read().await.unwrap().held(&hash(1)).await.unwrap(), []);
    assert_eq!(store.read().await.unwrap().gatherings().await.unwrap(), [hash(2)]);
}

async fn nothing_is_held_for_a_session_that_is_gone(store: Store) {
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.insert_gathering(&hash(1), &gathering()).await.unwrap());
    assert!(!repository.insert_held(&hash(1), &held(0, HeldClass::Question)).await.unwrap());
    assert_eq!(repository.erase_gathering(&hash(1)).await.unwrap(), None);
}

async fn a_shredded_salt_is_nothing_but_zeros(store: Store) {
    gathers(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.shred_gathering(&hash(1)).await.unwrap());
    assert!(!repository.shred_gathering(&hash(2)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().gathering(&hash(1)).await.unwrap().unwrap().salt, [0; 32]);
}

async fn what_is_held_for_an_ended_session_is_found(store: Store) {
    for byte in 1..=3 {
        gathers(&store, byte).await;
    }
    let mut repository = store.begin().await.unwrap();
    repository.touch_session(&hash(2), later(60), later(960)).await.unwrap();
    assert!(repository.delete_session(&hash(3)).await.unwrap());
    repository.commit().await.unwrap();
    let over = async |at| store.read().await.unwrap().gatherings_over(at).await.unwrap();
    assert_eq!(over(later(800)).await, [(hash(3), SessionEnd::Gone)]);
    assert_eq!(over(later(900)).await.len(), 2);
    assert!(over(later(900)).await.contains(&(hash(1), SessionEnd::Idle)));
    let mut repository = store.begin().await.unwrap();
    repository.touch_session(&hash(2), later(800), later(60_000)).await.unwrap();
    repository.commit().await.unwrap();
    assert!(over(later(59_999)).await.contains(&(hash(2), SessionEnd::Absolute)));
}

async fn what_was_erased_cannot_be_written_again(store: Store) {
    gathers(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    repository.erase_gathering(&hash(1)).await.unwrap().unwrap();
    assert!(!repository.update_held(&hash(1), &held(1, HeldClass::Answer)).await.unwrap());
    assert!(!repository.insert_held(&hash(1), &held(3, HeldClass::Answer)).await.unwrap());
}

async fn a_settled_store_goes_on(store: Store) {
    gathers(&store, 1).await;
    assert!(store.settle().await.unwrap());
    gathers(&store, 2).await;
    assert_eq!(store.read().await.unwrap().gatherings().await.unwrap().len(), 2);
}

async fn what_is_held_is_abandoned_when_its_portal_is_gone(store: Store) {
    gathers(&store, 1).await;
    assert_eq!(abandoned(&store, now()).await, [hash(1)], "its portal never said that it runs");
    runs(&store, 1, later(180)).await;
    runs(&store, 2, later(999)).await;
    assert_eq!(abandoned(&store, later(179)).await, []);
    assert_eq!(abandoned(&store, later(180)).await, [hash(1)]);
    runs(&store, 1, later(240)).await;
    assert_eq!(abandoned(&store, later(180)).await, [], "it was only slow");
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.end_other_leases(&portal(2)).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert_eq!(abandoned(&store, now()).await, [hash(1)]);
    // Of a program that did not say which portal it was.
    let unsaid = Gathering { instance: None, ..gathering() };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_session(&session(2), now()).await.unwrap());
    assert!(repository.insert_gathering(&hash(2), &unsaid).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(abandoned(&store, now()).await.len(), 2);
}

async fn whoever_takes_it_over_goes_on_with_it(store: Store) {
    gathers(&store, 1).await;
    runs(&store, 2, later(180)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.take_gathering_over(&hash(1), &portal(2)).await.unwrap());
    assert!(!repository.take_gathering_over(&hash(9), &portal(2)).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().gathering(&hash(1)).await.unwrap().unwrap().instance, Some(portal(2)));
    assert_eq!(abandoned(&store, later(179)).await, []);
}

async fn a_lease_is_renewed_and_forgotten(store: Store) {
    for (byte, until) in [(1, 10), (1, 20), (2, 30)] {
        runs(&store, byte, later(until)).await;
    }
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_leases_over(later(19)).await.unwrap(), 0);
    assert_eq!(repository.forget_leases_over(later(20)).await.unwrap(), 1);
    assert_eq!(repository.forget_leases_over(later(30)).await.unwrap(), 1);
}
