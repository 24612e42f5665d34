//! Notices, on SQLite and on PostgreSQL (requirements B.9).

use domain::{FolderId, FolderState, KeyIndex, LinkCode, NoticeId, NoticeKind, NoticeState, OrgCode};
use jiff::{SignedDuration, Timestamp};
use store::{
    AttachmentRow, Folder, LetterId, NewLetter, NewReturn, NoticeCounts, NoticePlace, NoticeQuery, RecipientId,
    ReturnRowWhat, Store,
};

use crate::engines::on_both;

on_both! {
    a_letter_is_kept_once_and_stored_for_those_who_can_receive_it
    whoever_has_as_many_as_anybody_may_have_gets_no_more
    a_folder_that_is_suspended_closed_or_retained_receives_nothing_until_it_is_open_again
    a_replaced_code_leads_to_the_same_notices
    a_list_has_what_was_asked_for_newest_first
    a_whole_notice_and_its_files_are_their_persons_alone
    what_a_person_does_with_a_notice_is_counted
    a_withdrawn_letter_shows_no_files_and_is_withdrawn_once
    what_was_opened_or_thrown_away_goes_and_the_rest_stays_without_marks
    a_letter_that_nobody_has_any_more_loses_its_words_until_it_is_sent_again
    an_expired_letter_goes_with_its_notices_and_whoever_asked_hears_that_nobody_opened_it
    what_comes_back_is_numbered_and_goes_when_it_was_fetched
    two_who_write_for_one_sender_at_once_leave_no_gap_behind_the_reader
    a_deleted_folder_takes_its_notices_along
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

fn folder(byte: u8) -> FolderId {
    FolderId::from([byte; 16])
}

fn yokohama() -> OrgCode {
    "141003".parse().unwrap()
}

fn notice(byte: u8) -> NoticeId {
    NoticeId::from([byte; 16])
}

async fn opens(store: &Store, byte: u8) -> RecipientId {
    let state = FolderState::Open;
    let row = Folder { id: folder(byte), link_code: code(byte), key_index: KeyIndex(1), state, opened_at: now() };
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&row).await.unwrap();
    repository.commit().await.unwrap();
    store.read().await.unwrap().recipient_of_folder(&folder(byte)).await.unwrap().unwrap()
}

fn letter(byte: u8) -> NewLetter {
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
        wants_states: false,
        replaces: None,
        taken_at: now(),
    }
}

async fn keeps(store: &Store, letter: &NewLetter) -> LetterId {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_letter(letter).await.unwrap());
    let row = repository.letter_of(&letter.sender, &letter.notice).await.unwrap().unwrap();
    repository.commit().await.unwrap();
    row.id
}

async fn delivers(store: &Store, letter: LetterId, to: &[u8]) -> u64 {
    let to: Vec<_> = to.iter().map(|byte| code(*byte)).collect();
    let mut repository = store.begin().await.unwrap();
    let stored = repository.deliver(letter, &to, 3, now()).await.unwrap();
    repository.commit().await.unwrap();
    stored
}

async fn sends(store: &Store, new: &NewLetter, to: &[u8]) -> LetterId {
    let id = keeps(store, new).await;
    delivers(store, id, to).await;
    id
}

async fn listed(store: &Store, recipient: RecipientId, query: &NoticeQuery) -> Vec<LetterId> {
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
    let due = NewLetter { kind: NoticeKind::Deadline, deadline: Some("2026-12-10".parse().unwrap()), ..letter(1) };
    let due = sends(&store, &due, &[1]).await;
    let of_nta = sends(&store, &NewLetter { sender: "NTA".parse().unwrap(), ..letter(2) }, &[1]).await;
    let over = sends(&store, &NewLetter { expires_at: now(), ..letter(3) }, &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, of_nta, now()).await.unwrap());
    repository.commit().await.unwrap();

    let all = NoticeQuery::default();
    assert_eq!(listed(&store, person, &all).await, [of_nta, due], "{over:?} is over");
    let expectations = [
        (NoticeQuery { sender: Some("NTA".parse().unwrap()), ..all.clone() }, vec![of_nta]),
        (NoticeQuery { kind: Some(NoticeKind::Deadline), ..all.clone() }, vec![due]),
        (NoticeQuery { unopened: true, ..all.clone() }, vec![due]),
        (NoticeQuery { due_from: Some("2026-12-10".parse().unwrap()), ..all.clone() }, vec![due]),
        (NoticeQuery { due_from: Some("2026-12-11".parse().unwrap()), ..all.clone() }, vec![]),
        (NoticeQuery { before: Some(of_nta), ..all.clone() }, vec![due]),
        (NoticeQuery { place: NoticePlace::Bin, ..all.clone() }, vec![]),
    ];
    for (query, expected) in expectations {
        assert_eq!(listed(&store, person, &query).await, expected, "{query:?}");
    }
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.notices(person, &all, now(), 1).await.unwrap().len(), 1);
    assert_eq!(reader.notice_senders(person, now()).await.unwrap(), [yokohama(), "NTA".parse().unwrap()]);
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
    assert_eq!((whole.row.notice, whole.body, whole.digest), (notice(1), vec![1; 2], [1; 32]));
    assert_eq!((whole.replaced_by, whole.row.attachments, whole.wants_states), (Some(newer), 2, false));
    assert_eq!(reader.attachment(person, id, 0, now()).await.unwrap(), Some(file));
    assert_eq!(reader.attachment(person, id, 1, now()).await.unwrap(), None);
    assert_eq!(reader.whole_notice(other, id, now()).await.unwrap(), None);
    assert_eq!(reader.attachment(other, id, 0, now()).await.unwrap(), None);
    assert_eq!(reader.whole_notice(person, id, later(31)).await.unwrap(), None);
}

async fn what_a_person_does_with_a_notice_is_counted(store: Store) {
    let person = opens(&store, 1).await;
    let due = NewLetter { deadline: Some("2026-12-10".parse().unwrap()), ..letter(1) };
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
    let day = |text: &str| text.parse().unwrap();
    let counts = reader.notice_counts(person, day("2026-12-10"), now()).await.unwrap();
    assert_eq!(counts, NoticeCounts { unopened: 0, inbox: 1, archive: 1, bin: 1, due: 1 });
    assert_eq!(reader.notice_counts(person, day("2026-12-11"), now()).await.unwrap().due, 0);
    let touched = reader.whole_notice(person, due, now()).await.unwrap().unwrap().row.touched;
    assert_eq!((touched.opened_at, touched.starred_at, touched.replied_at), (Some(now()), Some(now()), Some(now())));
    drop(reader);

    let mut repository = store.begin().await.unwrap();
    assert!(repository.unopen_notice(person, due).await.unwrap());
    assert!(!repository.unopen_notice(person, due).await.unwrap());
    assert!(repository.put_notice(person, third, NoticePlace::Inbox, now()).await.unwrap());
    repository.commit().await.unwrap();
    let counts = store.read().await.unwrap().notice_counts(person, day("2026-12-10"), now()).await.unwrap();
    assert_eq!(counts, NoticeCounts { unopened: 2, inbox: 2, archive: 1, bin: 0, due: 1 });
}

async fn a_withdrawn_letter_shows_no_files_and_is_withdrawn_once(store: Store) {
    let person = opens(&store, 1).await;
    let id = keeps(&store, &NewLetter { attachments: 1, ..letter(1) }).await;
    let mut repository = store.begin().await.unwrap();
    repository.insert_attachment(id, 0, &AttachmentRow { digest: [7; 32], sealed: vec![7] }).await.unwrap();
    repository.deliver(id, &[code(1)], 3, now()).await.unwrap();
    assert!(repository.withdraw_letter(&yokohama(), &notice(1), now()).await.unwrap());
    assert!(!repository.withdraw_letter(&yokohama(), &notice(1), later(1)).await.unwrap());
    assert!(!repository.withdraw_letter(&"NTA".parse().unwrap(), &notice(1), now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.attachment(person, id, 0, now()).await.unwrap(), None);
    assert_eq!(reader.whole_notice(person, id, now()).await.unwrap(), None, "nobody opened it: it is not there");
    assert!(listed(&store, person, &NoticeQuery::default()).await.is_empty());
    let mut repository = store.begin().await.unwrap();
    repository.open_notice(person, id, now()).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(reader.whole_notice(person, id, now()).await.unwrap().unwrap().row.withdrawn_at, Some(now()));
}

async fn what_was_opened_or_thrown_away_goes_and_the_rest_stays_without_marks(store: Store) {
    let person = opens(&store, 1).await;
    let mut ids = Vec::new();
    for byte in 1..=3 {
        ids.push(sends(&store, &letter(byte), &[1]).await);
    }
    let mut repository = store.begin().await.unwrap();
    repository.open_notice(person, ids[0], now()).await.unwrap();
    repository.put_notice(person, ids[1], NoticePlace::Bin, now()).await.unwrap();
    repository.star_notice(person, ids[2], Some(now())).await.unwrap();
    assert_eq!(repository.erase_confirmed(person).await.unwrap(), 2);
    assert_eq!(repository.erase_confirmed(person).await.unwrap(), 0);
    repository.commit().await.unwrap();
    assert_eq!(listed(&store, person, &NoticeQuery::default()).await, [ids[2]]);
    let whole = store.read().await.unwrap().whole_notice(person, ids[2], now()).await.unwrap().unwrap();
    assert_eq!(whole.row.touched.starred_at, None);
}

async fn a_letter_that_nobody_has_any_more_loses_its_words_until_it_is_sent_again(store: Store) {
    let (one, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let shared = sends(&store, &letter(1), &[1, 2]).await;
    let erases = async |person| {
        let mut repository = store.begin().await.unwrap();
        repository.open_notice(person, shared, now()).await.unwrap();
        repository.erase_confirmed(person).await.unwrap();
        repository.commit().await.unwrap();
    };
    erases(one).await;
    let whole = store.read().await.unwrap().whole_notice(other, shared, now()).await.unwrap().unwrap();
    assert_eq!(whole.body, vec![1; 2], "another person still has it");
    erases(other).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.letter_of(&yokohama(), &notice(1)).await.unwrap().unwrap().words_missing);
    assert!(!repository.insert_letter(&NewLetter { digest: [9; 32], ..letter(1) }).await.unwrap());
    assert!(repository.insert_letter(&letter(1)).await.unwrap());
    assert!(!repository.insert_letter(&letter(1)).await.unwrap());
    assert!(!repository.letter_of(&yokohama(), &notice(1)).await.unwrap().unwrap().words_missing);
    assert_eq!(repository.deliver(shared, &[code(1)], 3, now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().whole_notice(one, shared, now()).await.unwrap().unwrap().body, vec![1; 2]);
}

async fn an_expired_letter_goes_with_its_notices_and_whoever_asked_hears_that_nobody_opened_it(store: Store) {
    let (one, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let asked = sends(&store, &NewLetter { wants_states: true, ..letter(1) }, &[1, 2]).await;
    let stays = sends(&store, &NewLetter { expires_at: later(60), ..letter(2) }, &[1]).await;
    let mut repository = store.begin().await.unwrap();
    repository.give_states(one, &yokohama(), now()).await.unwrap();
    repository.give_states(one, &yokohama(), now()).await.unwrap();
    assert!(!repository.gives_states(other, &yokohama()).await.unwrap());
    assert_eq!(repository.expire_letters(later(29), 10).await.unwrap(), 0);
    assert_eq!(repository.expire_letters(later(31), 10).await.unwrap(), 1);
    assert_eq!(repository.expire_letters(later(31), 10).await.unwrap(), 0);
    let first = repository.walk_notices(None, later(31), 2).await.unwrap();
    assert_eq!((first.next.is_some(), first.removed), (true, 1));
    let second = repository.walk_notices(first.next, later(31), 2).await.unwrap();
    assert_eq!((second.next, second.removed), (None, 1));
    assert_eq!(repository.delete_expired_letters(later(31)).await.unwrap(), 1);
    repository.commit().await.unwrap();

    assert_eq!(listed(&store, one, &NoticeQuery::default()).await, [stays]);
    let returns = store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap();
    let told: Vec<_> = returns.iter().map(|row| (row.notice, row.link_code == code(1), row.at, &row.what)).collect();
    assert_eq!(told, [(notice(1), true, later(30), &ReturnRowWhat::State(NoticeState::NotReceived))], "{asked:?}");
}

fn a_return(recipient: RecipientId, what: ReturnRowWhat) -> NewReturn {
    NewReturn { sender: yokohama(), notice: notice(1), recipient, at: now(), what }
}

async fn what_comes_back_is_numbered_and_goes_when_it_was_fetched(store: Store) {
    let person = opens(&store, 1).await;
    let reply = ReturnRowWhat::Reply { encapsulated_key: "a".to_owned(), ciphertext: "b".to_owned() };
    let opened = ReturnRowWhat::State(NoticeState::OpenedByPerson);
    let mut repository = store.begin().await.unwrap();
    for what in [&opened, &reply] {
        repository.insert_return(&a_return(person, what.clone())).await.unwrap();
    }
    let for_nta = NewReturn { sender: "NTA".parse().unwrap(), ..a_return(person, opened.clone()) };
    repository.insert_return(&for_nta).await.unwrap();
    repository.withhold_states(person, &yokohama()).await.unwrap();
    repository.commit().await.unwrap();
    let waiting = async |after| {
        let rows = store.read().await.unwrap().returns(&yokohama(), after, 10).await.unwrap();
        rows.into_iter().map(|row| (row.number, row.what)).collect::<Vec<_>>()
    };
    assert_eq!(waiting(0).await, [(1, opened), (2, reply.clone())]);
    assert_eq!(waiting(1).await, [(2, reply.clone())]);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_returns(&yokohama(), 1).await.unwrap(), 1);
    repository.insert_return(&a_return(person, reply.clone())).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(waiting(0).await.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3]);
}

async fn two_who_write_for_one_sender_at_once_leave_no_gap_behind_the_reader(store: Store) {
    let person = opens(&store, 1).await;
    let opened = ReturnRowWhat::State(NoticeState::OpenedByPerson);
    let mut first = store.begin().await.unwrap();
    first.insert_return(&a_return(person, opened.clone())).await.unwrap();
    let (store_, opened_) = (store.clone(), opened.clone());
    let second = tokio::spawn(async move {
        let mut second = store_.begin().await.unwrap();
        second.insert_return(&a_return(person, opened_)).await.unwrap();
        second.commit().await.unwrap();
    });
    tokio::task::yield_now().await;
    assert!(store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap().is_empty());
    first.commit().await.unwrap();
    second.await.unwrap();
    let rows = store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
}

async fn a_deleted_folder_takes_its_notices_along(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let shared = sends(&store, &letter(1), &[1, 2]).await;
    sends(&store, &letter(2), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    repository.give_states(person, &yokohama(), now()).await.unwrap();
    let opened = ReturnRowWhat::State(NoticeState::OpenedByPerson);
    repository.insert_return(&a_return(person, opened)).await.unwrap();
    assert_eq!(repository.delete_folder(&folder(1)).await.unwrap().unwrap().notices, 2);
    repository.commit().await.unwrap();
    assert!(listed(&store, person, &NoticeQuery::default()).await.is_empty());
    assert_eq!(listed(&store, other, &NoticeQuery::default()).await, [shared]);
    assert!(store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap().is_empty());
}
