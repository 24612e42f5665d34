//! The core among its parties, over mutual TLS.

mod bulk;
mod concurrent;
mod correction_reports;
mod counted;
mod ended;
mod faults;
mod issuance;
mod lifecycle;
mod mediation;
mod notices;
mod pages;
mod records;
mod retention;
mod rotation;
mod schema;
mod sources;

use domain::{AccessRecordId, LinkCode, OrgCode, Outcome};
use sqlx::Row as _;
use wire::access_records::{LIST_PATH, OwnViews, RecordsAnswer, RecordsRequest, ViewingId};
use wire::mediation::{MEDIATION_PATH, MediationAnswer, MediationRequest};

use crate::core::trial::Trial;
use crate::party::{CORE, PORTAL, PeerError};

fn org(code: &str) -> OrgCode {
    code.parse().unwrap()
}

/// 横浜市 asks 国税庁 to reduce a premium: lawful.
fn premium_request(link_code: &LinkCode) -> MediationRequest {
    MediationRequest {
        bp: "nhi-premium-reduction".parse().unwrap(),
        requester: org("141003"),
        provider: org("NTA"),
        link_code: link_code.clone(),
        info_kind: "income".parse().unwrap(),
        sealing_certificate: String::new(),
    }
}

impl Trial {
    /// Sends a request as `channel`, whatever its fields say.
    async fn mediate_as(&self, channel: &str, request: &MediationRequest) -> Result<MediationAnswer, PeerError> {
        let mut request = request.clone();
        let seal = self.data.certificate(&request.requester, crate::party::IdentityKind::Seal);
        if request.sealing_certificate.is_empty() && seal.exists() {
            use base64ct::Encoding as _;
            let pem = std::fs::read_to_string(seal).unwrap();
            let certificate = pki::Certificate::from_pem(&pem).unwrap();
            request.sealing_certificate = base64ct::Base64::encode_string(certificate.der());
        }
        self.party(channel).peers.post(&CORE, MEDIATION_PATH, &request).await
    }

    /// How the core's log says a request ended, and why.
    async fn ended(&self, id: AccessRecordId) -> Option<(String, String)> {
        let mut read = self.core.pool.read().await.unwrap();
        sqlx::query("SELECT outcome, cause FROM access_outcomes WHERE id = $1")
            .bind(&id.as_bytes()[..])
            .fetch_optional(&mut *read)
            .await
            .unwrap()
            .map(|row| (row.get("outcome"), row.get("cause")))
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut read = self.core.pool.read().await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut *read).await.unwrap()
    }

    async fn run(&self, sql: &'static str) {
        let mut tx = self.core.pool.begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What the portal shows of a person.
    async fn records(&self, portal_code: &LinkCode) -> RecordsAnswer {
        self.records_where(&everything(portal_code)).await
    }

    async fn records_where(&self, request: &RecordsRequest) -> RecordsAnswer {
        self.party("PORTAL").peers.post(&CORE, LIST_PATH, request).await.unwrap()
    }
}

fn everything(portal_code: &LinkCode) -> RecordsRequest {
    RecordsRequest {
        link_code: portal_code.clone(),
        viewing: ViewingId("0a".repeat(16)),
        accessed_from: None,
        accessed_before: None,
        institution: None,
        info_kind: None,
        outcome: None,
        own_views: OwnViews::Hidden,
        offset: 0,
        limit: 100,
    }
}

/// The problem code and the record that it names.
fn refused(answer: Result<MediationAnswer, PeerError>) -> (u16, String, Option<AccessRecordId>) {
    match answer {
        Err(PeerError::Problem(problem)) => (
            problem.status,
            problem.code().unwrap().to_owned(),
            problem.instance.as_deref().map(|id| id.parse().unwrap()),
        ),
        other => panic!("not refused: {other:?}"),
    }
}

fn outcomes(answer: &RecordsAnswer) -> Vec<Outcome> {
    answer.records.iter().map(|record| record.outcome).collect()
}
