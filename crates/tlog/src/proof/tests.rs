use super::*;
use crate::testing::{Files, entries, path, subproof};
use proptest::prelude::*;

fn wrapped(hashes: Vec<[u8; 32]>) -> Vec<Hash> {
    hashes.into_iter().map(Hash).collect()
}

fn head(entries: &[Vec<u8>]) -> TreeHead {
    let mut edge = crate::Edge::empty();
    edge.append(entries).unwrap();
    edge.head()
}

#[test]
fn every_entry_of_small_trees_is_proven_as_the_definition_says() {
    for size in 1..=40 {
        let all = entries(size);
        let (files, tree) = (Files::of(&all, &[]), head(&all));
        for (index, entry) in all.iter().enumerate() {
            let proof = prove_inclusion(index as u64, size as u64, |tile| files.tile(tile)).unwrap();
            assert_eq!(proof, wrapped(path(index, &all)));
            assert_eq!(verify_inclusion(entry, index as u64, &proof, &tree), Ok(()));
        }
    }
}

#[test]
fn every_older_tree_is_continued_as_the_definition_says() {
    for size in 1..=40 {
        let all = entries(size);
        let (files, tree) = (Files::of(&all, &[]), head(&all));
        for older in 1..=size {
            let proof = prove_consistency(older as u64, size as u64, |tile| files.tile(tile)).unwrap();
            assert_eq!(proof, wrapped(subproof(older, &all, true)));
            assert_eq!(verify_consistency(&head(&all[..older]), &tree, &proof), Ok(()));
        }
    }
}

#[test]
fn a_proof_is_no_proof_of_anything_else() {
    let all = entries(20);
    let files = Files::of(&all, &[]);
    let proof = prove_inclusion(7, 20, |tile| files.tile(tile)).unwrap();
    let tree = files.head();
    assert_eq!(verify_inclusion(&all[8], 7, &proof, &tree), Err(ProofError::Mismatch));
    assert_eq!(verify_inclusion(&all[7], 6, &proof, &tree), Err(ProofError::Mismatch));
    assert_eq!(verify_inclusion(&all[7], 20, &proof, &tree), Err(ProofError::Sizes));
    assert_eq!(verify_inclusion(&all[7], 7, &proof[1..], &tree), Err(ProofError::Length));
    assert_eq!(verify_inclusion(&all[7], 7, &[&proof[..], &proof[..1]].concat(), &tree), Err(ProofError::Length));
    assert_eq!(verify_inclusion(&all[7], 7, &proof, &head(&entries(21))), Err(ProofError::Mismatch));
    assert_eq!(verify_inclusion(&all[7], 7, &proof, &TreeHead::empty()), Err(ProofError::Sizes));
    assert_eq!(
        verify_inclusion(&all[7], u64::MAX, &proof, &TreeHead { size: u64::MAX, ..tree }),
        Err(ProofError::Sizes)
    );
}

/// An inner node shown as if it were an entry: the prefixes keep the two apart.
#[test]
fn a_node_is_not_taken_for_an_entry() {
    let all = entries(2);
    let tree = head(&all);
    let node = [crate::entry_hash(&all[0]).0, crate::entry_hash(&all[1]).0].concat();
    assert_eq!(verify_inclusion(&node, 0, &[], &TreeHead { size: 1, ..tree }), Err(ProofError::Mismatch));
}

#[test]
fn a_changed_history_is_not_continued() {
    let mut all = entries(20);
    let older = head(&all[..12]);
    all[3] = b"another".to_vec();
    let files = Files::of(&all, &[]);
    let proof = prove_consistency(12, 20, |tile| files.tile(tile)).unwrap();
    assert_eq!(verify_consistency(&older, &files.head(), &proof), Err(ProofError::Mismatch));
    assert_eq!(verify_consistency(&files.head(), &older, &proof), Err(ProofError::Sizes));
    assert_eq!(
        verify_consistency(&older, &TreeHead { root: files.head().root, ..older }, &[]),
        Err(ProofError::Mismatch)
    );
}

#[test]
fn every_tree_continues_the_empty_one_and_only_the_true_empty_one() {
    let tree = head(&entries(3));
    assert_eq!(verify_consistency(&TreeHead::empty(), &tree, &[]), Ok(()));
    assert_eq!(verify_consistency(&TreeHead { size: 0, ..tree }, &tree, &[]), Err(ProofError::Mismatch));
    assert_eq!(prove_consistency(0, 3, |_| None), Err(ProveError::Sizes));
}

#[test]
fn a_missing_tile_is_named() {
    let wanted = prove_inclusion(300, 600, |_| None);
    assert!(
        matches!(wanted, Err(ProveError::Tile(MissingTile(tile))) if inclusion_needs(300, 600).unwrap().contains(&tile))
    );
    assert_eq!(prove_inclusion(3, 3, |_| None), Err(ProveError::Sizes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Only the tiles that were announced are asked for.
    #[test]
    fn large_trees_are_proven_from_few_tiles((size, index) in (1usize..3_000).prop_flat_map(|size| (Just(size), 0..size))) {
        let all = entries(size);
        let files = Files::of(&all, &[]);
        let needs = inclusion_needs(index as u64, size as u64).unwrap();
        let given = |tile: Tile| needs.contains(&tile).then(|| files.tile(tile)).flatten();
        let proof = prove_inclusion(index as u64, size as u64, given).unwrap();
        prop_assert_eq!(&proof, &wrapped(path(index, &all)));
        prop_assert_eq!(verify_inclusion(&all[index], index as u64, &proof, &files.head()), Ok(()));
        let older = index + 1;
        let needs = consistency_needs(older as u64, size as u64).unwrap();
        let given = |tile: Tile| needs.contains(&tile).then(|| files.tile(tile)).flatten();
        let proof = prove_consistency(older as u64, size as u64, given).unwrap();
        prop_assert_eq!(&proof, &wrapped(subproof(older, &all, true)));
    }

    #[test]
    fn any_proof_of_strangers_is_answered(
        index in any::<u64>(), size in any::<u64>(), older in any::<u64>(),
        proof in prop::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..70),
    ) {
        let tree = TreeHead { size, root: Hash([1; 32]) };
        prop_assert!(verify_inclusion(b"entry", index, &proof, &tree).is_err());
        let earlier = TreeHead { size: older, root: Hash([2; 32]) };
        prop_assert!(verify_consistency(&earlier, &tree, &proof).is_err());
    }
}
