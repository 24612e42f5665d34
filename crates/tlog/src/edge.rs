//! The right edge of a tree: all that is needed to append.

use crate::hash::{Hash, TreeHead, entry_hash, perfect_root};
use crate::proof::MissingTile;
use crate::subtree::{join, perfect};
use crate::tile::{TILE_WIDTH, Tile, hashes_at};
use crate::{ENTRY_BYTES_MAX, TREE_SIZE_MAX};

/// The tiles of a tree that are not full yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// The hashes of each level's last tile, from level 0 up.
    levels: Vec<Vec<Hash>>,
}

/// What an append made: write it in the same transaction as the new checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The tree now.
    pub head: TreeHead,
    /// Every tile that is new or wider than before; a wider one replaces the narrower one at its place.
    pub tiles: Vec<(Tile, Vec<Hash>)>,
}

impl Edge {
    /// Of the log without entries.
    pub fn empty() -> Self {
        Self { size: 0, levels: Vec::new() }
    }

    /// Of a tree of `size` entries, whose tiles `read` gives ([`Tile::right_edge`] says which).
    pub fn restore(size: u64, mut read: impl FnMut(Tile) -> Option<Vec<Hash>>) -> Result<Self, MissingTile> {
        let mut levels: Vec<Vec<Hash>> =
            (0..=u8::MAX).take_while(|level| hashes_at(*level, size) > 0).map(|_| Vec::new()).collect();
        for tile in Tile::right_edge(size) {
            let mut hashes = read(tile).ok_or(MissingTile(tile))?;
            if hashes.len() < usize::from(tile.width()) {
                return Err(MissingTile(tile));
            }
            hashes.truncate(usize::from(tile.width()));
            if let Some(level) = levels.get_mut(usize::from(tile.level())) {
                *level = hashes;
            }
        }
        Ok(Self { size, levels })
    }

    /// How many entries the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree's head.
    pub fn head(&self) -> TreeHead {
        let mut roots = Vec::new();
        for row in self.levels.iter().rev() {
            let mut at = 0;
            for part in perfect(0, row.len() as u64) {
                let width = part.entries();
                roots.extend(row.get(at..at + width).and_then(perfect_root));
                at += width;
            }
        }
        join(&roots).map_or_else(TreeHead::empty, |root| TreeHead { size: self.size, root })
    }

    /// Appends entries in this order. `None`, and nothing appended, where an entry is longer than [`ENTRY_BYTES_MAX`] or
    /// the tree would be larger than [`TREE_SIZE_MAX`].
    pub fn append<E: AsRef<[u8]>>(&mut self, entries: &[E]) -> Option<Growth> {
        let fits = entries.iter().all(|entry| entry.as_ref().len() <= ENTRY_BYTES_MAX);
        if !fits || self.size + entries.len() as u64 > TREE_SIZE_MAX {
            return None;
        }
        let mut full = Vec::new();
        let before = self.size;
        for entry in entries {
            self.grow(entry.as_ref(), &mut full);
        }
        let mut tiles = full;
        let grew = |tile: &Tile| hashes_at(tile.level(), self.size) > hashes_at(tile.level(), before);
        tiles.extend(self.partial().filter(|(tile, _)| grew(tile)).map(|(tile, row)| (tile, row.to_vec())));
        Some(Growth { head: self.head(), tiles })
    }

    /// Appends one entry; tiles that it fills are added to `full`.
    pub(crate) fn grow(&mut self, entry: &[u8], full: &mut Vec<(Tile, Vec<Hash>)>) {
        self.push(0, entry_hash(entry), full);
        self.size += 1;
    }

    /// The tiles that are not full, with their hashes.
    pub(crate) fn partial(&self) -> impl Iterator<Item = (Tile, &[Hash])> {
        let rows = Tile::right_edge(self.size).into_iter();
        rows.filter_map(|tile| Some((tile, self.levels.get(usize::from(tile.level()))?.as_slice())))
    }

    fn push(&mut self, level: u8, hash: Hash, full: &mut Vec<(Tile, Vec<Hash>)>) {
        let at = usize::from(level);
        if self.levels.len() == at {
            self.levels.push(Vec::new());
        }
        let Some(row) = self.levels.get_mut(at) else { return };
        row.push(hash);
        if row.len() < usize::from(TILE_WIDTH) {
            return;
        }
        let row = std::mem::take(row);
        let index = hashes_at(level, self.size + 1) / u64::from(TILE_WIDTH) - 1;
        let root = perfect_root(&row);
        if let Ok(tile) = Tile::new(level, index, TILE_WIDTH) {
            full.push((tile, row));
        }
        if let Some(root) = root {
            self.push(level + 1, root, full);
        }
    }
}

#[cfg(test)]
mod tests;
