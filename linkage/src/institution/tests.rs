//! Institutions among the other parties, over mutual TLS.

use domain::{KeyIndex, LinkCode, OrgCode};
use wire::issuance::{DELIVERY_PATH, LinkCodeDelivery, LinkCodeReplacement, LinkCodeReplacements, REPLACEMENT_PATH};
use wire::mediation::{INQUIRY_PATH, Inquiry, InquiryAnswer};

use super::*;
use crate::core::trial::Trial;
use crate::party::IdentityKind;

fn org(code: &str) -> OrgCode {
    code.parse().unwrap()
}

fn certificate(trial: &Trial, of: &str, kind: IdentityKind) -> String {
    use base64ct::{Base64, Encoding as _};
    let pem = std::fs::read_to_string(trial.data.certificate(&org(of), kind)).unwrap();
    Base64::encode_string(pki::Certificate::from_pem(&pem).unwrap().der())
}

fn inquiry(trial: &Trial, code: &LinkCode) -> Inquiry {
    Inquiry {
        id: [1; 16].into(),
        bp: "resident-tax".parse().unwrap(),
        requester: org("141003"),
        link_code: code.clone(),
        info_kind: "income".parse().unwrap(),
        sealing_certificate: certificate(trial, "141003", IdentityKind::Seal),
    }
}

/// The one format joins on ①: each side has its own items and nobody else's (B-AUD-2, B-AUD-5).
#[tokio::test(flavor = "multi_thread")]
async fn each_side_keeps_its_own_share_of_the_log() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
    let clerk = Clerk { section: "税務課", terminal: "窓口3番", purpose: "個人住民税の賦課" };
    let ask = Ask { bp: &bp, provider: &org("NTA"), person: &here, info_kind: &kind, clerk };

    let received = trial.institution("141003").ask(&ask).await.unwrap();

    let Received::Provided(content) = received else { panic!("nothing was provided") };
    let asked = trial.institution("141003").log_fragment(content.id).await.unwrap().unwrap();
    let answered = trial.institution("NTA").log_fragment(content.id).await.unwrap().unwrap();
    assert_eq!((asked.section.as_str(), asked.terminal.as_str()), ("税務課", "窓口3番"));
    assert_eq!(asked.side, Side::Requester { purpose: "個人住民税の賦課".into() });
    assert_eq!((answered.section.as_str(), answered.side), ("課税部個人課税課", Side::Provider));
    assert!(asked.content.is_some());
    assert_eq!(asked.content, answered.content);
    let signed = pki::cms::verify(&asked.content.unwrap(), None).unwrap();
    assert_eq!(pki::org_code(&signed.signer).unwrap(), org("NTA"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_in_the_requesters_share_too() {
    let trial = Trial::open(&["JASSO", "JPS"]).await;
    let hanako = trial.resident().await;
    let here = trial.knows("JASSO", &hanako).await;
    let (bp, kind) = ("scholarship".parse().unwrap(), "pension-coverage".parse().unwrap());
    let refused = trial.institution("JASSO").exchange(&bp, &org("JPS"), &here, &kind).await;
    let Err(ExchangeError::Refused { code, id: Some(id) }) = refused else { panic!("{refused:?}") };
    assert_eq!(code, "bp-not-whitelisted");
    let fragment = trial.institution("JASSO").log_fragment(id).await.unwrap().unwrap();
    assert_eq!(fragment.content, None);
}

/// B-GW-1: the core's word for who asks is not enough.
#[tokio::test(flavor = "multi_thread")]
async fn a_provider_seals_for_nobody_but_the_requester() {
    let trial = Trial::open(&["141003", "NTA", "JPS"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let code = trial.linked("NTA", &hanako).await;
    let honest = inquiry(&trial, &code);
    for (of, kind) in [("CORE", IdentityKind::Seal), ("JPS", IdentityKind::Seal), ("141003", IdentityKind::Sign)] {
        let mut forged = honest.clone();
        forged.sealing_certificate = certificate(&trial, of, kind);
        let peers = trial.party("CORE").peers;
        let answer: Result<InquiryAnswer, _> = peers.post(&org("NTA"), INQUIRY_PATH, &forged).await;
        assert_eq!(answer.unwrap_err().code(), Some(SEALING_CERTIFICATE_REFUSED), "{of}");
    }
    let peers = trial.party("CORE").peers;
    let answer: InquiryAnswer = peers.post(&org("NTA"), INQUIRY_PATH, &honest).await.unwrap();
    assert!(matches!(answer, InquiryAnswer::Provided { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_core_may_inquire_and_bring_codes() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let peers = trial.party("141003").peers;
    let code = LinkCode::from([7; 32]);
    let asked: Result<InquiryAnswer, _> = peers.post(&org("NTA"), INQUIRY_PATH, &inquiry(&trial, &code)).await;
    assert_eq!(asked.unwrap_err().code(), Some("not-entitled"));
    let delivery = LinkCodeDelivery { match_number: [1; 16].into(), link_code: code, key_index: KeyIndex(1) };
    let brought = peers.post_no_content(&org("NTA"), DELIVERY_PATH, &delivery).await;
    assert_eq!(brought.unwrap_err().code(), Some("not-entitled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn successors_are_taken_all_or_none() {
    let trial = Trial::open(&["NTA"]).await;
    let hanako = trial.resident().await;
    let here = trial.knows("NTA", &hanako).await;
    let nta = trial.institution("NTA");
    let old = nta.code_for_test(&here).await;
    let pair = |old: &LinkCode, new: u8| LinkCodeReplacement { old: old.clone(), new: LinkCode::from([new; 32]) };
    let send = async |pairs| {
        let message = LinkCodeReplacements { key_index: KeyIndex(2), pairs };
        let peers = trial.party("CORE").peers;
        peers.post_no_content(&org("NTA"), REPLACEMENT_PATH, &message).await
    };

    let refused = send(vec![pair(&old, 1), pair(&LinkCode::from([9; 32]), 2)]).await;
    assert_eq!(refused.unwrap_err().code(), Some(CODE_UNKNOWN));
    assert_eq!(nta.code_for_test(&here).await, old);

    send(vec![pair(&old, 1)]).await.unwrap();
    send(vec![pair(&old, 1)]).await.unwrap();
    assert_eq!(nta.code_for_test(&here).await, LinkCode::from([1; 32]));
    assert_eq!(nta.person_of(&old).await.unwrap(), Some(here));
}

/// The same facts through two legacy shapes are the same answer (B-INS-2).
#[tokio::test(flavor = "multi_thread")]
async fn legacy_shapes_do_not_show_in_the_answer() {
    let trial = Trial::open(&["JPS", "141003", "062049"]).await;
    let hanako = trial.resident().await;
    let mut answers = Vec::new();
    let there = trial.knows("JPS", &hanako).await;
    for city in ["141003", "062049"] {
        trial.knows(city, &hanako).await;
        let (bp, kind) = ("pension-premium-exemption".parse().unwrap(), "local-tax".parse().unwrap());
        let received = trial.institution("JPS").exchange(&bp, &org(city), &there, &kind).await.unwrap();
        let Received::Provided(content) = received else { panic!("nothing was provided") };
        answers.push(serde_json::to_string(&content.fields).unwrap());
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_twice_comes_as_two_records_of_fields() {
    let trial = Trial::open(&["141003", "261009"]).await;
    let hanako = trial.resident().await;
    let there = trial.knows("261009", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let (bp, kind) = ("vaccination".parse().unwrap(), "vaccination".parse().unwrap());
    let dose = |n: &str, day: &str| HoldingRecord {
        period: None,
        values: ["日本脳炎", n, day].map(str::to_owned).to_vec(),
    };
    let spec = KindSpec::of(&kind).unwrap();
    let kyoto = trial.institution("261009");
    kyoto.hold(&there, spec, &[dose("1", "2023-05-10"), dose("2", "2023-06-10")]).await.unwrap();

    let received = trial.institution("141003").exchange(&bp, &org("261009"), &here, &kind).await.unwrap();

    let Received::Provided(content) = received else { panic!("nothing was provided") };
    assert_eq!(content.fields.len(), 6);
    assert_eq!((content.fields[4].name.as_str(), content.fields[4].value.as_str()), ("dose", "2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_a_code_cannot_be_asked_about() {
    let trial = Trial::open(&["141003"]).await;
    let hanako = trial.resident().await;
    let person = SeededPerson { four_info: hanako.four_info.clone(), facts: crate::core::trial::facts(), code: None };
    let city = trial.institution("141003");
    let here = city.seed(&[person], jiff::civil::date(2026, 11, 3)).await.unwrap().remove(0);
    let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
    let asked = city.exchange(&bp, &org("NTA"), &here, &kind).await;
    assert!(matches!(asked, Err(ExchangeError::NotBound)));
    assert_eq!(city.find(&hanako.four_info).await.unwrap(), Some(here));
    assert!(city.people_with_codes().await.unwrap().is_empty());
}

#[tokio::test]
async fn no_authority_is_an_institution() {
    for code in ["CORE", "JLIS", "PORTAL", "REGISTER", "NUMBERS", "JPKI", "ISSUER"] {
        assert!(!is_institution(&org(code)), "{code}");
    }
    assert!(is_institution(&org("JASSO")) && is_institution(&org("472018")));
}

/// N-10 on both sides: what cannot be logged is neither provided nor released.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_share_of_the_log_no_side_takes_part() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let (bp, kind) = ("resident-tax".parse().unwrap(), "income".parse().unwrap());
    let rename = async |at: &str, sql: &'static str| {
        let mut tx = trial.institution(at).pool.begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let asked = async || trial.institution("141003").exchange(&bp, &org("NTA"), &here, &kind).await;

    rename("NTA", "ALTER TABLE exchange_log RENAME TO away").await;
    assert!(matches!(asked().await, Err(ExchangeError::Unanswered(_))));
    rename("NTA", "ALTER TABLE away RENAME TO exchange_log").await;
    rename("141003", "ALTER TABLE exchange_log RENAME TO away").await;
    assert!(matches!(asked().await, Err(ExchangeError::Db(_))));
    rename("141003", "ALTER TABLE away RENAME TO exchange_log").await;
    assert!(asked().await.is_ok());
}

/// B-ID-6: codes only.
#[tokio::test(flavor = "multi_thread")]
async fn an_institution_without_a_right_to_numbers_gets_none() {
    let trial = Trial::open(&["JASSO"]).await;
    let hanako = trial.resident().await;
    let person = trial.knows("JASSO", &hanako).await;
    let jasso = trial.institution("JASSO");
    assert!(matches!(jasso.obtain_number(&person).await, Err(NumberError::NotEntitled)));
    assert!(!jasso.has_number(&person).await.unwrap());
}

/// Everything that follows from somebody's facts is read back from either legacy shape.
#[tokio::test(flavor = "multi_thread")]
async fn what_enters_the_books_with_many_others_is_read_back() {
    let trial = Trial::open(&["141003", "062049", "NTA", "JPS"]).await;
    let today = jiff::civil::date(2026, 11, 3);
    let people: Vec<SeededPerson> = (0..3u64)
        .map(|n| {
            let facts = crate::core::trial::facts();
            let facts = Facts { annual_earnings_jpy: 3_000_000 + n, children_born_on: Vec::new(), ..facts };
            let name = format!("山田　花子{n}");
            let address = "横浜市\"1\"\\、𠮷".to_owned();
            let birth_date = "1980-04-01".parse().unwrap();
            let four_info = domain::FourInfo::new(name, address, birth_date, domain::Sex::Female).unwrap();
            SeededPerson { four_info, facts, code: None }
        })
        .collect();
    for at in ["141003", "062049", "NTA", "JPS"] {
        let institution = trial.institution(at);
        let numbers = institution.seed(&people, today).await.unwrap();
        for (person, number) in people.iter().zip(&numbers) {
            assert_eq!(institution.find(&person.four_info).await.unwrap().as_ref(), Some(number));
            for spec in institution.profile.specs() {
                let mut read = institution.pool.read().await.unwrap();
                let held = institution.legacy.read(&mut read, number, spec).await.unwrap();
                assert_eq!(held, person.facts.held(spec, &person.four_info, today), "{at} {}", spec.name);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_with_one_code_do_not_enter_and_nobody_with_them() {
    let trial = Trial::open(&["NTA"]).await;
    let (one, two) = (trial.resident().await, trial.resident().await);
    let code = trial.linked("NTA", &one).await;
    let with_code = |of: &crate::core::trial::Resident| SeededPerson {
        four_info: of.four_info.clone(),
        facts: crate::core::trial::facts(),
        code: Some((code.clone(), KeyIndex(1))),
    };
    let nta = trial.institution("NTA");
    let refused = nta.seed(&[with_code(&one), with_code(&two)], jiff::civil::date(2026, 11, 3)).await;
    assert!(matches!(refused, Err(SeedError::SameCode)));
    assert!(nta.find(&one.four_info).await.unwrap().is_none());
}
