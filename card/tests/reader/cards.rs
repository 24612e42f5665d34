//! Cards in and out of the slot, in every state.

use card::CardId;
use domain::CardPurpose;
use http::StatusCode;
use wire::card_file::CardState;
use wire::reader::AnswerKind;

use crate::world::{CARD, PIN, PORTAL, World, ask, write_blank};

fn id(card: &str) -> CardId {
    card.parse().unwrap()
}

#[tokio::test]
async fn a_card_goes_in_and_out_on_the_front_page() {
    let world = World::new().await;
    assert!(world.person.opens("/").await.unwrap().shows("カードは入っていません。"));
    let page = world.person.inserts(CARD).await.unwrap();
    assert!(page.shows("「横浜市の30代の母」のカード（card-0001）が入っています。"));
    let page = world.person.removes().await.unwrap();
    assert!(page.shows("カードを抜きました。") && page.shows("カードは入っていません。"));
}

#[tokio::test]
async fn a_card_can_be_put_in_when_the_portal_asks() {
    let world = World::new().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    assert!(page.form("/v1/pin").is_err(), "no PIN without a card");
    let page = world.person.sends(&page.form("/v1/ask/card").unwrap(), &[("card", CARD)]).await.unwrap();
    let page = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", PIN)]).await.unwrap();
    assert!(page.answer().is_ok());
}

#[tokio::test]
async fn a_card_that_does_not_exist_cannot_be_put_in() {
    let world = World::new().await;
    for card in ["card-9999", "../card-0001", "cards", ""] {
        let page = world.person.inserts(card).await.unwrap();
        assert_eq!(page.status, StatusCode::CONFLICT, "{card}");
        assert!(!world.card_is_in().await);
    }
}

#[tokio::test]
async fn a_card_that_is_stopped_or_not_handed_over_asks_for_no_pin_and_the_portal_learns_it() {
    let world = World::new().await;
    write_blank(world.data.path(), "card-0002", CardState::Locked);
    world.person.inserts(CARD).await.unwrap();
    world.cards().change_state(&id(CARD), CardState::Stopped).unwrap();
    for (card, words) in
        [(CARD, "このカードは、利用が止められています。"), ("card-0002", "まだお渡しの手続きが終わっていない")]
    {
        world.person.inserts(card).await.unwrap();
        let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
        assert!(page.shows(words) && page.form("/v1/pin").is_err());
        let (_, answer) = world.person.leaves(PORTAL, &ask(CardPurpose::Login)).await.unwrap().answer().unwrap();
        assert_eq!(answer.result, AnswerKind::Unusable);
    }
}

#[tokio::test]
async fn a_card_stopped_while_the_page_is_open_signs_nothing() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    world.cards().change_state(&id(CARD), CardState::Stopped).unwrap();
    let page = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", PIN)]).await.unwrap();
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.answer().is_err() && page.shows("このカードは、利用が止められています。"));
}

#[tokio::test]
async fn a_card_removed_while_the_page_is_open_signs_nothing() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    world.person.removes().await.unwrap();
    let page = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", "0000")]).await.unwrap();
    assert_eq!((page.status, world.tries().0), (StatusCode::CONFLICT, 3));
    assert!(page.shows("カードが入っていません。") && page.form("/v1/ask/card").is_ok());
}

#[tokio::test]
async fn a_damaged_card_is_said_and_the_reader_goes_on() {
    let world = World::with_card().await;
    std::fs::write(world.data.path().join("cards/card-0001.json"), "{}").unwrap();
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.shows("カードを読み取れません。") && page.form("/v1/pin").is_err());
}
