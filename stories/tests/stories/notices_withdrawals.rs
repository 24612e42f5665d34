//! What a municipality takes back is taken back, whatever was cut off, lost or in the way.

use std::collections::BTreeMap;

use domain::LinkCode;
use jiff::SignedDuration;
use municipality::store::{SendingId, SendingState};
use stories::{SenderAtWork, Town};

use crate::notices::{at_rest, city};

const WITHDRAWN: &str = "notice, letter WHERE letter.id = notice.letter_id AND letter.withdrawn_at IS NOT NULL";

struct Stage<'t> {
    town: &'t Town,
    yokohama: SenderAtWork<'t>,
    hers: LinkCode,
}

impl<'t> Stage<'t> {
    async fn opens(town: &'t Town) -> Self {
        let (yokohama, hers) = at_rest(town).await;
        Self { town, yokohama, hers }
    }

    async fn releases(&self) -> SendingId {
        let draft = self.yokohama.draft("まちがいです", "本文です。");
        self.yokohama.sends(&draft, std::slice::from_ref(&self.hers)).await
    }

    /// As the API and the console do it.
    async fn takes_back(&self, id: SendingId) {
        let now = self.town.now();
        let mut repository = self.yokohama.store.begin().await.unwrap();
        assert!(repository.withdraw_sending(id, now).await.unwrap());
        repository.move_sending(id, &[SendingState::Released], SendingState::Cancelled, now).await.unwrap();
        repository.commit().await.unwrap();
    }

    /// Withdrawals of which the portal does not know yet, whenever they are tried again.
    async fn untold(&self) -> usize {
        self.yokohama.store.read().await.unwrap().to_withdraw(jiff::Timestamp::MAX, 99).await.unwrap().len()
    }

    async fn rounds(&self, many: usize) {
        for _ in 0..many {
            self.yokohama.sender.round().await.unwrap();
        }
    }
}

/// Killed between the portal's answer and the note of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_went_out_without_a_note_of_it_is_taken_back() {
    let town = Town::starts().await;
    let stage = Stage::opens(&town).await;
    let shared = stage.releases().await;
    let draft = stage.yokohama.draft("{{day}}の健康診断", "{{day}}にお越しください。");
    let everybody = stage.yokohama.everybody().await;
    let other = everybody.into_iter().find(|code| *code != stage.hers).unwrap();
    let fields = || Some(BTreeMap::from([("day".to_owned(), "12月10日".to_owned())]));
    let merged = stage.yokohama.releases(&draft, &[], &[(other, fields()), (stage.hers.clone(), fields())]).await;
    for id in [shared, merged] {
        assert_eq!(stage.yokohama.until_done(id).await.accepted, 1);
    }
    city(&town, "UPDATE recipient SET outcome = NULL").await;
    let unknown = "accepted = 0, undeliverable = 0, unknown = 0, letter_taken_at = NULL";
    city(&town, &format!("UPDATE sending SET state = 'released', {unknown}")).await;
    for id in [shared, merged] {
        stage.takes_back(id).await;
    }

    stage.rounds(1).await;
    // Another's letter, of which nobody knows that it was never kept, may be on its way so long.
    town.passes(SignedDuration::from_hours(1));
    stage.rounds(2).await;

    assert_eq!(town.count(WITHDRAWN).await, 2);
    assert_eq!((town.count("notice").await, stage.untold().await), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_while_the_portal_was_told_is_taken_back() {
    let town = Town::starts().await;
    let stage = Stage::opens(&town).await;
    let sent = stage.releases().await;
    stage.takes_back(sent).await;
    stage.rounds(1).await;
    assert_eq!((town.count("letter").await, stage.untold().await), (0, 1), "the portal does not have it: it may come");
    // Another process that read the sending before goes on with it.
    city(&town, "UPDATE sending SET state = 'released'").await;
    stage.rounds(1).await;
    assert_eq!(town.count("notice").await, 1);

    town.passes(SignedDuration::from_mins(1));
    stage.rounds(1).await;
    assert_eq!((town.count(WITHDRAWN).await, stage.untold().await), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawals_that_the_portal_cannot_take_stand_in_nobodys_way_and_end_with_the_notice() {
    let town = Town::starts().await;
    let stage = Stage::opens(&town).await;
    for _ in 0..8 {
        let sent = stage.releases().await;
        stage.takes_back(sent).await;
    }
    town.passes(SignedDuration::from_secs(1));
    let sent = stage.releases().await;
    stage.yokohama.until_done(sent).await;
    stage.takes_back(sent).await;

    stage.rounds(2).await;
    assert_eq!((town.count(WITHDRAWN).await, stage.untold().await), (1, 8));

    city(&town, "UPDATE sending SET withdrawn_at = withdrawn_at + 9000000000000 WHERE withdrawal_taken_at IS NULL")
        .await;
    town.passes(SignedDuration::from_hours(24 * 30));
    stage.rounds(2).await;
    assert_eq!(stage.untold().await, 0, "nobody can open what has expired");
}
