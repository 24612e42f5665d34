//! What folders keep, on SQLite and on PostgreSQL (P-PSH-7).

use store::{AttachmentRow, Keeping, KeptId, KeptLimits, KeptTotals, NewKept, NewLetter, NoticeQuery, Store};

use crate::engines::on_both;
use crate::notices::{delivers, folder, keeps, later, letter, listed, notice, now, opens, sends, yokohama};

on_both! {
    what_is_kept_is_kept_once_and_is_its_folder_s_alone
    what_a_list_shows_of_what_is_kept_is_told_anew_and_nothing_else_changes
    no_folder_keeps_more_than_it_may
    two_who_keep_at_once_do_not_go_beyond_the_limit_together
    what_is_kept_goes_when_its_time_is_over_or_it_is_thrown_away
    a_deleted_folder_takes_along_what_it_kept_and_keeps_nothing_more
    a_notice_that_is_taken_out_leaves_the_letter_to_others
    what_its_sender_did_afterwards_is_known_while_the_letter_is
}

const LIMITS: KeptLimits = KeptLimits { count: 3, size: 100 };

fn kept(byte: u8) -> NewKept {
    NewKept {
        mark: [byte; 32],
        headline: vec![byte],
        body: vec![byte; 2],
        attachments: vec![(0, vec![byte; 3]), (1, vec![byte; 4])],
        expires_at: later(120),
    }
}

async fn keeping(store: &Store, whose: u8, new: &NewKept) -> Keeping {
    let mut repository = store.begin().await.unwrap();
    let keeping = repository.keep_notice(&folder(whose), new, LIMITS, now()).await.unwrap();
    repository.commit().await.unwrap();
    keeping
}

async fn id(store: &Store, whose: u8, byte: u8) -> KeptId {
    kept_as(keeping(store, whose, &kept(byte)).await).unwrap()
}

fn kept_as(keeping: Keeping) -> Option<KeptId> {
    if let Keeping::Kept(id) = keeping { Some(id) } else { None }
}

async fn what_is_kept_is_kept_once_and_is_its_folder_s_alone(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let (first, second) = (id(&store, 1, 1).await, id(&store, 1, 2).await);
    assert_eq!(keeping(&store, 1, &NewKept { body: vec![9], ..kept(1) }).await, Keeping::Already(first));
    let theirs = id(&store, 2, 1).await;
    let mut reader = store.read().await.unwrap();
    let rows = reader.kept_notices(&folder(1), now()).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first]);
    let (row, body) = reader.kept_notice(&folder(1), first, now()).await.unwrap().unwrap();
    assert_eq!((row.mark, row.headline, body), ([1; 32], vec![1], vec![1; 2]), "it stayed as it was");
    assert_eq!((row.kept_at, row.expires_at), (now(), later(120)));
    let file = reader.kept_attachment(&folder(1), first, 1, now()).await.unwrap();
    assert_eq!(file, Some(vec![1; 4]));
    assert_eq!(reader.kept_attachment(&folder(1), first, 2, now()).await.unwrap(), None);
    assert_eq!(reader.kept_totals(&folder(1), now()).await.unwrap(), KeptTotals { count: 2, size: 20 });
    assert_eq!(reader.kept_totals(&folder(9), now()).await.unwrap(), KeptTotals::default());
    assert_eq!(reader.kept_notice(&folder(1), theirs, now()).await.unwrap(), None);
    assert_eq!(reader.kept_attachment(&folder(1), theirs, 0, now()).await.unwrap(), None);
    let mut repository = store.begin().await.unwrap();
    assert!(!repository.delete_kept_notice(&folder(1), theirs).await.unwrap());
    repository.commit().await.unwrap();
    assert!(reader.kept_notice(&folder(2), theirs, now()).await.unwrap().is_some());
}

async fn what_a_list_shows_of_what_is_kept_is_told_anew_and_nothing_else_changes(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    let id = id(&store, 1, 1).await;
    let mut repository = store.begin().await.unwrap();
    assert!(repository.retell_kept_notice(&folder(1), id, &[7; 5]).await.unwrap());
    assert!(!repository.retell_kept_notice(&folder(2), id, &[9]).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let (row, body) = reader.kept_notice(&folder(1), id, now()).await.unwrap().unwrap();
    assert_eq!((row.headline, body, row.kept_at, row.expires_at), (vec![7; 5], vec![1; 2], now(), later(120)));
    assert_eq!(reader.kept_totals(&folder(1), now()).await.unwrap(), KeptTotals { count: 1, size: 14 });
}

async fn no_folder_keeps_more_than_it_may(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    assert_eq!(keeping(&store, 1, &NewKept { body: vec![0; 93], ..kept(9) }).await, Keeping::Full);
    let large = NewKept { body: vec![0; 92], ..kept(9) };
    assert!(matches!(keeping(&store, 1, &large).await, Keeping::Kept(_)), "to the last byte");
    assert_eq!(keeping(&store, 1, &NewKept { headline: vec![1], attachments: vec![], ..kept(1) }).await, Keeping::Full);
    for byte in 1..=3 {
        id(&store, 2, byte).await;
    }
    assert_eq!(keeping(&store, 2, &kept(4)).await, Keeping::Full);
    assert!(matches!(keeping(&store, 2, &kept(3)).await, Keeping::Already(_)));
    assert_eq!(keeping(&store, 8, &kept(1)).await, Keeping::NoFolder);
}

async fn two_who_keep_at_once_do_not_go_beyond_the_limit_together(store: Store) {
    opens(&store, 1).await;
    let new: Vec<NewKept> = (1..=8).map(kept).collect();
    let mut at_once = tokio::task::JoinSet::new();
    for new in new {
        let store = store.clone();
        at_once.spawn(async move { keeping(&store, 1, &new).await });
    }
    let done = at_once.join_all().await;
    assert_eq!(done.iter().filter(|keeping| matches!(keeping, Keeping::Kept(_))).count(), 3, "{done:?}");
    assert_eq!(store.read().await.unwrap().kept_totals(&folder(1), now()).await.unwrap().count, 3);
}

async fn what_is_kept_goes_when_its_time_is_over_or_it_is_thrown_away(store: Store) {
    opens(&store, 1).await;
    let (first, second) = (id(&store, 1, 1).await, id(&store, 1, 2).await);
    let longer = NewKept { expires_at: later(121), ..kept(3) };
    let third = kept_as(keeping(&store, 1, &longer).await).unwrap();
    let mut repository = store.begin().await.unwrap();
    assert!(repository.delete_kept_notice(&folder(1), first).await.unwrap());
    assert!(!repository.delete_kept_notice(&folder(1), first).await.unwrap());
    assert_eq!(repository.expire_kept_notices(later(119), 10).await.unwrap(), 0);
    repository.commit().await.unwrap();
    // What is over is not there, whether the sweep came or not; and makes room.
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.kept_notice(&folder(1), second, later(120)).await.unwrap(), None);
    assert_eq!(reader.kept_totals(&folder(1), later(120)).await.unwrap().count, 1);
    let mut repository = store.begin().await.unwrap();
    let again = NewKept { expires_at: later(240), ..kept(2) };
    let kept_again = repository.keep_notice(&folder(1), &again, LIMITS, later(120)).await.unwrap();
    assert!(matches!(kept_again, Keeping::Kept(id) if id != second));
    assert_eq!(repository.expire_kept_notices(later(121), 1).await.unwrap(), 1);
    assert_eq!(repository.expire_kept_notices(later(121), 1).await.unwrap(), 0);
    repository.commit().await.unwrap();
    assert_eq!(reader.kept_notice(&folder(1), third, now()).await.unwrap(), None, "its row is gone");
    assert_eq!(reader.kept_notices(&folder(1), later(121)).await.unwrap().len(), 1);
}

async fn a_deleted_folder_takes_along_what_it_kept_and_keeps_nothing_more(store: Store) {
    opens(&store, 1).await;
    opens(&store, 2).await;
    id(&store, 1, 1).await;
    id(&store, 1, 2).await;
    let theirs = id(&store, 2, 1).await;
    let mut repository = store.begin().await.unwrap();
    let erased = repository.delete_folder(&folder(1)).await.unwrap().unwrap();
    assert_eq!(erased.kept_notices, 2);
    repository.commit().await.unwrap();
    assert_eq!(keeping(&store, 1, &kept(3)).await, Keeping::NoFolder);
    let mut reader = store.read().await.unwrap();
    assert!(reader.kept_notices(&folder(1), now()).await.unwrap().is_empty());
    assert!(reader.kept_attachment(&folder(2), theirs, 0, now()).await.unwrap().is_some());
    let mut there = reader.folders_among(&[folder(1), folder(2), folder(3)]).await.unwrap();
    there.sort();
    assert_eq!(there, [folder(2)]);
    assert_eq!(reader.folders_among(&[]).await.unwrap(), []);
}

async fn a_notice_that_is_taken_out_leaves_the_letter_to_others(store: Store) {
    let (one, other) = (opens(&store, 1).await, opens(&store, 2).await);
    let id = keeps(&store, &NewLetter { attachments: 1, ..letter(1) }).await;
    let mut repository = store.begin().await.unwrap();
    repository.insert_attachment(id, 0, &AttachmentRow { digest: [7; 32], sealed: vec![7] }).await.unwrap();
    repository.commit().await.unwrap();
    delivers(&store, id, &[1, 2]).await;
    let takes = async |person| {
        let mut repository = store.begin().await.unwrap();
        let taken = repository.take_notice(person, id).await.unwrap();
        repository.commit().await.unwrap();
        taken
    };
    assert!(takes(one).await && !takes(one).await);
    assert!(listed(&store, one, &NoticeQuery::default()).await.is_empty());
    assert!(store.read().await.unwrap().attachment(other, id, 0, now()).await.unwrap().is_some());
    assert!(takes(other).await);
    let mut repository = store.begin().await.unwrap();
    let row = repository.letter_of(&yokohama(), &notice(1)).await.unwrap().unwrap();
    assert!(row.words_missing && row.attachments_missing == 1);
}

async fn what_its_sender_did_afterwards_is_known_while_the_letter_is(store: Store) {
    let person = opens(&store, 1).await;
    sends(&store, &letter(1), &[1]).await;
    sends(&store, &letter(2), &[1]).await;
    let newer = sends(&store, &NewLetter { replaces: Some(notice(2)), ..letter(3) }, &[1]).await;
    let nta = "NTA".parse().unwrap();
    let mut repository = store.begin().await.unwrap();
    assert!(repository.withdraw_letter(&yokohama(), &notice(1), now()).await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let withdrawn = reader.withdrawn_among(&[notice(1), notice(2), notice(9)]).await.unwrap();
    assert_eq!(withdrawn, [(yokohama(), notice(1))]);
    assert_eq!(reader.withdrawn_among(&[]).await.unwrap(), []);
    assert_eq!(reader.newer_than(person, &yokohama(), &notice(2), now()).await.unwrap(), Some(newer));
    assert_eq!(reader.newer_than(person, &yokohama(), &notice(1), now()).await.unwrap(), None);
    assert_eq!(reader.newer_than(person, &nta, &notice(2), now()).await.unwrap(), None);
    assert_eq!(reader.newer_than(person, &yokohama(), &notice(2), later(30)).await.unwrap(), None);
}
