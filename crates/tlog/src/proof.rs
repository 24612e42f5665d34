//! Proofs: that an entry is in a tree, and that one tree continues another (RFC 6962 §2.1.1, §2.1.2).

use std::collections::BTreeSet;

use ct_merkle::{
    ConsistencyProof, InclusionProof, RootHash, indices_for_consistency_proof, indices_for_inclusion_proof,
};
use sha2::Sha256;

use crate::hash::{Hash, TreeHead};
use crate::subtree::{join, node};
use crate::{TREE_SIZE_MAX, Tile};

/// A tile that is needed is not there, or has fewer hashes than it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the log's {0} is missing or too short")]
pub struct MissingTile(pub Tile);

/// No proof could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError {
    /// The entry is not in the tree, or the older tree is empty or larger.
    #[error("there is nothing to prove: the sizes do not fit")]
    Sizes,
    /// The log is damaged, or the tiles handed in are not those asked for.
    #[error("a part of the log is missing")]
    Tile(#[from] MissingTile),
}

/// A proof does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The entry's number or the sizes do not fit together.
    #[error("the sizes do not fit together")]
    Sizes,
    /// Too few or too many hashes.
    #[error("the proof has the wrong length")]
    Length,
    /// The hashes lead elsewhere: another entry, another tree.
    #[error("the proof leads to another tree")]
    Mismatch,
}

/// The tiles that [`prove_inclusion`] will ask for.
pub fn inclusion_needs(index: u64, size: u64) -> Result<BTreeSet<Tile>, ProveError> {
    Ok(needs(&inclusion_nodes(index, size)?, size))
}

/// Proves that entry `index` (from 0) is in the tree of `size` entries.
pub fn prove_inclusion(
    index: u64,
    size: u64,
    tiles: impl Fn(Tile) -> Option<Vec<Hash>>,
) -> Result<Vec<Hash>, ProveError> {
    hashes(&inclusion_nodes(index, size)?, size, tiles)
}

/// Whether `entry` is number `index` of the tree with this head.
pub fn verify_inclusion(entry: &[u8], index: u64, proof: &[Hash], head: &TreeHead) -> Result<(), ProofError> {
    inclusion_nodes(index, head.size).map_err(|_| ProofError::Sizes)?;
    let proof = InclusionProof::<Sha256>::try_from_bytes(concatenated(proof)).map_err(|_| ProofError::Length)?;
    root(head).verify_inclusion(&entry, index, &proof).map_err(|error| match error {
        ct_merkle::InclusionVerifError::MalformedProof => ProofError::Length,
        ct_merkle::InclusionVerifError::IncorrectHash => ProofError::Mismatch,
        _ => ProofError::Sizes,
    })
}

/// The tiles that [`prove_consistency`] will ask for.
pub fn consistency_needs(older: u64, size: u64) -> Result<BTreeSet<Tile>, ProveError> {
    Ok(needs(&consistency_nodes(older, size)?, size))
}

/// Proves that the tree of `size` entries begins with the tree of `older` entries.
pub fn prove_consistency(
    older: u64,
    size: u64,
    tiles: impl Fn(Tile) -> Option<Vec<Hash>>,
) -> Result<Vec<Hash>, ProveError> {
    hashes(&consistency_nodes(older, size)?, size, tiles)
}

/// Whether `newer` continues `older`. Every tree continues the empty one, without a proof.
pub fn verify_consistency(older: &TreeHead, newer: &TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    if older.size == 0 {
        let fits = *older == TreeHead::empty() && proof.is_empty();
        return if fits { Ok(()) } else { Err(ProofError::Mismatch) };
    }
    consistency_nodes(older.size, newer.size).map_err(|_| ProofError::Sizes)?;
    if older.size == newer.size && older.root != newer.root {
        return Err(ProofError::Mismatch);
    }
    let proof = ConsistencyProof::<Sha256>::try_from_bytes(concatenated(proof)).map_err(|_| ProofError::Length)?;
    root(newer).verify_consistency(&root(older), &proof).map_err(|error| match error {
        ct_merkle::ConsistencyVerifError::MalformedProof => ProofError::Length,
        _ => ProofError::Mismatch,
    })
}

fn root(head: &TreeHead) -> RootHash<Sha256> {
    RootHash::new(head.root.0.into(), head.size)
}

fn concatenated(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

/// The crate beneath panics where numbers do not fit: they are judged here.
fn inclusion_nodes(index: u64, size: u64) -> Result<Vec<u64>, ProveError> {
    let fits = index < size && size <= TREE_SIZE_MAX;
    if fits { Ok(indices_for_inclusion_proof(size, index)) } else { Err(ProveError::Sizes) }
}

fn consistency_nodes(older: u64, size: u64) -> Result<Vec<u64>, ProveError> {
    let fits = (1..=size).contains(&older) && size <= TREE_SIZE_MAX;
    if fits { Ok(indices_for_consistency_proof(older, size - older)) } else { Err(ProveError::Sizes) }
}

fn needs(nodes: &[u64], size: u64) -> BTreeSet<Tile> {
    nodes.iter().flat_map(|number| node(*number, size)).filter_map(|part| part.tile(size)).collect()
}

fn hashes(nodes: &[u64], size: u64, tiles: impl Fn(Tile) -> Option<Vec<Hash>>) -> Result<Vec<Hash>, ProveError> {
    nodes
        .iter()
        .map(|number| {
            let parts = node(*number, size).into_iter().map(|part| {
                let tile = part.tile(size).ok_or(ProveError::Sizes)?;
                tiles(tile).and_then(|row| part.root(&row)).ok_or(ProveError::Tile(MissingTile(tile)))
            });
            join(&parts.collect::<Result<Vec<_>, _>>()?).ok_or(ProveError::Sizes)
        })
        .collect()
}

#[cfg(test)]
mod tests;
