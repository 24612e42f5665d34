//! 「まちがいを知らせる」 through the core (P-INF-12).

use axum::{Json, Router, routing::post};
use wire::correction_report::{
    CERTIFICATE_PATH, CertificateAnswer, CertificateRequest, REPORT_PATH, Report, ReportRequest, ReportTaken, refusal,
};

use super::*;
use crate::institution::correction_reports_in_tests::words;

async fn reports(trial: &Trial, channel: &str, request: &ReportRequest) -> Result<ReportTaken, PeerError> {
    trial.party(channel).peers.post(&CORE, REPORT_PATH, request).await
}

async fn certificate(trial: &Trial, channel: &str, provider: &str) -> Result<CertificateAnswer, PeerError> {
    let request = CertificateRequest { provider: org(provider) };
    trial.party(channel).peers.post(&CORE, CERTIFICATE_PATH, &request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_reaches_the_institution_under_its_own_code_and_leaves_no_access_record() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let before = trial.count("SELECT count(*) FROM access_requests").await;

    let taken = reports(&trial, "PORTAL", &looked.request(&trial, &looked.content(1, "多すぎます。"))).await.unwrap();

    let kept = trial.institution("NTA").correction_reports().await.unwrap();
    assert_eq!((kept.len(), &kept[0].number), (1, &trial.receipt(&taken).number));
    assert_eq!(kept[0].person, looked.person);
    assert!(kept[0].words == words("多すぎます。"));
    assert_eq!(trial.count("SELECT count(*) FROM access_requests").await, before);
}

/// N-5: neither as it is, nor in base64, nor its length.
#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_report_reaches_the_cores_files() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let canary = "カナリアは鳴く";
    let (long, short) = (looked.content(1, &canary.repeat(100)), looked.content(2, "短"));
    let (long, short) = (looked.request(&trial, &long), looked.request(&trial, &short));
    assert_eq!(long.sealed.ciphertext.len(), short.sealed.ciphertext.len());
    reports(&trial, "PORTAL", &long).await.unwrap();
    let holds = |party: &str| {
        ["", "-wal"].iter().any(|suffix| {
            let mut path = trial.data.database(party).into_os_string();
            path.push(suffix);
            let bytes = std::fs::read(path).unwrap_or_default();
            let sealed = long.sealed.ciphertext.get(..64).unwrap();
            [canary, sealed].iter().any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
        })
    };
    assert!(holds("NTA"), "the search finds what is there");
    assert!(!holds("core") && !holds("core-keys"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_not_issued_to_the_portal_reports_nothing() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let honest = looked.request(&trial, &looked.content(1, "多すぎます。"));
    let of_nta = ReportRequest { link_code: looked.code.clone(), ..honest.clone() };
    let of_nobody = ReportRequest { link_code: LinkCode::from([7; 32]), ..honest };
    for request in [of_nta, of_nobody] {
        assert_eq!(reports(&trial, "PORTAL", &request).await.unwrap_err().code(), Some("code-not-issued"));
    }
    assert!(trial.institution("NTA").correction_reports().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_portal_reports_or_asks_for_a_certificate() {
    let trial = Trial::open(&["NTA", "JPS"]).await;
    let looked = trial.looked().await;
    let request = looked.request(&trial, &looked.content(1, "多すぎます。"));
    assert_eq!(reports(&trial, "JPS", &request).await.unwrap_err().code(), Some("not-entitled"));
    assert_eq!(certificate(&trial, "JPS", "NTA").await.unwrap_err().code(), Some("not-entitled"));
    assert!(certificate(&trial, "PORTAL", "NTA").await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_law_lets_nobody_look_nobody_reports() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let honest = looked.request(&trial, &looked.content(1, "多すぎます。"));
    let elsewhere = ReportRequest { provider: CORE.clone(), ..honest.clone() };
    let other_kind = ReportRequest { info_kind: "local-tax".parse().unwrap(), ..honest };
    for request in [elsewhere, other_kind] {
        assert_eq!(reports(&trial, "PORTAL", &request).await.unwrap_err().code(), Some(refusal::NOT_WHITELISTED));
    }
    assert_eq!(certificate(&trial, "PORTAL", "CORE").await.unwrap_err().code(), Some(refusal::NOT_WHITELISTED));
}

/// B-MED-4
#[tokio::test(flavor = "multi_thread")]
async fn that_an_institution_does_not_know_the_person_looks_like_any_other_refusal() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "多すぎます。");
    let honest = looked.request(&trial, &content);
    let stranger = trial.resident().await;
    let unlinked = ReportRequest { link_code: trial.linked("PORTAL", &stranger).await, ..honest.clone() };
    let mut sealed = honest.sealed.clone();
    sealed.ciphertext.replace_range(..4, "AAAA");
    let spoilt = ReportRequest { sealed, ..honest };
    let mut answers = Vec::new();
    for request in [unlinked, spoilt] {
        let Err(PeerError::Problem(problem)) = reports(&trial, "PORTAL", &request).await else { panic!("taken") };
        answers.push(serde_json::to_string(&problem).unwrap());
    }
    assert!(answers[0].contains(refusal::NOT_TAKEN), "{}", answers[0]);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_that_is_down_or_answers_another_report_has_taken_nothing() {
    let other = Router::new().route(
        REPORT_PATH,
        post(async |Json(_): Json<Report>| Json(ReportTaken { id: [9; 16].into(), signed_receipt: String::new() })),
    );
    let trial = Trial::with(&["NTA"], vec![("JPS", other)]).await;
    let looked = trial.looked().await;
    trial.linked("JPS", &looked.resident).await;
    trial.linked("KYOKAI", &looked.resident).await;
    let honest = looked.request(&trial, &looked.content(1, "多すぎます。"));
    let to = |provider: &str, kind: &str| ReportRequest {
        provider: org(provider),
        info_kind: kind.parse().unwrap(),
        ..honest.clone()
    };
    for request in [to("JPS", "pension-benefit"), to("KYOKAI", "insurance-coverage")] {
        let Err(PeerError::Problem(problem)) = reports(&trial, "PORTAL", &request).await else { panic!("taken") };
        assert_eq!((problem.status, problem.code()), (503, Some(refusal::PROVIDER_UNREACHABLE)));
    }
}
