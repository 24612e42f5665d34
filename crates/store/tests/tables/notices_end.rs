//! What stays of letters that nobody has, that were taken back, or whose time is over, on SQLite and on PostgreSQL (P-PSH-5,
//! P-PSH-7, P-PSH-8).

use domain::NoticeState;
use jiff::Timestamp;
use store::{AttachmentRow, LetterId, LetterRow, NewLetter, NoticeQuery, RecipientId, ReturnRowWhat, Store};

use crate::engines::on_both;
use crate::notices::{code, delivers, folder, keeps, later, letter, listed, notice, now, opens, sends, yokohama};

on_both! {
    a_letter_for_nobody_loses_words_and_files_and_is_taken_when_it_is_brought_again
    a_letter_that_nobody_got_in_time_loses_its_words_and_one_that_somebody_got_keeps_them
    whoever_delivers_a_letter_waits_for_whoever_empties_it
    a_letter_that_was_taken_back_goes_from_those_who_have_not_opened_it
    nobody_brings_words_back_to_a_letter_that_was_taken_back
    what_somebody_had_does_not_arrive_again_and_arrived_when_it_first_did
    whoever_closed_their_folder_has_had_nothing
    who_had_a_letter_is_forgotten_with_it_step_by_step
    what_was_opened_once_is_told_once_and_never_as_not_received
    what_was_opened_before_the_sender_may_hear_of_it_is_told_when_it_may
    what_was_only_marked_as_read_is_told_neither_as_opened_nor_as_not_received
    what_was_marked_as_read_and_is_opened_then_is_told_as_opened_then
    what_was_taken_back_is_not_made_unread_for_it_would_be_gone
    what_expires_while_a_walk_is_on_its_way_is_there_for_the_next
    a_newer_notice_that_cannot_be_read_takes_nothing_s_place
}

const FILE: AttachmentRow = AttachmentRow { digest: [7; 32], sealed: Vec::new() };

async fn standing(store: &Store, byte: u8) -> LetterRow {
    let mut repository = store.begin().await.unwrap();
    repository.letter_of(&yokohama(), &notice(byte)).await.unwrap().unwrap()
}

async fn withdraws(store: &Store, byte: u8) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.withdraw_letter(&yokohama(), &notice(byte), now()).await.unwrap());
    repository.commit().await.unwrap();
}

async fn reads(store: &Store, person: RecipientId, letter: LetterId) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, letter, now()).await.unwrap());
    repository.commit().await.unwrap();
}

async fn leaves(store: &Store, person: RecipientId) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.erase_confirmed(person).await.unwrap() > 0);
    repository.commit().await.unwrap();
}

/// A whole walk; how many notices it took.
async fn walks(store: &Store, before: Timestamp) -> u64 {
    let (mut removed, mut from) = (0, None);
    loop {
        let mut repository = store.begin().await.unwrap();
        let walked = repository.walk_notices(from, before, 2).await.unwrap();
        repository.commit().await.unwrap();
        (removed, from) = (removed + walked.removed, walked.next);
        if from.is_none() {
            break;
        }
    }
    while steps_on(store, before).await {}
    removed
}

async fn steps_on(store: &Store, before: Timestamp) -> bool {
    let mut repository = store.begin().await.unwrap();
    let more = repository.end_walk(before, 1).await.unwrap();
    repository.commit().await.unwrap();
    more
}

async fn is_wanted(store: &Store, at: Timestamp) -> bool {
    store.begin().await.unwrap().walk_wanted(at).await.unwrap()
}

async fn a_letter_for_nobody_loses_words_and_files_and_is_taken_when_it_is_brought_again(store: Store) {
    let new = NewLetter { attachments: 1, ..letter(1) };
    let id = keeps(&store, &new).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_attachment(id, 0, &FILE).await.unwrap());
    assert_eq!(repository.deliver(id, &[code(9)], 3, now()).await.unwrap(), 0);
    assert!(repository.empty_undelivered(id).await.unwrap());
    assert!(!repository.empty_undelivered(id).await.unwrap());
    assert!(!repository.insert_attachment(id, 0, &FILE).await.unwrap(), "no file without its letter");
    repository.commit().await.unwrap();
    let row = standing(&store, 1).await;
    assert_eq!((row.id, row.digest, row.words_missing, row.attachments_missing), (id, [1; 32], true, 1));

    let person = opens(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.reaches(id, &[code(9)], 3).await.unwrap());
    assert!(!repository.reaches(id, &[], 3).await.unwrap());
    assert!(!repository.reaches(id, &[code(1)], 0).await.unwrap());
    assert!(repository.reaches(id, &[code(9), code(1)], 3).await.unwrap());
    assert!(repository.insert_letter(&new).await.unwrap());
    assert!(repository.insert_attachment(id, 0, &FILE).await.unwrap());
    assert_eq!(repository.deliver(id, &[code(9), code(1)], 3, now()).await.unwrap(), 1);
    assert!(!repository.reaches(id, &[code(9), code(1)], 3).await.unwrap(), "nobody new");
    assert!(!repository.empty_undelivered(id).await.unwrap(), "somebody has it");
    repository.commit().await.unwrap();
    assert_eq!(listed(&store, person, &NoticeQuery::default()).await, [id]);
    assert!(!standing(&store, 1).await.words_missing);
}

async fn a_letter_that_nobody_got_in_time_loses_its_words_and_one_that_somebody_got_keeps_them(store: Store) {
    opens(&store, 1).await;
    sends(&store, &letter(1), &[1]).await;
    keeps(&store, &letter(2)).await;
    keeps(&store, &NewLetter { taken_at: later(1), ..letter(3) }).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.empty_undelivered_since(later(0), 10).await.unwrap(), 1);
    // Brought again, it has as much time again.
    assert!(repository.insert_letter(&NewLetter { taken_at: later(1), ..letter(2) }).await.unwrap());
    assert_eq!(repository.empty_undelivered_since(later(0), 10).await.unwrap(), 0);
    assert_eq!(repository.empty_undelivered_since(later(1), 1).await.unwrap(), 1);
    assert_eq!(repository.empty_undelivered_since(later(1), 10).await.unwrap(), 1);
    repository.commit().await.unwrap();
    let missing = [standing(&store, 1).await, standing(&store, 2).await, standing(&store, 3).await];
    assert_eq!(missing.map(|row| row.words_missing), [false, true, true]);
}

async fn whoever_delivers_a_letter_waits_for_whoever_empties_it(store: Store) {
    opens(&store, 1).await;
    let id = keeps(&store, &letter(1)).await;
    let mut first = store.begin().await.unwrap();
    assert!(!first.letter_to_deliver(&yokohama(), &notice(1)).await.unwrap().unwrap().words_missing);
    let store_ = store.clone();
    let second = tokio::spawn(async move {
        let mut second = store_.begin().await.unwrap();
        second.letter_to_deliver(&yokohama(), &notice(1)).await.unwrap().unwrap().words_missing
    });
    tokio::task::yield_now().await;
    assert!(first.empty_undelivered(id).await.unwrap());
    first.commit().await.unwrap();
    assert!(second.await.unwrap());
}

async fn a_letter_that_was_taken_back_goes_from_those_who_have_not_opened_it(store: Store) {
    let (reader, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let stays = sends(&store, &letter(3), &[2]).await;
    let read = sends(&store, &letter(1), &[1, 2]).await;
    sends(&store, &letter(2), &[1, 2]).await;
    keeps(&store, &letter(4)).await;
    reads(&store, reader, read).await;
    assert!(!is_wanted(&store, now()).await);
    for byte in [1, 2, 4] {
        withdraws(&store, byte).await;
    }
    assert!(standing(&store, 4).await.words_missing, "nobody had it");
    assert!(!standing(&store, 2).await.words_missing, "until the walk");
    let one_more = keeps(&store, &letter(5)).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.deliver(one_more, &[code(2)], 3, now()).await.unwrap(), 0, "they are full");
    drop(repository);

    assert!(is_wanted(&store, now()).await);
    assert_eq!(walks(&store, now()).await, 3);
    assert!(!is_wanted(&store, later(1)).await);
    assert_eq!(walks(&store, now()).await, 0);
    assert_eq!(listed(&store, reader, &NoticeQuery::default()).await, [read]);
    assert_eq!(listed(&store, other, &NoticeQuery::default()).await, [stays]);
    assert!(standing(&store, 2).await.words_missing && !standing(&store, 1).await.words_missing);
    assert_eq!(delivers(&store, one_more, &[2]).await, 1);
    leaves(&store, reader).await;
    assert!(standing(&store, 1).await.words_missing, "the last who had it has left");
    assert!(store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap().is_empty());
}

async fn nobody_brings_words_back_to_a_letter_that_was_taken_back(store: Store) {
    let id = keeps(&store, &letter(1)).await;
    withdraws(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.insert_letter(&letter(1)).await.unwrap());
    assert!(!repository.insert_attachment(id, 0, &FILE).await.unwrap());
    drop(repository);
    assert!(standing(&store, 1).await.words_missing);
}

async fn what_somebody_had_does_not_arrive_again_and_arrived_when_it_first_did(store: Store) {
    let (reader, keeper) = (opens(&store, 1).await, opens(&store, 2).await);
    opens(&store, 3).await;
    let id = sends(&store, &letter(1), &[1, 2]).await;
    reads(&store, reader, id).await;
    leaves(&store, reader).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.take_notice(keeper, id).await.unwrap());
    assert!(!repository.take_notice(keeper, id).await.unwrap());
    assert!(!repository.reaches(id, &[code(1), code(2)], 3).await.unwrap());
    assert!(repository.insert_letter(&letter(1)).await.unwrap());
    assert_eq!(repository.deliver(id, &[code(1), code(2), code(9)], 3, later(1)).await.unwrap(), 0);
    assert_eq!(repository.deliver(id, &[code(1), code(2), code(3)], 3, later(1)).await.unwrap(), 1);
    let mut taken = repository.recipients_of(id, &[code(1), code(2), code(3), code(9)]).await.unwrap();
    taken.sort_unstable();
    assert!(taken == [code(1), code(2), code(3)]);
    assert_eq!(repository.arrival(id, &code(1)).await.unwrap(), Some(now()));
    assert_eq!(repository.arrival(id, &code(2)).await.unwrap(), Some(now()));
    assert_eq!(repository.arrival(id, &code(3)).await.unwrap(), Some(later(1)));
    repository.commit().await.unwrap();
    assert!(listed(&store, reader, &NoticeQuery::default()).await.is_empty());
}

async fn whoever_closed_their_folder_has_had_nothing(store: Store) {
    let person = opens(&store, 1).await;
    let id = sends(&store, &letter(1), &[1]).await;
    let unread = sends(&store, &letter(2), &[1]).await;
    reads(&store, person, id).await;
    leaves(&store, person).await;
    let mut repository = store.begin().await.unwrap();
    repository.delete_folder(&folder(1)).await.unwrap().unwrap();
    repository.commit().await.unwrap();
    opens(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    for letter in [id, unread] {
        assert_eq!(repository.arrival(letter, &code(1)).await.unwrap(), None);
        assert!(repository.recipients_of(letter, &[code(1)]).await.unwrap().is_empty());
        assert!(repository.reaches(letter, &[code(1)], 3).await.unwrap());
    }
}

async fn who_had_a_letter_is_forgotten_with_it_step_by_step(store: Store) {
    let people = [opens(&store, 1).await, opens(&store, 2).await];
    let id = sends(&store, &letter(1), &[1, 2]).await;
    for person in people {
        reads(&store, person, id).await;
        leaves(&store, person).await;
    }
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.expire_letters(later(31), 10).await.unwrap(), 1);
    repository.commit().await.unwrap();
    let mut steps = 0;
    while steps_on(&store, later(31)).await {
        steps += 1;
    }
    assert_eq!(steps, 3, "two people, then the letter");
    assert!(!is_wanted(&store, later(31)).await);
}

async fn told(store: &Store) -> Vec<(Timestamp, ReturnRowWhat)> {
    let rows = store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap();
    rows.into_iter().map(|row| (row.at, row.what)).collect()
}

async fn what_was_opened_once_is_told_once_and_never_as_not_received(store: Store) {
    let person = opens(&store, 1).await;
    let asks = |byte| NewLetter { wants_states: true, ..letter(byte) };
    let (id, never) = (sends(&store, &asks(1), &[1]).await, sends(&store, &asks(2), &[1]).await);
    let mut repository = store.begin().await.unwrap();
    repository.give_states(person, &yokohama(), now()).await.unwrap();
    assert_eq!(repository.tell_opened(person, never, now()).await.unwrap(), None, "nobody opened it");
    assert!(repository.open_notice(person, id, now()).await.unwrap());
    assert_eq!(repository.tell_opened(person, id, now()).await.unwrap(), Some(now()));
    assert!(repository.unopen_notice(person, id).await.unwrap());
    assert!(repository.open_notice(person, id, later(1)).await.unwrap());
    assert_eq!(repository.tell_opened(person, id, later(1)).await.unwrap(), None, "told before");
    assert!(repository.unopen_notice(person, id).await.unwrap());
    assert_eq!(repository.expire_letters(later(31), 10).await.unwrap(), 2);
    repository.commit().await.unwrap();
    assert_eq!(walks(&store, later(31)).await, 2);
    assert_eq!(told(&store).await, [(later(30), ReturnRowWhat::State(NoticeState::NotReceived))], "of the other one");
}

async fn what_was_opened_before_the_sender_may_hear_of_it_is_told_when_it_may(store: Store) {
    let person = opens(&store, 1).await;
    let id = sends(&store, &letter(1), &[1]).await;
    reads(&store, person, id).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.unopen_notice(person, id).await.unwrap());
    assert_eq!(repository.tell_opened(person, id, later(1)).await.unwrap(), Some(now()), "when it was opened first");
    assert_eq!(repository.tell_opened(person, id, later(1)).await.unwrap(), None);
}

async fn marks_as_read(store: &Store, person: RecipientId, letter: LetterId) {
    let mut repository = store.begin().await.unwrap();
    assert!(repository.read_notice(person, letter, now()).await.unwrap());
    assert!(!repository.read_notice(person, letter, later(1)).await.unwrap());
    assert_eq!(repository.tell_opened(person, letter, now()).await.unwrap(), None, "nobody opened it");
    repository.commit().await.unwrap();
}

/// Neither where it goes at logout, nor where its time is over before; nothing was done with the last one.
async fn what_was_only_marked_as_read_is_told_neither_as_opened_nor_as_not_received(store: Store) {
    let person = opens(&store, 1).await;
    let asks = |byte| NewLetter { wants_states: true, ..letter(byte) };
    let mut repository = store.begin().await.unwrap();
    repository.give_states(person, &yokohama(), now()).await.unwrap();
    repository.commit().await.unwrap();
    let id = sends(&store, &asks(1), &[1]).await;
    marks_as_read(&store, person, id).await;
    leaves(&store, person).await;
    let id = sends(&store, &asks(2), &[1]).await;
    marks_as_read(&store, person, id).await;
    sends(&store, &asks(3), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.expire_letters(later(31), 10).await.unwrap(), 3);
    repository.commit().await.unwrap();
    assert_eq!(walks(&store, later(31)).await, 2);
    let rows = store.read().await.unwrap().returns(&yokohama(), 0, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.notice).collect::<Vec<_>>(), [notice(3)]);
    assert_eq!(told(&store).await, [(later(30), ReturnRowWhat::State(NoticeState::NotReceived))]);
}

async fn what_was_marked_as_read_and_is_opened_then_is_told_as_opened_then(store: Store) {
    let person = opens(&store, 1).await;
    let id = sends(&store, &letter(1), &[1]).await;
    marks_as_read(&store, person, id).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, id, later(1)).await.unwrap());
    assert!(!repository.open_notice(person, id, later(2)).await.unwrap());
    assert_eq!(repository.tell_opened(person, id, later(2)).await.unwrap(), Some(later(1)));
    assert_eq!(repository.tell_opened(person, id, later(2)).await.unwrap(), None);
    repository.commit().await.unwrap();
    let whole = store.read().await.unwrap().whole_notice(person, id, now()).await.unwrap().unwrap();
    assert_eq!(whole.row.touched.opened_at, Some(now()), "it counts as read since it was marked");
}

async fn what_was_taken_back_is_not_made_unread_for_it_would_be_gone(store: Store) {
    let person = opens(&store, 1).await;
    let id = sends(&store, &letter(1), &[1]).await;
    reads(&store, person, id).await;
    withdraws(&store, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.unopen_notice(person, id).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(listed(&store, person, &NoticeQuery::default()).await, [id]);
}

async fn what_expires_while_a_walk_is_on_its_way_is_there_for_the_next(store: Store) {
    opens(&store, 1).await;
    sends(&store, &letter(1), &[1]).await;
    sends(&store, &NewLetter { expires_at: later(60), ..letter(2) }, &[1]).await;
    let expires = async |at| {
        let mut repository = store.begin().await.unwrap();
        assert_eq!(repository.expire_letters(at, 10).await.unwrap(), 1);
        repository.commit().await.unwrap();
    };
    assert!(!is_wanted(&store, later(31)).await);
    expires(later(31)).await;
    assert!(is_wanted(&store, later(31)).await);
    expires(later(61)).await;
    assert_eq!(walks(&store, later(31)).await, 1);
    assert!(is_wanted(&store, later(61)).await);
    assert_eq!(walks(&store, later(61)).await, 1);
    assert!(!is_wanted(&store, later(61)).await);
}

async fn a_newer_notice_that_cannot_be_read_takes_nothing_s_place(store: Store) {
    let person = opens(&store, 1).await;
    let old = sends(&store, &NewLetter { expires_at: later(90), ..letter(1) }, &[1]).await;
    let newer = sends(&store, &NewLetter { replaces: Some(notice(1)), ..letter(2) }, &[1]).await;
    let replaced = async |at| {
        let whole = store.read().await.unwrap().whole_notice(person, old, at).await.unwrap();
        whole.unwrap().replaced_by
    };
    assert_eq!(replaced(now()).await, Some(newer));
    assert_eq!(replaced(later(31)).await, None, "it has expired");
    withdraws(&store, 2).await;
    assert_eq!(replaced(now()).await, None, "it was taken back before it was opened");
    reads(&store, person, newer).await;
    assert_eq!(replaced(now()).await, Some(newer));
}
