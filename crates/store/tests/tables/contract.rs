//! What the portal relies on, executed on SQLite files with the real pragmas and on PostgreSQL 15.

use domain::{
    CardPurpose, ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, LoginFailure, LoginOutcome, RegistrationId,
    RemovalToken, SecretHash,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Binding, ChallengeAnswer, Folder, LoginEvent, NewChallenge, NewSession, RegistrationState, Repository, Store, Swept,
};

use crate::engines::on_both;

on_both! {
    a_challenge_is_answered_once
    a_late_answer_finds_no_challenge
    a_ticket_is_redeemed_once_by_the_browser_that_started
    a_ticket_shown_by_another_browser_is_spoilt
    a_registration_goes_from_match_to_link_to_binding
    the_same_delivery_again_is_taken_again
    a_delivery_for_an_unknown_match_number_is_refused
    nothing_of_a_registration_given_up_remains
    an_uncommitted_folder_is_no_folder
    a_certificate_opens_one_folder_at_a_time
    a_replaced_link_code_leads_to_the_same_folder
    a_folder_changes_state_only_from_where_it_is
    the_login_history_is_newest_first
    a_session_is_found_until_it_is_deleted
    several_sessions_are_found_at_once
    writing_a_session_never_moves_its_absolute_end
    a_removal_token_ends_its_sessions
    a_sweep_takes_what_is_past_and_nothing_else
    the_store_answers
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

fn challenge(byte: u8) -> NewChallenge {
    NewChallenge {
        nonce: ChallengeNonce::from([byte; 32]),
        purpose: CardPurpose::Login,
        origin: "http://localhost:8080".to_owned(),
        document: "申請".to_owned(),
        browser_hash: hash(1),
        registration_id: Some(RegistrationId::from([9; 16])),
        removal_token: RemovalToken::from([byte; 32]),
        shared_device: true,
        return_to: Some("/records".to_owned()),
        started_at: now(),
        expires_at: later(300),
    }
}

fn answer() -> ChallengeAnswer {
    ChallengeAnswer {
        outcome: "accepted".to_owned(),
        serial: Some("0abc".to_owned()),
        ticket_hash: hash(7),
        ticket_expires_at: later(30),
    }
}

fn folder(byte: u8) -> Folder {
    Folder {
        id: FolderId::from([byte; 16]),
        link_code: LinkCode::from([byte; 32]),
        key_index: KeyIndex(1),
        state: FolderState::Open,
        opened_at: now(),
    }
}

async fn answered(store: &Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_challenge(&challenge(1)).await.unwrap();
    repository.use_challenge_up(&challenge(1).nonce, now()).await.unwrap().unwrap();
    repository.keep_answer(&challenge(1).nonce, &answer()).await.unwrap();
    repository.commit().await.unwrap();
}

async fn a_challenge_is_answered_once(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_challenge(&challenge(1)).await.unwrap();
    let used = repository.use_challenge_up(&challenge(1).nonce, later(1)).await.unwrap().unwrap();
    assert_eq!(used.document, "申請");
    assert_eq!(used.return_to.as_deref(), Some("/records"));
    assert!(used.shared_device);
    assert!(repository.use_challenge_up(&challenge(1).nonce, later(2)).await.unwrap().is_none());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.challenge_by_nonce(&challenge(1).nonce).await.unwrap().unwrap().answered_at, Some(later(1)));
    assert!(reader.open_challenge(&hash(1), "login", later(2)).await.unwrap().is_none());
}

async fn a_late_answer_finds_no_challenge(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_challenge(&challenge(1)).await.unwrap();
    assert!(repository.use_challenge_up(&challenge(1).nonce, later(300)).await.unwrap().is_none());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert!(reader.open_challenge(&hash(1), "login", later(299)).await.unwrap().is_some());
    assert!(reader.open_challenge(&hash(2), "login", later(299)).await.unwrap().is_none());
    assert!(reader.open_challenge(&hash(1), "bind", later(299)).await.unwrap().is_none());
}

async fn a_ticket_is_redeemed_once_by_the_browser_that_started(store: Store) {
    answered(&store).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.redeem_ticket(&hash(7), &hash(2), later(1)).await.unwrap().is_none());
    assert!(repository.redeem_ticket(&hash(7), &hash(1), later(30)).await.unwrap().is_none());
    let ticket = repository.redeem_ticket(&hash(7), &hash(1), later(29)).await.unwrap().unwrap();
    assert_eq!((ticket.outcome.as_str(), ticket.serial.as_deref()), ("accepted", Some("0abc")));
    assert!(repository.redeem_ticket(&hash(7), &hash(1), later(29)).await.unwrap().is_none());
}

async fn a_ticket_shown_by_another_browser_is_spoilt(store: Store) {
    answered(&store).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.spoil_ticket(&hash(7), later(1)).await.unwrap().is_some());
    assert!(repository.redeem_ticket(&hash(7), &hash(1), later(2)).await.unwrap().is_none());
}

async fn linked(store: &Store) -> RegistrationId {
    let id = RegistrationId::from([3; 16]);
    let mut repository = store.begin().await.unwrap();
    repository.insert_registration(&id, &hash(1), now(), later(1800)).await.unwrap();
    assert!(repository.registration_matched(&id, &hash(5), "0def").await.unwrap());
    let code = LinkCode::from([8; 32]);
    assert!(repository.registration_linked(&hash(5), &code, KeyIndex(2), later(1)).await.unwrap());
    repository.commit().await.unwrap();
    id
}

async fn a_registration_goes_from_match_to_link_to_binding(store: Store) {
    let id = linked(&store).await;
    let found = store.read().await.unwrap().registration_of_browser(&hash(1), later(2)).await.unwrap().unwrap();
    let expected = RegistrationState::Linked {
        link_code: LinkCode::from([8; 32]),
        key_index: KeyIndex(2),
        signature_serial: "0def".to_owned(),
    };
    assert_eq!((found.id, found.state), (id, expected));
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.registration_matched(&id, &hash(6), "x").await.unwrap());
    assert!(repository.registration_to_finish(&id).await.unwrap().is_some());
    assert!(repository.registration_bound(&id).await.unwrap());
    assert!(!repository.registration_bound(&id).await.unwrap());
    repository.commit().await.unwrap();
    let done = store.read().await.unwrap().registration_by_id(&id).await.unwrap().unwrap();
    assert_eq!(done.state, RegistrationState::Bound);
}

async fn the_same_delivery_again_is_taken_again(store: Store) {
    linked(&store).await;
    let mut repository = store.begin().await.unwrap();
    let (same, other) = (LinkCode::from([8; 32]), LinkCode::from([4; 32]));
    assert!(repository.registration_linked(&hash(5), &same, KeyIndex(2), later(2)).await.unwrap());
    assert!(!repository.registration_linked(&hash(5), &other, KeyIndex(2), later(2)).await.unwrap());
}

async fn a_delivery_for_an_unknown_match_number_is_refused(store: Store) {
    let mut repository = store.begin().await.unwrap();
    let code = LinkCode::from([8; 32]);
    assert!(!repository.registration_linked(&hash(5), &code, KeyIndex(2), now()).await.unwrap());
}

async fn nothing_of_a_registration_given_up_remains(store: Store) {
    let id = linked(&store).await;
    let mut repository = store.begin().await.unwrap();
    repository.registration_given_up(&id).await.unwrap();
    repository.commit().await.unwrap();
    let found = store.read().await.unwrap().registration_by_id(&id).await.unwrap().unwrap();
    assert_eq!(found.state, RegistrationState::GivenUp);
}

async fn an_uncommitted_folder_is_no_folder(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&folder(1)).await.unwrap();
    drop(repository);
    assert!(store.read().await.unwrap().folder_by_id(&folder(1).id).await.unwrap().is_none());
}

async fn with_folder(store: &Store, byte: u8) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&folder(byte)).await.unwrap();
    repository.commit().await.unwrap();
}

async fn a_certificate_opens_one_folder_at_a_time(store: Store) {
    with_folder(&store, 1).await;
    with_folder(&store, 2).await;
    let bind =
        |byte, seconds| Binding { serial: "0abc".to_owned(), folder_id: folder(byte).id, bound_at: later(seconds) };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.bind_certificate(&bind(1, 0)).await.unwrap());
    assert!(!repository.bind_certificate(&bind(2, 1)).await.unwrap());
    repository.unbind_other_certificates(&folder(1).id, "0abc", later(2)).await.unwrap();
    assert!(!repository.bind_certificate(&bind(2, 2)).await.unwrap());
    repository.unbind_other_certificates(&folder(1).id, "0new", later(2)).await.unwrap();
    assert!(repository.bind_certificate(&bind(2, 3)).await.unwrap());
    assert_eq!(repository.folder_by_serial("0abc").await.unwrap().unwrap().id, folder(2).id);
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folder_by_serial("0abc").await.unwrap().unwrap().id, folder(2).id);
    assert!(reader.folder_by_serial("0fff").await.unwrap().is_none());
}

async fn a_replaced_link_code_leads_to_the_same_folder(store: Store) {
    with_folder(&store, 1).await;
    let (old, new) = (LinkCode::from([1; 32]), LinkCode::from([0xaa; 32]));
    let mut repository = store.begin().await.unwrap();
    assert!(repository.replace_link_code(&old, &new, KeyIndex(2)).await.unwrap());
    assert!(!repository.replace_link_code(&old, &new, KeyIndex(2)).await.unwrap());
    let found = repository.folder_by_link_code(&new).await.unwrap().unwrap();
    assert_eq!((found.id, found.key_index), (folder(1).id, KeyIndex(2)));
    assert!(repository.folder_by_link_code(&old).await.unwrap().is_none());
}

async fn a_folder_changes_state_only_from_where_it_is(store: Store) {
    with_folder(&store, 1).await;
    let id = folder(1).id;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.change_folder_state(&id, FolderState::Open, FolderState::Suspended, now()).await.unwrap());
    assert!(!repository.change_folder_state(&id, FolderState::Open, FolderState::Closed, now()).await.unwrap());
}

async fn the_login_history_is_newest_first(store: Store) {
    with_folder(&store, 1).await;
    let id = folder(1).id;
    let events = [
        LoginEvent { at: later(0), outcome: LoginOutcome::Succeeded },
        LoginEvent { at: later(9), outcome: LoginOutcome::Failed(LoginFailure::Revoked) },
    ];
    let mut repository = store.begin().await.unwrap();
    let told = async |repository: &mut Repository| {
        let entrance = repository.entrance_by_serial("01").await.unwrap().unwrap();
        assert_eq!(entrance.folder.id, FolderId::from([1; 16]));
        (entrance.entered_at, entrance.failures_since)
    };
    assert_eq!(repository.entrance_by_serial("01").await.unwrap(), None);
    let binding = Binding { serial: "01".to_owned(), folder_id: id, bound_at: now() };
    assert!(repository.bind_certificate(&binding).await.unwrap());
    assert_eq!(told(&mut repository).await, (None, 0));
    repository.insert_login_event(&[1; 16], &id, &events[1]).await.unwrap();
    assert_eq!(told(&mut repository).await, (None, 1));
    repository.insert_login_event(&[0; 16], &id, &events[0]).await.unwrap();
    assert_eq!(told(&mut repository).await, (Some(later(0)), 1));
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.login_event_count(&id).await.unwrap(), 2);
    assert_eq!(reader.login_events(&id, 0, 1).await.unwrap(), [events[1]]);
    assert_eq!(reader.login_events(&id, 1, 5).await.unwrap(), [events[0]]);
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

async fn a_session_is_found_until_it_is_deleted(store: Store) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_session(&session(1), now()).await.unwrap());
    assert!(!repository.insert_session(&session(1), now()).await.unwrap());
    repository.commit().await.unwrap();
    let found = store.read().await.unwrap().session_by_id_hash(&hash(1), now()).await.unwrap().unwrap();
    assert_eq!((found.data.as_str(), found.last_seen_at), ("{}", now()));
    let mut repository = store.begin().await.unwrap();
    assert!(repository.delete_session(&hash(1)).await.unwrap());
    assert!(!repository.delete_session(&hash(1)).await.unwrap());
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().session_by_id_hash(&hash(1), now()).await.unwrap().is_none());
}

async fn several_sessions_are_found_at_once(store: Store) {
    let mut repository = store.begin().await.unwrap();
    for byte in 1..=20 {
        let told = NewSession { data: format!("{{\"nth\":{byte}}}"), ..session(byte) };
        assert!(repository.insert_session(&told, now()).await.unwrap());
    }
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    // Ten that there are, one that there is not, and one of them again and again.
    let asked = std::array::from_fn(|place| hash((11..=20).chain([99]).nth(place).unwrap_or(11)));
    let mut found = reader.sessions_by_id_hash(&asked, now()).await.unwrap();
    found.sort_by_key(|(id_hash, _)| *id_hash.as_bytes());
    let found: Vec<_> = found.into_iter().map(|(id_hash, row)| (id_hash, row.data)).collect();
    let expected: Vec<_> = (11..=20).map(|byte| (hash(byte), format!("{{\"nth\":{byte}}}"))).collect();
    assert_eq!(found, expected);
    let alone = reader.session_by_id_hash(&hash(11), now()).await.unwrap().unwrap();
    assert!(reader.sessions_by_id_hash(&asked, now()).await.unwrap().contains(&(hash(11), alone)));
}

async fn writing_a_session_never_moves_its_absolute_end(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_session(&session(1), now()).await.unwrap();
    let again =
        NewSession { data: "{\"a\":1}".to_owned(), idle_ends_at: later(1800), ends_at: later(99_999), ..session(1) };
    assert!(repository.save_session(&again, later(899)).await.unwrap());
    repository.touch_session(&hash(1), later(901), later(1801)).await.unwrap();
    repository.commit().await.unwrap();
    let found = store.read().await.unwrap().session_by_id_hash(&hash(1), now()).await.unwrap().unwrap();
    assert_eq!(found.ends_at, later(43_200));
    assert_eq!((found.idle_ends_at, found.last_seen_at), (later(1801), later(901)));
    assert_eq!(found.data, "{\"a\":1}");
}

async fn a_removal_token_ends_its_sessions(store: Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_session(&session(1), now()).await.unwrap();
    let other = NewSession { removal_token_hash: None, ..session(2) };
    repository.insert_session(&other, now()).await.unwrap();
    assert_eq!(repository.delete_sessions_by_removal(&hash(0x77)).await.unwrap(), 1);
    assert_eq!(repository.delete_sessions_by_removal(&hash(0x77)).await.unwrap(), 0);
    assert!(repository.delete_session(&hash(2)).await.unwrap());
}

async fn a_sweep_takes_what_is_past_and_nothing_else(store: Store) {
    answered(&store).await;
    linked(&store).await;
    let mut repository = store.begin().await.unwrap();
    repository.insert_session(&session(1), now()).await.unwrap();
    assert_eq!(repository.sweep(later(299)).await.unwrap(), Swept::default());
    let all = Swept { challenges: 1, registrations: 1, sessions: 1 };
    assert_eq!(repository.sweep(later(1800)).await.unwrap(), all);
}

async fn the_store_answers(store: Store) {
    store.check().await.unwrap();
}
