//! Where each party listens: `parties.toml`.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use domain::OrgCode;

/// Addresses of all parties. No trust rests on it: who answers there must show that party's certificate.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// The mTLS listener of each party.
    pub parties: BTreeMap<OrgCode, SocketAddr>,
    /// Plain HTTP of JPKI.
    pub jpki: JpkiHttp,
}

/// Where CRL and OCSP are answered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JpkiHttp {
    /// Base address, `http://host:port`, no slash at the end.
    pub http: String,
}

/// The directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// Not there, or not readable.
    #[error("cannot read {path}; `linkage world` creates it")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not the expected TOML.
    #[error("{path} is not a directory of parties")]
    Form {
        /// Which file.
        path: PathBuf,
        /// Why, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// The address of JPKI's plain HTTP is no `http://IP:port`.
    #[error("jpki.http must be http:// followed by an IP address and a port")]
    JpkiHttp,
}

impl Directory {
    /// Reads `parties.toml`.
    pub fn read(path: &Path) -> Result<Self, DirectoryError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| DirectoryError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| DirectoryError::Form { path: path.to_owned(), source: Box::new(source) })
    }

    /// The file's text.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// Where a party listens.
    pub fn address(&self, org: &OrgCode) -> Option<SocketAddr> {
        self.parties.get(org).copied()
    }

    /// Where JPKI listens for plain HTTP.
    pub fn jpki_http_address(&self) -> Result<SocketAddr, DirectoryError> {
        self.jpki.http.strip_prefix("http://").and_then(|rest| rest.parse().ok()).ok_or(DirectoryError::JpkiHttp)
    }

    /// The host name in a party's TLS certificate.
    pub fn host(org: &OrgCode) -> String {
        format!("{}.party", org.as_str().to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[parties]\n141003 = \"127.0.0.1:9115\"\nCORE = \"127.0.0.1:9101\"\n\n[jpki]\nhttp = \"http://127.0.0.1:9190\"\n";

    #[test]
    fn a_directory_reads_back_what_it_wrote() {
        let directory: Directory = toml::from_str(TEXT).unwrap();
        let again: Directory = toml::from_str(&directory.to_toml().unwrap()).unwrap();
        assert_eq!(again, directory);
        assert_eq!(directory.jpki_http_address().unwrap().to_string(), "127.0.0.1:9190");
    }

    #[test]
    fn a_misspelt_section_is_named() {
        let error = toml::from_str::<Directory>(&TEXT.replace("[jpki]", "[jpkii]")).unwrap_err();
        assert!(error.to_string().contains("jpki"), "{error}");
    }

    #[test]
    fn a_host_is_the_code_in_small_letters() {
        assert_eq!(Directory::host(&crate::party::JLIS), "jlis.party");
    }
}
