//! Two municipalities that send notices, each with a program, a database and a settings file of its own.

use super::places::Places;
use crate::failure::Failure;
use serde::Serialize;
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// One of the institutions.
struct Known {
    org: &'static str,
    /// In words.
    name: &'static str,
    /// In host names.
    host: &'static str,
    /// The program in this group.
    program: &'static str,
}

const SENDERS: [Known; 2] = [
    Known { org: "141003", name: "横浜市", host: "yokohama", program: "sender-yokohama" },
    Known { org: "062049", name: "酒田市", host: "sakata", program: "sender-sakata" },
];

/// One of them at its place.
pub(super) struct SenderPlace {
    pub(super) name: &'static str,
    pub(super) program: &'static str,
    pub(super) settings: PathBuf,
    pub(super) admin: SocketAddr,
    /// The officers' console, as browsers see it.
    pub(super) console: String,
    /// The API for the institution's own systems.
    pub(super) api: SocketAddr,
}

/// As the program reads it.
#[derive(Serialize)]
struct Settings {
    org: &'static str,
    database: String,
    admin: SocketAddr,
    party: Party,
    api: Api,
    console: Console,
}

#[derive(Serialize)]
struct Api {
    listen: SocketAddr,
}

#[derive(Serialize)]
struct Console {
    listen: SocketAddr,
    origin: String,
    name: &'static str,
    segments: Vec<Segment>,
}

/// People whom the institution's own books name.
#[derive(Serialize)]
struct Segment {
    name: &'static str,
    label: &'static str,
    command: Vec<String>,
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
    (0u16..).zip(SENDERS).map(|(nth, known)| prepare_one(places, &folder, &known, nth)).collect()
}

fn prepare_one(places: &Places, folder: &Path, known: &Known, nth: u16) -> Result<SenderPlace, Failure> {
    let Known { org, name, host, program } = *known;
    let local = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, places.shifted(port + nth)));
    let (admin, api, listen) = (local(8082), local(9310), local(9296));
    let origin = format!("http://notices.{host}.localhost:{}", listen.port());
    let settings = Settings {
        org,
        database: format!("sqlite:{}", folder.join(format!("{org}.sqlite")).display()),
        admin,
        party: Party {
            identity: places.data.join("orgs").join(org),
            anchor: places.data.join("pki/org-ca.pem"),
            directory: places.data.join("parties.toml"),
        },
        api: Api { listen: api },
        console: Console { listen, origin: origin.clone(), name, segments: segments(places, org) },
    };
    let path = folder.join(format!("{org}.toml"));
    let text = toml::to_string(&settings).map_err(|error| Failure::Said(format!("{org}.toml: {error}")))?;
    fs::write(&path, text).map_err(Failure::at(&path))?;
    Ok(SenderPlace { name, program, settings: path, admin, console: origin, api })
}

fn segments(places: &Places, org: &str) -> Vec<Segment> {
    let command = |narrower: &[&str]| {
        let linkage = places.programs.join("linkage").display().to_string();
        let data = places.data.display().to_string();
        let words = [&linkage, "recipients", "--data", &data, org];
        words.iter().chain(narrower).map(|word| (*word).to_owned()).collect()
    };
    vec![
        Segment { name: "all", label: "台帳にいる方すべて", command: command(&[]) },
        Segment {
            name: "old",
            label: "1961年4月1日までに生まれた方",
            command: command(&["--born-until", "1961-04-01"]),
        },
        Segment {
            name: "young",
            label: "2008年4月2日からあとに生まれた方",
            command: command(&["--born-from", "2008-04-02"]),
        },
    ]
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
        let consoles: Vec<&str> = senders.iter().map(|sender| sender.console.as_str()).collect();
        assert_eq!(consoles, ["http://notices.yokohama.localhost:9396", "http://notices.sakata.localhost:9397"]);
        let text = fs::read_to_string(&senders.first().unwrap().settings).unwrap();
        assert!(text.contains("org = \"141003\"") && text.contains("orgs/141003"), "{text}");
    }
}
