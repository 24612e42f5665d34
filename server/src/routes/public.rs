//! Files that anybody may have: exactly those that the build lists in `site/assets.json`, `security.txt`, and the
//! portal's own log.

use std::path::{Path, PathBuf};

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get_service;
use http::{HeaderValue, Method, header};
use serde::Deserialize;
use tower_http::services::ServeFile;

use super::{Access, RouteLimits, Table, log, security_txt};

/// What the build says of the browser's files.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) css: String,
    pub(crate) js: String,
    pub(crate) wasm: String,
    files: Vec<File>,
}

#[derive(Clone, Debug, Deserialize)]
struct File {
    path: String,
    gzip_bytes: Option<u64>,
    brotli_bytes: Option<u64>,
}

/// The built assets are not there or not readable.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// No such file.
    #[error("{} cannot be read: run `make run`, or `cargo run -p xtask -- bundle`", .0.display())]
    Absent(PathBuf, #[source] std::io::Error),
    /// Not what the build writes.
    #[error("{} is not what this version's build writes", .0.display())]
    Malformed(PathBuf, #[source] serde_json::Error),
}

impl Manifest {
    pub(crate) fn read(site: &Path) -> Result<Self, ManifestError> {
        let path = site.join("assets.json");
        let text = std::fs::read(&path).map_err(|error| ManifestError::Absent(path.clone(), error))?;
        serde_json::from_slice(&text).map_err(|error| ManifestError::Malformed(path, error))
    }
}

/// `/pkg/…` has its hash in the name and never changes; everything else is looked at again after an hour.
pub(crate) fn table(site: &Path, manifest: &Manifest) -> Table {
    let mut hashed = Table::default();
    let mut named = security_txt::table();
    for file in manifest.files.iter().filter(|file| file.path != security_txt::PATH) {
        let mut service = ServeFile::new(site.join(file.path.trim_start_matches('/')));
        if file.brotli_bytes.is_some() {
            service = service.precompressed_br();
        }
        if file.gzip_bytes.is_some() {
            service = service.precompressed_gzip();
        }
        let enters =
            |table: Table| table.enter(Method::GET, &file.path, Access::File, RouteLimits::PAGE, get_service(service));
        if file.path.starts_with("/pkg/") {
            hashed = enters(hashed);
        } else {
            named = enters(named);
        }
    }
    let hashed = hashed.layered(|router| router.layer(from_fn(for_ever)));
    hashed.merge(named.layered(|router| router.layer(from_fn(for_an_hour)))).merge(log::table())
}

async fn for_ever(request: Request, next: Next) -> Response {
    cached(next.run(request).await, "public, max-age=31536000, immutable")
}

async fn for_an_hour(request: Request, next: Next) -> Response {
    cached(next.run(request).await, "public, max-age=3600")
}

fn cached(mut response: Response, value: &'static str) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    response
}
