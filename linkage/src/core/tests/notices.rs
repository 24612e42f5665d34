//! Notices through the core (P-PSH-2).

use std::sync::{Arc, Mutex, PoisonError};

use axum::{Json, Router, extract::State, routing::post};
use domain::{LinkCode, NoticeState};
use http::StatusCode;
use serde_json::Value;
use wire::notice::{
    ATTACHMENT_PATH, AttachmentDelivery, DELIVERIES_PATH, Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome,
    LETTER_PATH, LetterTaken, RECIPIENTS_MAX, RETURNS_PATH, Return, ReturnedWhat, Returns, ReturnsRequest,
    SealedLetter, refusal,
};
use wire::{Problem, mediation::SealedPayload};

use super::*;

/// A portal that remembers what it was told and answers what the test says.
#[derive(Clone, Default)]
struct Played {
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<Vec<(StatusCode, Value)>>>,
}

impl Played {
    fn router(&self) -> Router {
        let hear = |path: &'static str| {
            post(async move |State(played): State<Played>, Json(message): Json<Value>| {
                played.heard.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), message));
                let mut answers = played.answers.lock().unwrap_or_else(PoisonError::into_inner);
                let (status, answer) = answers.remove(0);
                (status, Json(answer))
            })
        };
        [LETTER_PATH, ATTACHMENT_PATH, DELIVERIES_PATH, RETURNS_PATH]
            .into_iter()
            .fold(Router::new(), |router, path| {
                router.route(path, hear(path).layer(axum::extract::DefaultBodyLimit::disable()))
            })
            .with_state(self.clone())
    }

    fn answers(&self, answer: impl serde::Serialize) {
        self.refuses(StatusCode::OK, answer);
    }

    fn refuses(&self, status: StatusCode, answer: impl serde::Serialize) {
        self.answers.lock().unwrap().push((status, serde_json::to_value(answer).unwrap()));
    }

    fn heard(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

async fn trial() -> (Trial, Played) {
    let played = Played::default();
    (Trial::with(&["141003", "062049"], vec![("PORTAL", played.router())]).await, played)
}

fn sealed(text: &str) -> SealedPayload {
    SealedPayload { encapsulated_key: "AAAA".to_owned(), ciphertext: text.to_owned() }
}

fn one(notice: u8, recipients: &[&LinkCode]) -> Deliveries {
    let recipients = recipients.iter().map(|code| (*code).clone()).collect();
    Deliveries { items: vec![Delivery { notice: [notice; 16].into(), recipients }] }
}

fn taken(undeliverable: &[u32], unknown: &[u32]) -> DeliveryOutcome {
    DeliveryOutcome::Taken { undeliverable: undeliverable.to_vec(), unknown: unknown.to_vec(), receipt: None }
}

async fn deliver(trial: &Trial, channel: &str, deliveries: &Deliveries) -> Result<DeliveriesAnswer, PeerError> {
    trial.party(channel).peers.post(&CORE, DELIVERIES_PATH, deliveries).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_hears_its_own_codes_and_the_senders_name_and_nothing_of_the_senders_codes() {
    let (trial, portal) = trial().await;
    let hanako = trial.resident().await;
    let (hers, portals) = (trial.linked("141003", &hanako).await, trial.linked("PORTAL", &hanako).await);
    portal.answers(DeliveriesAnswer { items: vec![taken(&[], &[])] });

    let answer = deliver(&trial, "141003", &one(1, &[&hers])).await.unwrap();

    assert_eq!(answer.items, [taken(&[], &[])]);
    let heard = portal.heard();
    assert_eq!(heard[0].1["sender"], "141003");
    assert_eq!(heard[0].1["message"]["items"][0]["recipients"], serde_json::json!([portals.expose()]));
    assert!(!heard[0].1.to_string().contains(&hers.expose()));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recipient_is_answered_in_the_senders_own_place() {
    let (trial, portal) = trial().await;
    let (hanako, taro, jiro) = (trial.resident().await, trial.resident().await, trial.resident().await);
    let (hanakos, taros, jiros) = (
        trial.linked("141003", &hanako).await,
        trial.linked("141003", &taro).await,
        trial.linked("141003", &jiro).await,
    );
    for person in [&hanako, &jiro] {
        trial.linked("PORTAL", person).await;
    }
    let of_sakata = trial.linked("062049", &hanako).await;
    let of_nobody = LinkCode::from([7; 32]);
    // At the portal 花子 is the first and 次郎 the second; 次郎 has no folder.
    portal.answers(DeliveriesAnswer { items: vec![taken(&[1], &[])] });

    let asked = one(1, &[&of_nobody, &hanakos, &taros, &of_sakata, &jiros]);
    let answer = deliver(&trial, "141003", &asked).await.unwrap();

    assert_eq!(answer.items, [taken(&[2, 4], &[0, 3])]);
}

/// B-TBL-3, B-TBL-4
#[tokio::test(flavor = "multi_thread")]
async fn another_senders_code_a_code_of_nobody_and_one_that_has_ended_look_alike() {
    let (trial, portal) = trial().await;
    let hanako = trial.resident().await;
    let ended = trial.linked("141003", &hanako).await;
    let of_sakata = trial.linked("062049", &hanako).await;
    super::ended::ends(&trial, &hanako).await;
    for code in [ended, of_sakata, LinkCode::from([7; 32])] {
        portal.answers(DeliveriesAnswer { items: vec![taken(&[], &[])] });
        assert_eq!(deliver(&trial, "141003", &one(1, &[&code])).await.unwrap().items, [taken(&[], &[0])]);
    }
    assert!(
        portal.heard().iter().all(|(_, heard)| heard["message"]["items"][0]["recipients"] == serde_json::json!([]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_notices_travel_together_and_are_answered_one_by_one() {
    let (trial, portal) = trial().await;
    let hanako = trial.resident().await;
    let hers = trial.linked("141003", &hanako).await;
    trial.linked("PORTAL", &hanako).await;
    let items = vec![one(1, &[&hers]).items.remove(0), one(2, &[&hers]).items.remove(0)];
    portal.answers(DeliveriesAnswer { items: vec![DeliveryOutcome::LetterWanted, taken(&[0], &[])] });
    let answer = deliver(&trial, "141003", &Deliveries { items }).await.unwrap();
    assert_eq!(answer.items, [DeliveryOutcome::LetterWanted, taken(&[0], &[])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_question_is_no_answer() {
    let (trial, portal) = trial().await;
    let hanako = trial.resident().await;
    let hers = trial.linked("141003", &hanako).await;
    trial.linked("PORTAL", &hanako).await;
    for items in [vec![], vec![taken(&[1], &[])], vec![taken(&[], &[0])]] {
        portal.answers(DeliveriesAnswer { items });
        let answer = deliver(&trial, "141003", &one(1, &[&hers])).await;
        assert_eq!(answer.unwrap_err().code(), Some(refusal::PORTAL_UNREACHABLE));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_runs_the_platform_sends_no_notices_and_neither_does_the_portal() {
    let (trial, portal) = trial().await;
    for channel in ["JLIS", "REGISTER", "PORTAL"] {
        let refused = deliver(&trial, channel, &one(1, &[])).await;
        assert_eq!(refused.unwrap_err().code(), Some(refusal::MAY_NOT_SEND), "{channel}");
    }
    assert!(portal.heard().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_at_once_and_a_notice_twice_are_refused_before_the_portal_hears_of_them() {
    let (trial, portal) = trial().await;
    let code = LinkCode::from([7; 32]);
    let many = one(1, &vec![&code; RECIPIENTS_MAX + 1]);
    let twice = Deliveries { items: [one(1, &[&code]).items, one(1, &[&code]).items].concat() };
    for deliveries in [many, twice] {
        let refused = deliver(&trial, "141003", &deliveries).await;
        assert_eq!(refused.unwrap_err().code(), Some(refusal::TOO_MUCH));
    }
    assert!(portal.heard().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_and_files_pass_unread_and_nothing_of_them_stays() {
    let (trial, portal) = trial().await;
    let letter = SealedLetter { notice: [1; 16].into(), sealed: sealed("kanarienvogel") };
    let file =
        AttachmentDelivery { notice: [1; 16].into(), place: 0, sealed: sealed(&"kanarienvogel".repeat(500_000)) };
    let municipality = trial.party("141003").peers;
    for _ in 0..2 {
        portal.answers(LetterTaken { notice: [1; 16].into() });
    }
    let _: LetterTaken = municipality.post(&CORE, LETTER_PATH, &letter).await.unwrap();
    let _: LetterTaken = municipality.post(&CORE, ATTACHMENT_PATH, &file).await.unwrap();
    let heard = portal.heard();
    assert_eq!(heard[0].1["message"], serde_json::to_value(&letter).unwrap());
    assert_eq!(heard[1].1["message"]["sealed"]["ciphertext"].as_str().map(str::len), Some(6_500_000));
    for database in ["core", "core-keys"] {
        for suffix in ["", "-wal"] {
            let mut path = trial.data.database(database).into_os_string();
            path.push(suffix);
            let bytes = std::fs::read(path).unwrap_or_default();
            assert!(!bytes.windows(13).any(|window| window == b"kanarienvogel"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_refuses_the_sender_hears_and_what_it_cannot_do_now_may_be_tried_again() {
    let (trial, portal) = trial().await;
    let letter = SealedLetter { notice: [1; 16].into(), sealed: sealed("x") };
    let municipality = trial.party("141003").peers;
    for (status, code, heard) in [
        (StatusCode::FORBIDDEN, refusal::NOT_BELIEVED, (403, refusal::NOT_BELIEVED)),
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable", (503, refusal::PORTAL_UNREACHABLE)),
    ] {
        portal.refuses(status, Problem::new(status.as_u16(), code, "no"));
        let Err(PeerError::Problem(problem)) = municipality.post::<LetterTaken>(&CORE, LETTER_PATH, &letter).await
        else {
            panic!("taken");
        };
        assert_eq!((problem.status, problem.code()), (heard.0, Some(heard.1)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_names_people_by_the_senders_codes_and_only_those_it_has() {
    let (trial, portal) = trial().await;
    let (hanako, taro) = (trial.resident().await, trial.resident().await);
    let hers = trial.linked("141003", &hanako).await;
    let (hanakos, taros) = (trial.linked("PORTAL", &hanako).await, trial.linked("PORTAL", &taro).await);
    let state = ReturnedWhat::State { state: NoticeState::OpenedByPerson };
    let item = |number, link_code: &LinkCode| Return {
        number,
        notice: [1; 16].into(),
        link_code: link_code.clone(),
        at: trial.now(),
        what: state.clone(),
    };
    portal.answers(Returns { items: vec![item(7, &hanakos), item(8, &taros)], next: 8 });

    let request = ReturnsRequest { after: 6 };
    let returns: Returns = trial.party("141003").peers.post(&CORE, RETURNS_PATH, &request).await.unwrap();

    assert_eq!(portal.heard()[0].1, serde_json::json!({ "sender": "141003", "message": { "after": 6 } }));
    let told: Vec<_> = returns.items.iter().map(|item| (item.number, item.link_code.expose())).collect();
    assert_eq!((told, returns.next), (vec![(7, hers.expose())], 8));
}
