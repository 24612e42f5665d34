//! Card removal is reported by the reader itself.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::routing::post;
use axum::{Form, Router};
use domain::CardPurpose;
use http::StatusCode;
use tokio_util::sync::CancellationToken;
use wire::card_file::CardState;
use wire::reader::{Ask, Removed};

use crate::world::{CARD, PIN, World, ask, write_blank};

/// A portal that only listens for removals.
struct Portal {
    origin: String,
    removed: Arc<Mutex<Vec<String>>>,
    stop: CancellationToken,
}

impl Portal {
    async fn opens(status: StatusCode) -> Self {
        let listener = runtime::serve::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let removed = Arc::new(Mutex::new(Vec::new()));
        let noted = removed.clone();
        let note = move |Form(message): Form<Removed>| async move {
            noted.lock().unwrap().push(message.removal_token.expose());
            status
        };
        let stop = CancellationToken::new();
        let router = Router::new().route("/card/removed", post(note));
        tokio::spawn(runtime::serve::serve(listener, None, router, stop.clone()));
        Self { origin, removed, stop }
    }

    async fn with_reader(status: StatusCode) -> (Self, World) {
        let portal = Self::opens(status).await;
        let entry = format!("{}=/card/answer", portal.origin).parse().unwrap();
        let world = World::with(|config| config.allow.allow(entry)).await;
        world.person.inserts(CARD).await.unwrap();
        (portal, world)
    }

    async fn is_answered(&self, world: &World) -> Ask {
        let login = ask(CardPurpose::Login);
        world.person.answers(&self.origin, &login, CARD, PIN).await.unwrap().answer().unwrap();
        login
    }

    fn heard(&self) -> Vec<String> {
        self.removed.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn who_got_an_answer_learns_that_the_card_was_removed() {
    let (portal, world) = Portal::with_reader(StatusCode::NO_CONTENT).await;
    let login = portal.is_answered(&world).await;
    assert!(portal.heard().is_empty());
    let page = world.person.removes().await.unwrap();
    assert_eq!(portal.heard(), [login.removal_token.expose()]);
    assert!(page.shows("カードを抜いたことを、ポータルに知らせました。"));
    world.person.inserts(CARD).await.unwrap();
    world.person.removes().await.unwrap();
    assert_eq!(portal.heard().len(), 1, "told once");
}

#[tokio::test]
async fn another_card_in_the_slot_is_a_removal_too() {
    let (portal, world) = Portal::with_reader(StatusCode::NO_CONTENT).await;
    let login = portal.is_answered(&world).await;
    write_blank(world.data.path(), "card-0002", CardState::Active);
    world.person.inserts("card-0002").await.unwrap();
    assert_eq!(portal.heard(), [login.removal_token.expose()]);
}

#[tokio::test]
async fn who_got_no_answer_hears_nothing() {
    let (portal, world) = Portal::with_reader(StatusCode::NO_CONTENT).await;
    world.person.leaves(&portal.origin, &ask(CardPurpose::Login)).await.unwrap();
    world.person.answers(&portal.origin, &ask(CardPurpose::Login), CARD, "0000").await.unwrap();
    world.person.removes().await.unwrap();
    assert!(portal.heard().is_empty());
}

#[tokio::test]
async fn a_portal_that_cannot_be_told_is_said() {
    let (portal, world) = Portal::with_reader(StatusCode::SERVICE_UNAVAILABLE).await;
    portal.is_answered(&world).await;
    let page = world.person.removes().await.unwrap();
    assert!(page.shows("ポータルに知らせられませんでした。"));

    let (portal, world) = Portal::with_reader(StatusCode::NO_CONTENT).await;
    portal.is_answered(&world).await;
    portal.stop.cancel();
    let page = world.person.removes().await.unwrap();
    assert!(page.shows("カードを抜きました。"));
}
