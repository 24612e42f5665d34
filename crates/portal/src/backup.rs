//! Backup and restore of the portal's tables (B-OPS-1, A-74).
//!
//! A backup never holds what a purge takes away, nor anything that somebody is in the middle of: a restore cannot undo
//! an erasing. And a restore never makes a second history of the portal's own log: either the newest log that there is
//! is kept, or the log is retired with its key.
//!
//! The manifest is written last: a backup without one never ended.

mod files;
mod manifest;
pub mod postgres;
mod restore;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::{StoreError, Target};
use tlog::NoteKey;

use crate::LogError;
use crate::log::apart;

pub use manifest::{DATABASE_FILE, MANIFEST_FILE, Manifest, ManifestLog};
pub use restore::{LogAfter, Overwrite, RestoreError, Restored, restore};

/// There is no backup. What was written has no manifest and is none.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL copies itself, by this line.
    #[error("a database of PostgreSQL is copied by its own means: {0}")]
    Postgres(String),
    /// There is no database.
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    /// Something is there.
    #[error("{} is not empty; a backup has a directory of its own", .0.display())]
    NotEmpty(PathBuf),
    /// A file could not be read or written.
    #[error("{} cannot be written", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database could not be copied.
    #[error("the database cannot be copied")]
    Store(#[from] StoreError),
    /// The log in it is not the log of the configured key, or damaged: the portal itself would not start with it.
    #[error("the portal's own log is not in order")]
    Log(#[from] LogError),
}

/// Copies the portal's tables into `into`, which must not exist or be empty. The portal may be running. `key` is that of
/// its log.
pub async fn backup(target: &Target, key: &NoteKey, into: &Path, now: Timestamp) -> Result<Manifest, BackupError> {
    let database = match target {
        Target::Sqlite(path) => path,
        Target::Postgres(url) => return Err(BackupError::Postgres(postgres::dump_line(url, into))),
    };
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| BackupError::File { path, source }
    };
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database.clone()));
    }
    files::empty_folder(into).map_err(failed(into))?.ok_or_else(|| BackupError::NotEmpty(into.to_owned()))?;
    // Under another name until everything that must not be in it is gone.
    let unfinished = into.join(UNFINISHED);
    let copied = copied(database, key, &unfinished).await;
    let log = match copied {
        Ok(log) => log,
        Err(error) => {
            // Nothing is lost with it; the first error is the one to tell.
            let _ = files::remove(&unfinished);
            return Err(error);
        }
    };
    let file = into.join(DATABASE_FILE);
    files::rename(&unfinished, &file).map_err(failed(&file))?;
    let (bytes, sha256) = files::sum(&file).map_err(failed(&file))?;
    let manifest = Manifest::new(now, bytes, sha256, log);
    let path = into.join(MANIFEST_FILE);
    files::write(&path, &manifest.to_json()).map_err(failed(&path))?;
    tracing::info!(bytes, log_size = manifest.log.size, "made a backup");
    Ok(manifest)
}

const UNFINISHED: &str = "portal.sqlite.unfinished";

async fn copied(database: &Path, key: &NoteKey, into: &Path) -> Result<ManifestLog, BackupError> {
    store::backup::copy(database, into).await?;
    let mut copy = store::backup::Alone::take(into).await?;
    let opened = apart::opened(&mut copy, key).await?;
    copy.close().await?;
    Ok(ManifestLog {
        key: key.to_string(),
        size: opened.as_ref().map_or(0, |opened| opened.head.size),
        checkpoint: opened.map(|opened| opened.checkpoint),
    })
}

#[cfg(test)]
mod tests;
