//! Two municipalities that send notices, each with a program, a database and a settings file of its own.

use super::places::Places;
use crate::failure::Failure;
use serde::Serialize;
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// Code, name of the program in this group, and its place among the ports.
const SENDERS: [(&str, &str, u16); 2] = [("141003", "sender-yokohama", 0), ("062049", "sender-sakata", 1)];

/// One of them.
pub(super) struct SenderPlace {
    pub(super) name: &'static str,
    pub(super) settings: PathBuf,
    pub(super) admin: SocketAddr,
}

/// As the program reads it.
#[derive(Serialize)]
struct Settings {
    org: &'static str,
    database: String,
    admin: SocketAddr,
    party: Party,
}

#[derive(Serialize)]
struct Party {
    identity: PathBuf,
    anchor: PathBuf,
    directory: PathBuf,
}

/// Writes their settings, anew at every start: the ports may be others.
pub(super) fn prepare(places: &Places) -> Result<Vec<SenderPlace>, Failure> {
    let folder = places.data.join("municipality");
    fs::create_dir_all(&folder).map_err(Failure::at(&folder))?;
    let prepare = |(org, name, nth): (&'static str, &'static str, u16)| {
        let admin = SocketAddr::from((Ipv4Addr::LOCALHOST, places.shifted(8082 + nth)));
        let settings = Settings {
            org,
            database: format!("sqlite:{}", folder.join(format!("{org}.sqlite")).display()),
            admin,
            party: Party {
                identity: places.data.join("orgs").join(org),
                anchor: places.data.join("pki/org-ca.pem"),
                directory: places.data.join("parties.toml"),
            },
        };
        let path = folder.join(format!("{org}.toml"));
        let text = toml::to_string(&settings).map_err(|error| Failure::Said(format!("{org}.toml: {error}")))?;
        fs::write(&path, text).map_err(Failure::at(&path))?;
        Ok(SenderPlace { name, settings: path, admin })
    };
    SENDERS.into_iter().map(prepare).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::places::tests::places, *};

    #[test]
    fn each_sender_has_settings_and_ports_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { data: folder.path().to_owned(), ..places(None, 100) };
        let senders = prepare(&places).unwrap();
        let ports: Vec<u16> = senders.iter().map(|sender| sender.admin.port()).collect();
        assert_eq!(ports, [8182, 8183]);
        let text = fs::read_to_string(&senders.first().unwrap().settings).unwrap();
        assert!(text.contains("org = \"141003\"") && text.contains("orgs/141003"), "{text}");
    }
}
