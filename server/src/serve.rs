//! Puts the portal together and runs it until it is told to stop.

mod peers;
mod router;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use portal::{KeyStore, Log, LogError, Means, Portal, PortalSettings, Store, StoreError};
use runtime::serve::{BindError, bind, serve};
use runtime::{Clock, SystemRng, tls};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::middleware::ClientLimits;
use crate::routes::{Listeners, Manifest, ManifestError};
use crate::settings::{Settings, SettingsFault};
use crate::state::AppState;
use crate::typesetter::Pdf;

/// The portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A setting cannot be.
    #[error("the settings cannot be used")]
    Settings(#[from] SettingsFault),
    /// Built assets are missing.
    #[error("the pages' files cannot be used")]
    Assets(#[from] ManifestError),
    /// A listener cannot be opened, and which setting says where.
    #[error("{0} names an address that cannot be opened")]
    Bind(&'static str, #[source] BindError),
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// The database of the folders' keys cannot be used, or is another program's.
    #[error("the key database cannot be used")]
    Keys(#[source] StoreError),
    /// The log in the database must not be continued.
    #[error("the portal's own log cannot be continued")]
    Log(#[from] LogError),
    /// What was held before the last stop cannot be erased.
    #[error("what was held before the last stop cannot be erased")]
    Purge(#[from] portal::PurgeError),
    /// The folder of the database cannot be made.
    #[error("{} cannot be made", .0.display())]
    Folder(PathBuf, #[source] io::Error),
    /// Certificates, keys or the directory of parties cannot be used.
    #[error("the parties cannot be reached as configured")]
    Parties(#[from] peers::PartiesError),
    /// TLS for browsers cannot be used.
    #[error("TLS for browsers cannot be used")]
    Tls(#[from] tls::TlsError),
    /// Counting cannot start.
    #[error("metrics cannot start")]
    Metrics(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A portal that runs.
pub struct Running {
    /// Where people connect.
    pub address: SocketAddr,
    /// Where `/readyz` is.
    pub admin: SocketAddr,
    /// Where the core connects.
    pub party: SocketAddr,
    /// Every route for people's browsers with who may use it.
    pub routes: Vec<crate::RouteAccess>,
    /// Every route for the other parties.
    pub party_routes: Vec<crate::RouteAccess>,
    /// The use cases, for whoever runs the portal in a process of their own.
    pub portal: Portal,
    tasks: JoinSet<io::Result<()>>,
}

impl Running {
    /// Waits until every listener has stopped.
    pub async fn stopped(mut self) -> io::Result<()> {
        while let Some(ended) = self.tasks.join_next().await {
            ended.map_err(io::Error::other)??;
        }
        Ok(())
    }
}

/// A card that was stopped is refused at most this much later, where lists are used.
const LISTS_EVERY_ROUNDS: u64 = 5;
const SWEEP_EVERY: std::time::Duration = std::time::Duration::from_mins(1);

/// Opens the store, the listeners and the jobs. `metrics` renders what the process counts.
pub async fn start(
    settings: Settings,
    clock: Arc<dyn Clock>,
    metrics: metrics_exporter_prometheus::PrometheusHandle,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    settings.check(&clock)?;
    let manifest = Manifest::read(&settings.site)?;
    let target = settings.target()?;
    let key_target = settings.key_target()?;
    for target in [&target, &key_target] {
        if let portal::Target::Sqlite(path) = target
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder).map_err(|error| ServeError::Folder(folder.to_owned(), error))?;
        }
    }
    let parties = peers::Parties::read(&settings, &clock)?;
    // Ports first: a second portal on the same database must not even migrate it.
    let opens = async |key, address| bind(address).await.map_err(|error| ServeError::Bind(key, error));
    let (people, admin, core) = (
        opens("listen", settings.listen).await?,
        opens("admin", settings.admin).await?,
        opens("party.directory", parties.listen).await?,
    );
    let store = Store::open(&target).await?;
    let keys = KeyStore::open(&key_target).await.map_err(ServeError::Keys)?;
    let told = PortalSettings {
        origin: settings.origin.clone(),
        reader_url: format!("{}{}", settings.reader_origin, wire::reader::ASK_PATH),
        answers_per_card_per_minute: settings.limits.answers_per_card_per_minute,
        retain_folders_for: settings.retention.folders_for(),
        started_at: clock.now(),
        instance: domain::PortalInstanceId::generate(&mut SystemRng),
    };
    let log = Log::new(store.clone(), settings.log.signer()?);
    log.check().await?;
    let means = Means {
        peers: parties.peers,
        validity: parties.validity,
        desk: parties.desk,
        holding_secret: settings.own_information.holding_secret()?,
        keys,
        log,
        typesetter: Box::new(Pdf::new(&settings.pdf)),
        alerts: crate::alerts::means(&settings, &clock)?,
    };
    let portal = Portal::new(told, store.clone(), means);
    // What a process held that is gone: before anybody is served (P-INF-6).
    portal.start(clock.now(), &mut SystemRng).await?;
    let browsers_tls = match &settings.tls {
        None => None,
        Some(files) => {
            let identity =
                tls::Identity::from_pem_files(&files.certificate, &files.key).map_err(peers::PartiesError::from)?;
            Some(tls::server_config(&identity, None, clock.clone())?)
        }
    };
    let state = AppState {
        portal: portal.clone(),
        clock: clock.clone(),
        listeners: Listeners::new(stop.clone()),
        card_steps: ClientLimits::per_minute(settings.limits.card_steps_per_client_per_minute),
        assets: Arc::new(app::Assets {
            css: manifest.css.clone(),
            js: manifest.js.clone(),
            wasm: manifest.wasm.clone(),
        }),
        settings: Arc::new(settings),
    };
    let address = |listener: &tokio::net::TcpListener| listener.local_addr().unwrap_or(state.settings.listen);
    let mut running = Running {
        address: address(&people),
        admin: address(&admin),
        party: address(&core),
        routes: router::entries(&state, &manifest),
        party_routes: crate::intake::table().entries,
        portal,
        tasks: JoinSet::new(),
    };
    let router = router::router(&state, &manifest);
    running.tasks.spawn(serve(people, browsers_tls, router, stop.clone()));
    running.tasks.spawn(serve(core, Some(parties.tls), crate::intake::router(state.clone()), stop.clone()));
    let ready = move || -> runtime::admin::Readiness {
        let store = store.clone();
        Box::pin(async move { store.check().await.map_err(|error| format!("database: {error}")) })
    };
    running.tasks.spawn(serve(admin, None, runtime::admin::router(ready, metrics), stop.clone()));
    running.tasks.spawn(crate::alerts::run(state.portal.clone(), clock, stop.clone()));
    running.tasks.spawn(hear_other_portals(state.clone(), stop.clone()));
    running.tasks.spawn(sweep(state, stop));
    tracing::info!(address = %running.address, admin = %running.admin, party = %running.party, "the portal runs");
    Ok(running)
}

/// Open pages hear at once of what portals beside this one store.
async fn hear_other_portals(state: AppState, stop: CancellationToken) -> io::Result<()> {
    stop.run_until_cancelled(state.portal.hears_other_portals()).await;
    Ok(())
}

/// Removes what is past its time, every minute; fetches revocation lists, where they are used, every five.
async fn sweep(state: AppState, stop: CancellationToken) -> io::Result<()> {
    let mut every = tokio::time::interval(SWEEP_EVERY);
    let notices = portal::NoticeUpkeep::default();
    for round in 0u64.. {
        if stop.run_until_cancelled(every.tick()).await.is_none() {
            break;
        }
        if round % LISTS_EVERY_ROUNDS == 0 {
            stop.run_until_cancelled(state.portal.validity().refresh()).await;
        }
        state.card_steps.retain_recent();
        match state.portal.sweep(state.clock.now(), &mut SystemRng).await {
            Ok(swept) if swept == portal::Swept::default() => {}
            Ok(swept) => tracing::debug!(?swept, "swept"),
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "the sweep failed"),
        }
        if let Err(error) = state.portal.delete_retained_folders(state.clock.now(), &mut SystemRng).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "retained folders could not be deleted");
        }
        if let Err(error) = crate::routes::expire_notices(&state, &notices, &stop).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "notices whose time is over could not be removed");
        }
    }
    Ok(())
}
