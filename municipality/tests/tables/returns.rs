//! What came back.

use domain::{NoticeId, NoticeState};
use municipality::store::{NewSending, ReturnedRow, Store};
use wire::mediation::SealedPayload;

use crate::engines::{code, hours, new_sending, now, on_both, opened, sending};

on_both! {
    what_came_back_is_kept_once_in_its_order
    what_was_fetched_and_not_kept_is_not_fetched_again
    what_came_back_is_found_again_by_who_made_the_sending
    a_notice_of_nobody_is_nobodys
    a_reply_that_cannot_be_opened_yet_is_kept_as_it_came
    a_receipt_that_is_not_believed_yet_is_kept_beside_those_that_are
    letters_of_ones_own_are_counted_at_any_number
}

fn returned(number: u64, notice: NoticeId, from: u32) -> ReturnedRow {
    let state = Some(NoticeState::Arrived);
    ReturnedRow { number, notice, link_code: code(from), at: now(), state, reply: Some(vec![1]) }
}

async fn keeps(store: &Store, row: &ReturnedRow) -> bool {
    let mut repository = store.begin().await.unwrap();
    let kept = repository.insert_returned(row).await.unwrap();
    repository.commit().await.unwrap();
    kept
}

async fn what_came_back_is_kept_once_in_its_order(store: Store) {
    let notice = sending(1).notice();
    assert_eq!(store.read().await.unwrap().returned_last().await.unwrap(), 0);
    assert!(keeps(&store, &returned(7, notice, 1)).await);
    assert!(!keeps(&store, &returned(7, notice, 1)).await);
    assert!(keeps(&store, &returned(9, notice, 2)).await);
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.returned_last().await.unwrap(), 9);
    assert!(reader.returned_of(&notice, 0, 9).await.unwrap() == [returned(7, notice, 1), returned(9, notice, 2)]);
    assert!(reader.returned_of(&notice, 7, 9).await.unwrap() == [returned(9, notice, 2)]);
    assert!(reader.returned_of(&notice, 0, 1).await.unwrap().len() == 1);
}

async fn what_was_fetched_and_not_kept_is_not_fetched_again(store: Store) {
    assert!(keeps(&store, &returned(3, sending(1).notice(), 1)).await);
    for (through, last) in [(9, 9), (2, 9), (10, 10)] {
        let mut repository = store.begin().await.unwrap();
        repository.returned_through(through).await.unwrap();
        repository.commit().await.unwrap();
        assert_eq!(store.read().await.unwrap().returned_last().await.unwrap(), last);
    }
    assert!(keeps(&store, &returned(11, sending(1).notice(), 1)).await);
    assert_eq!(store.read().await.unwrap().returned_last().await.unwrap(), 11);
}

async fn what_came_back_is_found_again_by_who_made_the_sending(store: Store) {
    opened(&store, &new_sending(1), 3).await;
    opened(&store, &NewSending { merged: true, ..new_sending(2) }, 3).await;
    opened(&store, &NewSending { merged: true, ..new_sending(3) }, 3).await;
    opened(&store, &NewSending { made_by: "client:two".to_owned(), ..new_sending(4) }, 3).await;
    for (number, notice) in
        [(1, sending(1).notice()), (2, sending(3).notice_at(2)), (3, sending(4).notice()), (4, sending(2).notice_at(2))]
    {
        assert!(keeps(&store, &returned(number, notice, 2)).await);
    }
    let found = async |maker: &str, after: u64, limit: u32| {
        let rows = store.read().await.unwrap().returned_by(maker, after, limit).await.unwrap();
        rows.into_iter().map(|row| (row.returned.number, row.sending, row.place)).collect::<Vec<_>>()
    };
    assert_eq!(found("client:one", 0, 9).await, [(1, sending(1), 2), (2, sending(3), 2), (4, sending(2), 2)]);
    assert_eq!(found("client:one", 1, 1).await, [(2, sending(3), 2)]);
    assert_eq!(found("client:two", 0, 9).await, [(3, sending(4), 2)]);
}

async fn a_notice_of_nobody_is_nobodys(store: Store) {
    opened(&store, &NewSending { merged: true, expires_at: hours(-24 * 32), ..new_sending(1) }, 3).await;
    assert!(keeps(&store, &returned(1, sending(9).notice(), 1)).await);
    assert!(keeps(&store, &returned(2, sending(1).notice_at(1), 1)).await, "long after it expired");
    assert!(store.read().await.unwrap().returned_by("client:one", 0, 9).await.unwrap().is_empty());
}

async fn a_reply_that_cannot_be_opened_yet_is_kept_as_it_came(store: Store) {
    let notice = sending(1).notice();
    let closed = |number| ReturnedRow { state: None, reply: None, ..returned(number, notice, 1) };
    let sealed = |text: &str| SealedPayload { encapsulated_key: "key".to_owned(), ciphertext: text.to_owned() };
    let mut repository = store.begin().await.unwrap();
    for (number, text) in [(3, "three"), (5, "five")] {
        assert!(repository.insert_returned(&closed(number)).await.unwrap());
        repository.insert_sealed(number, sealed(text)).await.unwrap();
        repository.insert_sealed(number, sealed("another")).await.unwrap();
    }
    repository.commit().await.unwrap();
    let waiting = async |after, limit| {
        let rows = store.read().await.unwrap().sealed_returns(after, limit).await.unwrap();
        rows.into_iter().map(|row| (row.number, row.notice == notice, row.sealed.ciphertext)).collect::<Vec<_>>()
    };
    assert_eq!(waiting(0, 1).await, [(3, true, "three".to_owned())]);
    assert_eq!(waiting(3, 9).await, [(5, true, "five".to_owned())]);
    let mut repository = store.begin().await.unwrap();
    repository.open_returned(3, b"signed").await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(waiting(0, 9).await.len(), 1);
    let rows = store.read().await.unwrap().returned_of(&notice, 0, 9).await.unwrap();
    let replies: Vec<_> = rows.into_iter().map(|row| row.reply).collect();
    assert_eq!(replies, [Some(b"signed".to_vec()), None]);
}

async fn a_receipt_that_is_not_believed_yet_is_kept_beside_those_that_are(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    opened(&store, &NewSending { merged: true, ..new_sending(2) }, 2).await;
    let mut repository = store.begin().await.unwrap();
    for (byte, place, signed) in [(1, 0, b"first"), (2, 1, b"first"), (2, 1, b"again")] {
        repository.insert_doubted(sending(byte), place, signed).await.unwrap();
    }
    repository.commit().await.unwrap();
    let doubted = async |after| {
        let rows = store.read().await.unwrap().doubted_receipts(after, 9).await.unwrap();
        rows.into_iter().map(|row| (row.sending, row.place, row.notice, row.signed)).collect::<Vec<_>>()
    };
    let second = (sending(2), 1, sending(2).notice_at(1), b"again".to_vec());
    assert_eq!(doubted(None).await, [(sending(1), 0, sending(1).notice(), b"first".to_vec()), second.clone()]);
    assert_eq!(doubted(Some((sending(1), 0))).await, [second]);
    assert_eq!(store.read().await.unwrap().receipt(sending(1), 0).await.unwrap(), None);
    let mut repository = store.begin().await.unwrap();
    repository.forget_doubted(sending(2), 1).await.unwrap();
    repository.commit().await.unwrap();
    assert_eq!(doubted(None).await.len(), 1);
}

async fn letters_of_ones_own_are_counted_at_any_number(store: Store) {
    opened(&store, &NewSending { merged: true, ..new_sending(1) }, 1200).await;
    let returned = |number: u64, place: u32, state: Option<NoticeState>| {
        let reply = state.is_none().then(|| vec![1]);
        ReturnedRow { state, reply, ..returned(number, sending(1).notice_at(place), place) }
    };
    let mut repository = store.begin().await.unwrap();
    for place in 0..1200_u32 {
        repository.insert_returned(&returned(u64::from(place) + 1, place, Some(NoticeState::Arrived))).await.unwrap();
    }
    for (number, place, state) in [
        (2001, 0, Some(NoticeState::Arrived)),
        (2002, 0, Some(NoticeState::OpenedByPerson)),
        (2003, 1100, None),
        (2004, 1100, None),
        (2004, 1101, None),
    ] {
        repository.insert_returned(&returned(number, place, state)).await.unwrap();
    }
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let mut counts: Vec<_> =
        reader.state_counts(sending(1)).await.unwrap().iter().map(|count| (count.state, count.people)).collect();
    counts.sort_unstable();
    assert_eq!(
        counts,
        [(None, 1), (Some(NoticeState::Arrived), 1200), (Some(NoticeState::OpenedByPerson), 1)],
        "each person once, whatever comes twice"
    );
    let replies = reader.replies_of(sending(1), 0, 9).await.unwrap();
    assert_eq!(replies.iter().map(|reply| reply.number).collect::<Vec<_>>(), [2003, 2004]);
    assert!(reader.state_counts(sending(2)).await.unwrap().is_empty());
}
