//! The officers' console: pages of its own, for the institution's staff, complete without script but for the security key
//! itself, which browsers hand over to scripts alone (R10). For officers, so in Japanese alone.
//!
//! What goes to many needs two people (R14, R17): one drafts, another one with the role 承認 releases. Who may do what
//! ([`access`]) is asked by the types of the handlers; who may release is asked once more by the statement that does it.

mod access;
mod answers;
mod being_read;
mod files;
mod form;
mod guard;
mod keys;
mod list;
mod pages;
mod progress;
mod refused;
mod routes;
mod segment;
pub mod staff;
mod upload;
mod words;

use std::sync::Arc;

use axum::Router;
use domain::OrgCode;
use runtime::Clock;
use runtime::tls::Identity;

use crate::settings::ConsoleSettings;
use crate::store::Store;

use being_read::BeingRead;
use keys::Keys;
use segment::Segment;
pub use segment::SystemError;

/// A console at work.
pub struct Console {
    store: Store,
    released: Box<dyn Fn() + Send + Sync>,
    org: OrgCode,
    sealing_certificate: String,
    clock: Arc<dyn Clock>,
    keys: Keys,
    origin: String,
    name: String,
    single_without_approval: bool,
    segments: Vec<Segment>,
    being_read: BeingRead,
}

/// The console cannot be as it is set.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// Not what a browser writes, or a host without a name.
    #[error(
        "console.origin is http://host:port or https://host, with a host that has a name, in small letters, without a \
         slash at the end"
    )]
    Origin,
    /// TLS and no `https`.
    #[error("console.tls is set, so console.origin begins with https://")]
    PlainOrigin,
    /// Two segments of one name, a name that is none, or nothing to run or to ask.
    #[error(
        "console.segments: {0}: each has a name of its own in small letters, digits and hyphens, and either a command or a \
         system"
    )]
    Segment(String),
    /// The system of a segment cannot be asked as it is set.
    #[error("console.segments: the system of {0} cannot be asked")]
    System(String, #[source] SystemError),
    /// Certificate or key.
    #[error("the certificate or key of the console cannot be used")]
    Pem(#[from] runtime::tls::PemError),
    /// TLS refuses them.
    #[error("TLS refuses the certificate of the console")]
    Tls(#[from] runtime::tls::TlsError),
}

/// Of what the console is made.
pub struct Parts {
    /// The tables.
    pub store: Store,
    /// Called when something was released or taken back: what brings notices to the portal wakes up.
    pub released: Box<dyn Fn() + Send + Sync>,
    /// Who sends.
    pub org: OrgCode,
    /// What replies are sealed to, base64 DER.
    pub sealing_certificate: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Console {
    /// Puts it together; opens nothing.
    pub fn new(parts: Parts, settings: &ConsoleSettings) -> Result<Arc<Self>, ConsoleError> {
        let keys = keys(settings)?;
        let segments = segments(settings, &parts.clock)?;
        let Parts { store, released, org, sealing_certificate, clock } = parts;
        Ok(Arc::new(Self {
            store,
            released,
            org,
            sealing_certificate,
            clock,
            keys,
            origin: settings.origin.clone(),
            name: settings.name.clone(),
            single_without_approval: settings.single_without_approval,
            segments,
            being_read: BeingRead::default(),
        }))
    }

    /// Its pages, behind the guard.
    pub fn router(self: &Arc<Self>) -> Router {
        routes::router(Arc::clone(self))
    }

    fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    fn maker(&self) -> form::Maker<'_> {
        form::Maker { org: &self.org, sealing_certificate: &self.sealing_certificate, now: self.now() }
    }

    fn speaks_tls(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// What `Host` must say.
    fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }
}

/// Whether the console can be as it is set; opens nothing.
pub fn check(settings: &ConsoleSettings, clock: &Arc<dyn Clock>) -> Result<(), ConsoleError> {
    keys(settings)?;
    segments(settings, clock)?;
    tls(settings, clock).map(|_| ())
}

fn keys(settings: &ConsoleSettings) -> Result<Keys, ConsoleError> {
    if settings.tls.is_some() && !settings.origin.starts_with("https://") {
        return Err(ConsoleError::PlainOrigin);
    }
    Keys::new(&settings.origin, &settings.name)
}

fn segments(settings: &ConsoleSettings, clock: &Arc<dyn Clock>) -> Result<Vec<Segment>, ConsoleError> {
    let mut names = std::collections::BTreeSet::new();
    if let Some(twice) = settings.segments.iter().find(|segment| !names.insert(&segment.name)) {
        return Err(ConsoleError::Segment(twice.name.clone()));
    }
    settings.segments.iter().map(|set| Segment::open(set, clock)).collect()
}

/// What the listener speaks; none: plain HTTP.
pub fn tls(
    settings: &ConsoleSettings,
    clock: &Arc<dyn Clock>,
) -> Result<Option<Arc<rustls::ServerConfig>>, ConsoleError> {
    let Some(files) = &settings.tls else { return Ok(None) };
    let identity = Identity::from_pem_files(&files.certificate, &files.key)?;
    Ok(Some(runtime::tls::server_config(&identity, None, Arc::clone(clock))?))
}

#[cfg(test)]
mod tests;
