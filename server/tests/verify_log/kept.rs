//! A log's files in a folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tempfile::TempDir;
use tlog::{Bundle, Checkpoint, Edge, Hash, NoteSigner, ProofFile, Tile, TreeHead, prove_inclusion, write_bundle};

pub(crate) fn signer() -> NoteSigner {
    NoteSigner::new("portal.example/log", &[7; 32]).unwrap()
}

pub(crate) fn key() -> String {
    signer().key().to_string()
}

pub(crate) fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("entry {number}").into_bytes()).collect()
}

pub(crate) struct Kept {
    folder: TempDir,
    head: TreeHead,
    tiles: BTreeMap<Tile, Vec<Hash>>,
}

impl Kept {
    pub(crate) fn of(entries: &[Vec<u8>]) -> Self {
        let growth = Edge::empty().append(entries).unwrap();
        let kept =
            Self { folder: tempfile::tempdir().unwrap(), head: growth.head, tiles: growth.tiles.into_iter().collect() };
        for (tile, row) in &kept.tiles {
            kept.has(&tile.to_string(), &row.iter().flat_map(|hash| hash.0).collect::<Vec<_>>());
        }
        for (index, part) in (0..).zip(entries.chunks(256)) {
            let bundle = Bundle::in_tree(index, kept.head.size).unwrap();
            kept.has(&bundle.to_string(), &write_bundle(part).unwrap());
        }
        kept.has("checkpoint", kept.checkpoint().as_bytes());
        kept
    }

    pub(crate) fn checkpoint(&self) -> String {
        Checkpoint::sign(self.head, &signer()).unwrap()
    }

    pub(crate) fn proof(&self, index: u64) -> String {
        let proof = prove_inclusion(index, self.head.size, |tile| self.tiles.get(&tile).cloned()).unwrap();
        ProofFile { index, proof, checkpoint: self.checkpoint() }.write()
    }

    /// A file of the log, or beside it.
    pub(crate) fn has(&self, path: &str, bytes: &[u8]) -> String {
        let file = self.path(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        file.display().to_string()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn place(&self) -> String {
        self.folder.path().display().to_string()
    }
}
