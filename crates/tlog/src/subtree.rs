//! Any part of the tree, put together from tiles.

use crate::hash::{Hash, node_hash, perfect_root};
use crate::tile::{TILE_HEIGHT, TILE_WIDTH, Tile};

/// A subtree with `2^height` entries beneath.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Perfect {
    height: u32,
    /// Place among those of its height.
    position: u64,
}

/// The entries `start..end` as perfect subtrees, left to right; `start` is a multiple of the largest of them.
pub(crate) fn perfect(start: u64, end: u64) -> Vec<Perfect> {
    let mut parts = Vec::new();
    let mut at = start;
    while let Some(height) = end.saturating_sub(at).checked_ilog2() {
        parts.push(Perfect { height, position: at >> height });
        at += 1 << height;
    }
    parts
}

impl Perfect {
    /// How many entries are beneath.
    pub(crate) fn entries(self) -> usize {
        1 << self.height
    }

    /// The tile that holds its lowest stored row, in a tree of `size`.
    pub(crate) fn tile(self, size: u64) -> Option<Tile> {
        let level = u8::try_from(self.height / TILE_HEIGHT).ok()?;
        Tile::in_tree(level, self.row_start() / u64::from(TILE_WIDTH), size)
    }

    /// Its root, from the hashes of that tile.
    pub(crate) fn root(self, hashes: &[Hash]) -> Option<Hash> {
        let offset = usize::try_from(self.row_start() % u64::from(TILE_WIDTH)).ok()?;
        perfect_root(hashes.get(offset..offset + (1 << (self.height % TILE_HEIGHT)))?)
    }

    fn row_start(self) -> u64 {
        self.position << (self.height % TILE_HEIGHT)
    }
}

/// The root over neighbouring perfect subtrees, left to right. `None` if there are none.
pub(crate) fn join(roots: &[Hash]) -> Option<Hash> {
    let (last, before) = roots.split_last()?;
    Some(before.iter().rev().fold(*last, |right, left| node_hash(left, &right)))
}

/// A node of the tree by its number in the array form that proofs are calculated in (RFC 9420 appendix C): its entries
/// in a tree of `size`.
pub(crate) fn node(number: u64, size: u64) -> Vec<Perfect> {
    let height = number.trailing_ones();
    let start = (number >> (height + 1)) << height;
    perfect(start, size.min(start + (1 << height)))
}
