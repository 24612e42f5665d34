//! A municipality's program with nobody beyond it: what it takes stays here.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use domain::{LinkCode, OrgCode};
use jiff::SignedDuration;
use metrics_exporter_prometheus::PrometheusBuilder;
use municipality::serve::Running;
use municipality::settings::Settings;
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
use pki::{KeyKind, SigningKey};
use reqwest::{Method, Response};
use runtime::{Clock as _, SettableClock, SystemClock, SystemRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::client::Notices;

const ORG: &str = "141003";

pub(crate) struct City {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<SettableClock>,
    running: Option<(Running, CancellationToken)>,
}

/// A registered system.
pub(crate) struct System {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) folder: PathBuf,
    pub(crate) api: Notices,
}

impl City {
    pub(crate) async fn starts() -> Self {
        runtime::tls::install_provider();
        let folder = db::testing::directory().unwrap();
        let now = SystemClock.now();
        write_identity(folder.path(), now);
        let text = format!(
            "org = \"{ORG}\"\ndatabase = \"sqlite:{0}/notices.sqlite\"\nadmin = \"127.0.0.1:0\"\n\
             [party]\nidentity = \"{0}/id\"\nanchor = \"{0}/org-ca.pem\"\ndirectory = \"{0}/parties.toml\"\n\
             [api]\nlisten = \"127.0.0.1:0\"\n",
            folder.path().display()
        );
        std::fs::write(folder.path().join("settings.toml"), text).unwrap();
        let mut city = Self { folder, clock: Arc::new(SettableClock::new(now)), running: None };
        city.goes_on().await;
        city
    }

    /// The program starts, again.
    pub(crate) async fn goes_on(&mut self) {
        let settings = Settings::load(Some(&self.folder.path().join("settings.toml"))).unwrap();
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let clock = Arc::clone(&self.clock) as _;
        let running = municipality::serve::start(settings, clock, metrics, stop.clone()).await.unwrap();
        self.running = Some((running, stop));
    }

    /// The program ends.
    pub(crate) async fn stops(&mut self) {
        let (running, stop) = self.running.take().unwrap();
        stop.cancel();
        running.stopped().await.unwrap();
    }

    pub(crate) fn running(&self) -> &Running {
        &self.running.as_ref().unwrap().0
    }

    pub(crate) fn base(&self) -> String {
        let api: SocketAddr = self.running().api.unwrap();
        format!("https://{api}")
    }

    /// `municipality client …`
    pub(crate) fn command(&self, words: &[&str]) -> String {
        let settings = self.folder.path().join("settings.toml");
        let done = Command::new(env!("CARGO_BIN_EXE_municipality"))
            .args(["--config", &settings.to_string_lossy()])
            .args(words)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    pub(crate) fn system(&self, label: &str) -> System {
        self.system_with(label, &[])
    }

    pub(crate) fn system_with(&self, label: &str, words: &[&str]) -> System {
        let folder = self.folder.path().join(label);
        let out = folder.to_string_lossy().into_owned();
        let mut command = vec!["client", "add", "--label", label, "--out", &out];
        command.extend(words);
        let said = self.command(&command);
        let value = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
        let (id, secret) = (value("client_id:"), value("client_secret:"));
        let api = self.speaks_as(&folder, &id, &secret);
        System { id, secret, folder, api }
    }

    /// With the certificate in `folder`, and these credentials.
    pub(crate) fn speaks_as(&self, folder: &Path, id: &str, secret: &str) -> Notices {
        let mut identity = std::fs::read(folder.join("client.key")).unwrap();
        identity.extend(std::fs::read(folder.join("client.pem")).unwrap());
        Notices::new(&self.base(), &self.authority(), &identity, id, secret).unwrap()
    }

    pub(crate) fn authority(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("org-ca.pem")).unwrap()
    }
}

impl System {
    pub(crate) async fn asks(&self, method: Method, path: &str) -> Response {
        self.api.request(method, path).await.unwrap().send().await.unwrap()
    }

    pub(crate) async fn posts(&self, path: &str, key: &str, body: &Value) -> Response {
        let request = self.api.request(Method::POST, path).await.unwrap().header("idempotency-key", key);
        request.json(body).send().await.unwrap()
    }

    pub(crate) async fn puts_list(&self, sending: &str, kind: &str, list: impl Into<reqwest::Body>) -> Response {
        let path = format!("/api/v1/sendings/{sending}/recipients");
        let request = self.api.request(Method::PUT, &path).await.unwrap();
        request.header("content-type", kind).body(list).send().await.unwrap()
    }

    /// An open sending.
    pub(crate) async fn begins(&self, key: &str, body: &Value) -> String {
        let begun = self.posts("/api/v1/sendings", key, body).await;
        assert_eq!(begun.status(), 201, "{}", begun.text().await.unwrap());
        begun.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }
}

/// Status and code of a problem, which must be one.
pub(crate) async fn problem(response: Response) -> (u16, String, Value) {
    let status = response.status().as_u16();
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    assert_eq!(kind.as_deref(), Some("application/problem+json"), "{status}");
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["status"], status);
    let code = body["type"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    (status, code, body)
}

/// Where and what, of all errors.
pub(crate) fn errors(body: &Value) -> Vec<(String, String)> {
    let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let all = body["errors"].as_array().cloned().unwrap_or_default();
    all.iter().map(|error| (text(error, "pointer"), text(error, "code"))).collect()
}

pub(crate) fn code(number: u32) -> String {
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    LinkCode::from(bytes).expose()
}

/// A draft that is one.
pub(crate) fn draft(title: &str) -> Value {
    let expires_at = SystemClock.now() + SignedDuration::from_hours(24 * 30);
    json!({
        "kind": "information",
        "expires_at": expires_at,
        "office": { "name": { "ja": "健康推進課" } },
        "text": { "ja": { "title": title, "body": [{ "block": "paragraph", "text": "12月に健康診断をします。" }] } },
    })
}

pub(crate) fn notice(number: u32) -> Value {
    json!({ "draft": draft("健康診断のお知らせ"), "recipients": [{ "link_code": code(number) }] })
}

fn write_identity(folder: &Path, now: jiff::Timestamp) {
    let org: OrgCode = ORG.parse().unwrap();
    let validity = Validity {
        not_before: now - SignedDuration::from_hours(1),
        not_after: now + SignedDuration::from_hours(24 * 3650),
    };
    let name = AuthorityName { organization: "Test", unit: "Test", common_name: "org CA" };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let authority = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng).unwrap();
    std::fs::write(folder.join("org-ca.pem"), authority.certificate().to_pem()).unwrap();
    std::fs::write(folder.join("parties.toml"), "[parties]\nCORE = \"127.0.0.1:1\"\n").unwrap();
    std::fs::create_dir(folder.join("id")).unwrap();
    for (file, usage) in
        [("tls", OrganisationUse::Tls), ("sign", OrganisationUse::Signing), ("seal", OrganisationUse::Sealing)]
    {
        let key = SigningKey::generate(KeyKind::P256).unwrap();
        let ips = ["127.0.0.1".parse().unwrap()];
        let profile = OrganisationProfile { org: &org, usage, dns: &[], ips: &ips };
        let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut SystemRng).unwrap();
        std::fs::write(folder.join(format!("id/{file}.pem")), certificate.to_pem()).unwrap();
        std::fs::write(folder.join(format!("id/{file}.key")), key.to_pkcs8_pem().unwrap().as_str()).unwrap();
    }
}
