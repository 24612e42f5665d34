//! Where a part of the tree is kept (C2SP tlog-tiles).

use std::fmt;
use std::str::FromStr;

/// Levels of the tree in one level of tiles.
pub(crate) const TILE_HEIGHT: u32 = 8;
/// Hashes in a full tile.
pub(crate) const TILE_WIDTH: u16 = 256;
const LEVEL_MAX: u8 = 63;

/// A tile: up to 256 neighbouring hashes of one level. Level 0 holds the entries' hashes, each level above the roots of
/// full tiles beneath.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// Not the path of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile")]
pub struct TileError;

impl Tile {
    /// The tile at this place with this many hashes (1 to 256).
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        let fits = level <= LEVEL_MAX && (1..=TILE_WIDTH).contains(&width) && index <= crate::TREE_SIZE_MAX;
        if fits { Ok(Self { level, index, width }) } else { Err(TileError) }
    }

    /// The tile at this place in a tree of `size` entries; `None` if it would be empty.
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let there = hashes_at(level, size).checked_sub(before)?.min(u64::from(TILE_WIDTH));
        Self::new(level, index, u16::try_from(there).ok()?).ok()
    }

    /// The tiles at the right edge of a tree that are not full, from the lowest level up.
    pub fn right_edge(size: u64) -> Vec<Self> {
        let levels = (0..=LEVEL_MAX).take_while(|level| hashes_at(*level, size) > 0);
        levels.filter_map(|level| Self::in_tree(level, hashes_at(level, size) / u64::from(TILE_WIDTH), size)).collect()
    }

    /// Level, counted in tiles.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Place within the level.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it holds.
    pub fn width(&self) -> u16 {
        self.width
    }
}

/// How many hashes a level of tiles has in all.
pub(crate) fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0)
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, Place { index: self.index, width: self.width })
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let (level, place) = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')).ok_or(TileError)?;
        let place: Place = place.parse()?;
        let tile = Self::new(level.parse().map_err(|_| TileError)?, place.index, place.width)?;
        if tile.to_string() == path { Ok(tile) } else { Err(TileError) }
    }
}

/// `<N>[.p/<W>]`: the end of a tile's or a bundle's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) index: u64,
    pub(crate) width: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.index.to_string();
        let digits = format!("{digits:0>width$}", width = digits.len().next_multiple_of(3));
        let groups: Vec<&str> = (0..digits.len()).step_by(3).filter_map(|at| digits.get(at..at + 3)).collect();
        if let Some((last, before)) = groups.split_last() {
            for group in before {
                write!(f, "x{group}/")?;
            }
            f.write_str(last)?;
        }
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Place {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        let (index, width) = match text.split_once(".p/") {
            Some((index, width)) => (index, width.parse().map_err(|_| TileError)?),
            None => (text, TILE_WIDTH),
        };
        let digits: String = index.chars().filter(char::is_ascii_digit).collect();
        let place = Self { index: digits.parse().map_err(|_| TileError)?, width };
        // One way to write a place: whatever else was in the text shows in the comparison.
        if place.to_string() == text && width > 0 { Ok(place) } else { Err(TileError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(Tile::new(1, 1_234_067, 256).unwrap().to_string(), "tile/1/x001/x234/067");
        assert_eq!(Tile::new(0, 0, 5).unwrap().to_string(), "tile/0/000.p/5");
        assert_eq!(Tile::new(0, 273, 112).unwrap().to_string(), "tile/0/273.p/112");
    }

    /// The example of tlog-tiles: 70,000 entries.
    #[test]
    fn the_right_edge_is_that_of_the_specification() {
        let edge: Vec<String> = Tile::right_edge(70_000).iter().map(Tile::to_string).collect();
        assert_eq!(edge, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        let edge: Vec<String> = Tile::right_edge(256).iter().map(Tile::to_string).collect();
        assert_eq!(edge, ["tile/1/000.p/1"]);
        assert!(Tile::right_edge(0).is_empty());
    }

    #[test]
    fn other_spellings_of_a_path_are_refused() {
        for path in [
            "tile/0/0",
            "tile/0/1234",
            "tile/0/x1/234",
            "tile/00/000",
            "tile/64/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/-1/000",
            "tile/0/x000/001",
            "tile/0/000/",
            "tile/0/000.p/5.p/5",
            "",
            "tile/0/",
        ] {
            assert_eq!(path.parse::<Tile>(), Err(TileError), "{path}");
        }
    }

    proptest! {
        #[test]
        fn a_path_leads_back_to_its_tile(level in 0u8..64, index in 0..crate::TREE_SIZE_MAX, width in 1u16..=256) {
            let tile = Tile::new(level, index, width).unwrap();
            prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        }

        #[test]
        fn any_text_is_a_path_or_refused(text in "(tile/)?[0-9x/.p]{0,24}") {
            if let Ok(tile) = text.parse::<Tile>() {
                prop_assert_eq!(tile.to_string(), text);
            }
        }
    }
}
