//! Settings file (TOML), environment (`CARD_READER__…`) and command line, in rising order.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::OrgCode;
use runtime::settings::SettingsError;

use super::Own;
use crate::reader::{AllowList, Portal, PortalError, ReaderConfig};

const ANSWER_PATH: &str = "/card/answer";
/// Who may ask in the demo: the portal, and the site on which a person binds a code by card (B-ID-6).
const DEMO: [&str; 2] = ["http://localhost:8080=/card/answer", "http://jasso.localhost:9195=/card-bindings/answer"];

/// As in the file. `allow` is a list of `ORIGIN=PATH`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    allow: Vec<String>,
    portal_ca: Option<PathBuf>,
    without_pin: Option<OrgCode>,
    issuer: Option<PathBuf>,
}

/// All that a reader has to know.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) data: PathBuf,
    pub(super) listen: SocketAddr,
    pub(super) issuer: Option<PathBuf>,
    allow: Vec<Portal>,
    portal_ca: Option<PathBuf>,
    without_pin: Option<OrgCode>,
}

/// The settings make no sense.
#[derive(Debug, thiserror::Error)]
pub(super) enum Wrong {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("`{entry}` is no portal that may ask")]
    Portal { entry: String, source: PortalError },
}

impl Settings {
    pub(super) fn load(file: Option<&Path>, own: Own) -> Result<Self, Wrong> {
        Self::merged(runtime::settings::load(file, "CARD_READER")?, own)
    }

    fn merged(file: File, own: Own) -> Result<Self, Wrong> {
        let origins = own.origin.iter().map(|origin| format!("{origin}={ANSWER_PATH}"));
        let mut allow = own.allow;
        for entry in origins {
            allow.push(portal(&entry)?);
        }
        if allow.is_empty() {
            allow = file.allow.iter().map(|entry| portal(entry)).collect::<Result<_, _>>()?;
        }
        if allow.is_empty() {
            allow = DEMO.into_iter().map(portal).collect::<Result<_, _>>()?;
        }
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8790));
        Ok(Self {
            data: own.data.or(file.data).unwrap_or_else(|| PathBuf::from("data")),
            listen: own.listen.or(file.listen).unwrap_or(listen),
            issuer: own.issuer.or(file.issuer),
            allow,
            portal_ca: own.portal_ca.or(file.portal_ca),
            without_pin: own.without_pin.or(file.without_pin),
        })
    }

    pub(super) fn reader(self) -> ReaderConfig {
        ReaderConfig {
            data: self.data,
            allow: self.allow.into_iter().collect::<AllowList>(),
            portal_anchors: self.portal_ca,
            without_pin: self.without_pin,
        }
    }
}

fn portal(entry: &str) -> Result<Portal, Wrong> {
    entry.parse().map_err(|source| Wrong::Portal { entry: entry.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(settings: &Settings) -> Vec<String> {
        settings.allow.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_demo_s_portal_and_site_may_ask_unless_told_otherwise() {
        let settings = Settings::merged(File::default(), Own::default()).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8790");
        assert_eq!(origins(&settings), DEMO);
    }

    #[test]
    fn the_command_line_goes_before_the_file() {
        let file = File { allow: vec!["http://a=/x".into()], data: Some("f".into()), ..File::default() };
        let own = Own { origin: vec!["http://b".into()], data: Some("o".into()), ..Own::default() };
        let settings = Settings::merged(file, own).unwrap();
        assert_eq!(settings.data, PathBuf::from("o"));
        assert_eq!(origins(&settings), ["http://b=/card/answer"]);
    }

    #[test]
    fn a_wrong_portal_is_named() {
        let file = File { allow: vec!["http://a/=/x".into()], ..File::default() };
        let wrong = Settings::merged(file, Own::default()).unwrap_err();
        assert!(wrong.to_string().contains("`http://a/=/x`"));
    }

    #[test]
    fn a_key_with_a_typo_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reader.toml");
        std::fs::write(&path, "alow = [\"http://a=/x\"]\n").unwrap();
        let wrong = Settings::load(Some(&path), Own::default()).unwrap_err();
        assert!(wrong.to_string().contains("alow"), "{wrong}");
    }
}
