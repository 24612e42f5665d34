//! Settings: a TOML file, overridden by the environment, parsed once at the start.
//!
//! A structure derives `Deserialize` and stays plain; nothing has to be annotated for the rules
//! that hold everywhere:
//!
//! - A key that no structure knows is an error that names the key, where it stands, and the keys
//!   that are known there.
//! - For every key `x`, `x_file` may stand instead: the value is then the content of that file
//!   without the line end (`PORTAL__SESSION__SECRET_FILE=/run/secrets/session`). Both at once is
//!   an error; so is a file that cannot be read.
//! - A missing key is an error unless the structure gives it a default. Secrets have none.
//!
//! What serde reads through a buffer (`flatten`, untagged and tagged enums) escapes these rules:
//! settings do without.

mod reader;
mod secret;

use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat};
use serde::de::DeserializeOwned;

use reader::Reader;

pub use reader::Fault;
pub use secret::Secret;

/// Why a program cannot start with these settings. Says what to change and where; never a value.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the settings file {}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the settings file {} is not TOML: {reason}", file.display())]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// Where and why.
        reason: String,
    },
    /// A key is unknown, missing, given twice, or its value makes no sense.
    #[error("settings: {0}")]
    Setting(Fault),
}

/// Reads settings from `file` (TOML), if any, and from environment variables, which go before it:
/// with `env_prefix` `PORTAL`, `PORTAL__DATABASE__URL` is the key `database.url`. A list is written
/// `a,b,c` there.
///
/// # Errors
/// See [`SettingsError`].
pub fn load<T: DeserializeOwned>(file: Option<&Path>, env_prefix: &str) -> Result<T, SettingsError> {
    let environment = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    load_from(file, env_prefix, environment)
}

fn load_from<T: DeserializeOwned>(
    file: Option<&Path>,
    env_prefix: &str,
    environment: std::collections::HashMap<String, String>,
) -> Result<T, SettingsError> {
    let mut sources = Config::builder();
    if let Some(path) = file {
        sources = sources.add_source(File::from_str(&readable_toml(path)?, FileFormat::Toml));
    }
    let variables = Environment::with_prefix(env_prefix).prefix_separator("__").separator("__");
    let merged = sources
        .add_source(variables.source(Some(environment)))
        .build()
        .map_err(|error| SettingsError::Setting(Fault::because(error.to_string())))?;
    let origin = file.map(Path::to_owned);
    Reader::root(merged.cache, origin.as_deref(), env_prefix).read(PhantomData).map_err(SettingsError::Setting)
}

/// Looked at here first, so that the message can name the file.
fn readable_toml(file: &Path) -> Result<String, SettingsError> {
    let text =
        std::fs::read_to_string(file).map_err(|source| SettingsError::Unreadable { file: file.to_owned(), source })?;
    let parsed = Config::builder().add_source(File::from_str(&text, FileFormat::Toml)).build();
    match parsed {
        Ok(_) => Ok(text),
        Err(error) => {
            Err(SettingsError::Malformed { file: file.to_owned(), reason: without_excerpt(&error.to_string()) })
        }
    }
}

/// The parser shows the line in question, which may hold a secret: its number and the reason stay.
fn without_excerpt(error: &str) -> String {
    let lines: Vec<&str> = error.lines().filter(|line| !line.contains('|')).map(str::trim).collect();
    lines.join("; ")
}

#[cfg(test)]
mod tests;
