//! What becomes of a folder, on SQLite and on PostgreSQL (requirements B.10).

use domain::{FolderId, FolderState, KeyIndex, LinkCode, LoginOutcome, RegistrationId, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{Binding, ErasedFolder, Folder, LoginEvent, NewSession, RegistrationState, Store};

use crate::engines::on_both;

on_both! {
    a_folder_whose_code_ended_is_retained_once_and_its_sessions_end
    a_closed_folder_is_not_retained
    a_registration_with_an_ended_code_leads_nowhere
    a_folder_is_found_when_it_was_retained_long_enough
    a_certificate_s_end_is_noted_once_and_goes_with_its_binding
    a_deleted_folder_leaves_nothing_of_itself_and_everything_of_others
}

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn later(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

fn code(byte: u8) -> LinkCode {
    LinkCode::from([byte; 32])
}

fn id(byte: u8) -> FolderId {
    FolderId::from([byte; 16])
}

/// A folder with a certificate, a login and a session.
async fn opens(store: &Store, byte: u8) {
    let state = FolderState::Open;
    let folder = Folder { id: id(byte), link_code: code(byte), key_index: KeyIndex(1), state, opened_at: now() };
    let session = NewSession {
        id_hash: SecretHash::from([byte; 32]),
        data: "{}".to_owned(),
        folder_id: Some(id(byte)),
        removal_token_hash: None,
        idle_ends_at: later(1),
        ends_at: later(1),
    };
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&folder).await.unwrap();
    let binding = Binding { serial: format!("{byte:02x}"), folder_id: id(byte), bound_at: now() };
    assert!(repository.bind_certificate(&binding).await.unwrap());
    let event = LoginEvent { at: now(), outcome: LoginOutcome::Succeeded };
    repository.insert_login_event(&[byte; 16], &id(byte), &event).await.unwrap();
    assert!(repository.insert_session(&session, now()).await.unwrap());
    repository.commit().await.unwrap();
}

async fn has_session(store: &Store, byte: u8) -> bool {
    let row = store.read().await.unwrap().session_by_id_hash(&SecretHash::from([byte; 32]), now()).await.unwrap();
    row.is_some_and(|row| row.idle_ends_at > now())
}

async fn retains(store: &Store, byte: u8, at: Timestamp) -> Option<FolderId> {
    let mut repository = store.begin().await.unwrap();
    let retained = repository.retain_folder(&code(byte), at).await.unwrap();
    if let Some(id) = &retained {
        assert_eq!(repository.end_sessions_of_folder(id).await.unwrap(), [SecretHash::from([byte; 32])]);
    }
    repository.commit().await.unwrap();
    retained
}

async fn a_folder_whose_code_ended_is_retained_once_and_its_sessions_end(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    assert_eq!(retains(&store, 1, later(1)).await, Some(id(1)));
    assert_eq!(retains(&store, 1, later(2)).await, None);
    assert_eq!(retains(&store, 9, later(2)).await, None);
    assert!(!has_session(&store, 1).await && has_session(&store, 2).await);
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folder_by_serial("01").await.unwrap().unwrap().state, FolderState::Retained);
    assert_eq!(reader.folder_by_serial("02").await.unwrap().unwrap().state, FolderState::Open);
}

async fn a_closed_folder_is_not_retained(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let mut repository = store.begin().await.unwrap();
    for (byte, to) in [(1, FolderState::Closed), (2, FolderState::Suspended)] {
        assert!(repository.change_folder_state(&id(byte), FolderState::Open, to, now()).await.unwrap());
    }
    repository.commit().await.unwrap();
    assert_eq!(retains(&store, 1, later(1)).await, None);
    assert_eq!(retains(&store, 2, later(1)).await, Some(id(2)));
}

async fn a_registration_with_an_ended_code_leads_nowhere(store: Store) {
    let (registration, matched) = (RegistrationId::from([1; 16]), SecretHash::from([2; 32]));
    let mut repository = store.begin().await.unwrap();
    repository.insert_registration(&registration, &SecretHash::from([3; 32]), now(), later(1)).await.unwrap();
    assert!(repository.registration_matched(&registration, &matched, "0a").await.unwrap());
    assert!(repository.registration_linked(&matched, &code(1), KeyIndex(1), now()).await.unwrap());
    assert_eq!(repository.give_up_registrations_of(&code(1)).await.unwrap(), 1);
    assert_eq!(repository.give_up_registrations_of(&code(1)).await.unwrap(), 0);
    repository.commit().await.unwrap();
    let found = store.read().await.unwrap().registration_by_id(&registration).await.unwrap().unwrap();
    assert_eq!(found.state, RegistrationState::GivenUp);
}

async fn a_folder_is_found_when_it_was_retained_long_enough(store: Store) {
    for byte in 1..=4 {
        opens(&store, byte).await;
    }
    for (byte, at) in [(1, later(3)), (2, later(1)), (3, later(2))] {
        assert_eq!(retains(&store, byte, at).await, Some(id(byte)));
    }
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folders_retained_before(later(0), 10).await.unwrap(), []);
    assert_eq!(reader.folders_retained_before(later(2), 10).await.unwrap(), [id(2), id(3)]);
    assert_eq!(reader.folders_retained_before(later(99), 1).await.unwrap(), [id(2)]);
}

async fn a_certificate_s_end_is_noted_once_and_goes_with_its_binding(store: Store) {
    opens(&store, 1).await;
    let lacks = async |serial| store.read().await.unwrap().lacks_certificate_end(serial).await.unwrap();
    assert_eq!((lacks("01").await, lacks("99").await), (Some(true), None));
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.entrance_by_serial("01").await.unwrap().unwrap().certificate_ends_at, None);
    repository.note_certificate_end("99", later(1)).await.unwrap();
    repository.note_certificate_end("01", later(9)).await.unwrap();
    repository.note_certificate_end("01", later(10)).await.unwrap();
    assert_eq!(repository.entrance_by_serial("01").await.unwrap().unwrap().certificate_ends_at, Some(later(9)));
    repository.commit().await.unwrap();
    assert_eq!(lacks("01").await, Some(false));
    let mut repository = store.begin().await.unwrap();
    repository.unbind_other_certificates(&id(1), "02", later(2)).await.unwrap();
    assert_eq!(repository.entrance_by_serial("01").await.unwrap(), None);
    repository.commit().await.unwrap();
    assert_eq!(lacks("01").await, None);
}

async fn a_deleted_folder_leaves_nothing_of_itself_and_everything_of_others(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let mut repository = store.begin().await.unwrap();
    let erased = repository.delete_folder(&id(1)).await.unwrap();
    let nothing_else = ErasedFolder { login_events: 1, certificates: 1, ..ErasedFolder::default() };
    assert_eq!(erased, Some(nothing_else));
    assert_eq!(repository.delete_folder(&id(1)).await.unwrap(), None);
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folder_by_id(&id(1)).await.unwrap(), None);
    assert_eq!(reader.folder_by_serial("01").await.unwrap(), None);
    assert_eq!(reader.login_event_count(&id(1)).await.unwrap(), 0);
    assert_eq!(reader.login_event_count(&id(2)).await.unwrap(), 1);
    drop(reader);
    assert!(!has_session(&store, 1).await && has_session(&store, 2).await);
    opens(&store, 1).await;
}
