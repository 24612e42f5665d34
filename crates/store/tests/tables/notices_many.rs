//! Counts of somebody with thousands of notices, on SQLite and on PostgreSQL.

use domain::{NoticeId, NoticeKind, OrgCode};
use store::{NewLetter, NoticeCounts, NoticePlace, RecipientId, Repository, Store};

use crate::engines::on_both;
use crate::notices::{code, later, letter, notice, now, opens, yokohama};

on_both! {
    whoever_has_thousands_is_counted_like_everybody
}

/// From so many on a person is counted in another way.
const MANY: u16 = 1_001;
/// Letters of every kind and fate.
const UNLIKE: u8 = 180;

/// Every kind and fate comes with every other.
fn unlike(nth: u8) -> NewLetter {
    let every = |count: u8| nth.is_multiple_of(count);
    NewLetter {
        kind: if every(5) { NoticeKind::Emergency } else { NoticeKind::Information },
        sender: if every(17) { "NTA".parse().unwrap() } else { yokohama() },
        ends_at: every(2).then(|| later(i64::from(nth % 6))),
        expires_at: if every(7) { later(i64::from(nth % 3)) } else { later(30) },
        replaces: every(9).then(|| notice(nth - 1)),
        ..letter(nth)
    }
}

async fn reaches(repository: &mut Repository, new: &NewLetter, to: &[u8]) -> store::LetterId {
    assert!(repository.insert_letter(new).await.unwrap());
    let id = repository.letter_of(&new.sender, &new.notice).await.unwrap().unwrap().id;
    let to: Vec<_> = to.iter().map(|byte| code(*byte)).collect();
    repository.deliver(id, &to, 9_999, now()).await.unwrap();
    id
}

async fn reach_with_many(repository: &mut Repository, mark: u8, kind: NoticeKind, person: u8) {
    for nth in 0..MANY {
        let mut name = [mark; 16];
        name[..2].copy_from_slice(&nth.to_be_bytes());
        reaches(repository, &NewLetter { notice: NoticeId::from(name), kind, ..letter(255) }, &[person]).await;
    }
}

async fn touches(repository: &mut Repository, nth: u8, person: RecipientId, id: store::LetterId) {
    let every = |count: u8, rest: u8| nth % count == rest;
    if every(3, 0) {
        repository.open_notice(person, id, now()).await.unwrap();
    }
    if every(8, 1) {
        repository.put_notice(person, id, NoticePlace::Archive, now()).await.unwrap();
    }
    if every(8, 3) {
        repository.put_notice(person, id, NoticePlace::Bin, now()).await.unwrap();
    }
    if every(10, 4) {
        repository.reply_to_notice(person, id, now()).await.unwrap();
    }
}

async fn counts(store: &Store, person: RecipientId, days: i64) -> (NoticeCounts, Vec<OrgCode>) {
    let mut reader = store.read().await.unwrap();
    let overview = reader.notice_overview(person, later(days)).await.unwrap();
    assert_eq!(reader.notice_counts(person, later(days)).await.unwrap(), overview.counts);
    (overview.counts, overview.senders)
}

async fn whoever_has_thousands_is_counted_like_everybody(store: Store) {
    let (few, many) = (opens(&store, 1).await, opens(&store, 2).await);
    let mut repository = store.begin().await.unwrap();
    reach_with_many(&mut repository, 0xff, NoticeKind::Information, 2).await;
    for nth in 1..=UNLIKE {
        let new = unlike(nth);
        let id = reaches(&mut repository, &new, &[1, 2]).await;
        for person in [few, many] {
            touches(&mut repository, nth, person, id).await;
        }
        if nth.is_multiple_of(13) {
            assert!(repository.withdraw_letter(&new.sender, &new.notice, now()).await.unwrap());
        }
    }
    repository.commit().await.unwrap();

    for marked in [0, 3, 500] {
        let mut repository = store.begin().await.unwrap();
        repository.expire_letters(now(), marked).await.unwrap();
        repository.commit().await.unwrap();
        for days in [0, 1, 2, 40] {
            both_are_counted_alike(&store, [few, many], days).await;
        }
    }
    // As many emergencies, even somebody else's: a look at every letter that is apart spares nothing now.
    opens(&store, 3).await;
    let mut repository = store.begin().await.unwrap();
    reach_with_many(&mut repository, 0xfe, NoticeKind::Emergency, 3).await;
    repository.commit().await.unwrap();
    both_are_counted_alike(&store, [few, many], 1).await;
}

async fn both_are_counted_alike(store: &Store, [few, many]: [RecipientId; 2], days: i64) {
    let (mut expected, senders) = counts(store, few, days).await;
    let NoticeCounts { unopened, inbox, archive, bin, to_do, urgent } = expected;
    assert_eq!([unopened, inbox, archive, bin, to_do, urgent].contains(&0), days == 40, "{days}: {expected:?}");
    if days < 30 {
        expected.inbox += u32::from(MANY);
        expected.unopened += u32::from(MANY);
    }
    assert_eq!(counts(store, many, days).await, (expected, senders), "after {days} days");
}
