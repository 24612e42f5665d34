//! What every party of the linkage backend stands on: who it is, the clock, and how it talks to its peers.
//!
//! A party module offers `service(data: &DataDir, party: Party, stop: CancellationToken) -> Result<Service, _>`:
//! it opens its own database, and returns its routes and its background work. Who speaks to it is always
//! [`PeerOrg`], taken from the TLS channel (B-MED-5).

mod backoff;
mod bulk;
mod data_dir;
mod directory;
mod message;
mod orgs;
mod peer_org;
mod peers;
mod refusal;
mod secret_key;
mod service;
mod sites;

use std::sync::Arc;

use domain::OrgCode;
use runtime::Clock;

pub(crate) use backoff::{Backoff, pause};
pub(crate) use bulk::{json_list, room_for};
pub use data_dir::{DataDir, IdentityError, IdentityKind};
pub use directory::{Directory, DirectoryError, JpkiHttp};
pub use message::Message;
pub use orgs::{CORE, ISSUER, JLIS, JPKI, NUMBERS, PORTAL, REGISTER, is_authority};
pub use peer_org::PeerOrg;
pub use peers::{PeerError, Peers};
pub use refusal::Refusal;
pub(crate) use refusal::chain;
pub use secret_key::{SecretKey, SecretKeyError};
pub use service::Service;
pub use sites::{SiteAddress, SiteTls, Sites, SitesError};

/// One party at work.
#[derive(Clone)]
pub struct Party {
    /// Who this is.
    pub org: OrgCode,
    /// What time it is for this party.
    pub clock: Arc<dyn Clock>,
    /// How it reaches the others, under its own TLS identity.
    pub peers: Peers,
}

/// A party cannot start.
#[derive(Debug, thiserror::Error)]
pub enum PartyError {
    /// `parties.toml` is missing or not readable.
    #[error("the directory of parties is not usable")]
    Directory(#[from] DirectoryError),
    /// The TLS identity or the trust anchor is missing or not readable.
    #[error("the TLS identity of {org} is not usable")]
    Identity {
        /// Whose.
        org: OrgCode,
        /// Why.
        #[source]
        source: IdentityError,
    },
    /// The HTTP client could not be built.
    #[error("the HTTP client of {org} could not be built")]
    Client {
        /// Whose.
        org: OrgCode,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
}

impl Party {
    /// Reads the party's TLS identity and the directory from the data directory.
    pub fn load(org: &OrgCode, data: &DataDir, clock: Arc<dyn Clock>) -> Result<Self, PartyError> {
        let directory = Directory::read(&data.parties_file())?;
        Self::with_directory(org, data, Arc::new(directory), clock)
    }

    /// The same with a directory already read.
    pub fn with_directory(
        org: &OrgCode,
        data: &DataDir,
        directory: Arc<Directory>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PartyError> {
        let failed = |source| PartyError::Identity { org: org.clone(), source };
        let identity = data.tls_identity(org).map_err(failed)?;
        let anchors = data.organisation_anchors().map_err(failed)?;
        let tls =
            runtime::tls::client_config(Some(&identity), &anchors, Arc::clone(&clock)).map_err(|e| failed(e.into()))?;
        let peers = Peers::new(directory, tls).map_err(|source| PartyError::Client { org: org.clone(), source })?;
        Ok(Self { org: org.clone(), clock, peers })
    }

    /// What time it is.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}
