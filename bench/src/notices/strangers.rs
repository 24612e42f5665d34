//! Us in the place of a program behind the one that is measured: whatever it brings is taken at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use base64ct::{Base64, Encoding as _};
use bytes::Bytes;
use domain::OrgCode;
use linkage::party::{DataDir, Directory, IdentityKind, PORTAL};
use pki::Certificate;
use runtime::SystemClock;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::notice::{
    CERTIFICATE_PATH, DELIVERIES_MESSAGE_BYTES_MAX, DELIVERIES_PATH, DeliveriesAnswer, DeliveryOutcome, LETTER_PATH,
    RETURNS_PATH, Returns,
};

use super::ground::Ground;
use crate::Failure;

/// Listens where a party does, under its certificate.
pub(super) struct Stranger {
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
    deliveries: Arc<AtomicU64>,
}

#[derive(Clone)]
struct Answers {
    deliveries: Arc<AtomicU64>,
    certificate: String,
    taken: Bytes,
}

impl Stranger {
    pub(super) async fn stands_for(ground: &Ground, org: &OrgCode) -> Result<Self, Failure> {
        let data = DataDir::new(&ground.data);
        let address = Directory::read(&data.parties_file())?.address(org).ok_or("no such party")?;
        let (identity, anchors) = (data.tls_identity(org)?, data.organisation_anchors()?);
        let tls = runtime::tls::server_config(&identity, Some(&anchors), Arc::new(SystemClock))?;
        let listener = runtime::serve::bind(address).await?;
        let seal = Certificate::from_pem(&std::fs::read_to_string(data.certificate(&PORTAL, IdentityKind::Seal))?)?;
        // Each message names one notice.
        let outcome = DeliveryOutcome::Taken { undeliverable: vec![], unknown: vec![], receipt: None };
        let deliveries = Arc::new(AtomicU64::new(0));
        let answers = Answers {
            deliveries: Arc::clone(&deliveries),
            certificate: Base64::encode_string(seal.der()),
            taken: serde_json::to_vec(&DeliveriesAnswer { items: vec![outcome] })?.into(),
        };
        let stop = CancellationToken::new();
        let task = tokio::spawn(runtime::serve::serve(listener, Some(tls), router(answers), stop.clone()));
        Ok(Self { stop, task, deliveries })
    }

    /// Messages of deliveries that came.
    pub(super) fn deliveries(&self) -> u64 {
        self.deliveries.load(Ordering::Relaxed)
    }

    pub(super) async fn stop(self) -> Result<(), Failure> {
        self.stop.cancel();
        Ok(self.task.await??)
    }
}

fn router(answers: Answers) -> Router {
    Router::new()
        .route(CERTIFICATE_PATH, post(certificate))
        .route(LETTER_PATH, post(letter))
        .route(DELIVERIES_PATH, post(deliveries))
        .route(RETURNS_PATH, post(returns))
        .layer(DefaultBodyLimit::max(DELIVERIES_MESSAGE_BYTES_MAX))
        .with_state(answers)
}

async fn certificate(State(answers): State<Answers>) -> Json<Value> {
    Json(json!({ "sealing_certificate": answers.certificate }))
}

async fn letter(Json(letter): Json<Value>) -> Json<Value> {
    Json(json!({ "notice": letter.get("notice").or_else(|| letter.pointer("/message/notice")) }))
}

/// Not read: what reading costs is not the measured program's.
async fn deliveries(State(answers): State<Answers>, _unread: Bytes) -> ([(http::HeaderName, &'static str); 1], Bytes) {
    answers.deliveries.fetch_add(1, Ordering::Relaxed);
    ([(http::header::CONTENT_TYPE, "application/json")], answers.taken)
}

async fn returns() -> Json<Returns> {
    Json(Returns { items: Vec::new(), next: 0 })
}
