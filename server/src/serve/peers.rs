//! The portal among the parties: who it is, whom it believes, where they are.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::OrgCode;
use portal::{Clients, Desk, DeskSettings, Peers, RevocationSettings, Validity, ValiditySettings};
use runtime::Clock;
use runtime::tls::{self, Identity};
use serde::Deserialize;

use crate::settings::{Revocation, Settings};

const CONNECT: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(15);
/// Before the other side ends an idle connection (`runtime::serve::Limits::head`): none is used that is just closing.
const IDLE: Duration = Duration::from_secs(20);
const REVOCATION_ANSWER: Duration = Duration::from_secs(5);

/// The parties cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum PartiesError {
    /// A file cannot be read.
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    /// The directory of parties is not TOML of the expected form.
    #[error("{} is not a directory of parties", .0.display())]
    Directory(PathBuf, #[source] Box<toml::de::Error>),
    /// A party is missing in it.
    #[error("the directory of parties is incomplete")]
    Incomplete(#[from] portal::PeersError),
    /// The portal itself has no address in it.
    #[error("the directory of parties has no address for PORTAL")]
    NoPortal,
    /// A certificate or key file cannot be used.
    #[error("a certificate or key cannot be used")]
    Pem(#[from] tls::PemError),
    /// TLS refuses the material.
    #[error("TLS refuses the certificates")]
    Tls(#[from] tls::TlsError),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
    /// The portal cannot be sealed to.
    #[error("the portal's sealing certificate or key cannot be used")]
    Desk(#[from] portal::DeskError),
    /// The anchors of the cards cannot be used.
    #[error("the authorities of the cards cannot be used")]
    Validity(#[from] portal::ValidityError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directory {
    parties: BTreeMap<OrgCode, SocketAddr>,
    jpki: JpkiAddress,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JpkiAddress {
    http: String,
}

pub(super) struct Parties {
    pub(super) listen: SocketAddr,
    pub(super) tls: Arc<rustls::ServerConfig>,
    pub(super) peers: Peers,
    pub(super) validity: Validity,
    pub(super) desk: Desk,
}

impl Parties {
    pub(super) fn read(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Self, PartiesError> {
        let directory = read_directory(&settings.party.directory)?;
        let portal: Option<SocketAddr> =
            directory.parties.iter().find(|(org, _)| org.as_str() == OrgCode::PORTAL).map(|(_, address)| *address);
        let folder = &settings.party.identity;
        let identity = Identity::from_pem_files(folder.join("tls.pem"), folder.join("tls.key"))?;
        let anchors = tls::anchors_from_pem_file(&settings.party.anchor)?;
        let client_tls = tls::client_config(Some(&identity), &anchors, clock.clone())?;
        Ok(Self {
            listen: portal.ok_or(PartiesError::NoPortal)?,
            tls: tls::server_config(&identity, Some(&anchors), clock.clone())?,
            peers: Peers::new(clients(&client_tls)?, directory.parties)?,
            validity: validity(settings, &directory.jpki)?,
            desk: desk(settings)?,
        })
    }
}

fn clients(tls: &rustls::ClientConfig) -> Result<Clients, reqwest::Error> {
    let client = |protocol: &[u8]| {
        let mut tls = tls.clone();
        tls.alpn_protocols = vec![protocol.to_vec()];
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(true)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
    };
    Ok(Clients {
        // Few parties, small messages: streams over one connection cost more than they save.
        single: client(b"http/1.1").http1_only().build()?,
        // A connection for each question would be a handshake for each, thousands when a crowd asks.
        side_by_side: client(b"h2").http2_prior_knowledge().build()?,
    })
}

fn desk(settings: &Settings) -> Result<Desk, PartiesError> {
    let folder = &settings.party.identity;
    let told = DeskSettings {
        sealing_certificate_pem: read_text(&folder.join("seal.pem"))?,
        sealing_key_pem: read_text(&folder.join("seal.key"))?.into(),
        signing_certificate_pem: read_text(&folder.join("sign.pem"))?,
        signing_key_pem: read_text(&folder.join("sign.key"))?.into(),
        organisations_anchor_pem: read_text(&settings.party.anchor)?,
    };
    Ok(Desk::new(&told)?)
}

fn validity(settings: &Settings, jpki: &JpkiAddress) -> Result<Validity, PartiesError> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(REVOCATION_ANSWER)
        .build()?;
    let revocation = match settings.jpki.revocation {
        Revocation::Ocsp => RevocationSettings::Ocsp {
            signature: format!("{}/ocsp/signature", jpki.http),
            authentication: format!("{}/ocsp/authentication", jpki.http),
        },
        Revocation::Crl => RevocationSettings::Crl {
            signature: format!("{}/crl/signature.crl", jpki.http),
            authentication: format!("{}/crl/authentication.crl", jpki.http),
        },
    };
    let told = ValiditySettings {
        signature_anchors_pem: read_text(&settings.jpki.signature_anchor)?,
        authentication_anchors_pem: read_text(&settings.jpki.authentication_anchor)?,
        revocation,
    };
    Ok(Validity::new(&told, &client)?)
}

fn read_directory(path: &Path) -> Result<Directory, PartiesError> {
    toml::from_str(&read_text(path)?).map_err(|error| PartiesError::Directory(path.to_owned(), Box::new(error)))
}

fn read_text(path: &Path) -> Result<String, PartiesError> {
    std::fs::read_to_string(path).map_err(|error| PartiesError::Read(path.to_owned(), error))
}
