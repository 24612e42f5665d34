//! How notices end, and what comes back of them, on SQLite and on PostgreSQL (P-PSH-4, P-PSH-5, P-PSH-7).

use domain::{NoticeState, OrgCode};
use jiff::Timestamp;
use store::{
    AttachmentRow, NewLetter, NewReturn, NoticePlace, NoticeQuery, RecipientId, ReturnRowWhat, StateConsent, Store,
};

use crate::engines::on_both;
use crate::notices::{code, folder, keeps, later, letter, listed, notice, now, opens, sends, yokohama};

on_both! {
    a_withdrawn_letter_shows_no_files_and_is_withdrawn_once
    what_was_opened_or_thrown_away_goes_and_the_rest_stays_without_marks
    two_who_leave_at_once_with_the_same_letters_both_come_through
    a_letter_that_nobody_has_any_more_loses_its_words_until_it_is_sent_again
    an_expired_letter_goes_with_its_notices_and_whoever_asked_hears_that_nobody_opened_it
    what_comes_back_is_numbered_and_goes_when_it_was_fetched
    after_a_restore_numbers_go_on_behind_those_that_the_sender_has
    before_anything_was_told_numbers_begin_behind_those_that_the_sender_has
    states_are_given_to_one_sender_and_whoever_withholds_them_takes_back_what_it_has_not_fetched
    no_state_is_left_for_a_sender_to_whom_its_person_gives_none
    a_state_that_is_written_while_its_person_withholds_it_is_not_left
    two_who_write_for_one_sender_at_once_leave_no_gap_behind_the_reader
    a_deleted_folder_takes_its_notices_along
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
    let read = sends(&store, &letter(1), &[1]).await;
    let thrown_away = sends(&store, &letter(2), &[1]).await;
    let starred = sends(&store, &letter(3), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    repository.open_notice(person, read, now()).await.unwrap();
    repository.put_notice(person, thrown_away, NoticePlace::Bin, now()).await.unwrap();
    repository.star_notice(person, starred, Some(now())).await.unwrap();
    assert_eq!(repository.erase_confirmed(person).await.unwrap(), 2);
    assert_eq!(repository.erase_confirmed(person).await.unwrap(), 0);
    repository.commit().await.unwrap();
    assert_eq!(listed(&store, person, &NoticeQuery::default()).await, [starred]);
    let whole = store.read().await.unwrap().whole_notice(person, starred, now()).await.unwrap().unwrap();
    assert_eq!(whole.row.touched.starred_at, None);
}

/// Their notices lie in opposite orders.
async fn two_who_leave_at_once_with_the_same_letters_both_come_through(store: Store) {
    let (one, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let mut letters = Vec::new();
    for byte in 1..=100 {
        letters.push(keeps(&store, &letter(byte)).await);
    }
    let mut repository = store.begin().await.unwrap();
    for (byte, person, letters) in
        [(1, one, letters.clone()), (2, other, letters.into_iter().rev().collect::<Vec<_>>())]
    {
        for letter in letters {
            assert_eq!(repository.deliver(letter, &[code(byte)], 100, now()).await.unwrap(), 1);
            assert!(repository.open_notice(person, letter, now()).await.unwrap());
        }
    }
    repository.commit().await.unwrap();
    let erases = async |person| {
        let mut repository = store.begin().await.unwrap();
        let went = repository.erase_confirmed(person).await.unwrap();
        repository.commit().await.unwrap();
        went
    };
    assert_eq!(tokio::join!(erases(one), erases(other)), (100, 100));
}

async fn a_letter_that_nobody_has_any_more_loses_its_words_until_it_is_sent_again(store: Store) {
    let (one, other, third) = (opens(&store, 1).await, opens(&store, 2).await, opens(&store, 3).await);
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
    assert_eq!(repository.deliver(shared, &[code(3)], 3, now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().whole_notice(third, shared, now()).await.unwrap().unwrap().body, vec![1; 2]);
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
    assert!(!repository.end_walk(later(31), 10).await.unwrap());
    repository.commit().await.unwrap();

    assert_eq!(listed(&store, one, &NoticeQuery::default()).await, [stays]);
    let returns = store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap();
    let told: Vec<_> = returns.iter().map(|row| (row.notice, row.link_code == code(1), row.at, &row.what)).collect();
    assert_eq!(told, [(notice(1), true, later(30), &ReturnRowWhat::State(NoticeState::NotReceived))], "{asked:?}");
}

fn a_return(recipient: RecipientId, what: ReturnRowWhat) -> NewReturn {
    NewReturn { sender: yokohama(), notice: notice(1), recipient, at: now(), what }
}

fn opened() -> ReturnRowWhat {
    ReturnRowWhat::State(NoticeState::OpenedByPerson)
}

fn nta() -> OrgCode {
    "NTA".parse().unwrap()
}

async fn gives(store: &Store, person: RecipientId, sender: &OrgCode, at: Timestamp) {
    let mut repository = store.begin().await.unwrap();
    repository.give_states(person, sender, at).await.unwrap();
    repository.commit().await.unwrap();
}

async fn waiting(store: &Store, sender: &OrgCode, after: u64) -> Vec<(u64, ReturnRowWhat)> {
    let rows = store.read().await.unwrap().returns(sender, after, 10).await.unwrap();
    rows.into_iter().map(|row| (row.number, row.what)).collect()
}

async fn what_comes_back_is_numbered_and_goes_when_it_was_fetched(store: Store) {
    let person = opens(&store, 1).await;
    let reply = ReturnRowWhat::Reply { encapsulated_key: "a".to_owned(), ciphertext: "b".to_owned() };
    let mut repository = store.begin().await.unwrap();
    repository.give_states(person, &yokohama(), now()).await.unwrap();
    for what in [&opened(), &reply] {
        repository.insert_return(&a_return(person, what.clone())).await.unwrap();
    }
    repository.commit().await.unwrap();
    let opened = opened();
    let waiting = async |after| waiting(&store, &yokohama(), after).await;
    assert_eq!(waiting(0).await, [(1, opened), (2, reply.clone())]);
    assert_eq!(waiting(1).await, [(2, reply.clone())]);
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_returns(&yokohama(), 1).await.unwrap(), 1);
    repository.insert_return(&a_return(person, reply.clone())).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(waiting(0).await.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3]);
}

async fn after_a_restore_numbers_go_on_behind_those_that_the_sender_has(store: Store) {
    let person = opens(&store, 1).await;
    let reply = ReturnRowWhat::Reply { encapsulated_key: "a".to_owned(), ciphertext: "b".to_owned() };
    let returns = async |count: u32| {
        let mut repository = store.begin().await.unwrap();
        for _ in 0..count {
            repository.insert_return(&a_return(person, reply.clone())).await.unwrap();
        }
        repository.commit().await.unwrap();
    };
    let behind = async |through| {
        let mut repository = store.begin().await.unwrap();
        let restored = repository.number_returns_behind(&yokohama(), through).await.unwrap();
        repository.commit().await.unwrap();
        restored
    };
    let numbers = async |after| {
        waiting(&store, &yokohama(), after).await.into_iter().map(|(number, _)| number).collect::<Vec<_>>()
    };
    returns(2).await;
    for known in [1, 2] {
        assert!(!behind(known).await);
    }
    assert!(behind(50).await);
    assert_eq!(numbers(50).await, [51, 52]);
    returns(1).await;
    assert_eq!(numbers(50).await, [51, 52, 53]);
    assert!(!behind(53).await);
}

async fn before_anything_was_told_numbers_begin_behind_those_that_the_sender_has(store: Store) {
    let person = opens(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.number_returns_behind(&yokohama(), 7).await.unwrap());
    let what = ReturnRowWhat::Reply { encapsulated_key: "a".to_owned(), ciphertext: "b".to_owned() };
    repository.insert_return(&a_return(person, what)).await.unwrap();
    repository.commit().await.unwrap();
    let numbers: Vec<u64> = waiting(&store, &yokohama(), 7).await.into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, [8]);
}

async fn states_are_given_to_one_sender_and_whoever_withholds_them_takes_back_what_it_has_not_fetched(store: Store) {
    let (one, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let reply = ReturnRowWhat::Reply { encapsulated_key: "a".to_owned(), ciphertext: "b".to_owned() };
    gives(&store, one, &nta(), later(1)).await;
    gives(&store, one, &yokohama(), now()).await;
    gives(&store, other, &yokohama(), now()).await;
    let mut repository = store.begin().await.unwrap();
    for new in [a_return(one, opened()), a_return(one, reply.clone()), a_return(other, opened())] {
        repository.insert_return(&new).await.unwrap();
    }
    repository.insert_return(&NewReturn { sender: nta(), ..a_return(one, opened()) }).await.unwrap();
    repository.commit().await.unwrap();
    let consents = async || store.read().await.unwrap().state_consents(one).await.unwrap();
    let given = |sender, given_at| StateConsent { sender, given_at };
    assert_eq!(consents().await, [given(yokohama(), now()), given(nta(), later(1))]);

    let mut repository = store.begin().await.unwrap();
    assert!(repository.withhold_states(one, &yokohama()).await.unwrap());
    assert!(!repository.withhold_states(one, &yokohama()).await.unwrap());
    assert!(!repository.withhold_states(other, &nta()).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(consents().await, [given(nta(), later(1))]);
    // The reply was sent to the sender by its person; the other person's state, and the other sender's, are none of theirs.
    assert_eq!(waiting(&store, &yokohama(), 0).await, [(2, reply), (3, opened())]);
    assert_eq!(waiting(&store, &nta(), 0).await, [(1, opened())]);
}

async fn no_state_is_left_for_a_sender_to_whom_its_person_gives_none(store: Store) {
    let person = opens(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    repository.insert_return(&a_return(person, opened())).await.unwrap();
    repository.commit().await.unwrap();
    assert!(waiting(&store, &yokohama(), 0).await.is_empty());
}

async fn a_state_that_is_written_while_its_person_withholds_it_is_not_left(store: Store) {
    let person = opens(&store, 1).await;
    gives(&store, person, &yokohama(), now()).await;
    let mut first = store.begin().await.unwrap();
    first.insert_return(&a_return(person, opened())).await.unwrap();
    let store_ = store.clone();
    let second = tokio::spawn(async move {
        let mut second = store_.begin().await.unwrap();
        assert!(second.withhold_states(person, &yokohama()).await.unwrap());
        second.commit().await.unwrap();
    });
    tokio::task::yield_now().await;
    first.commit().await.unwrap();
    second.await.unwrap();
    assert!(waiting(&store, &yokohama(), 0).await.is_empty());
}

async fn two_who_write_for_one_sender_at_once_leave_no_gap_behind_the_reader(store: Store) {
    let person = opens(&store, 1).await;
    let opened = opened();
    gives(&store, person, &yokohama(), now()).await;
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
    repository.insert_return(&a_return(person, opened())).await.unwrap();
    assert_eq!(repository.delete_folder(&folder(1)).await.unwrap().unwrap().notices, 2);
    repository.commit().await.unwrap();
    assert!(listed(&store, person, &NoticeQuery::default()).await.is_empty());
    assert_eq!(listed(&store, other, &NoticeQuery::default()).await, [shared]);
    assert!(store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap().is_empty());
}
