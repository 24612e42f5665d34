//! What anybody may have of the log: the files of C2SP tlog-tiles, and proofs.

use store::StoreError;
use tlog::{Bundle, ProofFile, ProveError, Tile, inclusion_needs, prove_inclusion, verify_inclusion, write_bundle};

use super::append::Tiles;
use super::{Log, LogError, LogIndex};

const HASH_BYTES: usize = 32;

impl Log {
    /// The newest head, signed.
    pub async fn checkpoint(&self) -> Result<String, LogError> {
        let head = self.0.store.read().await?.log_head().await?;
        Ok(self.opened(head)?.1)
    }

    /// A tile of this width; none where the tree has not grown so far.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreError> {
        let stored = self.0.store.read().await?.log_tile(tile.level(), tile.index()).await?;
        // What is wider by now begins with what it was.
        let bytes = usize::from(tile.width()) * HASH_BYTES;
        Ok(stored.filter(|hashes| hashes.len() >= bytes).map(|mut hashes| {
            hashes.truncate(bytes);
            hashes
        }))
    }

    /// Entries, in a bundle of this width; none where the tree has not grown so far.
    pub async fn entries(&self, bundle: Bundle) -> Result<Option<Vec<u8>>, LogError> {
        let entries = self.0.store.read().await?.log_entries(bundle.first(), bundle.width()).await?;
        if entries.len() < usize::from(bundle.width()) {
            return Ok(None);
        }
        write_bundle(&entries).map(Some).map_err(|_| LogError::Damaged)
    }

    /// That an entry is in the log, as a file that holds by itself; none where there is no such entry. What would not
    /// hold is not handed out.
    pub async fn proof(&self, index: LogIndex) -> Result<Option<ProofFile>, LogError> {
        let LogIndex(index) = index;
        let mut reader = self.0.store.read().await?;
        let (head, checkpoint) = self.opened(reader.log_head().await?)?;
        let needs = match inclusion_needs(index, head.size) {
            Ok(needs) => needs,
            Err(ProveError::Sizes) => return Ok(None),
            Err(ProveError::Tile(_)) => return Err(LogError::Damaged),
        };
        let mut tiles = Tiles::default();
        for tile in needs {
            tiles.keep(tile, reader.log_tile(tile.level(), tile.index()).await?)?;
        }
        let entries = reader.log_entries(index, 1).await?;
        let entry = entries.first().ok_or(LogError::Damaged)?;
        let proof = prove_inclusion(index, head.size, |tile| tiles.of(tile)).map_err(|_| LogError::Damaged)?;
        verify_inclusion(entry, index, &proof, &head).map_err(|_| LogError::Damaged)?;
        Ok(Some(ProofFile { index, proof, checkpoint }))
    }
}
