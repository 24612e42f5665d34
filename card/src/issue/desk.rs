//! The card issuing desk: the organisation ISSUER, a client of JPKI over mTLS.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use runtime::Clock;
use runtime::tls::Identity;
use wire::Problem;
use wire::jpki::{CERTIFICATES_PATH, CertificateOrder, CertificatePair};

const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// In the TLS certificate of JPKI (its address is no proof of who answers there).
const JPKI_HOST: &str = "jpki.party";

/// Who carries a card's order to JPKI.
pub trait IssuingDesk: Send + Sync {
    /// Asks for both certificates. Repeating the same order gives the same certificates.
    fn order<'a>(
        &'a self,
        order: &'a CertificateOrder,
    ) -> Pin<Box<dyn Future<Output = Result<CertificatePair, DeskError>> + Send + 'a>>;
}

/// JPKI did not issue.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The desk's own identity, the trust anchor or the directory of parties is missing or damaged.
    #[error("the issuing desk has no usable {what} at {path}")]
    Setup {
        /// What is missing.
        what: &'static str,
        /// Where it should be.
        path: PathBuf,
    },
    /// No connection, or no answer in time.
    #[error("JPKI cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// JPKI refused, e.g. [`wire::jpki::TICKET_REFUSED`].
    #[error("JPKI refused with status {} ({})", .0.status, .0.kind)]
    Refused(Problem),
    /// The answer is not the expected message.
    #[error("the answer of JPKI is not the expected message")]
    Malformed,
}

/// Where the desk finds what it needs.
#[derive(Clone, Debug)]
pub struct DeskConfig {
    /// Folder with `tls.pem` and `tls.key` of the organisation ISSUER.
    pub identity: PathBuf,
    /// Trust anchor of the organisations.
    pub anchors: PathBuf,
    /// Directory of parties; the address of JPKI is read from it.
    pub parties: PathBuf,
}

impl DeskConfig {
    /// As `linkage world` lays out its data directory.
    pub fn in_data(data: &Path) -> Self {
        Self {
            identity: data.join("orgs").join("ISSUER"),
            anchors: data.join("pki").join("org-ca.pem"),
            parties: data.join("parties.toml"),
        }
    }
}

/// The desk over HTTP. Reads its files anew at each order: they are few, and a world may be built after the reader
/// started.
pub struct HttpDesk {
    config: DeskConfig,
    clock: Arc<dyn Clock>,
}

#[derive(serde::Deserialize)]
struct Parties {
    parties: BTreeMap<String, SocketAddr>,
}

impl HttpDesk {
    /// A desk; nothing is read or sent yet.
    pub fn new(config: DeskConfig, clock: Arc<dyn Clock>) -> Self {
        Self { config, clock }
    }

    fn client(&self, jpki: SocketAddr) -> Result<reqwest::Client, DeskError> {
        let DeskConfig { identity, anchors, .. } = &self.config;
        let own = Identity::from_pem_files(identity.join("tls.pem"), identity.join("tls.key"))
            .map_err(|_| setup("TLS identity", identity))?;
        let trusted = runtime::tls::anchors_from_pem_file(anchors).map_err(|_| setup("trust anchor", anchors))?;
        let tls = runtime::tls::client_config(Some(&own), &trusted, Arc::clone(&self.clock))
            .map_err(|_| setup("TLS identity", identity))?;
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve(JPKI_HOST, jpki)
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(15))
            .build()
            .map_err(DeskError::Unreachable)
    }

    fn jpki_address(&self) -> Result<SocketAddr, DeskError> {
        let path = &self.config.parties;
        std::fs::read_to_string(path)
            .ok()
            .and_then(|text| toml::from_str::<Parties>(&text).ok())
            .and_then(|file| file.parties.get("JPKI").copied())
            .ok_or_else(|| setup("directory of parties", path))
    }

    async fn send(&self, order: &CertificateOrder) -> Result<CertificatePair, DeskError> {
        let jpki = self.jpki_address()?;
        let url = format!("https://{JPKI_HOST}:{}{CERTIFICATES_PATH}", jpki.port());
        let unreachable = |e: reqwest::Error| DeskError::Unreachable(e.without_url());
        let mut response = self.client(jpki)?.post(url).json(order).send().await.map_err(unreachable)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(DeskError::Malformed);
            }
            body.extend_from_slice(&chunk);
        }
        if response.status().is_success() {
            serde_json::from_slice(&body).map_err(|_| DeskError::Malformed)
        } else {
            let problem = serde_json::from_slice(&body).map_err(|_| DeskError::Malformed)?;
            Err(DeskError::Refused(problem))
        }
    }
}

impl IssuingDesk for HttpDesk {
    fn order<'a>(
        &'a self,
        order: &'a CertificateOrder,
    ) -> Pin<Box<dyn Future<Output = Result<CertificatePair, DeskError>> + Send + 'a>> {
        Box::pin(self.send(order))
    }
}

fn setup(what: &'static str, path: &Path) -> DeskError {
    DeskError::Setup { what, path: path.to_owned() }
}
