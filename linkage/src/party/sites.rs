//! Where institutions have sites of their own for people with browsers: `sites.toml`. Other parties never look there.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use domain::OrgCode;

/// The site of each institution that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Sites(pub BTreeMap<OrgCode, SiteAddress>);

/// Where a site is, and where people's card readers are.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteAddress {
    /// Where it listens.
    pub listen: SocketAddr,
    /// As browsers write it: `http://jasso.localhost:9195`. What cards sign names it.
    pub origin: String,
    /// The card reader, as browsers reach it: `http://127.0.0.1:8790`.
    pub reader: String,
    /// Certificate and key, where the site itself speaks TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<SiteTls>,
}

/// PEM files; a relative path begins at the data directory.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteTls {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The leaf's key, PKCS#8.
    pub key: PathBuf,
}

/// `sites.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SitesError {
    /// Not readable.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not the expected TOML.
    #[error("{path} does not say where sites are")]
    Form {
        /// Which file.
        path: PathBuf,
        /// Why, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// An address that no browser would write.
    #[error(
        "{address} (of {org}) is no origin: http://host or https://host, with the port unless it is the scheme's own, \
         in small letters, without a slash at the end"
    )]
    Origin {
        /// Whose.
        org: OrgCode,
        /// What was written.
        address: String,
    },
    /// TLS and no `https`.
    #[error("{0} has a certificate, so its origin begins with https://")]
    PlainOrigin(OrgCode),
}

impl Sites {
    /// Reads `sites.toml`; a world without it has no sites.
    pub fn read(path: &Path) -> Result<Self, SitesError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(SitesError::Read { path: path.to_owned(), source }),
        };
        let sites: Self = toml::from_str(&text)
            .map_err(|source| SitesError::Form { path: path.to_owned(), source: Box::new(source) })?;
        sites.check()
    }

    fn check(self) -> Result<Self, SitesError> {
        for (org, site) in &self.0 {
            for address in [&site.origin, &site.reader] {
                if !is_origin(address) {
                    return Err(SitesError::Origin { org: org.clone(), address: address.clone() });
                }
            }
            if site.tls.is_some() && !site.origin.starts_with("https://") {
                return Err(SitesError::PlainOrigin(org.clone()));
            }
        }
        Ok(self)
    }

    /// The file's text.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }
}

impl SiteAddress {
    /// What `Host` must say.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }
}

/// Only what a browser itself would write.
fn is_origin(text: &str) -> bool {
    // It stands in a Content-Security-Policy, where a `;` or a space would begin something else.
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-[]:/".contains(&b);
    let written =
        |url: reqwest::Url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text;
    text.bytes().all(plain) && reqwest::Url::parse(text).is_ok_and(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sites, SitesError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sites.toml");
        std::fs::write(&path, text).unwrap();
        Sites::read(&path)
    }

    const JASSO: &str = "[JASSO]\nlisten = \"127.0.0.1:9195\"\norigin = \"http://jasso.localhost:9195\"\nreader = \"http://127.0.0.1:8790\"\n";

    #[test]
    fn sites_read_back_what_they_wrote() {
        let sites = read(JASSO).unwrap();
        assert_eq!(read(&sites.to_toml().unwrap()).unwrap(), sites);
        assert_eq!(sites.0.values().next().unwrap().host(), "jasso.localhost:9195");
    }

    #[test]
    fn a_world_without_the_file_has_no_sites() {
        assert_eq!(Sites::read(Path::new("/nowhere/sites.toml")).unwrap(), Sites::default());
    }

    #[test]
    fn an_address_that_no_browser_writes_is_named() {
        for wrong in [
            "http://jasso.localhost:9195/",
            "http://JASSO.localhost:9195",
            "jasso.localhost:9195",
            "http://jasso.localhost:80",
            "ftp://jasso.localhost",
            "http://a;b:1",
            "null",
            "",
        ] {
            let error = read(&JASSO.replace("http://jasso.localhost:9195", wrong)).unwrap_err();
            assert!(error.to_string().contains(&format!("{wrong} (of JASSO)")), "{error}");
        }
    }

    #[test]
    fn a_misspelt_key_is_named_and_a_certificate_needs_https() {
        let error = crate::party::chain(&read(&JASSO.replace("reader", "raeder")).unwrap_err());
        assert!(error.contains("raeder"), "{error}");
        let tls = "\n[JASSO.tls]\ncertificate = \"a.pem\"\nkey = \"a.key\"\n";
        assert!(matches!(read(&format!("{JASSO}{tls}")), Err(SitesError::PlainOrigin(_))));
        assert!(read(&format!("{}{tls}", JASSO.replace("http://jasso", "https://jasso"))).is_ok());
    }
}
