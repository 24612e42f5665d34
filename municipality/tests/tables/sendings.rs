//! Sendings and their recipients.

use municipality::store::{
    AuditLine, Lane, NewRecipient, NewSending, Outcome, PostedSending, SendingId, SendingState, Settled, Store,
};

use crate::engines::{code, hours, new_sending, now, on_both, opened, recipients, sending};

on_both! {
    a_sending_is_written_once_and_read_back
    sendings_are_listed_newest_first_and_by_their_maker
    what_was_posted_is_released_with_its_recipients_and_files
    who_is_a_recipient_already_is_not_added_again_and_is_told_where
    what_its_maker_left_open_for_long_is_cancelled
    a_sending_is_released_once_and_due_when_its_time_has_come
    whoever_is_settled_stays_so_and_all_settled_is_done
    what_failed_is_tried_later_and_what_went_on_at_once
    files_are_brought_once_until_the_letter_is_wanted_again
    replies_to_a_sending_are_sealed_to_one_certificate_for_good
    sendings_take_turns_and_none_waits_for_another_lane
    a_receipt_is_kept_once
    the_audit_is_told_newest_first
    what_was_filled_into_letters_goes_piece_by_piece_once_they_are_over
}

async fn row(store: &Store, byte: u8) -> municipality::store::SendingRow {
    store.read().await.unwrap().sending(sending(byte)).await.unwrap().unwrap()
}

macro_rules! does {
    ($store:expr, $method:ident($($arg:expr),*)) => {{
        let mut repository = $store.begin().await.unwrap();
        let done = repository.$method($($arg),*).await.unwrap();
        repository.commit().await.unwrap();
        done
    }};
}

async fn a_sending_is_written_once_and_read_back(store: Store) {
    opened(&store, &NewSending { merged: true, ..new_sending(1) }, 2).await;
    assert!(!does!(store, insert_sending(&new_sending(1))));
    let read = row(&store, 1).await;
    assert_eq!((read.state, read.merged, read.recipients), (SendingState::Open, true, 2));
    assert_eq!((read.made_by.as_str(), read.made_at, read.starts_at), ("client:one", hours(1), now()));
    assert_eq!(does!(store, sending(sending(1))).unwrap(), read);
    assert_eq!(store.read().await.unwrap().sending(sending(2)).await.unwrap(), None);
}

async fn sendings_are_listed_newest_first_and_by_their_maker(store: Store) {
    for byte in 1..=3 {
        opened(&store, &new_sending(byte), 0).await;
    }
    opened(&store, &NewSending { made_by: "client:two".to_owned(), ..new_sending(4) }, 0).await;
    let ids =
        |rows: Vec<municipality::store::SendingRow>| rows.into_iter().map(|row| row.id).collect::<Vec<SendingId>>();
    let mut reader = store.read().await.unwrap();
    assert_eq!(ids(reader.sendings(None, 2).await.unwrap()), [sending(4), sending(3)]);
    assert_eq!(ids(reader.sendings(Some(sending(3)), 9).await.unwrap()), [sending(2), sending(1)]);
    assert_eq!(ids(reader.sendings_by("client:one", None, 2).await.unwrap()), [sending(3), sending(2)]);
    assert_eq!(ids(reader.sendings_by("client:one", Some(sending(2)), 9).await.unwrap()), [sending(1)]);
    assert_eq!(ids(reader.sendings_by("client:three", None, 9).await.unwrap()), []);
}

async fn what_was_posted_is_released_with_its_recipients_and_files(store: Store) {
    let posted =
        |byte, many, files| PostedSending { sending: new_sending(byte), files, recipients: recipients(0..many) };
    let one = posted(1, 2, vec![vec![7], vec![8, 9]]);
    let other = PostedSending { sending: NewSending { merged: true, ..new_sending(2) }, ..posted(2, 1, Vec::new()) };
    does!(store, insert_posted(&[]));
    does!(store, insert_posted(&[&one, &other]));
    let (first, second) = (row(&store, 1).await, row(&store, 2).await);
    assert_eq!((first.state, first.issued_at, first.state_since), (SendingState::Released, Some(hours(1)), hours(1)));
    assert_eq!((first.made_by.as_str(), first.released_by.as_deref()), ("client:one", Some("client:one")));
    assert_eq!((first.recipients, first.merged, second.recipients, second.merged), (2, false, 1, true));
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.due_sendings(Lane::Short, now(), 9).await.unwrap().len(), 1);
    assert_eq!(reader.due_sendings(Lane::Long, now(), 9).await.unwrap().len(), 1);
    assert_eq!(reader.unsettled(sending(1), 9).await.unwrap().len(), 2);
    assert_eq!(reader.unsettled(sending(2), 9).await.unwrap().len(), 1);
    let files = reader.pending_attachments(sending(1)).await.unwrap();
    assert_eq!(
        files.iter().map(|file| (file.place, file.content.clone())).collect::<Vec<_>>(),
        [(0, vec![7]), (1, vec![8, 9])]
    );
    drop(reader);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_posted(&[&other]).await.is_err(), "an id is never taken twice");
}

async fn who_is_a_recipient_already_is_not_added_again_and_is_told_where(store: Store) {
    opened(&store, &new_sending(1), 4500).await;
    let again = |place, number| NewRecipient { place, link_code: code(number), fields: Some("{}".to_owned()) };
    let mut repository = store.begin().await.unwrap();
    let some = [again(5000, 7), again(5001, 9000), again(5002, 9000)];
    assert_eq!(repository.insert_recipients(sending(1), &some).await.unwrap(), 1);
    let mut among = repository.recipients_among(sending(1), &[code(7), code(9000), code(9001)]).await.unwrap();
    among.sort_by_key(|(_, place)| *place);
    assert_eq!(among, [(code(7), 7), (code(9000), 5001)]);
    assert_eq!(repository.recipients_among(sending(1), &[]).await.unwrap(), []);
    repository.commit().await.unwrap();
    assert_eq!(row(&store, 1).await.recipients, 4501);
    let read = store.read().await.unwrap().recipients(sending(1), 4499, 9).await.unwrap();
    assert_eq!(read.iter().map(|one| one.place).collect::<Vec<_>>(), [4499, 5001]);
    assert_eq!(read.last().unwrap().fields.as_deref(), Some("{}"));
}

async fn what_its_maker_left_open_for_long_is_cancelled(store: Store) {
    for byte in 1..=4 {
        opened(&store, &new_sending(byte), 1).await;
    }
    opened(&store, &NewSending { made_by: "client:two".to_owned(), made_at: hours(1), ..new_sending(5) }, 1).await;
    does!(store, release_sending(sending(2), "x", now()));
    let mut cancelled = does!(store, cancel_left_open("client:one", hours(4), hours(9)));
    cancelled.sort_unstable();
    assert_eq!(cancelled, [sending(1), sending(3)]);
    assert_eq!((row(&store, 3).await.state, row(&store, 3).await.state_since), (SendingState::Cancelled, hours(9)));
    assert_eq!(row(&store, 2).await.state, SendingState::Released);
    for byte in [4, 5] {
        assert_eq!(row(&store, byte).await.state, SendingState::Open, "{byte}");
    }
    assert!(does!(store, cancel_left_open("client:one", hours(4), hours(9))).is_empty());
}

async fn a_sending_is_released_once_and_due_when_its_time_has_come(store: Store) {
    opened(&store, &NewSending { starts_at: hours(2), ..new_sending(1) }, 1).await;
    opened(&store, &new_sending(2), 1).await;
    assert!(does!(store, move_sending(sending(1), &[SendingState::Open], SendingState::Waiting, now())));
    assert!(!does!(store, move_sending(sending(1), &[SendingState::Open], SendingState::Rejected, now())));
    assert!(does!(store, release_sending(sending(1), "officer:a", hours(1))));
    assert!(!does!(store, release_sending(sending(1), "officer:b", hours(1))));
    let released = row(&store, 1).await;
    assert_eq!((released.state, released.issued_at), (SendingState::Released, Some(hours(1))));
    assert_eq!(released.released_by.as_deref(), Some("officer:a"));
    let mut reader = store.read().await.unwrap();
    assert!(reader.due_sendings(Lane::Short, hours(1), 9).await.unwrap().is_empty());
    assert_eq!(reader.due_sendings(Lane::Short, hours(2), 9).await.unwrap(), [released]);
}

async fn whoever_is_settled_stays_so_and_all_settled_is_done(store: Store) {
    use Outcome::{Accepted, Undeliverable, Unknown};
    opened(&store, &new_sending(1), 5).await;
    does!(store, release_sending(sending(1), "x", now()));
    let first = Settled { first: 0, last: 2, undeliverable: vec![1], unknown: vec![2] };
    does!(store, settle(sending(1), &first));
    does!(store, settle(sending(1), &Settled { undeliverable: vec![0], unknown: vec![], ..first }));
    let half = row(&store, 1).await;
    assert_eq!((half.accepted, half.undeliverable, half.unknown), (1, 1, 1));
    let unsettled = store.read().await.unwrap().unsettled(sending(1), 9).await.unwrap();
    assert_eq!(unsettled.iter().map(|one| one.place).collect::<Vec<_>>(), [3, 4]);
    assert!(!does!(store, went_on(sending(1), now())));
    does!(store, settle(sending(1), &Settled { first: 3, last: 4, ..Settled::default() }));
    assert!(does!(store, went_on(sending(1), hours(1))));
    assert_eq!((row(&store, 1).await.state, row(&store, 1).await.state_since), (SendingState::Done, hours(1)));
    let all = store.read().await.unwrap().recipients(sending(1), 0, 9).await.unwrap();
    let outcomes: Vec<_> = all.iter().map(|one| one.outcome.unwrap()).collect();
    assert_eq!(outcomes, [Accepted, Undeliverable, Unknown, Accepted, Accepted]);
}

async fn what_failed_is_tried_later_and_what_went_on_at_once(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    does!(store, release_sending(sending(1), "x", now()));
    does!(store, postpone(sending(1), hours(1), "unreachable"));
    does!(store, postpone(sending(1), hours(2), "unreachable"));
    let waiting = row(&store, 1).await;
    assert_eq!((waiting.tries, waiting.try_at, waiting.trouble.as_deref()), (2, hours(2), Some("unreachable")));
    does!(store, went_on(sending(1), hours(1)));
    let going = row(&store, 1).await;
    assert_eq!((going.tries, going.try_at, going.trouble), (0, hours(1), None));
}

async fn sendings_take_turns_and_none_waits_for_another_lane(store: Store) {
    let draft = |kind: &str, files: &str| format!(r#"{{"kind":"{kind}","attachments":[{files}]}}"#);
    let many = |byte, draft| NewSending { draft, ..new_sending(byte) };
    opened(&store, &many(1, draft("information", "")), 16).await;
    opened(&store, &many(2, draft("information", "")), 17).await;
    opened(&store, &many(3, draft("information", "{}")), 1).await;
    opened(&store, &NewSending { merged: true, ..new_sending(4) }, 1).await;
    opened(&store, &many(5, draft("emergency", "{}")), 17).await;
    for byte in 1..=5 {
        does!(store, release_sending(sending(byte), "x", now()));
    }
    let due = async |lane| {
        let rows = store.read().await.unwrap().due_sendings(lane, hours(1), 9).await.unwrap();
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(due(Lane::Short).await, [sending(1)]);
    assert_eq!(due(Lane::Urgent).await, [sending(5)]);
    does!(store, went_on(sending(2), hours(1)));
    assert_eq!(due(Lane::Long).await.last(), Some(&sending(2)), "who went on is the last");
    does!(store, postpone(sending(1), hours(-1), "unreachable"));
    assert_eq!((due(Lane::Short).await, due(Lane::Long).await.first()), (vec![], Some(&sending(1))));
}

async fn files_are_brought_once_until_the_letter_is_wanted_again(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    does!(store, insert_attachment(sending(1), 1, b"two"));
    does!(store, insert_attachment(sending(1), 0, b"one"));
    does!(store, attachment_taken(sending(1), 0, now()));
    does!(store, letter_taken(sending(1), now()));
    assert_eq!(row(&store, 1).await.letter_taken_at, Some(now()));
    let pending = async || {
        let files = store.read().await.unwrap().pending_attachments(sending(1)).await.unwrap();
        files.into_iter().map(|file| (file.place, file.content)).collect::<Vec<_>>()
    };
    assert_eq!(pending().await, [(1, b"two".to_vec())]);
    does!(store, letter_wanted(sending(1)));
    assert_eq!(pending().await, [(0, b"one".to_vec()), (1, b"two".to_vec())]);
    assert_eq!(row(&store, 1).await.letter_taken_at, None);
}

async fn replies_to_a_sending_are_sealed_to_one_certificate_for_good(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    assert_eq!(row(&store, 1).await.sealing_certificate, None);
    assert_eq!(does!(store, keep_sealing_certificate(sending(1), "first")), "first");
    assert_eq!(does!(store, keep_sealing_certificate(sending(1), "renewed")), "first");
    assert_eq!(row(&store, 1).await.sealing_certificate.as_deref(), Some("first"));
}

async fn a_receipt_is_kept_once(store: Store) {
    opened(&store, &new_sending(1), 1).await;
    does!(store, insert_receipt(sending(1), 0, b"first"));
    does!(store, insert_receipt(sending(1), 0, b"second"));
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.receipt(sending(1), 0).await.unwrap().as_deref(), Some(&b"first"[..]));
    assert_eq!(reader.receipt(sending(1), 1).await.unwrap(), None);
}

async fn the_audit_is_told_newest_first(store: Store) {
    opened(&store, &new_sending(1), 0).await;
    let line =
        |what: &str, sending| AuditLine { at: now(), who: "client:one".to_owned(), what: what.to_owned(), sending };
    let (made, other) = (line("made", Some(sending(1))), line("added", None));
    does!(store, insert_audit(&made));
    does!(store, insert_audit(&other));
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.audit(None, 9).await.unwrap(), [other, made.clone()]);
    assert_eq!(reader.audit(Some(sending(1)), 9).await.unwrap(), [made]);
    assert!(store.check().await.is_ok());
}

async fn what_was_filled_into_letters_goes_piece_by_piece_once_they_are_over(store: Store) {
    let filled = |place| NewRecipient { place, link_code: code(place), fields: Some("{\"day\":\"1日\"}".to_owned()) };
    for (byte, merged, expires_at) in [(1, true, hours(1)), (2, true, hours(9)), (3, false, hours(1))] {
        let mut repository = store.begin().await.unwrap();
        assert!(repository.insert_sending(&NewSending { merged, expires_at, ..new_sending(byte) }).await.unwrap());
        let people: Vec<_> = (0..5).map(filled).collect();
        repository.insert_recipients(sending(byte), &people).await.unwrap();
        repository.commit().await.unwrap();
    }
    let left = async |byte| {
        let rows = store.read().await.unwrap().unsettled(sending(byte), 9).await.unwrap();
        assert_eq!(rows.len(), 5);
        rows.into_iter().filter(|row| row.fields.is_some()).count()
    };
    assert!(!does!(store, forget_fields(now(), now(), 3)), "nothing is over");
    assert!(does!(store, forget_fields(now(), hours(1), 3)));
    assert_eq!((left(1).await, left(2).await), (2, 5));
    assert!(does!(store, forget_fields(now(), hours(1), 3)));
    assert!(!does!(store, forget_fields(now(), hours(1), 3)));
    assert_eq!((left(1).await, left(2).await, left(3).await), (0, 5, 5));
}
