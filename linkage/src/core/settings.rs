//! What the core's operator decides: `linkage/core.toml` in the data directory. Without the file everything is as by
//! default.

use std::{
    num::NonZeroU32,
    path::{Path, PathBuf},
};

/// All settings of the core. Unknown keys are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CoreSettings {
    /// `[retention]`
    pub retention: Retention,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Days that an access record is kept and shown (P-LOG-14). Without it records are kept for ever: they are their
    /// people's, and no law that the demo knows lets the core take them away.
    pub access_record_days: Option<NonZeroU32>,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CoreSettingsError {
    /// Not readable.
    #[error("cannot read {}", .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not the expected TOML.
    #[error("{} does not hold settings of the core", .path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// Why, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
}

impl CoreSettings {
    /// Reads the file, if there is one.
    pub fn read(path: &Path) -> Result<Self, CoreSettingsError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|source| CoreSettingsError::Form { path: path.to_owned(), source: Box::new(source) }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(CoreSettingsError::Read { path: path.to_owned(), source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<CoreSettings, CoreSettingsError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("core.toml");
        std::fs::write(&path, text).unwrap();
        CoreSettings::read(&path)
    }

    #[test]
    fn records_are_kept_for_ever_unless_somebody_says_otherwise() {
        assert_eq!(CoreSettings::read(Path::new("/nowhere/core.toml")).unwrap(), CoreSettings::default());
        assert_eq!(read("").unwrap().retention.access_record_days, None);
        let days = read("[retention]\naccess_record_days = 2555\n").unwrap().retention.access_record_days;
        assert_eq!(days, NonZeroU32::new(2555));
    }

    #[test]
    fn no_days_and_misspelt_keys_are_refused() {
        for wrong in ["[retention]\naccess_record_days = 0", "[retention]\naccess_records_days = 1", "days = 1"] {
            assert!(matches!(read(wrong), Err(CoreSettingsError::Form { .. })), "{wrong}");
        }
    }
}
