//! What the portal is told: a TOML file, overridden by the environment (`MY_PORTAL__SECTION__KEY`).

mod check;
mod contact;
mod keys;
mod log;
mod mail;
mod pdf;
mod push;
mod retention;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use check::{FileFault, SettingsFault};
pub use contact::{NoContact, NotOneLine, PeoplesContact, SecurityContact};
pub use keys::KeyDatabaseFault;
pub use log::{LogKeyFault, LogSettings};
pub use mail::{MailFault, MailSettings};
pub use pdf::PdfSettings;
pub use push::{AlertSettings, PushFault, PushSettings};
pub use retention::RetentionSettings;

/// All settings. Unknown keys are refused; paths are relative to the working directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where people's browsers connect.
    pub listen: SocketAddr,
    /// `/livez`, `/readyz`, `/metrics`; never public.
    pub admin: SocketAddr,
    /// The origin as browsers see it; cards sign it.
    pub origin: String,
    /// The card reader's origin, on the citizen's own machine.
    pub reader_origin: String,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Where the folders' own keys are; as `database`, and another one. Without it `keys.sqlite` beside a database of
    /// SQLite; PostgreSQL needs it said.
    pub key_database: Option<String>,
    /// Built assets (`xtask bundle`).
    pub site: PathBuf,
    /// The footer says that people are invented and no institution is connected.
    pub demo: bool,
    /// Where to report a weakness, in `security.txt`; without it that file leads to the policy in `SECURITY.md`.
    pub security_contact: Option<SecurityContact>,
    /// Where citizens ask, as the help page says it; without it the page says that there is none.
    pub contact: Option<PeoplesContact>,
    /// TLS for people's browsers; without it the portal must stand behind something that does TLS, or be `localhost`.
    pub tls: Option<TlsSettings>,
    /// The portal as party P.
    pub party: PartySettings,
    /// Whose cards.
    pub jpki: JpkiSettings,
    /// Own information while a session lasts.
    pub own_information: OwnInformationSettings,
    /// The portal's own log.
    pub log: LogSettings,
    /// What makes PDFs.
    pub pdf: PdfSettings,
    /// Mail: 「新しいお知らせがあります」.
    pub mail: MailSettings,
    /// Web Push: the same.
    pub push: PushSettings,
    /// How often.
    pub alerts: AlertSettings,
    /// Limits.
    pub limits: LimitSettings,
    /// How long what may not be used any more is kept.
    pub retention: RetentionSettings,
}

/// Certificate and key files, PEM.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    /// Chain, leaf first.
    pub certificate: PathBuf,
    /// PKCS#8.
    pub key: PathBuf,
}

/// The portal among the parties.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartySettings {
    /// `tls.pem`, `tls.key`: who the portal is. `seal.…`: what institutions seal to; `sign.…`: with what it signs reports.
    pub identity: PathBuf,
    /// The organisations' CA.
    pub anchor: PathBuf,
    /// Addresses of all parties, the portal's own listener included.
    pub directory: PathBuf,
}

/// Which cards are believed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JpkiSettings {
    /// CA of signature certificates, PEM.
    pub signature_anchor: PathBuf,
    /// CA of authentication certificates, PEM.
    pub authentication_anchor: PathBuf,
    /// How revocation is checked.
    pub revocation: Revocation,
}

/// How revocation is checked. Either way: unreachable means refused.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Revocation {
    /// Asked for each certificate.
    Ocsp,
    /// Lists fetched from time to time and indexed.
    Crl,
}

/// Own information while a session lasts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnInformationSettings {
    /// The portal's part of every key under which own information is held: 32 bytes or more that nobody can guess, best
    /// as `secret_file`. Without it the portal does not start.
    pub secret: Option<runtime::settings::Secret>,
}

impl OwnInformationSettings {
    pub(crate) fn holding_secret(&self) -> Result<portal::HoldingSecret, SettingsFault> {
        let fault = || SettingsFault::Secret { key: "own_information.secret" };
        let secret = self.secret.as_ref().ok_or_else(fault)?;
        portal::HoldingSecret::new(secret.expose().as_bytes().to_vec().into()).map_err(|_| fault())
    }
}

/// Limits against floods.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Card steps (starts and answers) that one client may make a minute.
    pub card_steps_per_client_per_minute: NonZeroU32,
    /// Requests that one client may make a second, averaged.
    pub requests_per_client_per_second: NonZeroU32,
    /// Answers that one card may give a minute.
    pub answers_per_card_per_minute: NonZeroU32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            admin: SocketAddr::from(([127, 0, 0, 1], 8081)),
            origin: "http://localhost:8080".to_owned(),
            reader_origin: "http://127.0.0.1:8790".to_owned(),
            database: "sqlite:data/portal/portal.sqlite".to_owned(),
            key_database: None,
            site: PathBuf::from("site"),
            demo: false,
            security_contact: None,
            contact: None,
            tls: None,
            party: PartySettings::default(),
            jpki: JpkiSettings::default(),
            own_information: OwnInformationSettings::default(),
            log: LogSettings::default(),
            pdf: PdfSettings::default(),
            mail: MailSettings::default(),
            push: PushSettings::default(),
            alerts: AlertSettings::default(),
            limits: LimitSettings::default(),
            retention: RetentionSettings::default(),
        }
    }
}

impl Default for PartySettings {
    fn default() -> Self {
        Self {
            identity: PathBuf::from("data/orgs/PORTAL"),
            anchor: PathBuf::from("data/pki/org-ca.pem"),
            directory: PathBuf::from("data/parties.toml"),
        }
    }
}

impl Default for JpkiSettings {
    fn default() -> Self {
        Self {
            signature_anchor: PathBuf::from("data/pki/jpki-signature-ca.pem"),
            authentication_anchor: PathBuf::from("data/pki/jpki-authentication-ca.pem"),
            revocation: Revocation::Ocsp,
        }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            card_steps_per_client_per_minute: number(60),
            requests_per_client_per_second: number(50),
            answers_per_card_per_minute: number(20),
        }
    }
}

impl Settings {
    /// Reads and checks; a missing secret or a typo refuses the start.
    pub fn load(file: Option<&Path>) -> Result<Self, runtime::settings::SettingsError> {
        runtime::settings::load(file, "MY_PORTAL")
    }

    /// Where the tables are.
    pub fn target(&self) -> Result<portal::Target, SettingsFault> {
        engine(&self.database).ok_or(SettingsFault::Database)
    }

    /// Where the folders' own keys are.
    pub fn key_target(&self) -> Result<portal::Target, SettingsFault> {
        keys::target(&self.target()?, self.key_database.as_deref()).map_err(SettingsFault::KeyDatabase)
    }
}

/// `sqlite:PATH` or `postgres://…`.
fn engine(database: &str) -> Option<portal::Target> {
    if let Some(path) = database.strip_prefix("sqlite:") {
        return Some(portal::Target::Sqlite(PathBuf::from(path)));
    }
    let postgres = database.starts_with("postgres://") || database.starts_with("postgresql://");
    postgres.then(|| portal::Target::Postgres(database.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_one_of_two() {
        let with = |database: &str| Settings { database: database.to_owned(), ..Settings::default() }.target();
        assert!(matches!(with("sqlite:x.sqlite"), Ok(portal::Target::Sqlite(_))));
        assert!(matches!(with("postgres://localhost/p"), Ok(portal::Target::Postgres(_))));
        assert!(matches!(with("mysql://x"), Err(SettingsFault::Database)));
    }
}
