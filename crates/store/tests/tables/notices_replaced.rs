//! Notices in whose place their person got another one, on SQLite and on PostgreSQL.

use jiff::Timestamp;
use store::{LetterId, NewLetter, NoticeQuery, RecipientId, Store};

use crate::alerts::{HOUR, id, is_told};
use crate::engines::on_both;
use crate::notices::{delivers, keeps, later, letter, listed, notice, now, opens, sends, yokohama};

on_both! {
    what_was_replaced_waits_no_more_for_whoever_has_the_newer_one_too
    whichever_comes_last_the_older_one_is_replaced
    a_newer_one_that_was_read_and_is_gone_stands_in_the_place_of_the_older_one_all_the_same
    a_newer_one_that_does_not_hold_any_more_replaces_nothing
    nobody_is_reminded_of_what_was_replaced
}

/// Ends after so many days, perhaps in the place of another one.
fn ends(byte: u8, days: i64, replaces: Option<u8>) -> NewLetter {
    NewLetter { ends_at: Some(later(days)), replaces: replaces.map(notice), ..letter(byte) }
}

/// What waits, and what is replaced.
async fn seen(store: &Store, person: RecipientId, at: Timestamp) -> (Vec<LetterId>, Vec<LetterId>) {
    let mut reader = store.read().await.unwrap();
    let to_do = reader.notices_to_do(person, at, 9).await.unwrap();
    let counts = reader.notice_counts(person, at).await.unwrap();
    assert_eq!(usize::try_from(counts.to_do).unwrap(), to_do.len());
    assert_eq!(reader.notice_overview(person, at).await.unwrap().counts, counts);
    let all = reader.notices(person, &NoticeQuery::default(), at, 9).await.unwrap();
    let replaced = all.iter().filter(|row| row.replaced).map(|row| row.letter).collect();
    (to_do.iter().map(|row| row.letter).collect(), replaced)
}

async fn what_was_replaced_waits_no_more_for_whoever_has_the_newer_one_too(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let old = sends(&store, &ends(1, 5, None), &[1, 2]).await;
    let newer = sends(&store, &ends(2, 9, Some(1)), &[1]).await;
    // Another sender's letters have names of their own.
    let of_nta = NewLetter { sender: "NTA".parse().unwrap(), ..ends(3, 9, Some(1)) };
    let of_nta = sends(&store, &of_nta, &[2]).await;

    assert_eq!(seen(&store, person, now()).await, (vec![newer], vec![old]));
    assert_eq!(seen(&store, other, now()).await, (vec![old, of_nta], vec![]));
    let asked = |to_do| NoticeQuery { to_do: Some(to_do), ..NoticeQuery::default() };
    assert_eq!(listed(&store, person, &asked(true)).await, [newer]);
    assert_eq!(listed(&store, person, &asked(false)).await, [old]);
    let whole = store.read().await.unwrap().whole_notice(person, old, now()).await.unwrap().unwrap();
    assert_eq!((whole.row.replaced, whole.replaced_by), (true, Some(newer)));
}

async fn whichever_comes_last_the_older_one_is_replaced(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let newer = sends(&store, &ends(2, 9, Some(1)), &[1]).await;
    let old = sends(&store, &ends(1, 5, None), &[1]).await;
    assert_eq!(seen(&store, person, now()).await, (vec![newer], vec![old]));

    let (old, newer) = (keeps(&store, &ends(3, 5, None)).await, keeps(&store, &ends(4, 9, Some(3))).await);
    for letter in [newer, old] {
        assert_eq!(delivers(&store, letter, &[2]).await, 1);
    }
    assert_eq!(seen(&store, other, now()).await, (vec![newer], vec![old]));
}

/// The day that it says is as wrong as before.
async fn a_newer_one_that_was_read_and_is_gone_stands_in_the_place_of_the_older_one_all_the_same(store: Store) {
    let person = opens(&store, 1).await;
    let old = sends(&store, &ends(1, 5, None), &[1]).await;
    let newer = sends(&store, &ends(2, 9, Some(1)), &[1]).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.open_notice(person, newer, now()).await.unwrap());
    assert!(repository.take_notice(person, newer).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(seen(&store, person, now()).await, (vec![], vec![old]));
}

async fn a_newer_one_that_does_not_hold_any_more_replaces_nothing(store: Store) {
    let (person, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let old = sends(&store, &ends(1, 5, None), &[1, 2]).await;
    let short = sends(&store, &NewLetter { expires_at: later(2), ..ends(2, 1, Some(1)) }, &[1]).await;
    assert_eq!(seen(&store, person, now()).await, (vec![short], vec![old]));
    assert_eq!(seen(&store, person, later(2)).await, (vec![old], vec![]), "its time is over");

    let taken_back = sends(&store, &ends(3, 9, Some(1)), &[2]).await;
    assert_eq!(seen(&store, other, now()).await, (vec![taken_back], vec![old]));
    let mut repository = store.begin().await.unwrap();
    assert!(repository.withdraw_letter(&yokohama(), &notice(3), now()).await.unwrap());
    repository.commit().await.unwrap();
    assert_eq!(seen(&store, other, now()).await, (vec![old], vec![]));
}

/// Of how many notices people are reminded now, within three days of their end.
async fn reminds(store: &Store, at: Timestamp) -> u64 {
    let mut repository = store.begin().await.unwrap();
    let reminded = repository.remind(None, at - 24 * HOUR, at + 72 * HOUR, HOUR, 10, at).await.unwrap();
    repository.commit().await.unwrap();
    reminded.notices
}

async fn nobody_is_reminded_of_what_was_replaced(store: Store) {
    for byte in [1, 2] {
        is_told(&store, byte).await;
    }
    sends(&store, &ends(1, 5, None), &[1, 2]).await;
    let newer = keeps(&store, &ends(2, 20, Some(1))).await;
    assert_eq!(delivers(&store, newer, &[1]).await, 1);

    assert_eq!(reminds(&store, later(2)).await, 1, "of the other one's alone");
    let to_be_reminded = async |byte| {
        let at = later(2) + HOUR;
        store.read().await.unwrap().is_to_be_reminded(&id(byte), at).await.unwrap()
    };
    assert_eq!((to_be_reminded(1).await, to_be_reminded(2).await), (false, true));
    assert_eq!(delivers(&store, newer, &[2]).await, 1);
    assert!(!to_be_reminded(2).await, "the newer one came before the reminder went out");
}
