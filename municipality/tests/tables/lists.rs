//! Lists of recipients on their way.

use municipality::store::{FaultRow, ListForm, ListRow, SendingState, Store};

use crate::engines::{new_sending, now, on_both, opened, sending};

on_both! {
    a_list_begins_once_and_goes_on_from_where_it_stands
    a_list_of_a_sending_that_is_no_longer_open_goes_nowhere
    what_is_wrong_is_told_by_line
}

async fn begun(store: &Store) -> ListRow {
    opened(store, &new_sending(1), 0).await;
    let mut repository = store.begin().await.unwrap();
    repository.begin_list(sending(1), ListForm::Csv).await.unwrap();
    repository.begin_list(sending(1), ListForm::Ndjson).await.unwrap();
    let list = repository.list(sending(1)).await.unwrap().unwrap();
    repository.commit().await.unwrap();
    list
}

async fn advances(store: &Store, from: u64, to: &ListRow) -> bool {
    let mut repository = store.begin().await.unwrap();
    let advanced = repository.advance_list(sending(1), from, to).await.unwrap();
    repository.commit().await.unwrap();
    advanced
}

async fn a_list_begins_once_and_goes_on_from_where_it_stands(store: Store) {
    let list = begun(&store).await;
    assert_eq!((list.form, list.bytes, list.complete_at), (ListForm::Csv, 0, None));
    let half = ListRow { columns: Some("[]".to_owned()), bytes: 100, lines: 3, faults: 1, ..list };
    assert!(advances(&store, 0, &half).await);
    assert!(!advances(&store, 0, &half).await, "of two who upload at once one goes on");
    let whole = ListRow { bytes: 200, complete_at: Some(now()), ..half };
    assert!(advances(&store, 100, &whole).await);
    assert!(!advances(&store, 200, &whole).await, "a complete list never changes");
    assert_eq!(store.read().await.unwrap().list(sending(1)).await.unwrap(), Some(whole));
    assert_eq!(store.read().await.unwrap().list(sending(2)).await.unwrap(), None);
}

async fn a_list_of_a_sending_that_is_no_longer_open_goes_nowhere(store: Store) {
    let list = begun(&store).await;
    let mut repository = store.begin().await.unwrap();
    repository.move_sending(sending(1), &[SendingState::Open], SendingState::Cancelled, now()).await.unwrap();
    repository.commit().await.unwrap();
    assert!(!advances(&store, 0, &ListRow { bytes: 1, ..list }).await);
}

async fn what_is_wrong_is_told_by_line(store: Store) {
    begun(&store).await;
    let fault = |line| FaultRow { line, code: "malformed".to_owned(), detail: "not JSON".to_owned() };
    let mut repository = store.begin().await.unwrap();
    repository.insert_faults(sending(1), &[]).await.unwrap();
    repository.insert_faults(sending(1), &(1..=2500).rev().map(fault).collect::<Vec<_>>()).await.unwrap();
    repository.insert_faults(sending(1), &[fault(7)]).await.unwrap();
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.faults(sending(1), 0, 2).await.unwrap(), [fault(1), fault(2)]);
    assert_eq!(reader.faults(sending(1), 2498, 9).await.unwrap(), [fault(2499), fault(2500)]);
}
