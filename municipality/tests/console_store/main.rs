//! The statements of the officers' console, on both engines.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests, helpers included")]

use domain::{LinkCode, NoticeState};
use jiff::{SignedDuration, Timestamp};
use municipality::store::{
    DraftId, DraftRow, FileRow, NewRecipient, NewSending, OfficerId, Outcome, ReadList, ReturnedRow, Role, SendingId,
    SendingState, Settled, Store, Target,
};
use runtime::SystemRng;

async fn sqlite() -> (Store, tempfile::TempDir) {
    let folder = db::testing::directory().unwrap();
    (Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap(), folder)
}

async fn postgres() -> (Store, tempfile::TempDir) {
    let url = db::testing::empty_postgres_database().await.unwrap();
    (Store::open(&Target::Postgres(url)).await.unwrap(), tempfile::tempdir().unwrap())
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $name() { let (store, _folder) = super::sqlite().await; super::$name(store).await; })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $name() { let (store, _folder) = super::postgres().await; super::$name(store).await; })*
        }
    };
}

mod officers;

on_both! {
    a_draft_is_its_writers_and_is_sent_once
    files_of_a_draft_go_along_without_gaps
    only_a_whole_list_is_submitted
    somebody_else_who_may_releases
    one_person_goes_out_at_once
    a_rejection_is_kept_with_its_reason
    states_are_counted_by_people_and_replies_told_apart
    who_cannot_be_reached_is_told_by_place
}

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

async fn officer(store: &Store, label: &str, role: Role) -> OfficerId {
    let id = OfficerId::generate(&mut SystemRng);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_officer(id, label, role, now()).await.unwrap());
    repository.commit().await.unwrap();
    id
}

fn draft_of(officer: OfficerId) -> DraftRow {
    let id = DraftId::generate(&mut SystemRng);
    DraftRow { id, officer, changed_at: now(), form: "{}".to_owned(), sending: None }
}

fn list(faults: u64, whole: bool) -> ReadList {
    ReadList { source: String::new(), lines: 2, twice: 0, faults, broken: None, whole_at: whole.then_some(now()) }
}

/// Open, for so many people, with a list that was read to its end.
async fn sending(store: &Store, by: OfficerId, people: u8) -> SendingId {
    let id = SendingId::generate(&mut SystemRng);
    let new = NewSending {
        id,
        made_by: by.who(),
        made_at: now(),
        draft: "{}".to_owned(),
        merged: false,
        starts_at: now(),
        expires_at: now() + SignedDuration::from_hours(1),
    };
    let recipients: Vec<NewRecipient> = (0..people)
        .map(|place| NewRecipient { place: place.into(), link_code: LinkCode::from([place; 32]), fields: None })
        .collect();
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_sending(&new).await.unwrap());
    repository.open_list(id, "名簿").await.unwrap();
    repository.insert_recipients(id, &recipients).await.unwrap();
    repository.close_list(id, &list(0, true)).await.unwrap();
    repository.commit().await.unwrap();
    id
}

async fn state(store: &Store, id: SendingId) -> SendingState {
    store.read().await.unwrap().sending(id).await.unwrap().unwrap().state
}

async fn a_draft_is_its_writers_and_is_sent_once(store: Store) {
    let (one, two) = (officer(&store, "田中", Role::Draft).await, officer(&store, "鈴木", Role::Draft).await);
    let row = draft_of(one);
    let became = sending(&store, one, 1).await;
    let mut repository = store.begin().await.unwrap();
    repository.insert_draft(&row).await.unwrap();
    assert!(!repository.save_draft(row.id, two, "{}", now()).await.unwrap());
    assert!(repository.save_draft(row.id, one, "{\"a\":\"b\"}", now()).await.unwrap());
    assert!(!repository.drop_draft(row.id, two).await.unwrap());
    assert!(repository.draft_became(row.id, one, Some(became)).await.unwrap());
    assert!(!repository.draft_became(row.id, one, Some(became)).await.unwrap());
    assert!(!repository.save_draft(row.id, one, "{}", now()).await.unwrap());
    assert!(!repository.drop_draft(row.id, one).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert!(reader.drafts_of(one, 9).await.unwrap().is_empty());
    assert!(reader.draft(row.id, two).await.unwrap().is_none());
    assert_eq!(reader.draft_of_sending(became).await.unwrap().unwrap().form, "{\"a\":\"b\"}");
    drop(reader);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.draft_became(row.id, one, None).await.unwrap());
    assert!(repository.drop_draft(row.id, one).await.unwrap());
    repository.commit().await.unwrap();
}

async fn files_of_a_draft_go_along_without_gaps(store: Store) {
    let one = officer(&store, "田中", Role::Draft).await;
    let (row, copy) = (draft_of(one), draft_of(one));
    let id = sending(&store, one, 1).await;
    let file = |place, name: &str| FileRow {
        place,
        name: name.to_owned(),
        media_type: "text/plain".to_owned(),
        sha256: "00".repeat(32),
        bytes: 1,
    };
    let mut repository = store.begin().await.unwrap();
    repository.insert_draft(&row).await.unwrap();
    repository.insert_draft(&copy).await.unwrap();
    for place in 0..3 {
        assert!(repository.insert_file(row.id, one, &file(place, "a.txt"), &[b'0' + place]).await.unwrap());
    }
    assert!(!repository.insert_file(row.id, one, &file(0, "b.txt"), b"x").await.unwrap());
    assert!(repository.drop_file(row.id, one, 1).await.unwrap());
    repository.copy_files_to_draft(row.id, copy.id).await.unwrap();
    assert_eq!(repository.copy_files(row.id, id).await.unwrap(), 2);
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let files = reader.files(copy.id).await.unwrap();
    assert_eq!(files, [file(0, "a.txt"), file(2, "a.txt")]);
    let sent = reader.pending_attachments(id).await.unwrap();
    assert_eq!(
        sent.iter().map(|file| (file.place, &file.content[..])).collect::<Vec<_>>(),
        [(0, &b"0"[..]), (1, &b"2"[..])]
    );
}

async fn only_a_whole_list_is_submitted(store: Store) {
    let (one, two) = (officer(&store, "田中", Role::Draft).await, officer(&store, "鈴木", Role::Draft).await);
    let id = sending(&store, one, 2).await;
    let mut repository = store.begin().await.unwrap();
    repository.close_list(id, &list(0, false)).await.unwrap();
    assert!(!repository.submit_sending(id, one, now()).await.unwrap());
    repository.close_list(id, &list(1, true)).await.unwrap();
    repository.insert_fault(id, 3, "json").await.unwrap();
    assert!(!repository.submit_sending(id, one, now()).await.unwrap());
    repository.close_list(id, &list(0, true)).await.unwrap();
    assert!(!repository.submit_sending(id, two, now()).await.unwrap());
    assert!(repository.submit_sending(id, one, now()).await.unwrap());
    assert!(!repository.submit_sending(id, one, now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.bad_lines(id, 0, 9).await.unwrap(), [(3, "json".to_owned())]);
    assert!(reader.bad_lines(id, 3, 9).await.unwrap().is_empty());
    assert_eq!(reader.read_list(id).await.unwrap().unwrap().source, "名簿");
}

async fn somebody_else_who_may_releases(store: Store) {
    let drafter = officer(&store, "田中", Role::Draft).await;
    let approver = officer(&store, "鈴木", Role::Approve).await;
    let viewer = officer(&store, "佐藤", Role::View).await;
    let id = sending(&store, drafter, 2).await;
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.approve_sending(id, approver, now()).await.unwrap());
    assert!(repository.submit_sending(id, drafter, now()).await.unwrap());
    repository.set_role(drafter, Role::Approve).await.unwrap();
    assert!(!repository.approve_sending(id, drafter, now()).await.unwrap());
    assert!(!repository.reject_sending(id, drafter, "x", now()).await.unwrap());
    assert!(!repository.approve_sending(id, viewer, now()).await.unwrap());
    let over = now() + SignedDuration::from_hours(1);
    assert!(!repository.approve_sending(id, approver, over).await.unwrap());
    assert!(repository.approve_sending(id, approver, now()).await.unwrap());
    assert!(!repository.approve_sending(id, approver, now()).await.unwrap());
    repository.commit().await.unwrap();
    let row = store.read().await.unwrap().sending(id).await.unwrap().unwrap();
    assert_eq!(
        (row.state, row.issued_at, row.released_by),
        (SendingState::Released, Some(now()), Some(approver.who()))
    );
}

async fn one_person_goes_out_at_once(store: Store) {
    let drafter = officer(&store, "田中", Role::Draft).await;
    let (one, two) = (sending(&store, drafter, 1).await, sending(&store, drafter, 2).await);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.submit_single(one, drafter, now()).await.unwrap());
    assert!(!repository.submit_single(two, drafter, now()).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(state(&store, one).await, SendingState::Released);
    assert_eq!(state(&store, two).await, SendingState::Open);
}

async fn a_rejection_is_kept_with_its_reason(store: Store) {
    let drafter = officer(&store, "田中", Role::Draft).await;
    let approver = officer(&store, "鈴木", Role::Approve).await;
    let id = sending(&store, drafter, 2).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.submit_sending(id, drafter, now()).await.unwrap());
    assert!(repository.reject_sending(id, approver, "日にちが違います。", now()).await.unwrap());
    assert!(!repository.approve_sending(id, approver, now()).await.unwrap());
    repository.commit().await.unwrap();
    let rejection = store.read().await.unwrap().rejection(id).await.unwrap().unwrap();
    assert_eq!((rejection.officer, rejection.reason.as_str()), (approver, "日にちが違います。"));
    assert_eq!(state(&store, id).await, SendingState::Rejected);
}

async fn states_are_counted_by_people_and_replies_told_apart(store: Store) {
    let drafter = officer(&store, "田中", Role::Draft).await;
    let id = sending(&store, drafter, 4).await;
    let notice = id.notice();
    let arrived = Some(NoticeState::Arrived);
    let mut repository = store.begin().await.unwrap();
    for (number, person, state) in [(1, 1, arrived), (2, 1, arrived), (3, 2, arrived), (4, 2, None), (5, 3, None)] {
        let link_code = LinkCode::from([person; 32]);
        let reply = state.is_none().then(|| b"signed".to_vec());
        repository.insert_returned(&ReturnedRow { number, notice, link_code, at: now(), state, reply }).await.unwrap();
    }
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let mut counts = reader.state_counts(id).await.unwrap();
    counts.sort_by_key(|count| count.state);
    assert_eq!(counts.iter().map(|count| (count.state, count.people)).collect::<Vec<_>>(), [(None, 2), (arrived, 2)]);
    let replies = reader.replies_of(id, 0, 1).await.unwrap();
    assert_eq!(replies[0].number, 4);
    assert_eq!(reader.replies_of(id, 4, 9).await.unwrap().len(), 1);
}

async fn who_cannot_be_reached_is_told_by_place(store: Store) {
    let drafter = officer(&store, "田中", Role::Draft).await;
    let id = sending(&store, drafter, 4).await;
    let mut repository = store.begin().await.unwrap();
    let settled = Settled { first: 0, last: 3, undeliverable: vec![2], unknown: vec![1] };
    repository.settle(id, &settled).await.unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let unreached = reader.unreached(id, 0, 9).await.unwrap();
    assert_eq!(unreached, [(1, Outcome::Unknown), (2, Outcome::Undeliverable)]);
    assert_eq!(reader.unreached(id, 2, 9).await.unwrap(), [(2, Outcome::Undeliverable)]);
    assert_eq!(reader.unreached(id, 0, 1).await.unwrap(), [(1, Outcome::Unknown)]);
}
