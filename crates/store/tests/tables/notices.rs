//! Notices, on SQLite and on PostgreSQL (requirements B.9).

use domain::{FolderId, FolderState, KeyIndex, LinkCode, NoticeId, NoticeKind, OrgCode, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{
    AttachmentRow, Folder, LetterId, NewLetter, NewSession, NoticeCounts, NoticeOverview, NoticePlace, NoticeQuery,
    RecipientId, Store,
};

use crate::engines::on_both;

on_both! {
    a_letter_is_kept_once_and_stored_for_those_who_can_receive_it
    whoever_has_as_many_as_anybody_may_have_gets_no_more
    a_folder_that_is_suspended_closed_or_retained_receives_nothing_until_it_is_open_again
    a_replaced_code_leads_to_the_same_notices
    a_list_has_what_was_asked_for_newest_first
    what_waits_for_a_person_is_in_time_not_answered_and_in_the_inbox_the_next_to_end_first
    a_whole_notice_and_its_files_are_their_persons_alone
    what_a_person_does_with_a_notice_is_counted
    a_session_tells_how_many_notices_its_person_has_not_opened
    portals_on_the_same_tables_hear_of_one_another
}

pub(crate) fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

pub(crate) fn later(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

pub(crate) fn code(byte: u8) -> LinkCode {
    LinkCode::from([byte; 32])
}

pub(crate) fn folder(byte: u8) -> FolderId {
    FolderId::from([byte; 16])
}

pub(crate) fn yokohama() -> OrgCode {
    "141003".parse().unwrap()
}

pub(crate) fn notice(byte: u8) -> NoticeId {
    NoticeId::from([byte; 16])
}

pub(crate) async fn opens(store: &Store, byte: u8) -> RecipientId {
    let state = FolderState::Open;
    let row = Folder { id: folder(byte), link_code: code(byte), key_index: KeyIndex(1), state, opened_at: now() };
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&row).await.unwrap();
    repository.commit().await.unwrap();
    store.read().await.unwrap().recipient_of_folder(&folder(byte)).await.unwrap().unwrap()
}

pub(crate) fn letter(byte: u8) -> NewLetter {
    NewLetter {
        sender: yokohama(),
        notice: notice(byte),
        digest: [byte; 32],
        kind: NoticeKind::Information,
        headline: vec![byte],
        body: vec![byte; 2],
        attachments: 0,
        issued_at: now(),
        expires_at: later(30),
        deadline: None,
        ends_at: None,
        wants_states: false,
        replaces: None,
        taken_at: now(),
    }
}

pub(crate) async fn keeps(store: &Store, letter: &NewLetter) -> LetterId {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_letter(letter).await.unwrap());
    let row = repository.letter_of(&letter.sender, &letter.notice).await.unwrap().unwrap();
    repository.commit().await.unwrap();
    row.id
}

pub(crate) async fn delivers(store: &Store, letter: LetterId, to: &[u8]) -> u64 {
    let to: Vec<_> = to.iter().map(|byte| code(*byte)).collect();
    let mut repository = store.begin().await.unwrap();
    let stored = repository.deliver(letter, &to, 3, now()).await.unwrap();
    repository.commit().await.unwrap();
    stored
}

pub(crate) async fn sends(store: &Store, new: &NewLetter, to: &[u8]) -> LetterId {
    let id = keeps(store, new).await;
    delivers(store, id, to).await;
    id
}

pub(crate) async fn listed(store: &Store, recipient: RecipientId, query: &NoticeQuery) -> Vec<LetterId> {
    let rows = store.read().await.unwrap().notices(recipient, query, now(), 10).await.unwrap();
    rows.into_iter().map(|row| row.letter).collect()
}

async fn a_letter_is_kept_once_and_stored_for_those_who_can_receive_it(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let id = keeps(&store, &letter(1)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.insert_letter(&letter(1)).await.unwrap());
    drop(repository);
    assert_eq!(delivers(&store, id, &[1, 9]).await, 1);
    assert_eq!(delivers(&store, id, &[2, 1]).await, 1);
    assert_eq!(delivers(&store, id, &[]).await, 0);
    let mut repository = store.begin().await.unwrap();
    let mut have = repository.recipients_of(id, &[code(2), code(9), code(1)]).await.unwrap();
    have.sort_unstable();
    assert!(have == [code(1), code(2)]);
    assert!(repository.recipients_of(id, &[]).await.unwrap().is_empty());
    assert_eq!(repository.arrival(id, &code(1)).await.unwrap(), Some(now()));
    assert_eq!(repository.arrival(id, &code(9)).await.unwrap(), None);
}

async fn whoever_has_as_many_as_anybody_may_have_gets_no_more(store: Store) {
    opens(&store, 1).await;
    for byte in 1..=3 {
        sends(&store, &letter(byte), &[1]).await;
    }
    let one_more = keeps(&store, &letter(4)).await;
    assert_eq!(delivers(&store, one_more, &[1]).await, 0);
}

async fn a_folder_that_is_suspended_closed_or_retained_receives_nothing_until_it_is_open_again(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let moves = async |from, to| {
        let mut repository = store.begin().await.unwrap();
        assert!(repository.change_folder_state(&folder(1), from, to, now()).await.unwrap());
        repository.commit().await.unwrap();
    };
    let id = keeps(&store, &letter(1)).await;
    moves(FolderState::Open, FolderState::Suspended).await;
    assert_eq!(delivers(&store, id, &[1]).await, 0);
    moves(FolderState::Suspended, FolderState::Open).await;
    assert_eq!(delivers(&store, id, &[1]).await, 1);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.retain_folder(&code(2), now()).await.unwrap(), Some(folder(2)));
    repository.commit().await.unwrap();
    assert_eq!(delivers(&store, id, &[2]).await, 0);
}

async fn a_replaced_code_leads_to_the_same_notices(store: Store) {
    let person = opens(&store, 1).await;
    let first = sends(&store, &letter(1), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.replace_link_code(&code(1), &code(11), KeyIndex(2)).await.unwrap());
    repository.commit().await.unwrap();
    let second = keeps(&store, &letter(2)).await;
    assert_eq!((delivers(&store, second, &[1]).await, delivers(&store, second, &[11]).await), (0, 1));
    assert_eq!(listed(&store, person, &NoticeQuery::default()).await, [second, first]);
}

async fn a_list_has_what_was_asked_for_newest_first(store: Store) {
    let person = opens(&store, 1).await;
    let due = NewLetter { kind: NoticeKind::Deadline, ends_at: Some(later(1)), ..letter(1) };
    let due = sends(&store, &due, &[1]).await;
    let of_nta = sends(&store, &NewLetter { sender: "NTA".parse().unwrap(), ..letter(2) }, &[1]).await;
    let over = sends(&store, &NewLetter { expires_at: now(), ..letter(3) }, &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, of_nta, now()).await.unwrap());
    assert!(repository.star_notice(person, due, Some(now())).await.unwrap());
    repository.commit().await.unwrap();

    let all = NoticeQuery::default();
    assert_eq!(listed(&store, person, &all).await, [of_nta, due], "{over:?} is over");
    let expectations = [
        (NoticeQuery { sender: Some("NTA".parse().unwrap()), ..all.clone() }, vec![of_nta]),
        (NoticeQuery { kind: Some(NoticeKind::Deadline), ..all.clone() }, vec![due]),
        (NoticeQuery { opened: Some(false), ..all.clone() }, vec![due]),
        (NoticeQuery { opened: Some(true), ..all.clone() }, vec![of_nta]),
        (NoticeQuery { arrived_after: Some(now() - SignedDuration::from_secs(1)), ..all.clone() }, vec![of_nta, due]),
        (NoticeQuery { arrived_after: Some(now()), ..all.clone() }, vec![]),
        (NoticeQuery { due: true, ..all.clone() }, vec![due]),
        (NoticeQuery { to_do: Some(true), ..all.clone() }, vec![due]),
        (NoticeQuery { to_do: Some(false), ..all.clone() }, vec![of_nta]),
        (NoticeQuery { starred: true, ..all.clone() }, vec![due]),
        (NoticeQuery { starred: true, opened: Some(true), ..all.clone() }, vec![]),
        (NoticeQuery { before: Some(of_nta), ..all.clone() }, vec![due]),
        (NoticeQuery { place: NoticePlace::Bin, ..all.clone() }, vec![]),
    ];
    for (query, expected) in expectations {
        assert_eq!(listed(&store, person, &query).await, expected, "{query:?}");
    }
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.notices(person, &all, now(), 1).await.unwrap().len(), 1);
    let overview = reader.notice_overview(person, now()).await.unwrap();
    assert_eq!(overview.senders, [yokohama(), "NTA".parse().unwrap()]);
    assert_eq!(overview.counts, reader.notice_counts(person, now()).await.unwrap());
}

/// To the first person, whose inbox holds more than the other tests need.
async fn sends_one_of_many(store: &Store, new: &NewLetter) -> LetterId {
    let id = keeps(store, new).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.deliver(id, &[code(1)], 20, now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    id
}

async fn what_waits_for_a_person_is_in_time_not_answered_and_in_the_inbox_the_next_to_end_first(store: Store) {
    let person = opens(&store, 1).await;
    assert_eq!(store.read().await.unwrap().notice_overview(person, now()).await.unwrap(), NoticeOverview::default());
    let ends = |byte, days| NewLetter { ends_at: Some(later(days)), ..letter(byte) };
    let last = sends_one_of_many(&store, &ends(1, 9)).await;
    let next = sends_one_of_many(&store, &ends(2, 2)).await;
    let no_end = sends_one_of_many(&store, &letter(3)).await;
    let over = sends_one_of_many(&store, &ends(4, 0)).await;
    let urgent = sends_one_of_many(&store, &NewLetter { kind: NoticeKind::Emergency, ..ends(5, 3) }).await;
    let answered = sends_one_of_many(&store, &ends(6, 3)).await;
    let put_away = sends_one_of_many(&store, &ends(7, 3)).await;
    let thrown_away = sends_one_of_many(&store, &ends(8, 3)).await;
    let taken_back = sends_one_of_many(&store, &ends(9, 3)).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, taken_back, now()).await.unwrap());
    assert!(repository.withdraw_letter(&yokohama(), &notice(9), now()).await.unwrap());
    assert!(repository.reply_to_notice(person, answered, now()).await.unwrap());
    assert!(repository.put_notice(person, put_away, NoticePlace::Archive, now()).await.unwrap());
    assert!(repository.put_notice(person, thrown_away, NoticePlace::Bin, now()).await.unwrap());
    repository.commit().await.unwrap();

    let mut reader = store.read().await.unwrap();
    let waiting = reader.notices_to_do(person, now(), 9).await.unwrap();
    assert_eq!(waiting.iter().map(|row| row.letter).collect::<Vec<_>>(), [next, last]);
    assert_eq!(reader.notices_to_do(person, now(), 1).await.unwrap().as_slice(), waiting.get(..1).unwrap());
    let counts = reader.notice_counts(person, now()).await.unwrap();
    assert_eq!((counts.to_do, counts.urgent, counts.inbox), (2, 1, 7));
    drop(reader);
    let asked = |to_do| NoticeQuery { to_do: Some(to_do), ..NoticeQuery::default() };
    assert_eq!(listed(&store, person, &asked(true)).await, [next, last]);
    assert_eq!(listed(&store, person, &asked(false)).await, [taken_back, answered, urgent, over, no_end]);

    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, urgent, now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let counts = reader.notice_counts(person, now()).await.unwrap();
    assert_eq!((counts.to_do, counts.urgent), (3, 0), "an emergency that was read waits like any other");
    let later_on = reader.notices_to_do(person, later(2), 9).await.unwrap();
    assert_eq!(later_on.iter().map(|row| row.letter).collect::<Vec<_>>(), [urgent, last]);
}

async fn a_whole_notice_and_its_files_are_their_persons_alone(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let id = keeps(&store, &NewLetter { attachments: 2, ..letter(1) }).await;
    let file = AttachmentRow { digest: [7; 32], sealed: vec![7] };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_attachment(id, 0, &file).await.unwrap());
    assert!(!repository.insert_attachment(id, 0, &file).await.unwrap());
    assert_eq!(repository.letter_of(&yokohama(), &notice(1)).await.unwrap().unwrap().attachments_missing, 1);
    repository.commit().await.unwrap();
    let (row, body) = store.read().await.unwrap().letter_to_complete(&yokohama(), &notice(1)).await.unwrap().unwrap();
    assert_eq!((row.id, body), (id, vec![1; 2]));
    delivers(&store, id, &[1]).await;
    let newer = sends(&store, &NewLetter { replaces: Some(notice(1)), ..letter(2) }, &[1]).await;

    let mut reader = store.read().await.unwrap();
    let whole = reader.whole_notice(person, id, now()).await.unwrap().unwrap();
    assert_eq!((whole.row.notice, whole.body, whole.digest, whole.taken_at), (notice(1), vec![1; 2], [1; 32], now()));
    assert_eq!((whole.replaced_by, whole.row.attachments, whole.wants_states), (Some(newer), 2, false));
    assert_eq!(reader.attachment(person, id, 0, now()).await.unwrap(), Some(file));
    assert_eq!(reader.attachment(person, id, 1, now()).await.unwrap(), None);
    assert_eq!(reader.whole_notice(other, id, now()).await.unwrap(), None);
    assert_eq!(reader.attachment(other, id, 0, now()).await.unwrap(), None);
    assert_eq!(reader.whole_notice(person, id, later(31)).await.unwrap(), None);
}

async fn a_session_tells_how_many_notices_its_person_has_not_opened(store: Store) {
    let (person, _) = (opens(&store, 1).await, opens(&store, 2).await);
    for (byte, folder_id) in [(1, Some(folder(1))), (2, Some(folder(2))), (3, None)] {
        let mut repository = store.begin().await.unwrap();
        let session = NewSession {
            id_hash: SecretHash::from([byte; 32]),
            data: "{}".to_owned(),
            folder_id,
            removal_token_hash: None,
            idle_ends_at: later(1),
            ends_at: later(1),
        };
        assert!(repository.insert_session(&session, now()).await.unwrap());
        repository.commit().await.unwrap();
    }
    let opened = sends(&store, &letter(1), &[1]).await;
    sends(&store, &letter(2), &[1]).await;
    sends(&store, &NewLetter { kind: NoticeKind::Emergency, expires_at: later(2), ..letter(3) }, &[1]).await;
    let mut repository = store.begin().await.unwrap();
    repository.open_notice(person, opened, now()).await.unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    for (byte, at, counts) in [(1, 0, (2, 1)), (1, 2, (1, 0)), (2, 0, (0, 0)), (3, 0, (0, 0))] {
        let id_hash = SecretHash::from([byte; 32]);
        let alone = reader.session_by_id_hash(&id_hash, later(at)).await.unwrap().unwrap();
        assert_eq!((alone.unread_notices, alone.urgent_notices), counts, "session {byte} after {at} days");
        let asked = std::array::from_fn(|_| id_hash.clone());
        assert_eq!(reader.sessions_by_id_hash(&asked, later(at)).await.unwrap(), [(id_hash, alone)]);
    }
}

/// On a file there is no other portal, and nothing to hear.
async fn portals_on_the_same_tables_hear_of_one_another(store: Store) {
    let ears = store.ears().await.unwrap();
    assert_eq!(ears.is_some(), store.is_shared());
    let mut repository = store.begin().await.unwrap();
    for _ in 0..2 {
        repository.ring(LetterId::of_number(7)).await.unwrap();
    }
    repository.commit().await.unwrap();
    if let Some(mut ears) = ears {
        assert_eq!(ears.heard().await.unwrap(), Some(LetterId::of_number(7)));
    }
}

async fn what_a_person_does_with_a_notice_is_counted(store: Store) {
    let person = opens(&store, 1).await;
    let due = NewLetter { ends_at: Some(later(1)), ..letter(1) };
    let (due, second) = (sends(&store, &due, &[1]).await, sends(&store, &letter(2), &[1]).await);
    let third = sends(&store, &letter(3), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, due, now()).await.unwrap());
    assert!(!repository.open_notice(person, due, later(1)).await.unwrap());
    assert!(repository.put_notice(person, second, NoticePlace::Archive, now()).await.unwrap());
    assert!(repository.put_notice(person, third, NoticePlace::Bin, now()).await.unwrap());
    assert!(repository.star_notice(person, due, Some(now())).await.unwrap());
    assert!(repository.reply_to_notice(person, due, now()).await.unwrap());
    assert!(!repository.reply_to_notice(person, due, later(1)).await.unwrap());
    repository.commit().await.unwrap();

    let mut reader = store.read().await.unwrap();
    let counts = reader.notice_counts(person, now()).await.unwrap();
    assert_eq!(counts, NoticeCounts { inbox: 1, archive: 1, bin: 1, ..NoticeCounts::default() });
    let touched = reader.whole_notice(person, due, now()).await.unwrap().unwrap().row.touched;
    assert_eq!((touched.opened_at, touched.starred_at, touched.replied_at), (Some(now()), Some(now()), Some(now())));
    drop(reader);

    let mut repository = store.begin().await.unwrap();
    assert!(repository.unopen_notice(person, due).await.unwrap());
    assert!(!repository.unopen_notice(person, due).await.unwrap());
    assert!(repository.put_notice(person, third, NoticePlace::Inbox, now()).await.unwrap());
    repository.commit().await.unwrap();
    let counts = store.read().await.unwrap().notice_counts(person, now()).await.unwrap();
    assert_eq!(counts, NoticeCounts { unopened: 2, inbox: 2, archive: 1, ..NoticeCounts::default() });
}
