//! `site/assets.json`: what the server must know of the browser's files.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// The whole file. Paths are URL paths, ready for `href` and `src`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Assets {
    /// The style sheet.
    pub(crate) css: String,
    /// The module that loads the WebAssembly; its default export takes `{module_or_path: wasm}`.
    pub(crate) js: String,
    /// The WebAssembly.
    pub(crate) wasm: String,
    /// For `LeptosOptions::output_name`, where Leptos' own scripts are used: `js` is `{output_name}.js`, `wasm` is
    /// `{output_name}_bg.wasm`.
    pub(crate) output_name: String,
    /// Hash of the inputs: the same inputs need no second build.
    pub(crate) inputs: String,
    /// Every file with its sizes.
    pub(crate) files: Vec<File>,
}

/// One served file and how many bytes travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    /// URL path.
    pub(crate) path: String,
    /// Uncompressed size in bytes.
    pub(crate) plain_bytes: usize,
    /// Size of the `.gz` beside it; absent where compression gains nothing.
    pub(crate) gzip_bytes: Option<usize>,
    /// Size of the `.br` beside it; absent where compression gains nothing.
    pub(crate) brotli_bytes: Option<usize>,
}

impl Assets {
    /// The manifest of `site` if it was made from `inputs` and every file it names is there.
    pub(crate) fn read_complete(site: &Path, inputs: &str) -> Option<Self> {
        let assets = Self::read(site).ok()?;
        let complete = assets.files.iter().all(|file| site.join(file.path.trim_start_matches('/')).is_file());
        (assets.inputs == inputs && complete).then_some(assets)
    }

    /// The manifest of `site`.
    pub(crate) fn read(site: &Path) -> Result<Self, Failure> {
        let path = site.join("assets.json");
        let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
        serde_json::from_str(&text).map_err(|source| Failure::Json { what: path.display().to_string(), source })
    }

    /// Writes `site/assets.json`.
    pub(crate) fn write(&self, site: &Path) -> Result<(), Failure> {
        let path = site.join("assets.json");
        let text = serde_json::to_string_pretty(self)
            .map_err(|source| Failure::Json { what: path.display().to_string(), source })?;
        fs::write(&path, text + "\n").map_err(Failure::at(&path))
    }

    /// Bytes that travel as gzip with every page: the loader and the WebAssembly.
    pub(crate) fn script_gzip_bytes(&self) -> usize {
        self.files
            .iter()
            .filter(|file| file.path == self.js || file.path == self.wasm || file.path.starts_with("/pkg/snippets/"))
            .map(|file| file.gzip_bytes.unwrap_or(file.plain_bytes))
            .sum()
    }

    /// One line for people.
    pub(crate) fn summary(&self) -> String {
        let css = self.files.iter().find(|file| file.path == self.css);
        let css_bytes = css.map_or(0, |file| file.gzip_bytes.unwrap_or(file.plain_bytes));
        format!(
            "script and WebAssembly {} B gzip, style {css_bytes} B gzip, {} files",
            self.script_gzip_bytes(),
            self.files.len()
        )
    }
}
