//! All parties at work in one process, each on its own mTLS listener: they meet in messages only, also here.

mod listeners;
mod running;
mod sites;

use std::{collections::BTreeMap, sync::Arc};

use axum::Router;
use domain::OrgCode;
use runtime::Clock;
use tokio_util::sync::CancellationToken;

use crate::{
    core::Core,
    entropy::Entropy,
    institution::{self, Institution, card_binding::CitizensError},
    jlis, jpki, numbers,
    party::{
        CORE, DataDir, Directory, IdentityError, JLIS, JPKI, NUMBERS, PORTAL, Party, PartyError, REGISTER, Service,
        Sites,
    },
    register::Register,
};

pub use listeners::{Listeners, ListenersError};
use running::Running;

/// The parties of one world, running.
pub struct Parties {
    data: DataDir,
    directory: Arc<Directory>,
    clock: Arc<dyn Clock>,
    running: BTreeMap<OrgCode, Running>,
    jpki_http: Option<Running>,
    jpki_http_router: Router,
    core: Arc<Core>,
    register: Arc<Register>,
    institutions: BTreeMap<OrgCode, Arc<Institution>>,
    sites: Sites,
}

/// A party cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Its peers, certificate or key.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// Its TLS configuration.
    #[error("the TLS identity of {org} is not usable")]
    Identity {
        /// Whose.
        org: OrgCode,
        /// Why.
        #[source]
        source: IdentityError,
    },
    /// A port.
    #[error(transparent)]
    Listeners(#[from] ListenersError),
    /// The core.
    #[error("the core cannot start")]
    Core(#[from] crate::core::CoreError),
    /// An institution.
    #[error("the institution {org} cannot start")]
    Institution {
        /// Which.
        org: OrgCode,
        /// Why.
        #[source]
        source: institution::InstitutionError,
    },
    /// J-LIS.
    #[error("J-LIS cannot start")]
    Jlis(#[from] jlis::JlisError),
    /// JPKI.
    #[error("JPKI cannot start")]
    Jpki(#[from] jpki::JpkiError),
    /// The register.
    #[error("the register cannot start")]
    Register(#[source] db::DbError),
    /// The generation body.
    #[error("the number generation body cannot start")]
    Numbers(#[from] numbers::NumbersError),
    /// A site of an institution.
    #[error("the site of {org} cannot start")]
    Site {
        /// Whose.
        org: OrgCode,
        /// Why.
        #[source]
        source: CitizensError,
    },
    /// The TLS files of a site.
    #[error("certificate or key of the site of {org} is not usable")]
    SiteTls {
        /// Whose.
        org: OrgCode,
        /// Why.
        #[source]
        source: IdentityError,
    },
    /// `sites.toml` names somebody who has no site.
    #[error(
        "{0} is in sites.toml; only a municipality of parties.toml (its counter) and an institution without numbers (where \
         people bind codes by card) have sites"
    )]
    NoSite(OrgCode),
    /// `parties.toml` names somebody who is no party of this side.
    #[error("{0} is in parties.toml and is no party that this program can be")]
    NoParty(OrgCode),
    /// `parties.toml` lacks somebody without whom nothing works.
    #[error("{0} is missing in parties.toml")]
    Missing(&'static str),
}

impl Parties {
    /// Starts everybody on listeners that are open already.
    pub async fn start(
        data: DataDir,
        directory: Arc<Directory>,
        listeners: Listeners,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ServeError> {
        let sites = listeners.sites();
        let Listeners { parties: sockets, jpki_http: http_socket, sites: mut site_sockets } = listeners;
        let mut parties = BTreeMap::new();
        let mut institutions = BTreeMap::new();
        let (mut core, mut register, mut http) = (None, None, None);
        for (org, socket) in sockets {
            let stop = CancellationToken::new();
            let party = Party::with_directory(&org, &data, Arc::clone(&directory), Arc::clone(&clock))?;
            let started = open(&data, party, &stop).await?;
            let tls = tls(&data, &org, &clock)?;
            let mut running = Running::start(&org, started.service, socket, Some(tls), stop);
            if let Some((address, socket)) = site_sockets.remove(&org) {
                let ground = sites::Ground { data: &data, directory: &directory, clock: &clock };
                running = ground.start(running, &org, started.institution.as_ref(), address, socket)?;
            }
            parties.insert(org.clone(), running);
            core = core.or(started.core);
            register = register.or(started.register);
            http = http.or(started.http);
            institutions.extend(started.institution.map(|institution| (org, institution)));
        }
        if let Some((org, _)) = site_sockets.pop_first() {
            return Err(ServeError::NoSite(org));
        }
        let jpki_http_router = http.ok_or(ServeError::Missing("JPKI"))?;
        let jpki_http = Running::start_plain("JPKI over plain HTTP", jpki_http_router.clone(), http_socket);
        Ok(Self {
            data,
            directory,
            clock,
            running: parties,
            jpki_http: Some(jpki_http),
            jpki_http_router,
            core: core.ok_or(ServeError::Missing("CORE"))?,
            register: register.ok_or(ServeError::Missing("REGISTER"))?,
            institutions,
            sites,
        })
    }

    /// Where institutions have sites for people.
    pub fn sites(&self) -> &Sites {
        &self.sites
    }

    /// Where everybody listens.
    pub fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The core, for its operator.
    pub fn core(&self) -> &Arc<Core> {
        &self.core
    }

    /// The register, for the municipalities that fill it.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// An institution, for its clerks and business systems.
    pub fn institution(&self, org: &OrgCode) -> Option<&Arc<Institution>> {
        self.institutions.get(org)
    }

    /// All institutions.
    pub fn institutions(&self) -> impl Iterator<Item = &Arc<Institution>> {
        self.institutions.values()
    }

    /// A client under an organisation's own certificate, as that organisation would have.
    pub fn client_of(&self, org: &OrgCode) -> Result<Party, PartyError> {
        Party::with_directory(org, &self.data, Arc::clone(&self.directory), Arc::clone(&self.clock))
    }

    /// Stops one party: nobody answers at its address any more.
    pub async fn stop_party(&mut self, org: &OrgCode) {
        if let Some(running) = self.running.remove(org) {
            running.stop().await;
        }
    }

    /// Starts a stopped party again at its address, from its database.
    pub async fn start_party(&mut self, org: &OrgCode) -> Result<(), ServeError> {
        if self.running.contains_key(org) {
            return Ok(());
        }
        let socket = Listeners::one(&self.directory, org).await?;
        let stop = CancellationToken::new();
        let party = self.client_of(org)?;
        let started = open(&self.data, party, &stop).await?;
        let tls = tls(&self.data, org, &self.clock)?;
        let mut running = Running::start(org, started.service, socket, Some(tls), stop);
        if let Some(address) = self.sites.0.get(org).cloned() {
            let socket = Listeners::site(org, &address).await?;
            let ground = sites::Ground { data: &self.data, directory: &self.directory, clock: &self.clock };
            running = ground.start(running, org, started.institution.as_ref(), address, socket)?;
        }
        self.running.insert(org.clone(), running);
        if let Some(core) = started.core {
            self.core = core;
        }
        if let Some(register) = started.register {
            self.register = register;
        }
        if let Some(institution) = started.institution {
            self.institutions.insert(org.clone(), institution);
        }
        if let Some(http) = started.http {
            self.jpki_http_router = http;
            if self.jpki_http.is_some() {
                self.stop_jpki_http().await;
                self.start_jpki_http().await?;
            }
        }
        Ok(())
    }

    /// CRL and OCSP cannot be reached any more.
    pub async fn stop_jpki_http(&mut self) {
        if let Some(running) = self.jpki_http.take() {
            running.stop().await;
        }
    }

    /// CRL and OCSP are there again.
    pub async fn start_jpki_http(&mut self) -> Result<(), ServeError> {
        if self.jpki_http.is_none() {
            let socket = Listeners::http(&self.directory).await?;
            let router = self.jpki_http_router.clone();
            self.jpki_http = Some(Running::start_plain("JPKI over plain HTTP", router, socket));
        }
        Ok(())
    }

    /// Whose listener has ended by itself; empty when all is well.
    pub fn ended(&self) -> Vec<String> {
        self.running.values().chain(&self.jpki_http).filter(|r| r.has_ended()).map(|r| r.name().to_owned()).collect()
    }

    /// Stops everybody: requests under way are answered, background work ends.
    pub async fn stop(self) {
        let all: Vec<Running> = self.running.into_values().chain(self.jpki_http).collect();
        for running in &all {
            running.ask_to_stop();
        }
        for running in all {
            running.stop().await;
        }
    }
}

/// A party that is open but not listening yet.
struct Opened {
    service: Service,
    core: Option<Arc<Core>>,
    register: Option<Arc<Register>>,
    institution: Option<Arc<Institution>>,
    http: Option<Router>,
}

impl From<Service> for Opened {
    fn from(service: Service) -> Self {
        Self { service, core: None, register: None, institution: None, http: None }
    }
}

async fn open(data: &DataDir, party: Party, stop: &CancellationToken) -> Result<Opened, ServeError> {
    let org = party.org.clone();
    let rng = || Entropy::new(runtime::SystemRng);
    if org == *CORE {
        let core = Core::open(&crate::core::CoreFiles::of(data), party, rng()).await?;
        Ok(Opened { core: Some(Arc::clone(&core)), ..core.service(stop.clone()).into() })
    } else if org == *JLIS {
        Ok(jlis::service(data, party, stop.clone()).await?.into())
    } else if org == *JPKI {
        let (service, http) = jpki::service(data, party).await?;
        Ok(Opened { http: Some(http), ..service.into() })
    } else if org == *REGISTER {
        let register = Register::open(data, party).await.map_err(ServeError::Register)?;
        Ok(Opened { register: Some(Arc::clone(&register)), ..register.service(stop.clone()).into() })
    } else if org == *NUMBERS {
        Ok(numbers::service(data, party).await?.into())
    } else if institution::is_institution(&org) && org != *PORTAL {
        let institution =
            Institution::open(data, party, rng()).await.map_err(|source| ServeError::Institution { org, source })?;
        Ok(Opened { institution: Some(Arc::clone(&institution)), ..institution.service().into() })
    } else {
        Err(ServeError::NoParty(org))
    }
}

fn tls(data: &DataDir, org: &OrgCode, clock: &Arc<dyn Clock>) -> Result<Arc<rustls::ServerConfig>, ServeError> {
    let failed = |source| ServeError::Identity { org: org.clone(), source };
    let identity = data.tls_identity(org).map_err(failed)?;
    let anchors = data.organisation_anchors().map_err(failed)?;
    runtime::tls::server_config(&identity, Some(&anchors), Arc::clone(clock)).map_err(|e| failed(e.into()))
}
