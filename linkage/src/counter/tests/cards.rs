use pki::RevocationReason;
use wire::jpki::{HISTORY_PATH, HistoryAnswer, HistoryRequest};

use crate::{
    counter::{Counter, CounterError, NewCard},
    jpki::CardEvent,
    party::{JPKI, PORTAL},
    register::Change,
    testing::{Demo, DemoOptions},
};
use wire::card_file::CardState;

async fn town() -> (tempfile::TempDir, Demo, Counter) {
    runtime::tls::install_provider();
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let demo = Demo::start(folder.path(), &DemoOptions::at("2026-11-03T05:05:00Z".parse().unwrap())).await.unwrap();
    let counter = demo.counter();
    (folder, demo, counter)
}

async fn state(counter: &Counter, card: &str) -> Option<CardState> {
    counter.cards().await.unwrap().into_iter().find(|view| view.id == card).and_then(|view| view.state)
}

async fn events(counter: &Counter, card: &str) -> Vec<String> {
    let view = counter.cards().await.unwrap().into_iter().find(|view| view.id == card).unwrap();
    view.standing.unwrap().events.into_iter().map(|(name, _)| name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_card_is_locked_until_it_is_handed_over_and_then_the_old_one_ends() {
    let (_folder, _demo, counter) = town().await;
    let new = counter.issues_again("card-0001", NewCard::Renewal).await.unwrap();
    assert_eq!(state(&counter, &new).await, Some(CardState::Locked));
    assert_eq!(state(&counter, "card-0001").await, Some(CardState::Active), "the old card goes on");

    counter.hands_over(&new).await.unwrap();
    assert_eq!(state(&counter, &new).await, Some(CardState::Active));
    assert_eq!(state(&counter, "card-0001").await, Some(CardState::Stopped));
    assert_eq!(events(&counter, &new).await, ["renewal", "hand-over"]);
    assert_eq!(events(&counter, "card-0001").await, ["replaced"]);
    assert_eq!(CardEvent::Replaced.ends_both(), Some(RevocationReason::Superseded));
    let again = counter.hands_over(&new).await.unwrap_err();
    assert!(matches!(again, CounterError::NotLocked(_)), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_card_after_a_move_is_the_same_person_s_and_its_events_reach_them() {
    let (_folder, demo, counter) = town().await;
    let moved =
        Change::Moved { address: "山形県酒田市本町二丁目".into(), municipality: "062049".parse().unwrap() };
    demo.owner_event("card-0001", moved).await.unwrap();
    counter.card_event("card-0001", CardEvent::Loss).await.unwrap();
    let second = counter.issues_again("card-0001", NewCard::Reissue).await.unwrap();
    let third = counter.issues_again(&second, NewCard::Reissue).await.unwrap();
    assert_ne!(second, third);
    counter.hands_over(&third).await.unwrap();
    assert_eq!(state(&counter, &second).await, Some(CardState::Locked), "a card that nobody fetched stays locked");
    demo.owner_event(&third, Change::Died).await.unwrap();
    assert_eq!(events(&counter, &third).await, ["reissue", "hand-over", "died"]);
    let refused = counter.issues_again(&third, NewCard::Renewal).await.unwrap_err();
    assert!(matches!(refused, CounterError::NoResident(_)), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_card_gets_a_first_one_and_only_one() {
    let (_folder, _demo, counter) = town().await;
    let people = counter.people_without_card().unwrap();
    let (key, _) = people.first().unwrap();
    let card = counter.issues_first(key).await.unwrap();
    assert_eq!(
        (state(&counter, &card).await, events(&counter, &card).await),
        (Some(CardState::Locked), vec!["first-issue".to_owned()])
    );
    for nobody in [key.as_str(), "nobody", "card-0001"] {
        let refused = counter.issues_first(nobody).await.unwrap_err();
        assert!(matches!(refused, CounterError::NobodyWithoutCard(..)), "{nobody}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_given_back_is_stopped_and_a_lost_one_is_not_here_to_be() {
    let (_folder, _demo, counter) = town().await;
    counter.card_event("card-0001", CardEvent::Return).await.unwrap();
    counter.card_event("card-0002", CardEvent::Loss).await.unwrap();
    assert_eq!(state(&counter, "card-0001").await, Some(CardState::Stopped));
    assert_eq!(state(&counter, "card-0002").await, Some(CardState::Active));
    let unknown = counter.card_event("card-9999", CardEvent::Loss).await.unwrap_err();
    assert!(matches!(unknown, CounterError::CardUnknown(_)), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_verifiers_ask_for_the_history_and_nobody_s_certificate_has_none() {
    let (_folder, demo, _counter) = town().await;
    let request = HistoryRequest { authentication_serial: "0abc".into() };
    let portal = demo.client_of(&PORTAL).unwrap();
    let answer: HistoryAnswer = portal.peers.post(&JPKI, HISTORY_PATH, &request).await.unwrap();
    assert!(answer.earlier.is_empty());
    let other = demo.client_of(&"NTA".parse().unwrap()).unwrap();
    let refused: Result<HistoryAnswer, _> = other.peers.post(&JPKI, HISTORY_PATH, &request).await;
    assert_eq!(refused.err().unwrap().code(), Some("not-entitled"));
}
