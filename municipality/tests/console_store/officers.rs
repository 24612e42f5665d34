//! Who works at the console, with which keys, and since when they are here.

use domain::SecretHash;
use jiff::SignedDuration;
use municipality::console::staff::{self, StaffError};
use municipality::store::{CeremonyRow, NewInvite, OfficerId, Role, SendingState, Store, Target};
use runtime::SystemRng;

use super::{now, officer, postgres, sending, sqlite, state};

on_both! {
    an_officer_is_known_by_label_until_they_leave
    who_comes_back_is_the_same_officer_without_what_opened_before
    who_is_invited_again_releases_nothing_of_their_own
    who_comes_back_needs_a_role
    a_code_is_used_once_and_in_time
    a_key_is_somebodys_alone_and_ends_with_everything_else
    a_ceremony_is_used_once_and_in_time
    the_oldest_question_of_an_officer_makes_room_and_nobody_elses
    a_session_is_seen_and_ends
}

async fn an_officer_is_known_by_label_until_they_leave(store: Store) {
    let id = officer(&store, "田中", Role::Draft).await;
    let mut repository = store.begin().await.unwrap();
    let other = OfficerId::generate(&mut SystemRng);
    assert!(!repository.insert_officer(other, "田中", Role::View, now()).await.unwrap());
    repository.set_role(id, Role::Approve).await.unwrap();
    repository.commit().await.unwrap();
    let known = store.read().await.unwrap().officer_by_label("田中").await.unwrap().unwrap();
    assert_eq!((known.id, known.role, known.keys), (id, Role::Approve, 0));
    let mut repository = store.begin().await.unwrap();
    repository.end_officer(id, now()).await.unwrap();
    assert!(!repository.insert_officer(other, "田中", Role::View, now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert!(reader.officer_by_label("田中").await.unwrap().is_none());
    assert!(reader.officer_ever("鈴木").await.unwrap().is_none());
    let ever = reader.officer_ever("田中").await.unwrap().unwrap();
    assert_eq!((ever.id, ever.ended_at), (id, Some(now())));
    assert_eq!(reader.officers().await.unwrap(), [ever]);
}

async fn who_comes_back_is_the_same_officer_without_what_opened_before(store: Store) {
    let id = officer(&store, "田中", Role::Draft).await;
    let (code, session) = (SecretHash::of(b"code"), SecretHash::of(b"cookie"));
    let hour = SignedDuration::from_hours(1);
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.bring_back_officer(id, now()).await.unwrap());
    repository.end_officer(id, now()).await.unwrap();
    // As if all of it had come to be in the moment in which they left.
    assert!(repository.insert_key(id, b"key", "1", now()).await.unwrap());
    let invite = NewInvite { code: SecretHash::of(b"code"), officer: id, made_at: now(), ends_at: now() + hour };
    repository.insert_invite(&invite).await.unwrap();
    repository.insert_session(&session, id, now(), now() - hour).await.unwrap();
    assert!(repository.bring_back_officer(id, now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let here = reader.officer_by_label("田中").await.unwrap().unwrap();
    assert_eq!((here.id, here.ended_at, here.keys), (id, None, 0));
    assert!(reader.keys_of(id).await.unwrap().is_empty());
    assert!(reader.invited(&code, now()).await.unwrap().is_none());
    assert!(reader.session(&session, now() - hour, now() - hour).await.unwrap().is_none());
}

/// R14, R17.
async fn who_is_invited_again_releases_nothing_of_their_own(store: Store) {
    let label = "田中";
    staff::invite(&store, label, Some(Role::Draft), now(), &mut SystemRng).await.unwrap();
    let drafter = store.read().await.unwrap().officer_by_label(label).await.unwrap().unwrap().id;
    let id = sending(&store, drafter, 2).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.submit_sending(id, drafter, now()).await.unwrap());
    repository.commit().await.unwrap();
    assert!(!staff::has_left(&store, label).await.unwrap());
    staff::end(&store, label, now()).await.unwrap();
    assert!(staff::has_left(&store, label).await.unwrap());
    staff::invite(&store, label, Some(Role::Approve), now(), &mut SystemRng).await.unwrap();
    let officers = store.read().await.unwrap().officers().await.unwrap();
    assert_eq!(officers.len(), 1);
    assert_eq!((officers[0].id, officers[0].role, officers[0].ended_at), (drafter, Role::Approve, None));
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.approve_sending(id, officers[0].id, now()).await.unwrap());
    assert!(!repository.reject_sending(id, officers[0].id, "x", now()).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(state(&store, id).await, SendingState::Waiting);
    let trail = store.read().await.unwrap().audit(None, 3).await.unwrap();
    let trail: Vec<&str> = trail.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(trail, ["officer-invited:田中", "officer-role:田中 approve", "officer-returned:田中"]);
}

async fn who_comes_back_needs_a_role(store: Store) {
    officer(&store, "田中", Role::Approve).await;
    staff::end(&store, "田中", now()).await.unwrap();
    let refused = staff::invite(&store, "田中", None, now(), &mut SystemRng).await;
    assert!(matches!(refused, Err(StaffError::RoleMissing)), "{refused:?}");
    assert!(store.read().await.unwrap().officer_by_label("田中").await.unwrap().is_none());
}

/// Two who left under one label, as versions wrote them that gave a label again: the one who came last.
macro_rules! newest_of_two {
    ($store:expr, $pool:expr) => {
        for (id, made_at) in [([2_u8; 16], 20_i64), ([1; 16], 10)] {
            sqlx::query(
                "INSERT INTO officer (id, label, role, made_at, ended_at) VALUES ($1, '田中', 'draft', $2, $3)",
            )
            .bind(id.as_slice())
            .bind(made_at)
            .bind(made_at + 5)
            .execute(&$pool)
            .await
            .unwrap();
        }
        $pool.close().await;
        staff::invite(&$store, "田中", Some(Role::Approve), now(), &mut SystemRng).await.unwrap();
        let here = $store.read().await.unwrap().officer_by_label("田中").await.unwrap().unwrap();
        assert_eq!((here.id.as_bytes(), here.role), (&[2; 16], Role::Approve));
        assert_eq!($store.read().await.unwrap().officers().await.unwrap().len(), 2);
    };
}

#[tokio::test]
async fn of_several_officers_who_left_the_newest_comes_back_on_sqlite() {
    let (store, folder) = sqlite().await;
    let path = folder.path().join("m.sqlite");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    newest_of_two!(store, pool);
}

#[tokio::test]
async fn of_several_officers_who_left_the_newest_comes_back_on_postgres() {
    let url = db::testing::empty_postgres_database().await.unwrap();
    let store = Store::open(&Target::Postgres(url.clone())).await.unwrap();
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    newest_of_two!(store, pool);
}

async fn a_code_is_used_once_and_in_time(store: Store) {
    let officer = officer(&store, "田中", Role::Draft).await;
    let code = SecretHash::of(b"code");
    let ends_at = now() + SignedDuration::from_hours(24);
    let mut repository = store.begin().await.unwrap();
    repository
        .insert_invite(&NewInvite { code: SecretHash::of(b"code"), officer, made_at: now(), ends_at })
        .await
        .unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.invited(&code, now()).await.unwrap().unwrap().id, officer);
    assert!(reader.invited(&code, ends_at).await.unwrap().is_none());
    drop(reader);
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.use_invite(&code, ends_at).await.unwrap());
    assert!(repository.use_invite(&code, now()).await.unwrap());
    assert!(!repository.use_invite(&code, now()).await.unwrap());
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().invited(&code, now()).await.unwrap().is_none());
}

async fn a_key_is_somebodys_alone_and_ends_with_everything_else(store: Store) {
    let (one, two) = (officer(&store, "田中", Role::Draft).await, officer(&store, "鈴木", Role::Draft).await);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_key(one, b"key", "1", now()).await.unwrap());
    assert!(!repository.insert_key(two, b"key", "2", now()).await.unwrap());
    assert!(!repository.key_used(two, b"key", None, now()).await.unwrap());
    assert!(repository.key_used(one, b"key", None, now()).await.unwrap());
    assert!(repository.key_used(one, b"key", Some("3"), now()).await.unwrap());
    assert!(repository.insert_key(two, b"other", "4", now() + SignedDuration::from_secs(1)).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.keys_of(one).await.unwrap(), ["3"]);
    assert_eq!(reader.credentials_in_use().await.unwrap(), [&b"key"[..], b"other"]);
    drop(reader);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.end_access(one, now()).await.unwrap(), 1);
    assert!(!repository.key_used(one, b"key", None, now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert!(reader.keys_of(one).await.unwrap().is_empty());
    assert_eq!(reader.credentials_in_use().await.unwrap(), [b"other"]);
}

async fn a_ceremony_is_used_once_and_in_time(store: Store) {
    let officer = officer(&store, "田中", Role::Draft).await;
    let row = CeremonyRow { officer, invite: Some(SecretHash::of(b"code")), content: "{}".to_owned() };
    let (first, second) = (SecretHash::of(b"1"), SecretHash::of(b"2"));
    let ends_at = now() + SignedDuration::from_mins(5);
    let mut repository = store.begin().await.unwrap();
    repository.insert_ceremony(&first, &row, now(), ends_at, 20).await.unwrap();
    assert!(repository.use_ceremony(&first, ends_at).await.unwrap().is_none());
    assert!(repository.use_ceremony(&first, now()).await.unwrap() == Some(row.clone()));
    assert!(repository.use_ceremony(&first, now()).await.unwrap().is_none());
    let login = CeremonyRow { invite: None, ..row };
    repository.insert_ceremony(&second, &login, ends_at, ends_at + SignedDuration::from_mins(5), 20).await.unwrap();
    assert!(repository.use_ceremony(&second, ends_at).await.unwrap() == Some(login));
    repository.commit().await.unwrap();
}

async fn the_oldest_question_of_an_officer_makes_room_and_nobody_elses(store: Store) {
    let (one, two) = (officer(&store, "田中", Role::Draft).await, officer(&store, "鈴木", Role::Draft).await);
    let asked = |officer, invite| CeremonyRow { officer, invite, content: "{}".to_owned() };
    let id = |number: u8| SecretHash::of(&[number]);
    let later = |seconds: u8| now() + SignedDuration::from_secs(seconds.into());
    let life = SignedDuration::from_mins(5);
    let mut repository = store.begin().await.unwrap();
    let enrolment = asked(one, Some(SecretHash::of(b"code")));
    repository.insert_ceremony(&id(100), &enrolment, now(), now() + life, 20).await.unwrap();
    repository.insert_ceremony(&id(101), &asked(two, None), now(), now() + life, 20).await.unwrap();
    for number in 0..50 {
        let at = later(number);
        repository.insert_ceremony(&id(number), &asked(one, None), at, at + life, 20).await.unwrap();
    }
    for number in 0..30 {
        assert!(repository.use_ceremony(&id(number), later(50)).await.unwrap().is_none(), "{number}");
    }
    for number in (30..50).chain(100..102) {
        assert!(repository.use_ceremony(&id(number), later(50)).await.unwrap().is_some(), "{number}");
    }
    repository.commit().await.unwrap();
}

async fn a_session_is_seen_and_ends(store: Store) {
    let officer = officer(&store, "田中", Role::Draft).await;
    let id = SecretHash::of(b"cookie");
    let before = now() - SignedDuration::from_mins(1);
    let mut repository = store.begin().await.unwrap();
    repository.insert_session(&id, officer, now(), before).await.unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let (row, seen_at) = reader.session(&id, before, before).await.unwrap().unwrap();
    assert_eq!((row.id, seen_at), (officer, now()));
    assert!(reader.session(&id, now(), before).await.unwrap().is_none());
    assert!(reader.session(&id, before, now()).await.unwrap().is_none());
    drop(reader);
    let later = now() + SignedDuration::from_mins(3);
    let mut repository = store.begin().await.unwrap();
    repository.session_seen(&id, later).await.unwrap();
    repository.session_seen(&id, now()).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().session(&id, before, before).await.unwrap().unwrap().1, later);
    let mut repository = store.begin().await.unwrap();
    repository.end_session(&id).await.unwrap();
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().session(&id, before, before).await.unwrap().is_none());
}
