//! Sendings that were taken back, until the portal knows.

use municipality::store::{NewSending, SendingId, Settled, Store};

use crate::engines::{hours, new_sending, now, on_both, opened, sending};

on_both! {
    a_sending_is_taken_back_once_until_the_portal_knows
    a_withdrawal_that_must_wait_stands_in_nobodys_way
    who_got_what_was_taken_back_gets_it_taken_back_again
    whoever_may_have_a_letter_of_their_own_is_known
}

macro_rules! does {
    ($store:expr, $method:ident($($arg:expr),*)) => {{
        let mut repository = $store.begin().await.unwrap();
        let done = repository.$method($($arg),*).await.unwrap();
        repository.commit().await.unwrap();
        done
    }};
}

async fn due(store: &Store, hour: i64, limit: u32) -> Vec<SendingId> {
    let rows = store.read().await.unwrap().to_withdraw(hours(hour), limit).await.unwrap();
    rows.iter().map(|row| row.id).collect()
}

async fn a_sending_is_taken_back_once_until_the_portal_knows(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    assert!(does!(store, withdraw_sending(sending(1), hours(1))));
    assert!(!does!(store, withdraw_sending(sending(1), hours(2))));
    let due = store.read().await.unwrap().to_withdraw(hours(1), 9).await.unwrap();
    assert_eq!(due.iter().map(|row| row.withdrawn_at).collect::<Vec<_>>(), [Some(hours(1))]);
    does!(store, withdrawal_taken(sending(1), hours(2)));
    assert!(store.read().await.unwrap().to_withdraw(hours(2), 9).await.unwrap().is_empty());
}

async fn a_withdrawal_that_must_wait_stands_in_nobodys_way(store: Store) {
    for byte in 1..=3 {
        opened(&store, &new_sending(byte), 1).await;
        does!(store, withdraw_sending(sending(byte), now()));
    }
    for id in due(&store, 0, 2).await {
        does!(store, postpone_withdrawal(id, 7, hours(1)));
        does!(store, postpone_withdrawal(id, 7, hours(2)));
        let row = store.read().await.unwrap().sending(id).await.unwrap().unwrap();
        assert_eq!((row.withdrawal_tries, row.withdrawal_place), (2, 7));
    }
    let last = due(&store, 0, 2).await;
    assert_eq!((last.len(), due(&store, 2, 9).await.len()), (1, 3));
    let last = *last.first().unwrap();
    // A page went well: the next one comes after all others that are due.
    does!(store, withdrawal_went_on(last, 200, hours(2)));
    assert_eq!((due(&store, 1, 9).await.len(), due(&store, 2, 9).await.len()), (0, 3));
    let row = store.read().await.unwrap().sending(last).await.unwrap().unwrap();
    assert_eq!((row.withdrawal_tries, row.withdrawal_place), (0, 200));
}

async fn who_got_what_was_taken_back_gets_it_taken_back_again(store: Store) {
    opened(&store, &NewSending { merged: true, ..new_sending(1) }, 4).await;
    does!(store, release_sending(sending(1), "x", now()));
    does!(store, withdraw_sending(sending(1), now()));
    does!(store, withdrawal_went_on(sending(1), 3, now()));
    does!(store, withdrawal_taken(sending(1), now()));
    let nobody = Settled { first: 0, last: 0, undeliverable: vec![0], unknown: vec![] };
    does!(store, settle(sending(1), &nobody));
    assert_eq!(due(&store, 0, 9).await, []);
    does!(store, settle(sending(1), &Settled { first: 1, last: 2, ..Settled::default() }));
    assert_eq!(due(&store, 0, 9).await, [sending(1)]);
    let row = store.read().await.unwrap().sending(sending(1)).await.unwrap().unwrap();
    assert_eq!(row.withdrawal_place, 1);
}

async fn whoever_may_have_a_letter_of_their_own_is_known(store: Store) {
    opened(&store, &NewSending { merged: true, ..new_sending(1) }, 6).await;
    let settled = Settled { first: 0, last: 3, undeliverable: vec![1], unknown: vec![2] };
    does!(store, settle(sending(1), &settled));
    let reached = async |from, limit| {
        let some = store.read().await.unwrap().perhaps_reached(sending(1), from, limit).await.unwrap();
        some.iter().map(|one| one.place).collect::<Vec<_>>()
    };
    assert_eq!((reached(0, 9).await, reached(1, 2).await), (vec![0, 3, 4, 5], vec![3, 4]));
}
