//! The portal's own log: its name, and the key that signs its heads.

use runtime::settings::Secret;
use serde::Deserialize;
use tlog::{KeyError, NoteSigner};

use super::SettingsFault;

/// The portal's own append-only log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    /// The log's origin line: where the portal is, without scheme, and a word. It never changes; another name is another
    /// log.
    pub name: String,
    /// The key that signs the log's heads, as `my-portal log-key --new NAME FILE` makes it, best as `key_file`. Without
    /// it the portal does not start.
    pub key: Option<Secret>,
}

/// What is wrong with the log's key. Never the key.
#[derive(Debug, thiserror::Error)]
pub enum LogKeyFault {
    /// Not given.
    #[error("it is missing; `my-portal log-key --new NAME FILE` makes one, and log.key_file says where it is")]
    Missing,
    /// Not a signer.
    #[error("it is no key such as `my-portal log-key --new NAME FILE` makes")]
    Malformed(#[from] KeyError),
    /// A signer of another name.
    #[error("it is the key of {found:?}, and log.name is {name:?}")]
    OtherName {
        /// Its own name.
        found: String,
        /// The setting.
        name: String,
    },
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { name: "localhost/my-portal".to_owned(), key: None }
    }
}

impl LogSettings {
    /// Who signs the log's heads.
    pub(crate) fn signer(&self) -> Result<NoteSigner, SettingsFault> {
        self.read().map_err(SettingsFault::LogKey)
    }

    fn read(&self) -> Result<NoteSigner, LogKeyFault> {
        let text = self.key.as_ref().ok_or(LogKeyFault::Missing)?.expose();
        let signer: NoteSigner = text.parse()?;
        let found = signer.key().name();
        if found == self.name {
            Ok(signer)
        } else {
            Err(LogKeyFault::OtherName { found: found.to_owned(), name: self.name.clone() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, key: Option<&str>) -> Result<NoteSigner, LogKeyFault> {
        let text = key.map(|key| format!("key = {key:?}\n")).unwrap_or_default();
        toml::from_str::<LogSettings>(&format!("{text}name = {name:?}")).unwrap().read()
    }

    #[test]
    fn a_log_is_signed_by_the_key_of_its_name() {
        let signer = NoteSigner::new("portal.example/log", &[7; 32]).unwrap();
        let text = signer.to_secret_text();
        assert_eq!(with("portal.example/log", Some(&text)).unwrap().key(), signer.key());
        assert!(matches!(with("localhost/my-portal", Some(&text)), Err(LogKeyFault::OtherName { .. })));
        assert!(matches!(with("portal.example/log", None), Err(LogKeyFault::Missing)));
        let public = signer.key().to_string();
        assert!(matches!(with("portal.example/log", Some(&public)), Err(LogKeyFault::Malformed(_))));
    }
}
