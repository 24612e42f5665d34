//! What reading cannot tell: whether the values can be, and whether the files that they name are what they must be.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runtime::Clock;
use runtime::tls::{self, PemError};

use super::{KeyDatabaseFault, LogKeyFault, MailFault, PushFault, Settings};
use crate::routes::{Manifest, ManifestError};

/// A setting that reads but cannot be.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// Not `scheme://host[:port]` in lower case.
    #[error("{key} = {value:?} is not an origin such as https://portal.example")]
    Origin {
        /// Which key
        key: &'static str,
        /// Its value
        value: String,
    },
    /// Plain HTTP to anything but this machine: cookies and cards need TLS.
    #[error("{key} = {value:?} has no TLS; only localhost and 127.0.0.1 may do without")]
    Plain {
        /// Which key
        key: &'static str,
        /// Its value
        value: String,
    },
    /// Neither `sqlite:` nor `postgres:`.
    #[error("database is neither sqlite:PATH nor postgres://…")]
    Database,
    /// The folders' keys have no place of their own.
    #[error("key_database cannot be used")]
    KeyDatabase(#[source] KeyDatabaseFault),
    /// A secret that is not there, or so short that it can be guessed.
    #[error("{key} is missing or has fewer than 32 bytes; `openssl rand -hex 32` writes one")]
    Secret {
        /// Which key
        key: &'static str,
    },
    /// The log's key is missing, or is not its key.
    #[error("log.key cannot be used")]
    LogKey(#[source] LogKeyFault),
    /// Mail cannot go out as configured.
    #[error("mail cannot go out as configured")]
    Mail(#[source] MailFault),
    /// Browsers cannot be told as configured.
    #[error("browsers cannot be told as configured")]
    Push(#[source] PushFault),
    /// A file that is not there, cannot be read, or is not what it must be.
    #[error("{key} cannot be used")]
    File {
        /// Which key
        key: &'static str,
        /// Which file, and what is wrong with it
        #[source]
        fault: FileFault,
    },
}

/// What is wrong with a file that a setting names. Never its content.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Not there, or not readable.
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    /// No certificate or no key.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// Key and certificate are no pair.
    #[error("certificate and key cannot be used together")]
    Pair(#[from] tls::TlsError),
    /// No certificate or key to which institutions seal, or with which the portal signs.
    #[error("{} holds nothing to seal or sign with", .0.display())]
    Identity(PathBuf),
    /// No authority of cards.
    #[error("{} holds no authority", .0.display())]
    Authority(PathBuf),
    /// Not TOML of the expected form, or a party is missing.
    #[error("{} is not a directory of parties with an address for PORTAL", .0.display())]
    Directory(PathBuf),
    /// Not what this version's build writes.
    #[error(transparent)]
    Assets(#[from] ManifestError),
}

impl SettingsFault {
    /// Which setting.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Origin { key, .. } | Self::Plain { key, .. } | Self::Secret { key } | Self::File { key, .. } => key,
            Self::Database => "database",
            Self::KeyDatabase(_) => "key_database",
            Self::LogKey(_) => "log.key",
            Self::Mail(_) => "mail",
            Self::Push(fault) => fault.key(),
        }
    }
}

impl Settings {
    /// Every value can be, and every file that the start needs is there and is what it must be.
    pub fn check(&self, clock: &Arc<dyn Clock>) -> Result<(), SettingsFault> {
        origin("origin", &self.origin)?;
        origin("reader_origin", &self.reader_origin)?;
        self.target()?;
        self.key_target()?;
        self.own_information.holding_secret()?;
        self.log.signer()?;
        crate::alerts::means(self, clock)?;
        let named = |key, checked: Result<(), FileFault>| checked.map_err(|fault| SettingsFault::File { key, fault });
        let party = &self.party.identity;
        named("party.identity", pair(&party.join("tls.pem"), &party.join("tls.key"), clock))?;
        named("party.identity", usable(&party.join("seal.pem"), &party.join("seal.key")))?;
        named("party.identity", usable(&party.join("sign.pem"), &party.join("sign.key")))?;
        named("party.anchor", tls::anchors_from_pem_file(&self.party.anchor).map(drop).map_err(FileFault::from))?;
        named("party.directory", directory(&self.party.directory))?;
        named("jpki.signature_anchor", authority(&self.jpki.signature_anchor))?;
        named("jpki.authentication_anchor", authority(&self.jpki.authentication_anchor))?;
        named("site", Manifest::read(&self.site).map(drop).map_err(FileFault::from))?;
        match &self.tls {
            Some(files) => named("tls", pair(&files.certificate, &files.key, clock)),
            None => Ok(()),
        }
    }
}

fn pair(certificate: &Path, key: &Path, clock: &Arc<dyn Clock>) -> Result<(), FileFault> {
    let identity = tls::Identity::from_pem_files(certificate, key)?;
    tls::server_config(&identity, None, clock.clone())?;
    Ok(())
}

/// Institutions seal to it, or believe its signature; whether key and certificate fit shows the first use.
fn usable(certificate: &Path, key: &Path) -> Result<(), FileFault> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| FileFault::Read(path.to_owned(), error));
    let certificate_pem = read(certificate)?;
    let key_pem = zeroize::Zeroizing::new(read(key)?);
    if pki::Certificate::from_pem(&certificate_pem).is_err() {
        return Err(FileFault::Identity(certificate.to_owned()));
    }
    pki::SigningKey::from_pkcs8_pem(&key_pem).map(drop).map_err(|_| FileFault::Identity(key.to_owned()))
}

fn authority(path: &Path) -> Result<(), FileFault> {
    let text = std::fs::read_to_string(path).map_err(|error| FileFault::Read(path.to_owned(), error))?;
    let found = pki::Certificate::many_from_pem(&text).is_ok_and(|certificates| !certificates.is_empty());
    if found { Ok(()) } else { Err(FileFault::Authority(path.to_owned())) }
}

fn directory(path: &Path) -> Result<(), FileFault> {
    let text = std::fs::read_to_string(path).map_err(|error| FileFault::Read(path.to_owned(), error))?;
    let parties: Result<toml::Table, _> = text.parse();
    let portal = parties.ok().and_then(|table| {
        let address = table.get("parties")?.get(domain::OrgCode::PORTAL)?.as_str()?.parse::<SocketAddr>();
        address.ok()
    });
    portal.map(drop).ok_or_else(|| FileFault::Directory(path.to_owned()))
}

fn origin(key: &'static str, value: &str) -> Result<(), SettingsFault> {
    let fault = || SettingsFault::Origin { key, value: value.to_owned() };
    let uri: http::Uri = value.parse().map_err(|_| fault())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(fault()) };
    if format!("{scheme}://{authority}") != value || value.chars().any(|c| c.is_ascii_uppercase()) {
        return Err(fault());
    }
    let local = matches!(authority.host(), "localhost" | "127.0.0.1" | "[::1]");
    match scheme {
        "https" => Ok(()),
        "http" if local => Ok(()),
        "http" => Err(SettingsFault::Plain { key, value: value.to_owned() }),
        _ => Err(fault()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_exactly_what_browsers_send() {
        for good in ["http://localhost:8080", "https://portal.example", "http://127.0.0.1:1"] {
            assert!(origin("origin", good).is_ok(), "{good}");
        }
        for bad in ["localhost:8080", "https://portal.example/", "https://Portal.example", "ftp://x", ""] {
            assert!(matches!(origin("origin", bad), Err(SettingsFault::Origin { .. })), "{bad}");
        }
    }

    #[test]
    fn plain_http_leaves_this_machine_never() {
        assert!(matches!(origin("origin", "http://portal.example"), Err(SettingsFault::Plain { .. })));
    }
}
