//! A world that runs: every party of the linkage backend, the portal, and card readers on demand.

mod tables;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use card::issue::{DeskConfig, HttpDesk};
use card::reader::ReaderConfig;
use card::testing::RunningReader;
use domain::OrgCode;
use jiff::{SignedDuration, Timestamp};
use linkage::party::Directory;
use linkage::testing::{Demo, DemoOptions};
use metrics_exporter_prometheus::PrometheusBuilder;
use runtime::tls::{self, Identity};
use runtime::{Clock, SettableClock};
use server::{
    JpkiSettings, LimitSettings, LogSettings, OwnInformationSettings, PartySettings, PdfSettings, Revocation, Running,
    Settings,
};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use url::Url;
use wire::card_file::{CardTable, CardTableRow, TABLE_FILE};

/// On what the portal keeps its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in memory, with the real pragmas.
    Sqlite,
    /// A database of a throwaway server.
    Postgres,
}

/// When stories begin: 3 November 2026, 14:05 in Japan.
const NOW: &str = "2026-11-03T05:05:00Z";

/// A world that runs, and is gone with the value.
pub struct Town {
    /// The linkage backend.
    pub world: Mutex<Demo>,
    /// Everybody's clock.
    pub clock: Arc<SettableClock>,
    /// Every route of the portal with who may use it.
    pub routes: Vec<server::RouteAccess>,
    /// The same on the portal's listener for other parties.
    pub party_routes: Vec<server::RouteAccess>,
    /// As browsers see the portal.
    pub origin: String,
    /// The portal's database file, on SQLite.
    pub database: PathBuf,
    /// Where the core brings what it brings to the portal.
    pub party: SocketAddr,
    _folder: tempfile::TempDir,
    data: PathBuf,
    settings: Settings,
    readers: Mutex<Vec<RunningReader>>,
    running: Mutex<Option<(Running, CancellationToken)>>,
}

/// A portal beside the town's own, on the same database.
pub struct PortalBeside {
    /// As browsers see it.
    pub origin: String,
    /// Its use cases.
    pub running: Running,
    _stop: tokio_util::sync::DropGuard,
}

impl Town {
    /// On SQLite, with revocation asked by OCSP.
    pub async fn starts() -> Self {
        Self::starts_with(Engine::Sqlite, |_| {}).await
    }

    /// With settings changed before the start.
    pub async fn starts_with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let town = Self::without_portal(engine, change).await;
        let (routes, party_routes) = town.starts_portal().await;
        Self { routes, party_routes, ..town }
    }

    /// Everybody but the portal, which the story starts itself.
    pub async fn without_portal(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        runtime::tls::install_provider();
        let folder = tempfile::Builder::new().prefix("town-").tempdir_in("/dev/shm").expect("a folder");
        let data = folder.path().to_owned();
        let now: Timestamp = NOW.parse().expect("an instant");
        let party = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        let options = DemoOptions::at(now).with_portal_at(party);
        let world = Demo::start(&data, &options).await.expect("a world");
        let clock = Arc::clone(world.clock());
        let site = site(&data);
        let port = free_port();
        let origin = format!("http://localhost:{port}");
        let database = data.join("portal").join("portal.sqlite");
        let mut settings = Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            admin: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            origin: origin.clone(),
            database: match engine {
                Engine::Sqlite => format!("sqlite:{}", database.display()),
                Engine::Postgres => db::testing::empty_postgres_database().await.expect("a database"),
            },
            key_database: match engine {
                Engine::Sqlite => None,
                Engine::Postgres => Some(db::testing::empty_postgres_database().await.expect("a database")),
            },
            site,
            party: PartySettings {
                identity: data.join("orgs/PORTAL"),
                anchor: data.join("pki/org-ca.pem"),
                directory: data.join("parties.toml"),
            },
            jpki: JpkiSettings {
                signature_anchor: data.join("pki/jpki-signature-ca.pem"),
                authentication_anchor: data.join("pki/jpki-authentication-ca.pem"),
                revocation: Revocation::Ocsp,
            },
            own_information: OwnInformationSettings { secret: Some(holding_secret()) },
            log: LogSettings { key: Some(Town::log_signer().to_secret_text().into()), ..LogSettings::default() },
            pdf: PdfSettings {
                program: Some(crate::process::program().with_file_name("my-portal-pdf")),
                fonts: Vec::new(),
            },
            limits: generous(),
            demo: true,
            ..Settings::default()
        };
        change(&mut settings);
        Self {
            world: Mutex::new(world),
            clock,
            _folder: folder,
            routes: Vec::new(),
            party_routes: Vec::new(),
            origin,
            database,
            party,
            data,
            settings,
            readers: Mutex::default(),
            running: Mutex::new(None),
        }
    }

    /// The portal's settings as the file that a process of its own reads; other parties are where `parties` says.
    pub fn settings_file(&self, parties: &Directory) -> PathBuf {
        let directory = self.data.join("parties-of-the-portal.toml");
        std::fs::write(&directory, parties.to_toml().expect("a directory")).expect("a file");
        let told = &self.settings;
        let many = 1_000_000;
        let mail = told.mail.smtp.as_ref().map(|smtp| serde_json::json!({ "smtp": smtp, "sender": told.mail.sender }));
        let mail = mail.unwrap_or_else(|| serde_json::json!({}));
        let settings = serde_json::json!({
            "listen": told.listen,
            "admin": "127.0.0.1:0",
            "origin": told.origin,
            "database": told.database,
            "key_database": told.key_database.clone().unwrap_or_else(|| format!("sqlite:{}", self.key_file().display())),
            "site": told.site,
            "demo": true,
            "party": { "identity": told.party.identity, "anchor": told.party.anchor, "directory": directory },
            "jpki": {
                "signature_anchor": told.jpki.signature_anchor,
                "authentication_anchor": told.jpki.authentication_anchor,
                "revocation": "ocsp",
            },
            "own_information": { "secret": holding_secret().expose() },
            "log": { "key": Self::log_signer().to_secret_text().as_str() },
            "mail": mail,
            "limits": {
                "card_steps_per_client_per_minute": many,
                "requests_per_client_per_second": many,
                "answers_per_card_per_minute": many,
            },
        });
        let file = self.data.join("my-portal.toml");
        std::fs::write(&file, toml::to_string(&settings).expect("TOML")).expect("a file");
        file
    }

    /// Starts the portal (again) on the same database and port.
    pub async fn starts_portal(&self) -> (Vec<server::RouteAccess>, Vec<server::RouteAccess>) {
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let clock: Arc<dyn Clock> = self.clock.clone();
        let running = server::start(self.settings.clone(), clock, metrics, stop.clone()).await;
        let running = running.unwrap_or_else(|error| panic!("the portal does not start: {error:?}"));
        let routes = (running.routes.clone(), running.party_routes.clone());
        *self.running.lock().await = Some((running, stop));
        routes
    }

    /// Another portal on the same database, with an address of its own. It stops with the value.
    pub async fn starts_portal_beside(&self) -> PortalBeside {
        let mut settings = self.settings.clone();
        settings.listen = free_address();
        settings.origin = format!("http://localhost:{}", settings.listen.port());
        let mut parties = self.world.lock().await.directory().as_ref().clone();
        parties.parties.insert(OrgCode::portal(), free_address());
        settings.party.directory = self.data.join(format!("parties-{}.toml", settings.listen.port()));
        std::fs::write(&settings.party.directory, parties.to_toml().expect("a directory")).expect("a file");
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let origin = settings.origin.clone();
        let running = server::start(settings, self.clock.clone(), metrics, stop.clone()).await;
        let running = running.unwrap_or_else(|error| panic!("the other portal does not start: {error:?}"));
        PortalBeside { origin, running, _stop: stop.drop_guard() }
    }

    /// Another portal with the same settings; it cannot start. What it says.
    pub async fn starts_second_portal(&self) -> Result<(), String> {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let clock: Arc<dyn Clock> = self.clock.clone();
        match server::start(self.settings.clone(), clock, metrics, CancellationToken::new()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{error:?}")),
        }
    }

    /// An HTTP client with the certificate of an organisation, or with none, that believes the organisations' CA.
    pub fn client_of(&self, org: Option<&OrgCode>) -> reqwest::Client {
        let identity = org.map(|org| {
            let folder = self.data.join("orgs").join(org.as_str());
            Identity::from_pem_files(folder.join("tls.pem"), folder.join("tls.key")).expect("an identity")
        });
        self.client_with(identity.as_ref())
    }

    /// The same with any certificate.
    pub fn client_with(&self, identity: Option<&Identity>) -> reqwest::Client {
        let anchors = tls::anchors_from_pem_file(self.data.join("pki/org-ca.pem")).expect("the CA");
        let tls = tls::client_config(identity, &anchors, self.clock.clone()).expect("TLS");
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
        client.redirect(reqwest::redirect::Policy::none()).build().expect("a client")
    }

    /// Waits until JPKI's list of signature certificates names one that is revoked.
    pub async fn until_signature_certificate_revoked(&self) {
        let http = self.world.lock().await.directory().jpki.http.clone();
        let url = format!("{}/crl/signature.crl", http.trim_end_matches('/'));
        let pem = std::fs::read_to_string(self.data.join("pki/jpki-signature-ca.pem")).expect("the CA");
        let issuer = pki::Certificate::from_pem(&pem).expect("the CA");
        for _ in 0..500 {
            let der = reqwest::get(&url).await.expect("the list").bytes().await.expect("the list");
            if !pki::crl::CrlIndex::from_der(&der, &issuer).expect("a list").is_empty() {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("JPKI never heard of the change")
    }

    /// One round of telling people elsewhere that they have something new.
    pub async fn tells_who_has_something_new(&self) -> portal::AlertRound {
        let portal = self.running.lock().await.as_ref().expect("a portal").0.portal.clone();
        portal.remind_of_deadlines(&portal::DeadlineReminders::default(), self.now()).await.expect("a walk");
        portal.send_alerts(self.now()).await.expect("a round")
    }

    /// Addresses that nobody confirmed in time are erased.
    pub async fn sweeps_alerts(&self) {
        let portal = self.running.lock().await.as_ref().expect("a portal").0.portal.clone();
        portal.forget_unconfirmed_alerts(self.now()).await.expect("a sweep");
    }

    /// Waits until the portal's database has so many of these rows.
    pub async fn until(&self, rows: &str, count: i64) {
        for _ in 0..2000 {
            if self.count(rows).await == count {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("not {count} of {rows}")
    }

    /// Stops the portal and waits until it has.
    pub async fn stops_portal(&self) {
        if let Some((running, stop)) = self.running.lock().await.take() {
            stop.cancel();
            running.stopped().await.expect("a graceful stop");
        }
    }

    /// An address of the portal.
    pub fn portal(&self, path: &str) -> Url {
        Url::parse(&format!("{}{path}", self.origin)).expect("a path")
    }

    /// A reader of one's own, or the machine of an institution that may ask cards without a PIN; lives as long as the
    /// town.
    pub async fn starts_reader(&self, without_pin: Option<OrgCode>) -> Url {
        let portal = card::reader::Portal::new(&self.origin, "/card/answer").expect("an origin");
        let clock: Arc<dyn Clock> = self.clock.clone();
        let desk = HttpDesk::new(DeskConfig::in_data(&self.data), Arc::clone(&clock));
        let config = ReaderConfig {
            data: self.data.clone(),
            allow: [portal].into_iter().collect(),
            portal_anchors: None,
            without_pin,
        };
        let reader = RunningReader::start_with(config, Arc::new(desk), clock).await.expect("a reader");
        let origin = Url::parse(reader.origin()).expect("an origin");
        self.readers.lock().await.push(reader);
        origin
    }

    /// What the demo table says of a card.
    pub fn pins(&self, card: &str) -> CardTableRow {
        let text = std::fs::read_to_string(self.data.join("cards").join(TABLE_FILE)).expect("the demo table");
        let table: CardTable = toml::from_str(&text).expect("the demo table");
        table.cards.into_iter().find(|row| row.id == card).unwrap_or_else(|| panic!("no card {card}"))
    }

    /// The demo world's folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Institutions make their lawful exchanges, and a few others, over the past days.
    pub async fn lets_days_pass_for_institutions(&self, days: u32, rate: u32) {
        let options = linkage::simulate::Options { days, rate, seed: 1 };
        self.world.lock().await.simulate(&options).await.expect("past days");
    }

    /// Lets time pass, for everybody.
    pub fn passes(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// Who signs the heads of the portal's log, the same in every town.
    pub fn log_signer() -> tlog::NoteSigner {
        tlog::NoteSigner::new("localhost/my-portal", &[7; 32]).expect("a key")
    }

    /// What everybody's clock shows.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Stories run many steps in no time.
fn generous() -> LimitSettings {
    let many = std::num::NonZeroU32::new(1_000_000).expect("not zero");
    LimitSettings {
        card_steps_per_client_per_minute: many,
        requests_per_client_per_second: many,
        answers_per_card_per_minute: many,
    }
}

/// The built files are not part of these stories: their list is, with one small file each.
fn site(data: &Path) -> PathBuf {
    let site = data.join("site");
    std::fs::create_dir_all(site.join("pkg")).expect("a folder");
    let files = ["/pkg/t.css", "/pkg/t.js", "/pkg/t.wasm", "/robots.txt"];
    let listed: Vec<_> = files
        .iter()
        .map(|path| {
            std::fs::write(site.join(path.trim_start_matches('/')), "x").expect("a file");
            serde_json::json!({ "path": path, "plain_bytes": 1, "gzip_bytes": null, "brotli_bytes": null })
        })
        .collect();
    let manifest = serde_json::json!({
        "css": "/pkg/t.css", "js": "/pkg/t.js", "wasm": "/pkg/t.wasm", "output_name": "t", "inputs": "", "files": listed,
    });
    std::fs::write(site.join("assets.json"), manifest.to_string()).expect("a file");
    site
}

/// An address of this machine where nobody listens.
pub fn free_address() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()))
}

/// Below the ports that the system gives to outgoing connections, in a range of this process's own: nobody takes it
/// between the look and the use.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let range = 10_000 + u16::try_from(std::process::id() % 200).unwrap_or_default() * 100;
    for _ in 0..100 {
        let port = range + NEXT.fetch_add(1, Ordering::Relaxed) % 100;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
    panic!("no free port from {range} on")
}

/// The portal's part of every holding key, the same in every start.
fn holding_secret() -> runtime::settings::Secret {
    zeroize::Zeroizing::new("the town's holding secret, 32 bytes or more".to_owned()).into()
}
