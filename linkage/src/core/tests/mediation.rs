use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{Json, Router, routing::post};
use rand_core::Rng as _;
use wire::mediation::{INQUIRY_PATH, Inquiry, InquiryAnswer, refusal};

use super::*;
use crate::core::id_code::IdCode;
use crate::entropy::seeded;
use crate::institution::Received;
use crate::whitelist::{self, Tuple};

#[tokio::test(flavor = "multi_thread")]
async fn a_lawful_request_brings_information_to_the_requester_alone() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let city = trial.institution("141003");
    let (bp, kind) = ("nhi-premium-reduction".parse().unwrap(), "income".parse().unwrap());

    let received = city.exchange(&bp, &org("NTA"), &here, &kind).await.unwrap();

    let Received::Provided(content) = received else { panic!("nothing was provided") };
    let total = content.fields.iter().find(|field| field.name == "total-income").unwrap();
    assert_eq!((total.value.as_str(), total.unit.as_deref()), ("3400000", Some("JPY")));
    assert_eq!(trial.ended(content.id).await.unwrap(), ("provided".into(), "answered".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_requester_is_the_organisation_of_the_channel() {
    let trial = Trial::open(&["141003", "JPS", "NTA"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    let request = premium_request(&code);

    let (status, problem, id) = refused(trial.mediate_as("JPS", &request).await);

    assert_eq!((status, problem.as_str()), (403, refusal::REQUESTER_MISMATCH));
    assert_eq!(trial.ended(id.unwrap()).await.unwrap().1, "requester_mismatch");
    assert_eq!(trial.count("SELECT count(*) FROM access_requests WHERE requester = 'JPS'").await, 1);
}

/// B-MED-1: the tables of people are away; an unlawful request does not notice, a lawful one does.
#[tokio::test(flavor = "multi_thread")]
async fn an_unlawful_request_never_touches_the_id_table() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    trial.run("ALTER TABLE links RENAME TO links_away").await;
    let mut unlawful = premium_request(&code);
    unlawful.info_kind = "local-tax".parse().unwrap();

    let (status, problem, id) = refused(trial.mediate_as("141003", &unlawful).await);
    assert_eq!((status, problem.as_str()), (403, refusal::BP_NOT_WHITELISTED));
    assert_eq!(trial.ended(id.unwrap()).await.unwrap(), ("refused".into(), "bp_not_whitelisted".into()));

    let (status, _, _) = refused(trial.mediate_as("141003", &premium_request(&code)).await);
    assert_eq!(status, 503);
    assert_eq!(trial.count("SELECT count(*) FROM access_outcomes WHERE cause = 'id_table_unavailable'").await, 1);
}

/// N-7
#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_one_institution_is_worth_nothing_at_another() {
    let trial = Trial::open(&["141003", "261009", "NTA"]).await;
    let hanako = trial.resident().await;
    let code_of_yokohama = trial.linked("141003", &hanako).await;
    trial.linked("261009", &hanako).await;
    let mut stolen = premium_request(&code_of_yokohama);
    stolen.requester = org("261009");

    let (status, problem, id) = refused(trial.mediate_as("261009", &stolen).await);

    assert_eq!((status, problem.as_str()), (403, refusal::REQUESTER_CODE_NOT_ISSUED));
    assert_eq!(trial.ended(id.unwrap()).await.unwrap().1, "requester_code_not_issued");
}

/// B-TBL-1
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_decrypts_but_was_never_issued_is_refused() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let (city, mut rng) = (org("141003"), seeded(5));
    let (_, key) = trial.core.keys.newest(&city, trial.now(), &mut rng).await.unwrap();
    let forged = key.link_code(&city, &IdCode::generate(&mut rng)).unwrap();

    let (_, problem, _) = refused(trial.mediate_as("141003", &premium_request(&forged)).await);

    assert_eq!(problem, refusal::REQUESTER_CODE_NOT_ISSUED);
}

/// B-TBL-4
#[tokio::test(flavor = "multi_thread")]
async fn an_unlinked_code_behaves_as_never_issued() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    trial.run("UPDATE links SET unlinked_at = linked_at WHERE org = '141003'").await;

    let (_, problem, _) = refused(trial.mediate_as("141003", &premium_request(&code)).await);

    assert_eq!(problem, refusal::REQUESTER_CODE_NOT_ISSUED);
}

/// B-MED-4: ⑤ is outwardly the same as "nothing held", and takes the same road: the provider is asked in both cases.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_unknown_to_the_provider_looks_like_one_without_data() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let (unknown, without) = (trial.resident().await, trial.resident().await);
    let mut nothing = crate::core::trial::facts();
    nothing.annual_earnings_jpy = 0;
    trial.knows_with("NTA", &without, nothing).await;
    let mut answers = Vec::new();
    for person in [&unknown, &without] {
        let code = trial.linked("141003", person).await;
        let answer = trial.mediate_as("141003", &premium_request(&code)).await.unwrap();
        let MediationAnswer::NoDataHeld { id } = answer else { panic!("{answer:?}") };
        let bytes = serde_json::to_string(&answer).unwrap().replace(&id.to_string(), "ID");
        assert!(trial.institution("NTA").log_fragment(id).await.unwrap().is_some());
        answers.push((bytes, trial.ended(id).await.unwrap()));
    }

    assert_eq!(answers[0].0, answers[1].0);
    assert_eq!(answers[0].1, ("no_data_held".into(), "provider_code_not_issued".into()));
    assert_eq!(answers[1].1, ("no_data_held".into(), "provider_holds_nothing".into()));
}

/// Everything that a mediation makes the databases do: use cases, durable commits, reads, of core and provider.
fn work(trial: &Trial) -> [u64; 6] {
    let (core, nta) = (trial.core.counts(), trial.institution("NTA").counts());
    let reads = [trial.core.pool.reads(), trial.institution("NTA").reads()];
    [core.use_cases, core.commits, nta.use_cases, nta.commits, reads[0], reads[1]]
}

/// Status, headers and body as they came over the wire; the serial number and the clock apart.
async fn raw_answer(
    trial: &Trial,
    client: &reqwest::Client,
    url: &str,
    request: &MediationRequest,
) -> (u16, Vec<String>, String) {
    let response = client.post(url).json(request).send().await.unwrap();
    let status = response.status().as_u16();
    let named = response.headers().iter().filter(|(name, _)| *name != http::header::DATE);
    let mut headers: Vec<_> = named.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    headers.sort();
    let body = response.text().await.unwrap();
    let MediationAnswer::NoDataHeld { id } = serde_json::from_str(&body).unwrap() else { panic!("{body}") };
    // What a provider signs and seals is in its log.
    let asked = trial.institution("NTA").log_fragment(id).await.unwrap().expect("the provider was asked");
    assert!(asked.content.is_none(), "something was signed and sealed");
    (status, headers, body.replace(&id.to_string(), "ID"))
}

/// B-MED-4 in time: not by a clock, which other work on this machine would disturb, but by all that takes time. In pairs,
/// by turns; the least of several, since the core looks after its deliveries in between.
#[tokio::test(flavor = "multi_thread")]
async fn both_roads_to_nothing_held_do_the_same_work_and_answer_the_same_bytes() {
    use base64ct::{Base64, Encoding as _};
    let trial = Trial::open(&["141003", "NTA"]).await;
    let (unknown, without) = (trial.resident().await, trial.resident().await);
    let mut nothing = crate::core::trial::facts();
    nothing.annual_earnings_jpy = 0;
    trial.knows_with("NTA", &without, nothing).await;
    let identity = trial.data.tls_identity(&org("141003")).unwrap();
    let anchors = trial.data.organisation_anchors().unwrap();
    let tls = runtime::tls::client_config(Some(&identity), &anchors, trial.clock.clone()).unwrap();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap();
    let url = format!("https://{}{MEDIATION_PATH}", trial.party("141003").peers.directory().address(&CORE).unwrap());
    let seal = std::fs::read_to_string(trial.data.certificate(&org("141003"), crate::party::IdentityKind::Seal));
    let seal = pki::Certificate::from_pem(&seal.unwrap()).unwrap();
    let mut requests = Vec::new();
    for person in [&unknown, &without] {
        let mut request = premium_request(&trial.linked("141003", person).await);
        request.sealing_certificate = Base64::encode_string(seal.der());
        requests.push(request);
    }
    // Connections and keys are there when counting begins.
    let first = raw_answer(&trial, &client, &url, &requests[0]).await;

    let mut least = [[u64::MAX; 6]; 2];
    for round in 0..12 {
        let road = round % 2;
        let before = work(&trial);
        assert_eq!(raw_answer(&trial, &client, &url, &requests[road]).await, first);
        for (least, (now, before)) in least[road].iter_mut().zip(work(&trial).into_iter().zip(before)) {
            *least = (*least).min(now - before);
        }
    }

    assert_eq!(least[0], least[1]);
    let [core_use_cases, core_commits, nta_use_cases, nta_commits, core_reads, nta_reads] = least[0];
    assert_eq!([core_use_cases, core_commits, nta_use_cases, nta_commits], [2, 2, 1, 1], "the road is counted at all");
    assert!(core_reads > 0 && nta_reads > 0);
}

/// N-8, second half: whatever is asked outside the rows, no provider hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_the_whitelist_is_mediated() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let listening = Router::new().fallback(async move || {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let trial = Trial::with(&["141003"], vec![("NTA", listening.clone()), ("JPS", listening)]).await;
    let hanako = trial.resident().await;
    let list = whitelist::parse(whitelist::VERSION_1).unwrap();
    let (bps, kinds): (Vec<_>, Vec<_>) = list.rows().map(|row| (row.bp.clone(), row.info_kind.clone())).unzip();
    let mut rng = seeded(11);
    let mut pick = |n: usize| usize::try_from(rng.next_u64() % n as u64).unwrap();
    let mut refused_count = 0;
    for _ in 0..300 {
        let requester = ["141003", "NTA", "JPS", "PORTAL"][pick(4)];
        let tuple = Tuple {
            requester: org(requester),
            provider: org(["NTA", "JPS", "141003", "CORE"][pick(4)]),
            info_kind: kinds[pick(kinds.len())].clone(),
            bp: bps[pick(bps.len())].clone(),
        };
        if list.allows(&tuple).is_some() {
            continue;
        }
        let request = MediationRequest {
            bp: tuple.bp,
            requester: tuple.requester,
            provider: tuple.provider,
            link_code: trial.linked(requester, &hanako).await,
            info_kind: tuple.info_kind,
            sealing_certificate: String::new(),
        };
        let answer = trial.core.mediate(&org(requester), request).await;
        assert!(matches!(answer, Err(crate::core::mediation::MediationError::BpNotWhitelisted(_))));
        refused_count += 1;
    }
    assert!(refused_count > 200, "{refused_count}");
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let logged = trial.count("SELECT count(*) FROM access_outcomes WHERE outcome = 'refused'").await;
    assert_eq!(logged, refused_count);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_answers_another_inquiry_is_not_believed() {
    let wrong = Router::new().route(
        INQUIRY_PATH,
        post(async |Json(_): Json<Inquiry>| Json(InquiryAnswer::NoDataHeld { id: [9; 16].into() })),
    );
    let trial = Trial::with(&["141003"], vec![("NTA", wrong)]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;

    let (status, problem, id) = refused(trial.mediate_as("141003", &premium_request(&code)).await);

    assert_eq!((status, problem.as_str()), (503, refusal::PROVIDER_ANSWER_MISMATCH));
    assert_eq!(trial.ended(id.unwrap()).await.unwrap(), ("unanswered".into(), "provider_answer_mismatch".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_gives_up_is_late_and_not_out_of_reach() {
    let slow = async || crate::party::Refusal::new(http::StatusCode::GATEWAY_TIMEOUT, "too-slow", "no answer in time");
    let trial = Trial::with(&["141003"], vec![("NTA", Router::new().route(INQUIRY_PATH, post(slow)))]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;

    let (status, problem, id) = refused(trial.mediate_as("141003", &premium_request(&code)).await);

    assert_eq!((status, problem.as_str()), (503, refusal::PROVIDER_LATE));
    assert_eq!(trial.ended(id.unwrap()).await.unwrap(), ("unanswered".into(), "provider_late".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_out_of_reach_leaves_an_unanswered_record() {
    let trial = Trial::open(&["141003"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    let portal = trial.linked("PORTAL", &hanako).await;

    let (_, problem, id) = refused(trial.mediate_as("141003", &premium_request(&code)).await);

    assert_eq!(problem, refusal::PROVIDER_UNREACHABLE);
    assert_eq!(trial.ended(id.unwrap()).await.unwrap().1, "provider_unreachable");
    assert_eq!(outcomes(&trial.records(&portal).await), [Outcome::Unanswered]);
}

/// N-5: what a provider answers is in no file of the core, neither as it is nor in base64.
#[tokio::test(flavor = "multi_thread")]
async fn no_content_reaches_the_cores_files() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    let mut rich = crate::core::trial::facts();
    rich.annual_earnings_jpy = 98_765_432_100;
    trial.knows_with("NTA", &hanako, rich).await;
    let here = trial.knows("141003", &hanako).await;
    let (bp, kind) = ("nhi-premium-reduction".parse().unwrap(), "income".parse().unwrap());
    let city = trial.institution("141003");
    let Received::Provided(content) = city.exchange(&bp, &org("NTA"), &here, &kind).await.unwrap() else {
        panic!("nothing was provided")
    };
    let canary = "98765432100";
    assert!(content.fields.iter().any(|field| field.value == canary));

    let holds = |party: &str| {
        ["", "-wal"].iter().any(|suffix| {
            let mut path = trial.data.database(party).into_os_string();
            path.push(suffix);
            let bytes = std::fs::read(path).unwrap_or_default();
            [canary, "total-income", "横浜　花子"]
                .iter()
                .any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
        })
    };
    assert!(holds("NTA") && holds("141003"));
    assert!(!holds("core") && !holds("core-keys"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amended_whitelist_holds_from_its_first_day_and_is_recorded() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    let amended = whitelist::VERSION_1
        .replace("version = 1", "version = 3")
        .replace("2021-09-01", "2026-11-10")
        .replace("nhi-premium-reduction", "nhi-premium-relief");
    assert_eq!(trial.core.adopt_whitelist(&amended).await.unwrap(), 3);
    assert!(trial.mediate_as("141003", &premium_request(&code)).await.is_ok());

    trial.clock.advance(jiff::SignedDuration::from_hours(24 * 7));
    let (_, problem, _) = refused(trial.mediate_as("141003", &premium_request(&code)).await);
    assert_eq!(problem, refusal::BP_NOT_WHITELISTED);
    let mut renamed = premium_request(&code);
    renamed.bp = "nhi-premium-relief".parse().unwrap();
    assert!(trial.mediate_as("141003", &renamed).await.is_ok());
    assert_eq!(trial.count("SELECT count(*) FROM access_requests WHERE whitelist_version = 3").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loaded_version_of_the_whitelist_never_changes() {
    let trial = Trial::open(&[]).await;
    let changed = whitelist::VERSION_1.replace("地方税法第325条", "地方税法第324条");
    assert!(trial.core.adopt_whitelist(&changed).await.is_err());
    assert!(trial.core.adopt_whitelist(whitelist::VERSION_1).await.is_ok());
}
