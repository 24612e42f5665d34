//! Reports over mutual TLS, as the core brings them, and what the person reads of the answers.

use base64ct::{Base64, Encoding as _};
use domain::{AccessRecordId, CorrectionReportId, InfoKind, LinkCode};
use wire::correction_report::{CERTIFICATE_PATH, PaddedReport, REPORT_PATH, ReportRequest, ReportWords};
use wire::mediation::{
    AnswerField, MEDIATION_PATH, MediationAnswer, MediationRequest, SealContext, SealedPayload, TransferMode,
};

use super::*;
use crate::core::trial::{Resident, Trial};
use crate::entropy::seeded;
use crate::institution::{InternalId, desk::Desk};
use crate::party::{IdentityKind, PORTAL, PeerError};

/// A person, as the portal and one institution know them, and an answer that they looked at.
pub(crate) struct Looked {
    pub(crate) resident: Resident,
    pub(crate) portal_code: LinkCode,
    pub(crate) code: LinkCode,
    pub(crate) person: InternalId,
    pub(crate) answer: AccessRecordId,
}

pub(crate) fn words(text: &str) -> ReportWords {
    ReportWords::typed(text).unwrap()
}

fn org(code: &str) -> OrgCode {
    code.parse().unwrap()
}

impl Trial {
    /// The portal's question for the person.
    pub(crate) async fn looks(
        &self,
        portal_code: &LinkCode,
        provider: &str,
        kind: &str,
    ) -> Option<(AccessRecordId, Vec<AnswerField>)> {
        let desk = Desk::load(&self.data, &PORTAL).unwrap();
        let request = MediationRequest {
            bp: domain::BpId::self_view(),
            requester: PORTAL.clone(),
            provider: org(provider),
            link_code: portal_code.clone(),
            info_kind: kind.parse().unwrap(),
            sealing_certificate: desk.sealing_certificate(),
        };
        match self.party("PORTAL").peers.post(&CORE, MEDIATION_PATH, &request).await.unwrap() {
            MediationAnswer::NoDataHeld { .. } => None,
            MediationAnswer::Provided { id, sealed, .. } => {
                let (requester, provider, mode) = (&request.requester, &request.provider, TransferMode::Gateway);
                let context = SealContext { id: &id, requester, provider, info_kind: &request.info_kind, mode };
                Some((id, desk.open_and_verify(&sealed, &context, self.now()).unwrap().value.fields))
            }
        }
    }

    /// Somebody who looked at their income.
    pub(crate) async fn looked(&self) -> Looked {
        let resident = self.resident().await;
        let person = self.knows("NTA", &resident).await;
        let portal_code = self.linked("PORTAL", &resident).await;
        let code = self.linked("NTA", &resident).await;
        let (answer, _) = self.looks(&portal_code, "NTA", "income").await.unwrap();
        Looked { resident, portal_code, code, person, answer }
    }

    /// Signs and seals a content to an organisation, as the portal would.
    pub(crate) fn seals(&self, content: &ReportContent, to: &str, provider: &str) -> SealedPayload {
        let signed = self.signs(&serde_json::to_vec(content).unwrap(), &PORTAL, IdentityKind::Sign);
        self.seals_bytes(&PaddedReport::of(&signed).unwrap(), content, to, provider)
    }

    /// Bytes, signed by an organisation with one of its keys.
    fn signs(&self, bytes: &[u8], by: &OrgCode, kind: IdentityKind) -> Vec<u8> {
        let read = |path| std::fs::read_to_string(path).unwrap();
        let certificate = pki::Certificate::from_pem(&read(self.data.certificate(by, kind))).unwrap();
        let key = pki::SigningKey::from_pkcs8_pem(&read(self.data.private_key(by, kind))).unwrap();
        pki::cms::prepare(bytes, &certificate, self.now()).unwrap().sign(&key, pki::cms::Form::Attached).unwrap()
    }

    /// Seals bytes to an organisation on the way of a content to a provider.
    fn seals_bytes(&self, bytes: &[u8], content: &ReportContent, to: &str, provider: &str) -> SealedPayload {
        let pem = std::fs::read_to_string(self.data.certificate(&org(to), IdentityKind::Seal)).unwrap();
        let certificate = pki::Certificate::from_pem(&pem).unwrap();
        let (reporter, provider) = (&*PORTAL, &org(provider));
        let way = ReportContext { id: &content.id, reporter, provider, info_kind: &content.info_kind };
        let sealed = pki::seal::seal(&certificate, ReportContext::INFO, &way.aad(), bytes, &mut seeded(5)).unwrap();
        SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        }
    }

    /// As the core brings it.
    async fn brings(&self, report: &Report) -> Result<ReportReceipt, PeerError> {
        let taken: ReportTaken = self.party("CORE").peers.post(&org("NTA"), REPORT_PATH, report).await?;
        assert_eq!(taken.id, report.id);
        Ok(self.receipt(&taken))
    }

    /// What a receipt says, and that the institution signed it.
    pub(crate) fn receipt(&self, taken: &ReportTaken) -> ReportReceipt {
        let cms = pki::cms::verify(&Base64::decode_vec(&taken.signed_receipt).unwrap(), None).unwrap();
        let receipt: ReportReceipt = serde_json::from_slice(&cms.content).unwrap();
        assert_eq!(pki::org_code(&cms.signer).unwrap(), receipt.provider);
        assert_eq!(receipt.received_at, self.now());
        receipt
    }
}

impl Looked {
    pub(crate) fn content(&self, id: u8, text: &str) -> ReportContent {
        ReportContent {
            id: CorrectionReportId::from([id; 16]),
            answer: self.answer,
            provider: org("NTA"),
            info_kind: "income".parse().unwrap(),
            field: Some(ConcernedField { name: "total-income".into(), period: Some("2025".into()) }),
            words: words(text),
            reported_at: crate::core::trial::NOW.parse().unwrap(),
        }
    }

    fn report(&self, trial: &Trial, content: &ReportContent) -> Report {
        let sealed = trial.seals(content, "NTA", "NTA");
        Report { id: content.id, link_code: self.code.clone(), info_kind: content.info_kind.clone(), sealed }
    }

    pub(crate) fn request(&self, trial: &Trial, content: &ReportContent) -> ReportRequest {
        let sealed = trial.seals(content, "NTA", "NTA");
        let (id, provider, info_kind) = (content.id, org("NTA"), content.info_kind.clone());
        ReportRequest { id, provider, link_code: self.portal_code.clone(), info_kind, sealed }
    }
}

fn refused(answer: Result<ReportReceipt, PeerError>) -> String {
    answer.unwrap_err().code().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_kept_and_its_receipt_is_signed() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "給与の額が多すぎます。\n源泉徴収票では3,000,000円です。");

    let receipt = trial.brings(&looked.report(&trial, &content)).await.unwrap();

    let kept = trial.institution("NTA").correction_reports().await.unwrap();
    let [kept] = kept.as_slice() else { panic!("one report, not {}", kept.len()) };
    assert_eq!((&kept.number, kept.received_at), (&receipt.number, receipt.received_at));
    assert!(kept.words == content.words && kept.field == content.field);
    assert_eq!((&kept.person, kept.about), (&looked.person, looked.answer));
    assert_eq!(kept.answer, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_report_again_gets_the_same_receipt_and_is_kept_once() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let report = looked.report(&trial, &looked.content(1, "多すぎます。"));
    let (first, second) = tokio::join!(trial.brings(&report), trial.brings(&report));
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(trial.institution("NTA").correction_reports().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_does_not_become_another_persons_or_another_report() {
    let trial = Trial::open(&["NTA"]).await;
    let (looked, other) = (trial.looked().await, trial.looked().await);
    let report = looked.report(&trial, &looked.content(1, "多すぎます。"));
    trial.brings(&report).await.unwrap();

    let moved = Report { link_code: other.code.clone(), ..report.clone() };
    assert_eq!(refused(trial.brings(&moved).await), refusal::ANSWER_UNKNOWN);
    let renamed = Report { id: [2; 16].into(), ..report.clone() };
    assert_eq!(refused(trial.brings(&renamed).await), refusal::UNREADABLE);
    let recast = Report { info_kind: "local-tax".parse().unwrap(), ..report };
    assert_eq!(refused(trial.brings(&recast).await), refusal::UNREADABLE);
    let rewritten = looked.report(&trial, &looked.content(1, "ちがうことば"));
    assert_eq!(refused(trial.brings(&rewritten).await), refusal::ID_TAKEN);
    assert_eq!(trial.institution("NTA").correction_reports().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_to_another_organisation_is_not_read() {
    let trial = Trial::open(&["NTA", "JPS"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "多すぎます。");
    for (to, provider) in [("JPS", "NTA"), ("NTA", "JPS"), ("CORE", "NTA")] {
        let sealed = trial.seals(&content, to, provider);
        let report = Report { sealed, ..looked.report(&trial, &content) };
        assert_eq!(refused(trial.brings(&report).await), refusal::UNREADABLE, "{to} {provider}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_about_an_answer_that_was_given_to_somebody_known() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let honest = looked.content(1, "多すぎます。");
    let unknown_answer = ReportContent { answer: [9; 16].into(), ..honest.clone() };
    let other_kind = ReportContent { info_kind: "local-tax".parse().unwrap(), ..honest.clone() };
    let other_period = ConcernedField { name: "total-income".into(), period: Some("1999".into()) };
    let other_field = ReportContent { field: Some(other_period), ..honest.clone() };
    for content in [unknown_answer, other_kind, other_field] {
        assert_eq!(refused(trial.brings(&looked.report(&trial, &content)).await), refusal::ANSWER_UNKNOWN);
    }
    let nobody = Report { link_code: LinkCode::from([7; 32]), ..looked.report(&trial, &honest) };
    assert_eq!(refused(trial.brings(&nobody).await), refusal::PERSON_UNKNOWN);
    let about_the_whole = ReportContent { field: None, ..honest };
    assert!(trial.brings(&looked.report(&trial, &about_the_whole)).await.is_ok());
}

/// The portal refuses such words first; whoever sends them past it is refused here.
#[tokio::test(flavor = "multi_thread")]
async fn too_many_words_and_words_that_nobody_sees_are_not_read() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "ここ");
    for bad in ["あ".repeat(1001), String::new(), "a\\u0000b".to_owned(), "a\\u202eb".to_owned()] {
        let json = serde_json::to_string(&content).unwrap().replace("ここ", &bad);
        let signed = trial.signs(json.as_bytes(), &PORTAL, IdentityKind::Sign);
        let sealed = trial.seals_bytes(&PaddedReport::of(&signed).unwrap(), &content, "NTA", "NTA");
        let report = Report { sealed, ..looked.report(&trial, &content) };
        assert_eq!(refused(trial.brings(&report).await), refusal::UNREADABLE, "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_the_portal_did_not_sign_is_nobodys() {
    let trial = Trial::open(&["NTA", "JPS"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "多すぎます。");
    let json = serde_json::to_vec(&content).unwrap();
    let padded = |cms: &[u8]| PaddedReport::of(cms).unwrap();
    let by = |org: &OrgCode, kind| padded(&trial.signs(&json, org, kind));
    let mut rewritten = trial.signs(&json, &PORTAL, IdentityKind::Sign);
    let at = rewritten.windows(9).position(|window| window == "多すぎ".as_bytes()).unwrap();
    rewritten[at..at + 9].copy_from_slice("少なす".as_bytes());
    let elsewhere = serde_json::to_vec(&ReportContent { provider: org("JPS"), ..content.clone() }).unwrap();
    let elsewhere = padded(&trial.signs(&elsewhere, &PORTAL, IdentityKind::Sign));
    for (case, bytes, expected) in [
        ("the core", by(&CORE, IdentityKind::Sign), refusal::NOT_THE_PORTALS),
        ("another institution", by(&org("JPS"), IdentityKind::Sign), refusal::NOT_THE_PORTALS),
        ("a key for something else", by(&PORTAL, IdentityKind::Tls), refusal::NOT_THE_PORTALS),
        ("rewritten on the way", padded(&rewritten), refusal::NOT_THE_PORTALS),
        ("not signed", padded(&json), refusal::NOT_THE_PORTALS),
        ("as version 1 was: not signed, filled with spaces", json.clone(), refusal::UNREADABLE),
        ("signed for another institution", elsewhere, refusal::UNREADABLE),
    ] {
        let sealed = trial.seals_bytes(&bytes, &content, "NTA", "NTA");
        let report = Report { sealed, ..looked.report(&trial, &content) };
        assert_eq!(refused(trial.brings(&report).await), expected, "{case}");
    }
    assert!(trial.institution("NTA").correction_reports().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_in_the_form_of_version_1_is_not_opened() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let content = looked.content(1, "多すぎます。");
    let (reporter, provider) = (&*PORTAL, &org("NTA"));
    let info: &[u8] = b"my-portal-correction-report/1";
    let aad = wire::reader::length_prefixed(&[
        info,
        content.id.as_bytes(),
        reporter.as_str().as_bytes(),
        provider.as_str().as_bytes(),
        content.info_kind.as_str().as_bytes(),
    ]);
    let pem = std::fs::read_to_string(trial.data.certificate(provider, IdentityKind::Seal)).unwrap();
    let to = pki::Certificate::from_pem(&pem).unwrap();
    let json = serde_json::to_vec(&content).unwrap();
    let sealed = pki::seal::seal(&to, info, &aad, &json, &mut seeded(5)).unwrap();
    let sealed = SealedPayload {
        encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
        ciphertext: Base64::encode_string(&sealed.ciphertext),
    };
    let report = Report { sealed, ..looked.report(&trial, &content) };
    assert_eq!(refused(trial.brings(&report).await), refusal::UNREADABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_reports_of_one_person_wait_for_an_answer_and_no_more() {
    let trial = Trial::open(&["NTA"]).await;
    let (looked, other) = (trial.looked().await, trial.looked().await);
    let most = u8::try_from(wire::correction_report::OPEN_REPORTS_MAX).unwrap();
    let mut receipts = Vec::new();
    for id in 1..=most {
        receipts.push(trial.brings(&looked.report(&trial, &looked.content(id, "多すぎます。"))).await.unwrap());
    }
    let one_more = looked.report(&trial, &looked.content(most + 1, "多すぎます。"));
    assert_eq!(refused(trial.brings(&one_more).await), refusal::TOO_MANY);
    let nta = trial.institution("NTA");
    assert_eq!(nta.correction_reports().await.unwrap().len(), usize::from(most));
    // What was taken is taken, also when it is sent again; and nobody else waits.
    let again = trial.brings(&looked.report(&trial, &looked.content(1, "多すぎます。"))).await.unwrap();
    assert_eq!(again, receipts[0]);
    assert!(trial.brings(&other.report(&trial, &other.content(200, "多すぎます。"))).await.is_ok());

    // Taken up is no answer yet; an answer makes room, and so does a day.
    assert!(nta.answer_report(&receipts[0].number, Finding::TakenUp, &words("調べます。")).await.unwrap());
    assert_eq!(refused(trial.brings(&one_more).await), refusal::TOO_MANY);
    assert!(nta.answer_report(&receipts[0].number, Finding::Corrected, &words("なおしました。")).await.unwrap());
    assert!(trial.brings(&one_more).await.is_ok());
    let next = looked.report(&trial, &looked.content(most + 2, "多すぎます。"));
    assert_eq!(refused(trial.brings(&next).await), refusal::TOO_MANY);
    trial.clock.advance(jiff::SignedDuration::from_hours(24));
    assert!(trial.brings(&next).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_reads_what_they_reported_and_the_last_answer() {
    let trial = Trial::open(&["NTA"]).await;
    let looked = trial.looked().await;
    let read = async || trial.looks(&looked.portal_code, "NTA", InfoKind::CORRECTION_REPORT).await;
    assert!(read().await.is_none(), "nobody reads that there are no reports");
    let receipt = trial.brings(&looked.report(&trial, &looked.content(1, "多すぎ\nます。"))).await.unwrap();
    let values = |fields: Vec<AnswerField>| {
        let told = fields.into_iter().map(|field| format!("{} {}", field.name, field.value));
        told.filter(|told| !told.starts_with("receipt-number")).collect::<Vec<_>>()
    };
    let reported = ["reported-on 2026-11-03", "about income/total-income/2025", "words 多すぎ ます。"];
    assert_eq!(values(read().await.unwrap().1), [&reported[..], &["state 受け付けました"]].concat());

    let nta = trial.institution("NTA");
    assert!(nta.answer_report(&receipt.number, Finding::TakenUp, &words("調べます。")).await.unwrap());
    trial.clock.advance(jiff::SignedDuration::from_hours(24));
    assert!(nta.answer_report(&receipt.number, Finding::Corrected, &words("なおしました。")).await.unwrap());
    assert!(!nta.answer_report(&"0000-0000".parse().unwrap(), Finding::Corrected, &words("?")).await.unwrap());
    let answered = ["state なおしました", "answer なおしました。", "answered-on 2026-11-04"];
    assert_eq!(values(read().await.unwrap().1), [&reported[..], &answered].concat());

    let other = trial.looked().await;
    assert!(trial.looks(&other.portal_code, "NTA", InfoKind::CORRECTION_REPORT).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_the_institutions_own() {
    let trial = Trial::open(&["NTA"]).await;
    let ask = async |provider: &str| -> Result<CertificateAnswer, PeerError> {
        let request = CertificateRequest { provider: org(provider) };
        trial.party("CORE").peers.post(&org("NTA"), CERTIFICATE_PATH, &request).await
    };
    let der = Base64::decode_vec(&ask("NTA").await.unwrap().sealing_certificate).unwrap();
    assert_eq!(pki::org_code(&pki::Certificate::from_der(&der).unwrap()).unwrap(), org("NTA"));
    assert_eq!(ask("JPS").await.unwrap_err().code(), Some("malformed"));
}
