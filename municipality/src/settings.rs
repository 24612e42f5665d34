//! What the program is told: a TOML file, overridden by the environment (`MUNICIPALITY__SECTION__KEY`).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::OrgCode;
use serde::Deserialize;

use crate::store::Target;

/// All settings. Unknown keys are refused; paths are relative to the working directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who sends.
    pub org: OrgCode,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// `/livez`, `/readyz`, `/metrics`; never public.
    pub admin: SocketAddr,
    /// The institution among the parties.
    #[serde(default)]
    pub party: PartySettings,
    /// The API for the institution's own systems; without this section there is none.
    #[serde(default)]
    pub api: Option<ApiSettings>,
    /// The officers' console; without this section there is none.
    #[serde(default)]
    pub console: Option<ConsoleSettings>,
}

/// The API for the institution's own systems.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiSettings {
    /// Where it listens; TLS with client certificates, always.
    pub listen: SocketAddr,
    /// Default: the institution's own `tls.pem`.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    /// Default: the institution's own `tls.key`.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// Who gives the systems their certificates. Default: an authority of one's own, made beside the database.
    #[serde(default)]
    pub client_anchor: Option<PathBuf>,
}

/// The officers' console.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleSettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// As browsers write it: `https://notices.city.example.jp`. Keys are bound to its host, so that never changes.
    pub origin: String,
    /// Whose console it is, in words: 横浜市.
    pub name: String,
    /// Certificate and key, where the console itself speaks TLS.
    #[serde(default)]
    pub tls: Option<ConsoleTls>,
    /// A notice to one person needs no second officer.
    #[serde(default)]
    pub single_without_approval: bool,
    /// Whom the institution's own systems can name.
    #[serde(default)]
    pub segments: Vec<Segment>,
}

/// PEM files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleTls {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The leaf's key, PKCS#8.
    pub key: PathBuf,
}

/// People whom the institution itself names, by a program or by a system: a list like any other, NDJSON or CSV.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Names it in forms.
    pub name: String,
    /// What officers read.
    pub label: String,
    /// A program that prints the list, and its arguments; no shell reads them.
    #[serde(default)]
    pub command: Vec<String>,
    /// A system that answers with the list. Either this or `command`.
    #[serde(default)]
    pub system: Option<SegmentSystem>,
    /// How long it may take.
    #[serde(default = "a_minute")]
    pub seconds: u64,
}

/// A system of the institution's own that is asked over mutual TLS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentSystem {
    /// `https://host/path`
    pub url: String,
    /// Who gave the system its certificate, PEM.
    pub anchor: PathBuf,
    /// What is shown to the system, PEM, leaf first.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

fn a_minute() -> u64 {
    60
}

/// The institution among the parties.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartySettings {
    /// `tls`, `sign` and `seal`, each `.pem` and `.key`. Default: `data/orgs/ORG`.
    pub identity: Option<PathBuf>,
    /// The organisations' CA. Default: `data/pki/org-ca.pem`.
    pub anchor: Option<PathBuf>,
    /// Addresses of all parties. Default: `data/parties.toml`.
    pub directory: Option<PathBuf>,
}

/// A setting cannot be.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// Neither of the two engines.
    #[error("database: sqlite:PATH or postgres://… is expected")]
    Database,
}

impl Settings {
    /// Reads and checks; a typo refuses the start.
    pub fn load(file: Option<&Path>) -> Result<Self, runtime::settings::SettingsError> {
        runtime::settings::load(file, "MUNICIPALITY")
    }

    /// Where the tables are.
    pub fn target(&self) -> Result<Target, SettingsFault> {
        if let Some(path) = self.database.strip_prefix("sqlite:") {
            return Ok(Target::Sqlite(PathBuf::from(path)));
        }
        if self.database.starts_with("postgres://") || self.database.starts_with("postgresql://") {
            return Ok(Target::Postgres(self.database.clone()));
        }
        Err(SettingsFault::Database)
    }

    pub(crate) fn systems_anchor(&self) -> PathBuf {
        if let Some(given) = self.api.as_ref().and_then(|api| api.client_anchor.clone()) {
            return given;
        }
        let beside = self.database.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent());
        beside.unwrap_or(Path::new("data/municipality")).join(format!("{}-systems-ca.pem", self.org))
    }

    pub(crate) fn identity(&self) -> PathBuf {
        self.party.identity.clone().unwrap_or_else(|| Path::new("data/orgs").join(self.org.as_str()))
    }

    pub(crate) fn anchor(&self) -> PathBuf {
        self.party.anchor.clone().unwrap_or_else(|| PathBuf::from("data/pki/org-ca.pem"))
    }

    pub(crate) fn directory(&self) -> PathBuf {
        self.party.directory.clone().unwrap_or_else(|| PathBuf::from("data/parties.toml"))
    }
}
