//! A database from a backup: whole, or not at all, and never with a second history of the portal's own log.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::backup::Alone;
use store::{DbError, RetiredLog, StoreError, Target};
use tlog::{NoteKey, TreeHead};

use super::manifest::{DATABASE_FILE, MANIFEST_FILE, Manifest};
use super::{files, postgres};
use crate::LogError;
use crate::log::apart::{self, Opened};

/// Whether what is there may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// `--force`
    Yes,
    /// Only where nothing is.
    No,
}

/// What is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// What became of the portal's own log.
    pub log: LogAfter,
}

/// What became of the portal's own log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogAfter {
    /// The log of the database that was replaced goes on, with so many entries.
    Kept {
        /// Number of entries.
        size: u64,
    },
    /// Nobody can know what else was in them: these logs end here, and a new one needs a key and a name of its own.
    Retired {
        /// Their origin lines.
        origins: Vec<String>,
    },
}

/// Nothing was put in place.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// PostgreSQL takes its copies itself, by this line.
    #[error("a database of PostgreSQL is restored by its own means: {0}")]
    Postgres(String),
    /// No manifest, or none of this program's.
    #[error("{} is no complete backup: {MANIFEST_FILE} is missing or not one that this version knows", .0.display())]
    NoManifest(PathBuf),
    /// A file is missing, or is not what the manifest says.
    #[error("{} is not what the manifest says: the backup is damaged", .0.display())]
    Damaged(PathBuf),
    /// A later version made the backup.
    #[error("a later version of the program made this backup ({0})")]
    Newer(String),
    /// A portal runs on the database.
    #[error("{} is in use: stop the portal first", .0.display())]
    InUse(PathBuf),
    /// There is a database.
    #[error("{} is there already; --force replaces it", .0.display())]
    Exists(PathBuf),
    /// A file could not be read or written.
    #[error("{} cannot be read or written", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database failed.
    #[error("the database cannot be made")]
    Store(#[from] StoreError),
}

/// What has the database's name now.
enum Old {
    Nothing,
    Database(Alone),
    /// A file that is no database any more.
    Wreck,
}

/// Puts a backup in the place of the database. `key` is that of the portal's log by its settings.
pub async fn restore(
    from: &Path,
    target: &Target,
    key: &NoteKey,
    overwrite: Overwrite,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let database = match target {
        // A link stays one.
        Target::Sqlite(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
        Target::Postgres(url) => return Err(RestoreError::Postgres(postgres::restore_line(url, from))),
    };
    let manifest = std::fs::read(from.join(MANIFEST_FILE)).ok().and_then(|text| Manifest::read(&text));
    let (manifest, its_key) = manifest.ok_or_else(|| RestoreError::NoManifest(from.to_owned()))?;
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let mut old = taken(&database, overwrite).await?;
    let new = files::beside(&database, ".restoring");
    clear(&new)?;
    let backup = Backup { manifest: &manifest, key: &its_key, file: from.join(DATABASE_FILE) };
    let prepared = match backup.put(&new).await {
        Ok(head) => backup.with_log(head, &mut old, &new, key, now).await,
        Err(error) => Err(error),
    };
    let placed = match prepared {
        Ok(log) => place(&new, &database, old).await.map(|()| log),
        Err(error) => Err(error),
    };
    if placed.is_err() {
        clear(&new)?;
    }
    let log = placed?;
    tracing::info!(?log, "restored the database from a backup");
    Ok(Restored { manifest, log })
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> RestoreError {
    let path = path.to_owned();
    move |source| RestoreError::File { path, source }
}

/// Nobody else has it from here on.
async fn taken(database: &Path, overwrite: Overwrite) -> Result<Old, RestoreError> {
    let exists = || RestoreError::Exists(database.to_owned());
    if !database.exists() {
        // Side files without their database would be taken for those of the new one.
        let left = files::side_files(database).iter().any(|file| file.exists());
        return if left && overwrite == Overwrite::No { Err(exists()) } else { Ok(Old::Nothing) };
    }
    let old = match Alone::take(database).await {
        Ok(alone) => Old::Database(alone),
        Err(StoreError::Db(DbError::Unavailable(_))) => return Err(RestoreError::InUse(database.to_owned())),
        Err(StoreError::Db(DbError::Other(_))) => Old::Wreck,
        Err(error) => return Err(error.into()),
    };
    if overwrite == Overwrite::Yes { Ok(old) } else { Err(exists()) }
}

/// What a restore left that was killed.
fn clear(new: &Path) -> Result<(), RestoreError> {
    files::side_files(new)
        .iter()
        .chain([&new.to_owned()])
        .try_for_each(|file| files::remove(file).map_err(failed(file)))
}

struct Backup<'b> {
    manifest: &'b Manifest,
    key: &'b NoteKey,
    file: PathBuf,
}

impl Backup<'_> {
    /// Its database beside the one that it is to replace, judged and up to date; its log.
    async fn put(&self, new: &Path) -> Result<Option<Opened>, RestoreError> {
        let is_file = std::fs::symlink_metadata(&self.file).is_ok_and(|found| found.is_file());
        if !is_file {
            return Err(self.damaged());
        }
        let (bytes, sha256) = files::copy(&self.file, new).map_err(failed(new))?;
        if (bytes, &sha256) != (self.manifest.bytes, &self.manifest.sha256) {
            return Err(self.damaged());
        }
        let mut copy = Alone::take(new).await.map_err(|error| self.judged(error))?;
        if !copy.is_sound().await.map_err(|error| self.judged(error))? {
            return Err(self.damaged());
        }
        copy.migrate().await.map_err(|error| self.judged(error))?;
        let opened = match apart::opened(&mut copy, self.key).await {
            Ok(opened) => opened,
            Err(LogError::Store(error)) => return Err(error.into()),
            Err(_) => return Err(self.damaged()),
        };
        copy.close().await?;
        let log = &self.manifest.log;
        let told = (log.size, log.checkpoint.as_deref());
        let found = opened.as_ref().map_or((0, None), |found| (found.head.size, Some(found.checkpoint.as_str())));
        if told == found { Ok(opened) } else { Err(self.damaged()) }
    }

    /// Gives the new database the log that may go on, or none.
    async fn with_log(
        &self,
        its_own: Option<Opened>,
        old: &mut Old,
        new: &Path,
        key: &NoteKey,
        now: Timestamp,
    ) -> Result<LogAfter, RestoreError> {
        let older = if key == self.key { its_own.as_ref().map(|own| own.head) } else { None };
        let mut retired = Vec::new();
        let mut after = None;
        if let Old::Database(database) = old {
            retired = database.retired_logs().await.unwrap_or_default();
            if let Some(size) = newest(database, key, older).await {
                match database.give_log_to(new).await {
                    Ok(()) => after = Some(LogAfter::Kept { size }),
                    Err(error @ StoreError::Db(DbError::Full(_) | DbError::ReadOnly(_))) => return Err(error.into()),
                    // It cannot be read: it is lost.
                    Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "the old log is lost"),
                }
            }
        }
        let ends = |key: &NoteKey, log: Option<&Opened>| RetiredLog {
            key_text: key.to_string(),
            origin: key.name().to_owned(),
            size: log.map_or(0, |log| log.head.size),
            checkpoint: log.map(|log| log.checkpoint.clone()),
            at: now,
        };
        let mut copy = Alone::take(new).await?;
        if after.is_none() {
            copy.empty_log().await?;
            retired.push(ends(self.key, its_own.as_ref()));
            retired.push(ends(key, None));
        } else if key != self.key {
            retired.push(ends(self.key, its_own.as_ref()));
        }
        copy.retire(&retired).await?;
        let mut origins: Vec<String> = copy.retired_logs().await?.into_iter().map(|log| log.origin).collect();
        origins.sort();
        origins.dedup();
        copy.close().await?;
        Ok(after.unwrap_or(LogAfter::Retired { origins }))
    }

    fn damaged(&self) -> RestoreError {
        RestoreError::Damaged(self.file.clone())
    }

    fn judged(&self, error: StoreError) -> RestoreError {
        match error {
            StoreError::Db(DbError::Migration(_)) => RestoreError::Newer(self.manifest.version.clone()),
            StoreError::Db(DbError::Other(_)) => self.damaged(),
            error => error.into(),
        }
    }
}

/// How long the log is that may go on: begun, whole, of the key that the portal has now, and no shorter than what the
/// backup has of it. What cannot be read is lost.
async fn newest(database: &mut Alone, key: &NoteKey, older: Option<TreeHead>) -> Option<u64> {
    let newer = apart::opened(database, key).await.ok()??.head;
    let continues = match older {
        Some(older) => apart::continues(database, newer, older).await.ok()?,
        None => true,
    };
    continues.then_some(newer.size)
}

/// One step, after which the new database is there and before which the old one is.
async fn place(new: &Path, database: &Path, old: Old) -> Result<(), RestoreError> {
    let at = || failed(database);
    match old {
        Old::Database(mut old) => {
            files::rename(new, database).map_err(at())?;
            // The new one is in place whatever becomes of the old.
            if let Err(error) = old.spoil().await {
                tracing::debug!(error = &error as &dyn std::error::Error, "the old database could not be marked");
            }
            Ok(old.close().await?)
        }
        Old::Wreck => {
            remove_side_files(database)?;
            files::rename(new, database).map_err(at())
        }
        Old::Nothing => {
            remove_side_files(database)?;
            files::name(new, database).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => RestoreError::InUse(database.to_owned()),
                _ => failed(database)(error),
            })
        }
    }
}

fn remove_side_files(database: &Path) -> Result<(), RestoreError> {
    files::side_files(database).iter().try_for_each(|file| files::remove(file).map_err(failed(file)))
}
