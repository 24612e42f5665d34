//! A world from a backup: whole, or not at all.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::{MANIFEST_FILE, Manifest, files};
use crate::party::DataDir;

/// Nothing was put in place.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Something is there.
    #[error("{} is not empty; a world is restored into a directory of its own", .0.display())]
    NotEmpty(PathBuf),
    /// No manifest, or none of this program's.
    #[error("{} is no complete backup: its {MANIFEST_FILE} is missing or not one that this version knows", .0.display())]
    NoManifest(PathBuf),
    /// A file is missing, or is not what the manifest says.
    #[error("{0} is not what the manifest says: the backup is damaged")]
    Damaged(String),
    /// A file could not be read or written.
    #[error("{} cannot be copied", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A database is not sound.
    #[error("the database {0} is damaged")]
    Database(String, #[source] Option<db::DbError>),
}

/// Puts everything that a backup holds into an empty data directory. The parties must not run there.
pub async fn restore(from: &Path, data: &DataDir) -> Result<Manifest, RestoreError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| RestoreError::File { path, source }
    };
    files::empty_folder(data.path()).map_err(at(data.path()))?.ok_or(RestoreError::NotEmpty(data.path().to_owned()))?;
    let manifest = fs::read(from.join(MANIFEST_FILE)).ok().and_then(|text| Manifest::read(&text));
    let manifest = manifest.ok_or_else(|| RestoreError::NoManifest(from.to_owned()))?;
    let beside = files::beside(data.path(), ".restoring");
    let complete = put(from, &beside, &manifest).await;
    let placed = match complete {
        Ok(()) => fs::remove_dir(data.path()).and_then(|()| fs::rename(&beside, data.path())).map_err(at(data.path())),
        Err(error) => Err(error),
    };
    if placed.is_err() && beside.exists() {
        fs::remove_dir_all(&beside).map_err(at(&beside))?;
    }
    placed?;
    tracing::info!(files = manifest.files.len(), "restored every party from a backup");
    Ok(manifest)
}

async fn put(from: &Path, to: &Path, manifest: &Manifest) -> Result<(), RestoreError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| RestoreError::File { path, source }
    };
    files::empty_folder(to).map_err(at(to))?.ok_or(RestoreError::NotEmpty(to.to_owned()))?;
    for entry in &manifest.files {
        let (source, target) = (from.join(&entry.path), to.join(&entry.path));
        let is_file = fs::symlink_metadata(&source).is_ok_and(|found| found.is_file());
        let damaged = || RestoreError::Damaged(entry.path.clone());
        if !is_file {
            return Err(damaged());
        }
        files::copy(&source, &target).map_err(at(&target))?;
        // The copy is judged, not what was read: nothing can change in between.
        let (bytes, sha256) = files::sum(&target).map_err(at(&target))?;
        if (bytes, &sha256) != (entry.bytes, &entry.sha256) {
            return Err(damaged());
        }
        let mode = fs::Permissions::from_mode(entry.mode().unwrap_or(0o600));
        fs::set_permissions(&target, mode).map_err(at(&target))?;
    }
    for entry in manifest.files.iter().filter(|entry| files::is_database(&entry.path)) {
        match db::sqlite::is_sound(to.join(&entry.path)).await {
            Ok(true) => {}
            Ok(false) => return Err(RestoreError::Database(entry.path.clone(), None)),
            Err(error) => return Err(RestoreError::Database(entry.path.clone(), Some(error))),
        }
    }
    Ok(())
}
