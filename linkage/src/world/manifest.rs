//! `world.toml`: from what a world was made, so that a second run completes it or leaves it alone.

use jiff::Timestamp;

use crate::{
    party::DataDir,
    world::files::{Access, FileError, read, replace},
};

/// From what a world was made. The same values give the same world, keys aside.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Whatever was given as `--seed`.
    pub seed: u64,
    /// People in all.
    pub residents: u32,
    /// Demo cards.
    pub cards: u32,
    /// Institutions, where more than the demo's own were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institutions: Option<u32>,
    /// The moment it was begun; ages and dates hold for this day.
    pub made_at: Timestamp,
    /// True when nothing is missing.
    pub complete: bool,
    /// Simulations that were run over it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub simulated: Vec<Simulated>,
}

/// One simulation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulated {
    /// Past days.
    pub days: u32,
    /// Exchanges a day.
    pub rate: u32,
    /// Its own seed.
    pub seed: u64,
    /// The moment it led up to.
    pub until: Timestamp,
}

/// The manifest is not usable.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Not the expected TOML.
    #[error("world.toml is damaged")]
    Form(#[source] Box<toml::de::Error>),
    /// Could not be written as TOML.
    #[error("world.toml cannot be written")]
    Unwritable(#[from] toml::ser::Error),
    /// No world here.
    #[error("there is no world in {0}; `linkage world --data {0}` makes one")]
    Absent(String),
}

impl Manifest {
    /// Reads it; `None` when no world was begun here.
    pub fn read(data: &DataDir) -> Result<Option<Self>, ManifestError> {
        let path = data.world_file();
        if !path.exists() {
            return Ok(None);
        }
        toml::from_str(&read(&path)?).map(Some).map_err(|e| ManifestError::Form(Box::new(e)))
    }

    /// Reads that of a world that must be there.
    pub fn require(data: &DataDir) -> Result<Self, ManifestError> {
        Self::read(data)?.ok_or_else(|| ManifestError::Absent(data.path().display().to_string()))
    }

    pub(crate) fn write(&self, data: &DataDir) -> Result<(), ManifestError> {
        let text = toml::to_string(self)?;
        Ok(replace(&data.world_file(), text.as_bytes(), Access::Everybody)?)
    }
}
