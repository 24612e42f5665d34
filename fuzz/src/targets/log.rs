//! The portal's own log as anybody may send it back: notes, proofs, paths, bundles, receipts.

use std::fmt::Display;
use std::str::FromStr;

use portal::{ClassCount, Commitment, PurgeReason, Receipt};
use tlog::{Bundle, Checkpoint, Edge, NoteKey, NoteSigner, ProofFile, Tile, read_bundle, write_bundle};

fn signer() -> NoteSigner {
    NoteSigner::new("portal.example/log", &[7; 32]).expect("a key")
}

const ENTRIES: [&[u8]; 3] = [b"one", b"two", b"three"];

fn checkpoint() -> String {
    let head = Edge::empty().append(&ENTRIES).expect("three entries").head;
    Checkpoint::sign(head, &signer()).expect("a note")
}

/// One way to write it.
fn written<T: FromStr + Display>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        assert_eq!(read.to_string(), text);
    }
}

/// Whatever opens was signed: nothing but the one head ever was.
pub(super) fn files(bytes: &[u8]) {
    if let Ok(entries) = read_bundle(bytes) {
        assert_eq!(write_bundle(&entries).as_deref(), Ok(bytes));
    }
    let Ok(text) = str::from_utf8(bytes) else { return };
    written::<Tile>(text);
    written::<Bundle>(text);
    written::<NoteKey>(text);
    let key = signer().key().clone();
    if let Ok(opened) = Checkpoint::open(text, &key) {
        assert_eq!(Ok(opened), Checkpoint::open(&checkpoint(), &key));
    }
    if let Ok(proof) = ProofFile::read(text) {
        assert_eq!(ProofFile::read(&proof.write()).as_ref(), Ok(&proof));
        assert!(proof.verify(b"four", &key).is_err());
    }
}

pub(super) fn file_seeds() -> Vec<Vec<u8>> {
    let growth = Edge::empty().append(&ENTRIES).expect("three entries");
    let tiles: std::collections::BTreeMap<_, _> = growth.tiles.into_iter().collect();
    let proof = tlog::prove_inclusion(1, 3, |tile| tiles.get(&tile).cloned()).expect("a proof");
    let proof = ProofFile { index: 1, proof, checkpoint: checkpoint() };
    let texts = [checkpoint(), proof.write(), "tile/0/x001/234.p/5".into(), "tile/entries/000".into()];
    let bundle = write_bundle(&ENTRIES).expect("a bundle");
    texts.into_iter().chain([signer().key().to_string()]).map(String::into_bytes).chain([bundle]).collect()
}

/// What is read as a receipt is the log's entry, byte by byte.
pub(super) fn receipt(bytes: &[u8]) {
    if let Ok(receipt) = Receipt::from_json(bytes) {
        assert_eq!(receipt.to_json(), bytes);
    }
}

pub(super) fn receipt_seeds() -> Vec<Vec<u8>> {
    let class = "answer".parse().expect("a name");
    let answers = ClassCount { class, count: 2, commitments: vec![Commitment([1; 32]), Commitment([2; 32])] };
    let receipt = |classes| Receipt::new([7; 16].into(), crate::town::now(), PurgeReason::Logout, classes);
    vec![receipt(vec![answers]).to_json(), receipt(Vec::new()).to_json()]
}
