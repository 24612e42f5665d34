//! The typesetter's settings.

use std::path::PathBuf;

use serde::Deserialize;

/// What makes PDFs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PdfSettings {
    /// The program; `my-portal-pdf` beside this one where nothing is said.
    pub program: Option<PathBuf>,
    /// Typefaces; the program's own choice where none is named.
    pub fonts: Vec<PathBuf>,
}

impl PdfSettings {
    pub(crate) fn program(&self) -> PathBuf {
        let beside = || std::env::current_exe().ok().map(|own| own.with_file_name("my-portal-pdf"));
        self.program.clone().or_else(beside).unwrap_or_else(|| PathBuf::from("my-portal-pdf"))
    }
}
