mod over_http;

use axum::{Router, body::Bytes, routing::post};
use domain::{FourInfo, KeyIndex};
use pki::{
    SigningKey,
    issue::{Authority, AuthorityName, JpkiEndpoints, Validity},
    key::KeyKind,
    ocsp::{Known, Responder},
};

use super::*;
use crate::core::trial::{Resident, Trial, facts};
use crate::entropy::seeded;
use crate::institution::SeededPerson;
use crate::party::JpkiHttp;

const ORIGIN: &str = "http://jasso.localhost:9195";

/// JPKI's signature authority with a responder that says what the test wants, and 学生's card.
struct Story {
    trial: Trial,
    site: Arc<CardBinding>,
    authority: Authority,
    student: Resident,
    person: InternalId,
}

async fn story(known: Option<Known>) -> Story {
    story_in(Trial::open(&["JASSO"]).await, known).await
}

async fn story_in(trial: Trial, known: Option<Known>) -> Story {
    let key = || SigningKey::generate(KeyKind::P256).unwrap();
    let name = AuthorityName { organization: "Test", unit: "JPKI", common_name: "signature CA" };
    let (validity, mut rng) = (validity(&trial), seeded(20));
    let authority = Authority::self_signed(&name, key(), validity, Some(0), &mut rng).unwrap();
    std::fs::write(trial.data.anchor("jpki-signature-ca"), authority.certificate().to_pem()).unwrap();
    let socket = runtime::serve::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let http = format!("http://{}", socket.local_addr().unwrap());
    if let Some(known) = known {
        let key = key();
        let certificate = authority.ocsp_responder("responder", key.spki_der(), validity, &mut rng).unwrap();
        let responder = Arc::new(Responder::new(authority.certificate().clone(), certificate, key).unwrap());
        let now = trial.now();
        let answer = async move |request: Bytes| {
            let until = now + SignedDuration::from_hours(1);
            responder.respond(&request, |_| known, now, until).unwrap()
        };
        let router = Router::new().route("/ocsp/signature", post(answer));
        tokio::spawn(runtime::serve::serve(socket, None, router, tokio_util::sync::CancellationToken::new()));
    }
    let student = trial.resident().await;
    let seeded_person = SeededPerson { four_info: student.four_info.clone(), facts: facts(), code: None };
    let jasso = trial.institution("JASSO");
    let person = jasso.seed(&[seeded_person], jiff::civil::date(2026, 11, 3)).await.unwrap().remove(0);
    let site = CardBinding::new(Arc::clone(jasso), &trial.data, ORIGIN.into()).unwrap();
    let site = Arc::into_inner(site).unwrap().asking_at(&JpkiHttp { http });
    Story { site: Arc::new(site), trial, authority, student, person }
}

const ENDPOINTS: JpkiEndpoints<'_> = JpkiEndpoints { crl: "http://127.0.0.1:1/crl", ocsp: "http://127.0.0.1:1/ocsp" };

fn answer_with(key: &SigningKey, certificate: &Certificate, ask: &CardBindingAsk, bytes: &[u8]) -> Answer {
    Answer {
        challenge: ask.challenge.clone(),
        result: AnswerKind::Signed,
        certificate: Base64::encode_string(certificate.der()),
        signature: Base64::encode_string(&key.sign(bytes).unwrap()),
        pin: "present".into(),
    }
}

fn validity(trial: &Trial) -> Validity {
    let year = SignedDuration::from_hours(24 * 365);
    Validity { not_before: trial.now() - year, not_after: trial.now() + year }
}

impl Story {
    /// The card of somebody signs what the site asks.
    fn answer(&self, of: &FourInfo, origin: &str, ask: &CardBindingAsk) -> Answer {
        let signed = statement(CardPurpose::Register, origin, &ask.challenge, &ask.document);
        self.signs(of, validity(&self.trial), ask, &signed)
    }

    /// A card with a certificate of this validity signs these bytes.
    fn signs(&self, of: &FourInfo, validity: Validity, ask: &CardBindingAsk, bytes: &[u8]) -> Answer {
        let key = SigningKey::generate(KeyKind::P256).unwrap();
        let issued = self.authority.jpki_signature(of, key.spki_der(), &ENDPOINTS, validity, &mut seeded(21));
        answer_with(&key, &issued.unwrap(), ask, bytes)
    }

    async fn ask(&self) -> CardBindingAsk {
        self.site.begin(&self.person).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_binds_a_code_by_card() {
    let story = story(Some(Known::Good)).await;
    let ask = story.ask().await;
    let answer = story.answer(&story.student.four_info, ORIGIN, &ask);

    assert_eq!(story.site.finish(&answer).await.unwrap(), story.person);

    let jasso = story.trial.institution("JASSO");
    let bound = jasso.wait_for_code(&story.person);
    tokio::time::timeout(std::time::Duration::from_secs(20), bound).await.unwrap().unwrap();
    assert!(!jasso.has_number(&story.person).await.unwrap());
    let issued = story.trial.linked("JASSO", &story.student).await;
    assert_eq!((jasso.code_for_test(&story.person).await, KeyIndex(1)), (issued, KeyIndex(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_works_once_and_not_after_five_minutes() {
    let story = story(Some(Known::Good)).await;
    let ask = story.ask().await;
    let answer = story.answer(&story.student.four_info, ORIGIN, &ask);
    story.site.finish(&answer).await.unwrap();
    assert!(matches!(story.site.finish(&answer).await, Err(CardBindingError::NothingWaits)));

    let ask = story.ask().await;
    story.trial.clock.advance(SignedDuration::from_secs(301));
    let late = story.answer(&story.student.four_info, ORIGIN, &ask);
    assert!(matches!(story.site.finish(&late).await, Err(CardBindingError::NothingWaits)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_for_another_site_or_document_is_refused() {
    let story = story(Some(Known::Good)).await;
    let ask = story.ask().await;
    let elsewhere = story.answer(&story.student.four_info, "http://localhost:8080", &ask);
    assert!(matches!(story.site.finish(&elsewhere).await, Err(CardBindingError::Signature(_))));
    let mut ask = story.ask().await;
    ask.document.push('。');
    let changed = story.answer(&story.student.four_info, ORIGIN, &ask);
    assert!(matches!(story.site.finish(&changed).await, Err(CardBindingError::Signature(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_card_binds_nothing() {
    let story = story(Some(Known::Good)).await;
    let other = story.trial.resident().await;
    let ask = story.ask().await;
    let answer = story.answer(&other.four_info, ORIGIN, &ask);
    assert!(matches!(story.site.finish(&answer).await, Err(CardBindingError::OtherPerson)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_and_one_nobody_can_ask_about_are_refused() {
    let at = crate::core::trial::NOW.parse().unwrap();
    let revoked = story(Some(Known::Revoked { reason: pki::RevocationReason::KeyCompromise, at })).await;
    let answer = revoked.answer(&revoked.student.four_info, ORIGIN, &revoked.ask().await);
    assert!(matches!(revoked.site.finish(&answer).await, Err(CardBindingError::Citizen(CitizenError::Refused(_)))));

    let silent = story(None).await;
    let answer = silent.answer(&silent.student.four_info, ORIGIN, &silent.ask().await);
    assert!(matches!(silent.site.finish(&answer).await, Err(CardBindingError::Citizen(CitizenError::Unreachable(_)))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_stops_binds_nothing() {
    let story = story(Some(Known::Good)).await;
    let ask = story.ask().await;
    let mut answer = story.answer(&story.student.four_info, ORIGIN, &ask);
    answer.result = AnswerKind::Cancelled;
    assert!(matches!(story.site.finish(&answer).await, Err(CardBindingError::NotSigned(AnswerKind::Cancelled))));
    assert!(story.trial.institution("JASSO").people_with_codes().await.unwrap().is_empty());
}
