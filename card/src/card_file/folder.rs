//! The folder of the demo cards.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use wire::card_file::{BLANK_FORMAT, CardState, CardTable, TABLE_FILE, file_name};
use zeroize::Zeroizing;

use super::{CHIP_FORMAT, CardFile, ChipRecord};
use crate::card_id::CardId;
use crate::chip::ChipStatus;

/// Most bytes of a card file; a personalised one has about 8 KiB.
const CARD_FILE_BYTES_MAX: u64 = 64 * 1024;

/// `DATA/cards`. Cloning is cheap; every call opens the files anew, so that what another process changed is seen.
#[derive(Clone, Debug)]
pub struct CardFolder {
    path: PathBuf,
}

/// A card file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CardFileError {
    /// No such card.
    #[error("there is no such card")]
    Missing,
    /// Not readable or not writable.
    #[error("the card file {path} cannot be used")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Damaged, or of a version that this program does not know.
    #[error("the card file {path} is no card of a known format")]
    Malformed {
        /// Which file.
        path: PathBuf,
    },
}

impl CardFolder {
    /// The folder need not exist yet: then there is no card.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// All cards, in order of their names. Other files are passed over.
    pub fn list(&self) -> Result<Vec<CardId>, CardFileError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(io_error(&self.path)(e)),
        };
        let mut cards: Vec<CardId> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok())
            .collect();
        cards.sort();
        Ok(cards)
    }

    /// Whose card it is, and what it tells without a PIN.
    pub fn look(&self, id: &CardId) -> Result<(String, ChipStatus), CardFileError> {
        let file = self.peek(id)?;
        Ok((file.who().to_owned(), file.status()))
    }

    /// A card as it is now, without waiting for an operation under way: files are replaced whole.
    pub(crate) fn peek(&self, id: &CardId) -> Result<CardFile, CardFileError> {
        read(&self.file(id)?)
    }

    /// The demo table with the PINs, if the world builder left one.
    pub fn table(&self) -> Option<CardTable> {
        let path = self.path.join(TABLE_FILE);
        toml::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Hands the card over, stops it, or takes it back (B-CRD-2).
    pub fn change_state(&self, id: &CardId, state: CardState) -> Result<(), CardFileError> {
        let held = self.hold(id)?;
        match held.read()? {
            CardFile::Blank(mut blank) => {
                blank.state = state;
                held.write(&blank)
            }
            CardFile::Personalised(mut record) => {
                record.state = state;
                held.write(&record)
            }
        }
    }

    /// What a municipality's counter does: gives a personalised card all its tries back.
    pub fn unlock_pins(&self, id: &CardId) -> Result<(), CardFileError> {
        let held = self.hold(id)?;
        if let CardFile::Personalised(mut record) = held.read()? {
            for key in [crate::chip::CardKey::Authentication, crate::chip::CardKey::Signature] {
                record.slot_mut(key).tries_left = key.tries_max();
            }
            held.write(&record)?;
        }
        Ok(())
    }

    /// Takes the card's lock: one operation at a time on one card, over all processes. Blocks.
    pub(crate) fn hold(&self, id: &CardId) -> Result<HeldCard, CardFileError> {
        let path = self.file(id)?;
        let lock_path = path.with_extension("lock");
        let lock =
            OpenOptions::new().create(true).append(true).mode(0o600).open(&lock_path).map_err(io_error(&lock_path))?;
        lock.lock().map_err(io_error(&lock_path))?;
        Ok(HeldCard { path, _lock: lock })
    }

    fn file(&self, id: &CardId) -> Result<PathBuf, CardFileError> {
        let path = self.path.join(file_name(id.as_str()));
        if path.exists() { Ok(path) } else { Err(CardFileError::Missing) }
    }
}

/// A card of which no other operation is under way.
pub(crate) struct HeldCard {
    path: PathBuf,
    _lock: File,
}

#[derive(serde::Deserialize)]
struct Head {
    format: String,
}

impl HeldCard {
    pub(crate) fn read(&self) -> Result<CardFile, CardFileError> {
        read(&self.path)
    }

    /// The card with keys; `None` if it is blank.
    pub(crate) fn personalised(&self) -> Result<Option<Box<ChipRecord>>, CardFileError> {
        match self.read()? {
            CardFile::Blank(_) => Ok(None),
            CardFile::Personalised(record) => Ok(Some(record)),
        }
    }

    /// Replaces the file. When this returns, the new content survives a loss of power; until then the old one does.
    pub(crate) fn write(&self, content: &impl serde::Serialize) -> Result<(), CardFileError> {
        let json = serde_json::to_vec_pretty(content).map_err(|_| malformed(&self.path))?;
        replace_durably(&self.path, &Zeroizing::new(json)).map_err(io_error(&self.path))
    }
}

fn read(path: &Path) -> Result<CardFile, CardFileError> {
    let size = fs::metadata(path).map_err(io_error(path))?.len();
    if size > CARD_FILE_BYTES_MAX {
        return Err(malformed(path));
    }
    let bytes = Zeroizing::new(fs::read(path).map_err(io_error(path))?);
    let head: Head = serde_json::from_slice(&bytes).map_err(|_| malformed(path))?;
    let file = match head.format.as_str() {
        BLANK_FORMAT => serde_json::from_slice(&bytes).map(CardFile::Blank),
        CHIP_FORMAT => serde_json::from_slice(&bytes).map(CardFile::Personalised),
        _ => return Err(malformed(path)),
    };
    file.map_err(|_| malformed(path))
}

fn malformed(path: &Path) -> CardFileError {
    CardFileError::Malformed { path: path.to_owned() }
}

/// New file beside it, 0600, synced; renamed over it; folder synced.
pub(crate) fn replace_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let next = path.with_extension("next");
    let _ = fs::remove_file(&next);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&next, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> CardFileError + use<> {
    let path = path.to_owned();
    move |source| CardFileError::Io { path, source }
}
