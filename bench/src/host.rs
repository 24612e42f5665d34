//! The portal inside the measuring process, so that its CPU time is this process's own; and beside it a bare handler
//! that sends what the portal sent.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, header};
use metrics_exporter_prometheus::PrometheusHandle;
use runtime::{LogFormat, SystemClock};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Failure;
use crate::places::{Places, address};

/// How a portal in this process asks about revocation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Revocation {
    Ocsp,
    Crl,
}

/// A portal at work.
pub(crate) struct Host {
    stop: CancellationToken,
    running: server::Running,
}

/// What every program sets up once: logs as the programs write them, and counters.
pub(crate) fn set_up() -> Result<PrometheusHandle, Failure> {
    runtime::logs::init(LogFormat::Text, "info")?;
    Ok(runtime::admin::prometheus()?)
}

/// The portal's origin as browsers see it.
pub(crate) fn origin() -> String {
    format!("http://{}", address(8080))
}

impl Host {
    /// Over a database of its own; limits per client are out of the way, though they are counted as ever.
    pub(crate) async fn start(
        places: &Places,
        data: &Path,
        revocation: Revocation,
        metrics: PrometheusHandle,
    ) -> Result<Self, Failure> {
        let text = settings(places, data, "bench", revocation);
        let settings: server::Settings = toml::from_str(&text)?;
        let stop = CancellationToken::new();
        let running = server::start(settings, Arc::new(SystemClock), metrics, stop.clone()).await?;
        Ok(Self { stop, running })
    }

    pub(crate) async fn stop(self) -> Result<(), Failure> {
        self.stop.cancel();
        Ok(self.running.stopped().await?)
    }
}

/// The portal's settings over a world, with a database of this name.
pub(crate) fn settings(places: &Places, data: &Path, database: &str, revocation: Revocation) -> String {
    let file = data.join("portal").join(format!("{database}.sqlite"));
    settings_on(places, data, &format!("sqlite:{}", file.display()), None, revocation)
}

/// The same with a database as settings name it, and one for the folders' keys where it must be named.
pub(crate) fn settings_on(
    places: &Places,
    data: &Path,
    database: &str,
    keys: Option<&str>,
    revocation: Revocation,
) -> String {
    let named = |database: &str| toml::Value::String(database.to_owned()).to_string();
    let keys = keys.map(|keys| format!("key_database = {}\n", named(keys))).unwrap_or_default();
    let path = |path: &Path| toml::Value::String(path.display().to_string()).to_string();
    let revocation = match revocation {
        Revocation::Ocsp => "ocsp",
        Revocation::Crl => "crl",
    };
    format!(
        "listen = \"{listen}\"\nadmin = \"{admin}\"\norigin = \"{origin}\"\nreader_origin = \"http://{reader}\"\n\
         database = {database}\n{keys}site = {site}\ndemo = true\n\
         [party]\nidentity = {identity}\nanchor = {anchor}\ndirectory = {directory}\n\
         [jpki]\nsignature_anchor = {signature}\nauthentication_anchor = {authentication}\nrevocation = \"{revocation}\"\n\
         [own_information]\nsecret = \"{secret}\"\n\
         [log]\nkey = \"{log_key}\"\n\
         [limits]\ncard_steps_per_client_per_minute = 1000000\nrequests_per_client_per_second = 1000000\n\
         answers_per_card_per_minute = 1000000\n",
        secret = "a secret of measurements, known to all",
        log_key = LOG_KEY,
        listen = address(8080),
        admin = address(8081),
        origin = origin(),
        reader = address(8790),
        database = named(database),
        site = path(&places.site()),
        identity = path(&data.join("orgs/PORTAL")),
        anchor = path(&data.join("pki/org-ca.pem")),
        directory = path(&data.join("parties.toml")),
        signature = path(&data.join("pki/jpki-signature-ca.pem")),
        authentication = path(&data.join("pki/jpki-authentication-ca.pem")),
    )
}

/// Of the log `localhost/my-portal`, for measurements: its secret is 32 times the number 7.
const LOG_KEY: &str = "PRIVATE+KEY+localhost/my-portal+9a629315+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";

/// A handler that does nothing but send the bytes of one answer, head included.
pub(crate) struct Bare {
    pub(crate) address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Bare {
    pub(crate) async fn start(mut headers: HeaderMap, body: Bytes) -> Result<Self, Failure> {
        // The server writes these itself.
        headers.remove(header::CONTENT_LENGTH);
        headers.remove(header::TRANSFER_ENCODING);
        headers.remove(header::DATE);
        let listener = runtime::serve::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let router = Router::new().route("/", get(async move || (headers.clone(), body.clone())));
        let stop = CancellationToken::new();
        let task = tokio::spawn(runtime::serve::serve(listener, None, router, stop.clone()));
        Ok(Self { address, stop, task })
    }

    pub(crate) async fn stop(self) -> Result<(), Failure> {
        self.stop.cancel();
        Ok(self.task.await??)
    }
}
