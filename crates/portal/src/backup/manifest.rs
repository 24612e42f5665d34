//! What a backup says of itself.

use jiff::Timestamp;
use tlog::NoteKey;

/// Name of the manifest within a backup.
pub const MANIFEST_FILE: &str = "manifest.json";
/// Name of the database within a backup.
pub const DATABASE_FILE: &str = "portal.sqlite";
const FORMAT: &str = "my-portal-backup/1";

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// Of the program that made it.
    pub version: String,
    /// When, by the clock of whoever made it.
    pub made_at: Timestamp,
    /// The database's size.
    pub bytes: u64,
    /// The database's SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// How far the portal's own log had come.
    pub log: ManifestLog,
}

/// The portal's own log, as a backup has it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestLog {
    /// `name+id+key`.
    pub key: String,
    /// Number of entries.
    pub size: u64,
    /// Its head; none where nobody has begun it.
    pub checkpoint: Option<String>,
}

impl Manifest {
    pub(super) fn new(made_at: Timestamp, bytes: u64, sha256: String, log: ManifestLog) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT.to_owned(), version, made_at, bytes, sha256, log }
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        // Nothing in it can fail to be written.
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }

    /// With the log's key. None: not one that this version knows.
    pub(super) fn read(text: &[u8]) -> Option<(Self, NoteKey)> {
        let manifest: Self = serde_json::from_slice(text).ok()?;
        let key = manifest.log.key.parse().ok()?;
        (manifest.format == FORMAT).then_some((manifest, key))
    }
}
