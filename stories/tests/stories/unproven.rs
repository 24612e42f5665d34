//! P-AUT-6: an answer without a PIN opens nothing. Where it proves whose card answered, that person's login history
//! tells of it; where it does not, it is counted and logged, and nobody is named.

use domain::OrgCode;
use linkage::jpki::CardEvent;
use stories::{Citizen, Engine, Form, Page, PortalProcess, Town};

const WITHOUT_PIN: &str = "暗証番号を使っていませんでした";
const REVOKED: &str = "カードの電子証明書が失効していました";

/// How often the person's login history says this.
async fn history_says(citizen: &Citizen<'_>, words: &str) -> usize {
    let history = citizen.opens("/history").await;
    assert_eq!(history.path(), "/history", "{}", history.text());
    history.text().matches(words).count()
}

/// At a machine that asks cards without a PIN; the answer is posted, and the browser never comes back.
async fn answers_without_pin(citizen: &Citizen<'_>) {
    let asked = citizen.starts_login().await;
    let at_reader = citizen.at_reader(&asked).await;
    let answered = citizen.browser.submits(&at_reader, at_reader.form("/v1/without-pin")).await;
    let form = answered.form("/card/answer");
    assert_eq!(form.value("pin"), Some("absent"));
    posts(citizen, &answered, form).await;
}

async fn posts(citizen: &Citizen<'_>, page: &Page, form: Form) {
    let back = citizen.browser.goes(form.method, form.action, Some(page), form.fields, Some("/card/return")).await;
    assert_eq!(back.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_proven_without_a_pin_is_told_in_the_login_history() {
    let town = Town::starts().await;
    let owner = Citizen::with_card(&town, "card-0001", "ja").await;
    owner.opens_folder().await;
    assert_eq!(history_says(&owner, WITHOUT_PIN).await, 0);

    let nta: OrgCode = "NTA".parse().unwrap();
    let machine = Citizen::at_machine(&town, "card-0001", "ja", Some(nta)).await;
    answers_without_pin(&machine).await;
    assert_eq!(history_says(&owner, WITHOUT_PIN).await, 1);
    assert_ne!(machine.opens("/home").await.path(), "/home", "it opens nothing");

    // Signed with a PIN, and called without on the way.
    let (page, signed) = machine.keeps_answer(&machine.starts_login().await).await;
    posts(&machine, &page, signed.with("pin", "absent")).await;
    assert_eq!(history_says(&owner, WITHOUT_PIN).await, 2);

    // An organisation that is no party is nobody's proof.
    let stranger: OrgCode = "999997".parse().unwrap();
    let machine = Citizen::at_machine(&town, "card-0001", "ja", Some(stranger)).await;
    answers_without_pin(&machine).await;
    assert_eq!(history_says(&owner, WITHOUT_PIN).await, 2);

    // Refused for another reason, and nobody came back to hear it.
    town.world.lock().await.card_event("card-0001", CardEvent::Loss).await.unwrap();
    let thief = Citizen::with_card(&town, "card-0001", "ja").await;
    let (page, signed) = thief.keeps_answer(&thief.starts_login().await).await;
    posts(&thief, &page, signed).await;
    assert_eq!(history_says(&owner, REVOKED).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_proven_is_counted_and_never_named() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let portal = PortalProcess::starts(&town.settings_file(&parties), town.now()).await;
    let owner = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = owner.opens_folder().await;
    let events = town.count("login_event").await;

    let other = Citizen::with_card(&town, "card-0001", "ja").await;
    let (page, signed) = other.keeps_answer(&other.starts_login().await).await;
    let forged = stories::forged_authentication_certificate(town.now());
    let signature = signed.value("signature").unwrap().to_owned();
    let certificate = signed.value("certificate").unwrap().to_owned();
    let damaged = signature.replacen(&signature[..4], if signature.starts_with("AAAA") { "BBBB" } else { "AAAA" }, 1);
    for (field, value, why) in [
        ("signature", damaged.as_str(), "signature-mismatch"),
        ("signature", "", "signature-mismatch"),
        ("certificate", forged.as_str(), "certificate-untrusted"),
        ("certificate", "", "malformed"),
    ] {
        let answer = signed.clone().with("challenge", &fresh_challenge(&other).await).with(field, value);
        posts(&other, &page, answer.clone()).await;
        assert!(portal.counts("card_answers_refused_total", &format!("why=\"{why}\"")).await >= 1, "{why}");
        let answer = answer.with("challenge", &fresh_challenge(&other).await).with("pin", "absent");
        posts(&other, &page, answer).await;
    }
    assert_eq!(portal.counts("card_answers_refused_total", "why=\"without-pin\"").await, 4);
    assert_eq!(portal.counts("card_answers_refused_total", "purpose=\"login\"").await, 8);
    assert_eq!(town.count("login_event").await, events, "nobody can write into a history without the card");

    owner.logs_out(&home).await;
    let log = portal.is_killed().await;
    assert!(log.contains("a card's answer was refused") && log.contains("signature-mismatch"), "{log}");
    let der = base64ct::Base64::decode_vec(&certificate).unwrap();
    let serial = pki::Certificate::from_der(&der).unwrap().serial_hex();
    for named in [serial.as_str(), &certificate[..40], &signature[..40], "card-0001"] {
        assert!(!log.contains(named), "the log names {named}");
    }
}

use base64ct::Encoding as _;

async fn fresh_challenge(citizen: &Citizen<'_>) -> String {
    citizen.starts_login().await.form(wire::reader::ASK_PATH).value("challenge").unwrap().to_owned()
}
