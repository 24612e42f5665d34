use domain::LinkCode;
use futures::future::join_all;

use super::*;
use crate::api::testing::{now, store_with_a_client};
use crate::store::{NewRecipient, NewSending, SendingId};

const MOST: u64 = 5;

struct Ground {
    store: Store,
    intake: Intake,
    client: ClientRow,
    _folder: tempfile::TempDir,
}

impl Ground {
    async fn is_there() -> Self {
        let (store, client, folder) = store_with_a_client(MOST).await;
        Self { intake: Intake::start(store.clone()), store, client, _folder: folder }
    }

    fn posting(&self, byte: u8, key: &str) -> Posting {
        let sending = NewSending {
            id: SendingId::from([byte; 16]),
            made_by: self.client.maker(),
            made_at: now(),
            draft: "{}".to_owned(),
            merged: false,
            starts_at: now(),
            expires_at: "2026-12-21T05:05:00Z".parse().unwrap(),
        };
        let recipient = NewRecipient { place: 0, link_code: LinkCode::from([byte; 32]), fields: None };
        Posting {
            client: self.client.clone(),
            claim: KeyClaim { client: self.client.id, name: key.to_owned(), answer: answer(byte) },
            posted: PostedSending { sending, files: Vec::new(), recipients: vec![recipient] },
        }
    }

    /// As if all had come while one was written.
    async fn at_once(&self, postings: Vec<Posting>) -> Vec<Told> {
        let (told, tells): (Vec<_>, Vec<_>) = postings.iter().map(|_| oneshot::channel()).unzip();
        let waiting = postings.into_iter().zip(told).map(|(posting, told)| Waiting { posting, told }).collect();
        let (group, same_key) = each_key_once(waiting);
        take_group(&self.store, group).await;
        take_group(&self.store, same_key).await;
        join_all(tells).await.into_iter().map(Result::unwrap).collect()
    }

    async fn sendings(&self) -> usize {
        self.store.read().await.unwrap().sendings(None, 99).await.unwrap().len()
    }
}

fn answer(byte: u8) -> KeptAnswer {
    KeptAnswer { digest: [byte; 32], status: 202, location: None, body: byte.to_string() }
}

fn taken(told: Vec<Told>) -> Vec<Taken> {
    told.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn those_who_come_together_are_stored_together_and_one_key_twice_is_one_notice() {
    let ground = Ground::is_there().await;
    let before = ground.store.read().await.unwrap().audit(None, 99).await.unwrap().len();
    let postings = vec![ground.posting(1, "b"), ground.posting(2, "a"), ground.posting(3, "b")];
    let told = taken(ground.at_once(postings).await);
    assert_eq!(told, [Taken::Stored, Taken::Stored, Taken::Answered(answer(1))]);
    assert_eq!(ground.sendings().await, 2);
    assert_eq!(ground.store.read().await.unwrap().audit(None, 99).await.unwrap().len() - before, 2);
    let told = taken(ground.at_once(vec![ground.posting(4, "a"), ground.posting(5, "c")]).await);
    assert_eq!(told, [Taken::Answered(answer(2)), Taken::Stored]);
    let day = quota::day(now());
    assert_eq!(ground.store.read().await.unwrap().quota_taken(ground.client.id, day).await.unwrap(), 3);
}

#[tokio::test]
async fn where_not_all_have_room_the_first_have_and_the_others_give_back_their_keys() {
    let ground = Ground::is_there().await;
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let postings = (1..).zip(names).map(|(byte, name)| ground.posting(byte, name)).collect();
    let told = taken(ground.at_once(postings).await);
    assert_eq!(told.iter().filter(|taken| **taken == Taken::Stored).count(), 5);
    assert_eq!(told[5..], [Taken::OverQuota, Taken::OverQuota]);
    assert_eq!(ground.sendings().await, 5);
    let kept = ground.store.read().await.unwrap().kept_answer(ground.client.id, "g", over(now())).await.unwrap();
    assert_eq!(kept, None);
}

#[tokio::test]
async fn one_that_the_database_refuses_takes_nobody_along() {
    let ground = Ground::is_there().await;
    assert_eq!(taken(ground.at_once(vec![ground.posting(1, "a")]).await), [Taken::Stored]);
    // The same id once more.
    let told = ground.at_once(vec![ground.posting(2, "b"), ground.posting(1, "c"), ground.posting(3, "d")]).await;
    assert!(matches!(told[..], [Ok(Taken::Stored), Err(StoreError::Db(_)), Ok(Taken::Stored)]), "{told:?}");
    assert_eq!(ground.sendings().await, 3);
    let kept = ground.store.read().await.unwrap().kept_answer(ground.client.id, "c", over(now())).await.unwrap();
    assert_eq!(kept, None, "and its key is free");
}

#[tokio::test]
async fn what_is_told_as_stored_is_there_and_a_caller_who_went_away_disturbs_nobody() {
    let ground = Ground::is_there().await;
    let mut gone = Box::pin(ground.intake.take(ground.posting(1, "a")));
    assert!(futures::poll!(&mut gone).is_pending(), "nobody has stored it yet");
    drop(gone);
    let others = (2..5).map(|byte| ground.intake.take(ground.posting(byte, &byte.to_string())));
    for told in join_all(others).await {
        assert!(matches!(told, Ok(Taken::Stored)));
    }
    assert!((3..=4).contains(&ground.sendings().await));
}
