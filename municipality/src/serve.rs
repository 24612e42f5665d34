//! Puts the program together and runs it until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use runtime::Clock;
use runtime::serve::{BindError, bind, serve};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::console::{self, Console, ConsoleError};
use crate::post::{Post, PostError};
use crate::sending::Sender;
use crate::settings::{Settings, SettingsFault};
use crate::store::{Store, StoreError, Target};

/// The program does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A setting cannot be.
    #[error("the settings cannot be used")]
    Settings(#[from] SettingsFault),
    /// A listener cannot be opened, and which setting says where.
    #[error("{0} names an address that cannot be opened")]
    Bind(&'static str, #[source] BindError),
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// The folder of the database cannot be made.
    #[error("{} cannot be made", .0.display())]
    Folder(PathBuf, #[source] io::Error),
    /// The API for the institution's own systems.
    #[error("the API cannot be opened")]
    Api(#[from] crate::api::ApiError),
    /// Keys, certificates or the core.
    #[error("nothing can be sent as configured")]
    Post(#[from] PostError),
    /// The officers' console.
    #[error("the officers' console cannot be as it is set")]
    Console(#[from] ConsoleError),
}

/// A program that runs.
pub struct Running {
    /// Where `/readyz` is.
    pub admin: SocketAddr,
    /// Where the API is, if it is.
    pub api: Option<SocketAddr>,
    /// Where the officers' console is, if there is one.
    pub console: Option<SocketAddr>,
    /// The tables.
    pub store: Store,
    /// What sends.
    pub sender: Arc<Sender>,
    tasks: JoinSet<io::Result<()>>,
}

impl Running {
    /// Waits until everything has stopped.
    pub async fn stopped(mut self) -> io::Result<()> {
        while let Some(ended) = self.tasks.join_next().await {
            ended.map_err(io::Error::other)??;
        }
        Ok(())
    }
}

/// Opens the store, the listeners and the worker. `metrics` renders what the process counts.
pub async fn start(
    settings: Settings,
    clock: Arc<dyn Clock>,
    metrics: metrics_exporter_prometheus::PrometheusHandle,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    let target = settings.target()?;
    if let Target::Sqlite(path) = &target
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder).map_err(|error| ServeError::Folder(folder.to_owned(), error))?;
    }
    let post = Arc::new(Post::open(&settings, &clock)?);
    let admin = bind(settings.admin).await.map_err(|error| ServeError::Bind("admin", error))?;
    let console = match &settings.console {
        None => None,
        Some(console) => {
            let listener = bind(console.listen).await.map_err(|error| ServeError::Bind("console.listen", error))?;
            Some((console, listener, console::tls(console, &clock)?))
        }
    };
    let api = match &settings.api {
        None => None,
        Some(api) => {
            let listener = bind(api.listen).await.map_err(|error| ServeError::Bind("api.listen", error))?;
            Some((listener, crate::api::tls(&settings, Arc::clone(&clock))?))
        }
    };
    let store = Store::open(&target).await?;
    let sender = Sender::new(store.clone(), Arc::clone(&post), Arc::clone(&clock));
    let mut running = Running {
        admin: admin.local_addr().unwrap_or(settings.admin),
        api: api.as_ref().and_then(|(listener, _)| listener.local_addr().ok()),
        console: console.as_ref().and_then(|(_, listener, _)| listener.local_addr().ok()),
        store: store.clone(),
        sender: Arc::clone(&sender),
        tasks: JoinSet::new(),
    };
    if let Some((listener, tls)) = api {
        let post = Arc::clone(&post);
        let state = crate::api::ApiState::new(store.clone(), Arc::clone(&sender), post, Arc::clone(&clock));
        running.tasks.spawn(serve(listener, Some(tls), crate::api::router(state), stop.clone()));
    }
    running.tasks.spawn(crate::forgetting::forget(store.clone(), Arc::clone(&clock), stop.clone()));
    if let Some((console, listener, tls)) = console {
        let woken = Arc::clone(&sender);
        let parts = console::Parts {
            store: store.clone(),
            released: Box::new(move || woken.wake()),
            org: settings.org.clone(),
            sealing_certificate: post.sealing_certificate().to_owned(),
            clock,
        };
        let router = Console::new(parts, console)?.router();
        running.tasks.spawn(serve(listener, tls, router, stop.clone()));
    }
    let ready = move || -> runtime::admin::Readiness {
        let store = store.clone();
        Box::pin(async move { store.check().await.map_err(|error| format!("database: {error}")) })
    };
    running.tasks.spawn(serve(admin, None, runtime::admin::router(ready, metrics), stop.clone()));
    running.tasks.spawn(sender.run(stop));
    tracing::info!(org = %settings.org, admin = %running.admin, "the sender runs");
    Ok(running)
}
