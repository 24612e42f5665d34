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
