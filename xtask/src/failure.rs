//! Why a step stopped.

use std::path::{Path, PathBuf};

/// Everything that ends a step; the caller can only read it and act.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or folder could not be read or written.
    #[error("{}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program could not be started at all.
    #[error("{program} could not be started")]
    Start {
        /// The program's name.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and said no.
    #[error("{program} ended with {status}{}", said(output))]
    Ended {
        /// The program and its first arguments.
        program: String,
        /// Exit code or signal.
        status: std::process::ExitStatus,
        /// What it wrote, where it was captured.
        output: String,
    },
    /// A JSON document is not what was expected.
    #[error("{what} is not the JSON expected")]
    Json {
        /// Which document.
        what: String,
        /// Where it broke.
        source: serde_json::Error,
    },
    /// A TOML file is not what was expected.
    #[error("{} is not the TOML expected", path.display())]
    Toml {
        /// Which file.
        path: PathBuf,
        /// Where it broke.
        source: toml::de::Error,
    },
    /// Anything whose sentence already says it all.
    #[error("{0}")]
    Said(String),
}

impl Failure {
    /// For `map_err` on anything that touches `path`.
    pub(crate) fn at(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::File { path, source }
    }
}

fn said(output: &str) -> String {
    if output.trim().is_empty() { String::new() } else { format!(":\n{}", output.trim_end()) }
}
