//! The core, over mutual TLS.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::OrgCode;
use runtime::Clock;
use runtime::tls::{self, Identity};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::Problem;
use wire::correction_report::CertificateAnswer;
use wire::notice::{
    ATTACHMENT_PATH, AttachmentDelivery, CERTIFICATE_PATH, DELIVERIES_PATH, Deliveries, DeliveriesAnswer, LETTER_PATH,
    LetterTaken, RETURNS_PATH, Returns, ReturnsRequest, SealedLetter, WITHDRAWAL_PATH, WithdrawalDelivery,
};

use super::PostFailure;
use crate::settings::Settings;

const CONNECT: Duration = Duration::from_secs(3);
/// The core asks the portal meanwhile.
const ANSWER: Duration = Duration::from_secs(30);
const IDLE: Duration = Duration::from_secs(20);
/// A thousand returns with replies.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// The core cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum CoreError {
    /// The directory cannot be read.
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    /// It is none.
    #[error("{} is not a directory of parties", .0.display())]
    Directory(PathBuf, #[source] Box<toml::de::Error>),
    /// The core is not in it.
    #[error("the directory of parties has no address for CORE")]
    NoCore,
    /// Certificate or key for the channel.
    #[error("the certificate or key of the channel cannot be used")]
    Pem(#[from] tls::PemError),
    /// TLS refuses them.
    #[error("TLS refuses the certificates")]
    Tls(#[from] tls::TlsError),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
}

#[derive(Deserialize)]
struct Directory {
    parties: BTreeMap<OrgCode, SocketAddr>,
}

pub(super) struct CoreClient {
    client: reqwest::Client,
    address: SocketAddr,
}

impl CoreClient {
    pub(super) fn open(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Self, CoreError> {
        let path = settings.directory();
        let text = std::fs::read_to_string(&path).map_err(|error| CoreError::Read(path.clone(), error))?;
        let directory: Directory =
            toml::from_str(&text).map_err(|error| CoreError::Directory(path, Box::new(error)))?;
        let core = directory.parties.iter().find(|(org, _)| org.as_str() == "CORE");
        let address = core.map(|(_, address)| *address).ok_or(CoreError::NoCore)?;
        let folder = settings.identity();
        let identity = Identity::from_pem_files(folder.join("tls.pem"), folder.join("tls.key"))?;
        let anchors = tls::anchors_from_pem_file(settings.anchor())?;
        let mut client_tls = tls::client_config(Some(&identity), &anchors, Arc::clone(clock))?;
        client_tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(client_tls)
            .https_only(true)
            .http1_only()
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .build()?;
        Ok(Self { client, address })
    }

    pub(super) async fn certificate(&self) -> Result<CertificateAnswer, PostFailure> {
        self.post(CERTIFICATE_PATH, &()).await
    }

    pub(super) async fn letter(&self, letter: &SealedLetter) -> Result<LetterTaken, PostFailure> {
        self.post(LETTER_PATH, letter).await
    }

    pub(super) async fn attachment(&self, attachment: &AttachmentDelivery) -> Result<LetterTaken, PostFailure> {
        self.post(ATTACHMENT_PATH, attachment).await
    }

    pub(super) async fn deliver(&self, deliveries: &Deliveries) -> Result<DeliveriesAnswer, PostFailure> {
        self.post(DELIVERIES_PATH, deliveries).await
    }

    pub(super) async fn withdraw(&self, withdrawal: &WithdrawalDelivery) -> Result<LetterTaken, PostFailure> {
        self.post(WITHDRAWAL_PATH, withdrawal).await
    }

    pub(super) async fn returns(&self, request: &ReturnsRequest) -> Result<Returns, PostFailure> {
        self.post(RETURNS_PATH, request).await
    }

    async fn post<R: DeserializeOwned>(&self, path: &str, message: &impl Serialize) -> Result<R, PostFailure> {
        let later = |error: reqwest::Error| {
            tracing::debug!(error = &error.without_url() as &dyn std::error::Error, "the core cannot be reached");
            PostFailure::Later
        };
        let url = format!("https://{}{path}", self.address);
        let mut answer = self.client.post(url).json(message).send().await.map_err(later)?;
        let status = answer.status();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(later)? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(PostFailure::Malformed);
            }
            body.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|_| PostFailure::Malformed);
        }
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(PostFailure::Later);
        }
        let problem = serde_json::from_slice::<Problem>(&body).ok().filter(|told| told.status == status.as_u16());
        Err(PostFailure::Refused(
            problem.unwrap_or_else(|| Problem::new(status.as_u16(), "unnamed", "refused without naming a problem")),
        ))
    }
}
