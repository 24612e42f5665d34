//! An institution in wrong hands: it has the keys and the address of a real one, and answers what a story wants.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64, Encoding as _};
use domain::{InformationField, OrgCode};
use http::StatusCode;
use jiff::Timestamp;
use pki::{Certificate, SigningKey, cms, seal};
use runtime::SystemRng;
use runtime::tls::{self, Identity};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire::mediation::{AnswerContent, INQUIRY_PATH, Inquiry, InquiryAnswer, SealContext, SealedPayload, TransferMode};

use crate::town::Town;

type Says = dyn Fn(Asked) -> Response + Send + Sync;

/// Stands in the place of a real one until it leaves.
pub struct FalseInstitution {
    org: OrgCode,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
}

/// An inquiry, and the keys to answer it with.
pub struct Asked {
    /// As the core put it.
    pub inquiry: Inquiry,
    data: PathBuf,
    org: OrgCode,
    now: Timestamp,
}

#[derive(Clone)]
struct Desk {
    data: PathBuf,
    org: OrgCode,
    now: Timestamp,
    says: Arc<Says>,
}

impl FalseInstitution {
    /// Takes the place of `org`. Every inquiry is answered with what `says` gives.
    pub async fn in_place_of(town: &Town, org: &str, says: impl Fn(Asked) -> Response + Send + Sync + 'static) -> Self {
        let org: OrgCode = org.parse().expect("an organisation");
        let mut world = town.world.lock().await;
        world.stop_party(&org).await;
        let address = world.directory().address(&org).expect("its address");
        drop(world);
        let listener = runtime::serve::bind(address).await.expect("its port");
        let folder = town.data().join("orgs").join(org.as_str());
        let identity = Identity::from_pem_files(folder.join("tls.pem"), folder.join("tls.key")).expect("its identity");
        let anchors = tls::anchors_from_pem_file(town.data().join("pki/org-ca.pem")).expect("the CA");
        let tls = tls::server_config(&identity, Some(&anchors), town.clock.clone()).expect("TLS");
        let desk = Desk { data: town.data().to_owned(), org: org.clone(), now: town.now(), says: Arc::new(says) };
        let router = axum::Router::new().route(INQUIRY_PATH, axum::routing::post(answers)).with_state(desk);
        let stop = CancellationToken::new();
        let serving = tokio::spawn(runtime::serve::serve(listener, Some(tls), router, stop.clone()));
        Self { org, stop, serving }
    }

    /// The real one is back.
    pub async fn leaves(self, town: &Town) {
        self.stop.cancel();
        self.serving.await.expect("it ended").expect("a graceful end");
        town.world.lock().await.start_party(&self.org).await.expect("the real one");
    }
}

async fn answers(State(desk): State<Desk>, body: Bytes) -> Response {
    let inquiry: Inquiry = serde_json::from_slice(&body).expect("an inquiry");
    let Desk { data, org, now, says } = desk;
    says(Asked { inquiry, data, org, now })
}

impl Asked {
    /// What an honest institution could say: one field.
    pub fn content(&self, value: &str) -> AnswerContent {
        let field = InformationField {
            name: "total-income".into(),
            period: None,
            value: value.into(),
            unit: Some("JPY".into()),
        };
        AnswerContent {
            id: self.inquiry.id,
            provider: self.org.clone(),
            info_kind: self.inquiry.info_kind.clone(),
            schema_version: 1,
            fields: vec![field],
        }
    }

    /// The content, signed by the institution itself; DER.
    pub fn signed(&self, content: &AnswerContent) -> Vec<u8> {
        self.signed_by(self.org.as_str(), content)
    }

    /// The content, signed by another organisation.
    pub fn signed_by(&self, org: &str, content: &AnswerContent) -> Vec<u8> {
        let folder = self.data.join("orgs").join(org);
        let certificate = Certificate::from_pem(&read(&folder.join("sign.pem"))).expect("a certificate");
        let key = SigningKey::from_pkcs8_pem(&read(&folder.join("sign.key"))).expect("a key");
        let json = serde_json::to_vec(content).expect("JSON");
        let prepared = cms::prepare(&json, &certificate, self.now).expect("something to sign");
        prepared.sign(&key, cms::Form::Attached).expect("a signature")
    }

    /// Sealed to whoever asks, for this inquiry.
    pub fn sealed(&self, payload: &[u8]) -> SealedPayload {
        let Inquiry { id, requester, info_kind, sealing_certificate, .. } = &self.inquiry;
        let (provider, mode) = (&self.org, TransferMode::Gateway);
        let context = SealContext { id, requester, provider, info_kind, mode };
        let to =
            Certificate::from_der(&Base64::decode_vec(sealing_certificate).expect("base64")).expect("a certificate");
        let sealed = seal::seal(&to, SealContext::INFO, &context.aad(), payload, &mut SystemRng).expect("a seal");
        SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        }
    }

    /// An answer to this inquiry with this payload.
    pub fn provided(&self, sealed: SealedPayload) -> Response {
        let (id, link_code) = (self.inquiry.id, self.inquiry.link_code.clone());
        axum::Json(InquiryAnswer::Provided { id, link_code, sealed }).into_response()
    }

    /// Everything as it should be.
    pub fn honestly(&self, content: &AnswerContent) -> Response {
        self.provided(self.sealed(&self.signed(content)))
    }

    /// Nothing of this kind.
    pub fn nothing(&self) -> Response {
        axum::Json(InquiryAnswer::NoDataHeld { id: self.inquiry.id }).into_response()
    }

    /// It gives up before it has an answer.
    pub fn late(&self) -> Response {
        let problem = wire::Problem::new(504, "too-slow", "no answer in time");
        (StatusCode::GATEWAY_TIMEOUT, axum::Json(problem)).into_response()
    }
}

fn read(path: &Path) -> zeroize::Zeroizing<String> {
    std::fs::read_to_string(path).expect("a file").into()
}
