//! A log in memory, kept as the contract says, and a second opinion about trees that shares nothing with the first.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::*;

/// RFC 6962 §2.1, word for word.
pub(crate) fn mth(entries: &[Vec<u8>]) -> [u8; 32] {
    match entries {
        [] => Sha256::digest([]).into(),
        [one] => Sha256::digest([&[0], one.as_slice()].concat()).into(),
        _ => {
            let k = largest_power_below(entries.len());
            Sha256::digest([&[1][..], &mth(&entries[..k]), &mth(&entries[k..])].concat()).into()
        }
    }
}

/// RFC 6962 §2.1.1, word for word.
pub(crate) fn path(m: usize, entries: &[Vec<u8>]) -> Vec<[u8; 32]> {
    if entries.len() == 1 {
        return Vec::new();
    }
    let k = largest_power_below(entries.len());
    let (left, right) = entries.split_at(k);
    let (mut path, other) = if m < k { (path(m, left), mth(right)) } else { (path(m - k, right), mth(left)) };
    path.push(other);
    path
}

/// RFC 6962 §2.1.2, word for word.
pub(crate) fn subproof(m: usize, entries: &[Vec<u8>], whole: bool) -> Vec<[u8; 32]> {
    let n = entries.len();
    if m == n {
        return if whole { Vec::new() } else { vec![mth(entries)] };
    }
    let k = largest_power_below(n);
    let (left, right) = entries.split_at(k);
    let (mut proof, other) =
        if m <= k { (subproof(m, left, whole), mth(right)) } else { (subproof(m - k, right, false), mth(left)) };
    proof.push(other);
    proof
}

fn largest_power_below(n: usize) -> usize {
    n.next_power_of_two() / 2
}

pub(crate) fn signer() -> NoteSigner {
    NoteSigner::new("portal.example/log", &[7; 32]).unwrap()
}

pub(crate) fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("entry {number}").into_bytes()).collect()
}

/// Files in the public format.
#[derive(Clone, Default)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl Files {
    /// A log of these entries, appended in steps of these sizes.
    pub(crate) fn of(entries: &[Vec<u8>], steps: &[usize]) -> Self {
        let mut files = Self::default();
        files.publish(TreeHead::empty());
        let (mut rest, mut steps) = (entries, steps.iter().cycle());
        while !rest.is_empty() {
            let step = steps.next().map_or(rest.len(), |step| (*step).clamp(1, rest.len()));
            let (now, later) = rest.split_at(step);
            files.append(now);
            rest = later;
        }
        files
    }

    pub(crate) fn head(&self) -> TreeHead {
        let note = String::from_utf8(self.0["checkpoint"].clone()).unwrap();
        Checkpoint::open(&note, signer().key()).unwrap().head
    }

    pub(crate) fn tile(&self, tile: Tile) -> Option<Vec<Hash>> {
        let bytes = self.0.get(&tile.to_string())?;
        Some(bytes.chunks(32).map(|hash| Hash(hash.try_into().unwrap())).collect())
    }

    pub(crate) fn append(&mut self, entries: &[Vec<u8>]) {
        let before = self.head().size;
        let mut edge = Edge::restore(before, |tile| self.tile(tile)).unwrap();
        let growth = edge.append(entries).unwrap();
        for (tile, row) in growth.tiles {
            self.0.insert(tile.to_string(), row.iter().flat_map(|hash| hash.0).collect());
        }
        for (number, entry) in (before..).zip(entries) {
            self.add_to_bundle(number, entry);
        }
        self.publish(growth.head);
    }

    fn add_to_bundle(&mut self, number: u64, entry: &[u8]) {
        let narrower = Bundle::in_tree(number / 256, number).map(|bundle| bundle.to_string());
        let mut bytes = narrower.and_then(|path| self.0.get(&path).cloned()).unwrap_or_default();
        bytes.extend(write_bundle(&[entry]).unwrap());
        self.0.insert(Bundle::in_tree(number / 256, number + 1).unwrap().to_string(), bytes);
    }

    fn publish(&mut self, head: TreeHead) {
        self.0.insert("checkpoint".to_owned(), Checkpoint::sign(head, &signer()).unwrap().into_bytes());
    }

    pub(crate) fn verify(&self, older: &[TreeHead]) -> Result<Checkpoint, LogFault> {
        verify_log(|path| self.0.get(path).cloned(), signer().key(), older)
    }
}
