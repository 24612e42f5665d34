//! What the portal is told: a settings file beside its database, so that whoever runs `my-portal backup`, `log-key` or
//! `check-config` by hand can name it, too.

use super::{host::Certificate, places::Places, secrets};
use crate::failure::Failure;
use serde::Serialize;
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// As the program reads it; what stands nowhere here is as the program has it by itself.
#[derive(Serialize)]
struct Settings<'a> {
    listen: SocketAddr,
    admin: SocketAddr,
    origin: String,
    reader_origin: String,
    database: String,
    site: &'a Path,
    demo: bool,
    own_information: OwnInformation,
    log: KeyFile,
    push: Push,
    mail: Mail,
    party: Party,
    jpki: Jpki,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<Tls<'a>>,
}

#[derive(Serialize)]
struct OwnInformation {
    secret_file: PathBuf,
}

#[derive(Serialize)]
struct KeyFile {
    key_file: PathBuf,
}

#[derive(Serialize)]
struct Push {
    key_file: PathBuf,
    contact: &'static str,
}

#[derive(Serialize)]
struct Mail {
    folder: PathBuf,
    sender: &'static str,
}

#[derive(Serialize)]
struct Party {
    identity: PathBuf,
    anchor: PathBuf,
    directory: PathBuf,
}

#[derive(Serialize)]
struct Jpki {
    signature_anchor: PathBuf,
    authentication_anchor: PathBuf,
}

#[derive(Serialize)]
struct Tls<'a> {
    certificate: &'a Path,
    key: &'a Path,
}

/// Where the portal says whether it is ready.
pub(super) fn admin(places: &Places) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, places.admin_port()))
}

/// Makes the portal's secrets where they are missing and writes its settings, anew at every start: the ports may be others.
pub(super) fn prepare(places: &Places, tls: Option<&Certificate>) -> Result<PathBuf, Failure> {
    let ip = if places.host.is_some() { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let pki = places.data.join("pki");
    let settings = Settings {
        listen: SocketAddr::from((ip, places.portal_port())),
        admin: admin(places),
        origin: places.origin(),
        reader_origin: places.reader_origin(),
        database: format!("sqlite:{}", places.data.join("portal/portal.sqlite").display()),
        site: &places.site,
        demo: true,
        own_information: OwnInformation { secret_file: secrets::holding(&places.data)? },
        log: KeyFile { key_file: secrets::log_key(places)? },
        push: Push { key_file: secrets::push_key(places)?, contact: "mailto:portal@portal.example" },
        mail: Mail { folder: places.mail(), sender: "noreply@portal.example" },
        party: Party {
            identity: places.data.join("orgs/PORTAL"),
            anchor: pki.join("org-ca.pem"),
            directory: places.data.join("parties.toml"),
        },
        jpki: Jpki {
            signature_anchor: pki.join("jpki-signature-ca.pem"),
            authentication_anchor: pki.join("jpki-authentication-ca.pem"),
        },
        tls: tls.map(|tls| Tls { certificate: &tls.chain, key: &tls.key }),
    };
    let path = places.data.join("portal/portal.toml");
    let text = toml::to_string(&settings).map_err(|error| Failure::Said(format!("portal.toml: {error}")))?;
    fs::write(&path, text).map_err(Failure::at(&path))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{super::places::tests::places, *};
    use std::os::unix::fs::PermissionsExt as _;

    fn written(host: Option<&str>, tls: Option<&Certificate>) -> toml::Table {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("my-portal");
        fs::write(&program, "#!/bin/sh\nexit 0\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let places = Places { data: folder.path().to_owned(), programs: folder.path().to_owned(), ..places(host, 100) };
        fs::read_to_string(prepare(&places, tls).unwrap()).unwrap().parse().unwrap()
    }

    fn text<'a>(settings: &'a toml::Table, section: &str, key: &str) -> &'a str {
        settings.get(section).and_then(|table| table.get(key)).and_then(toml::Value::as_str).unwrap()
    }

    #[test]
    fn the_settings_name_what_a_command_by_hand_needs() {
        let settings = written(None, None);
        assert_eq!(settings.get("listen").and_then(toml::Value::as_str), Some("127.0.0.1:8180"));
        assert!(settings.get("database").and_then(toml::Value::as_str).unwrap().ends_with("portal/portal.sqlite"));
        assert!(text(&settings, "log", "key_file").ends_with("portal/log.key"));
        assert!(text(&settings, "own_information", "secret_file").ends_with("portal/holding.secret"));
        assert!(!settings.contains_key("tls"));
    }

    #[test]
    fn under_a_named_host_other_devices_reach_it_by_tls() {
        let file = |name: &str| PathBuf::from(name);
        let tls = Certificate { chain: file("chain.pem"), key: file("key.pem"), authority: file("ca.pem") };
        let settings = written(Some("portal.test"), Some(&tls));
        assert_eq!(settings.get("listen").and_then(toml::Value::as_str), Some("0.0.0.0:8543"));
        assert_eq!(settings.get("origin").and_then(toml::Value::as_str), Some("https://portal.test:8543"));
        assert_eq!(text(&settings, "tls", "certificate"), "chain.pem");
    }
}
