//! Backup and restore of the whole linkage backend (B-OPS-1): every party's database, keys, certificates and demo cards.
//!
//! A backup is one moment of all parties. While the databases are copied nobody writes to any of them, so that no party
//! remembers a message that another has not sent yet; readers go on, and writers wait for as long as the copying takes. A
//! message that was under way is sent again after a restore, which every receiver takes.
//!
//! The manifest is written last: a backup without one never ended. It names each file with its size and SHA-256, and a
//! restore that finds anything else puts nothing in place. Whoever holds a backup holds the keys of all parties.

mod files;
mod manifest;
mod restore;

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;

use crate::party::DataDir;

pub use manifest::{Entry, MANIFEST_FILE, Manifest};
pub use restore::{RestoreError, restore};

/// How long a party may take to end what it is writing.
const WRITERS_WAIT_MAX: Duration = Duration::from_secs(30);

/// No backup was made. What was written so far has no manifest and is none.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no world.
    #[error("there is no world in {}; `linkage world` makes one", .0.display())]
    NoWorld(PathBuf),
    /// Something is there.
    #[error("{} is not empty; a backup has a directory of its own", .0.display())]
    NotEmpty(PathBuf),
    /// The backup would be a part of what it copies.
    #[error("{} lies within the world that is to be copied", .0.display())]
    Within(PathBuf),
    /// A file could not be read or written.
    #[error("{} cannot be copied", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A database could not be copied.
    #[error("the database {} cannot be copied", .path.display())]
    Database {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: db::DbError,
    },
    /// The manifest could not be written.
    #[error("the manifest cannot be written")]
    Manifest(#[from] serde_json::Error),
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// What is in it.
    pub manifest: Manifest,
    /// How long writers waited, at most.
    pub held: Duration,
}

/// Copies everything into `into`, which must not exist or be empty. The parties may be running.
pub async fn backup(data: &DataDir, into: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    if !data.world_file().exists() {
        return Err(BackupError::NoWorld(data.path().to_owned()));
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| BackupError::File { path, source }
    };
    files::empty_folder(into).map_err(failed(into))?.ok_or_else(|| BackupError::NotEmpty(into.to_owned()))?;
    let inside = || Ok::<_, io::Error>(into.canonicalize()?.starts_with(data.path().canonicalize()?));
    if inside().map_err(failed(into))? {
        return Err(BackupError::Within(into.to_owned()));
    }
    let found = files::of_world(data.path()).map_err(failed(data.path()))?;
    let mut still = Vec::with_capacity(found.databases.len());
    for name in &found.databases {
        let path = data.path().join(name);
        let held = db::sqlite::hold_still(&path, WRITERS_WAIT_MAX).await;
        still.push(held.map_err(|source| BackupError::Database { path, source })?);
    }
    let since = std::time::Instant::now();
    for name in &found.databases {
        let (from, to) = (data.path().join(name), into.join(name));
        files::folder_of(&to).map_err(failed(&to))?;
        let copied = db::sqlite::backup(&from, &to).await;
        copied.map_err(|source| BackupError::Database { path: from, source })?;
    }
    for name in &found.files {
        let (from, to) = (data.path().join(name), into.join(name));
        files::copy(&from, &to).map_err(failed(&from))?;
    }
    drop(still);
    let held = since.elapsed();
    let entries = found.databases.iter().chain(&found.files).map(|name| {
        let path = into.join(name);
        files::entry(into, name).map_err(failed(&path))
    });
    let manifest = Manifest::new(now, entries.collect::<Result<_, _>>()?);
    let path = into.join(MANIFEST_FILE);
    let text = serde_json::to_vec_pretty(&manifest)?;
    files::write(&path, &text, 0o600).map_err(failed(&path))?;
    tracing::info!(files = manifest.files.len(), held_ms = held.as_millis(), "made a backup of every party");
    Ok(Backup { manifest, held })
}
