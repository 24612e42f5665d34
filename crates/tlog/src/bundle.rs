//! Entries as they are handed out: up to 256 in a bundle, each with its length before it (C2SP tlog-tiles).

use std::fmt;
use std::str::FromStr;

use crate::tile::{Place, TILE_WIDTH};
use crate::{Tile, TileError};

/// Most bytes of an entry: its length is written in two bytes.
pub const ENTRY_BYTES_MAX: usize = u16::MAX as usize;

/// Which entries: those beneath one tile of level 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundle(Place);

/// Not a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Ends in the middle of an entry.
    #[error("the bundle ends in the middle of an entry")]
    Cut,
    /// More than 256 entries.
    #[error("the bundle has too many entries")]
    TooMany,
    /// An entry is longer than [`ENTRY_BYTES_MAX`].
    #[error("an entry is too long")]
    TooLong,
}

impl Bundle {
    /// The bundle at this place in a tree of `size` entries; `None` if it would be empty.
    pub fn in_tree(index: u64, size: u64) -> Option<Self> {
        let tile = Tile::in_tree(0, index, size)?;
        Some(Self(Place { index, width: tile.width() }))
    }

    /// Number of its first entry.
    pub fn first(&self) -> u64 {
        self.0.index * u64::from(TILE_WIDTH)
    }

    /// How many entries.
    pub fn width(&self) -> u16 {
        self.0.width
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/entries/{}", self.0)
    }
}

impl FromStr for Bundle {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let place: Place = path.strip_prefix("tile/entries/").ok_or(TileError)?.parse()?;
        Tile::new(0, place.index, place.width)?;
        Ok(Self(place))
    }
}

/// Writes entries one after the other.
pub fn write_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, BundleError> {
    if entries.len() > usize::from(TILE_WIDTH) {
        return Err(BundleError::TooMany);
    }
    let mut bytes = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Reads the entries of a bundle.
pub fn read_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(BundleError::Cut)?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(BundleError::Cut)?;
        if entries.len() == usize::from(TILE_WIDTH) {
            return Err(BundleError::TooMany);
        }
        entries.push(entry);
        bytes = rest;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bundle_stands_where_the_specification_says() {
        assert_eq!(Bundle::in_tree(0, 5).unwrap().to_string(), "tile/entries/000.p/5");
        assert_eq!(Bundle::in_tree(1_234, 1_000_000).unwrap().to_string(), "tile/entries/x001/234");
        assert_eq!("tile/entries/000.p/5".parse(), Ok(Bundle::in_tree(0, 5).unwrap()));
        assert_eq!(Bundle::in_tree(1, 256), None);
    }

    #[test]
    fn what_is_cut_or_too_much_is_refused() {
        assert_eq!(read_bundle(&[0]), Err(BundleError::Cut));
        assert_eq!(read_bundle(&[0, 2, 7]), Err(BundleError::Cut));
        assert_eq!(read_bundle(&[0; 2 * 257]), Err(BundleError::TooMany));
        assert_eq!(write_bundle(&[[]; 257]), Err(BundleError::TooMany));
        assert_eq!(write_bundle(&[vec![0; ENTRY_BYTES_MAX + 1]]), Err(BundleError::TooLong));
    }

    proptest! {
        #[test]
        fn a_bundle_is_read_as_it_was_written(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..=256)) {
            let written = write_bundle(&entries).unwrap();
            prop_assert_eq!(read_bundle(&written).unwrap(), entries);
        }

        #[test]
        fn any_bytes_are_a_bundle_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            if let Ok(entries) = read_bundle(&bytes) {
                prop_assert_eq!(write_bundle(&entries).unwrap(), bytes);
            }
        }
    }
}
