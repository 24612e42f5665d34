//! Why there is no PDF. Nothing here holds a text of the job.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use serde::Serialize;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("the job's limits could not be set: {0}")]
    Limits(#[source] io::Error),
    #[error("the typeface {path} cannot be read: {source}; it comes with the package fonts-morisawa-bizud-gothic")]
    FontMissing {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{path} is no typeface")]
    Font { path: PathBuf },
    #[error("no typeface was given")]
    NoFont,
    #[error("the job cannot be read: {0}")]
    Input(#[source] io::Error),
    #[error("the job is too long")]
    TooLong,
    #[error("the job is malformed at line {line}, column {column}")]
    Job { line: usize, column: usize },
    #[error("the job could not be typeset ({errors} errors at {places:?})")]
    Typeset {
        errors: usize,
        /// Bytes of our own template.
        places: Vec<Option<usize>>,
    },
    #[error("the typeset pages are no PDF/A ({errors} errors)")]
    Pdf { errors: usize },
    #[error("the PDF could not be written: {0}")]
    Output(#[source] io::Error),
    #[error("a fault in the program at {}", .0.as_deref().unwrap_or("an unknown place"))]
    Panic(Option<String>),
}

/// One line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    /// For programs.
    error: &'a str,
    /// For operators.
    detail: String,
}

impl Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Limits(_) => "limits",
            Self::FontMissing { .. } => "font-missing",
            Self::Font { .. } | Self::NoFont => "font",
            Self::Input(_) => "input",
            Self::TooLong => "too-long",
            Self::Job { .. } => "job",
            Self::Typeset { .. } => "typeset",
            Self::Pdf { .. } => "pdf",
            Self::Output(_) => "output",
            Self::Panic(_) => "panic",
        }
    }

    /// Writes the line. Where nobody listens there is nobody to tell.
    pub(crate) fn report(&self) {
        let line = Line { error: self.code(), detail: self.to_string() };
        let line = serde_json::to_string(&line).unwrap_or_default();
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}
