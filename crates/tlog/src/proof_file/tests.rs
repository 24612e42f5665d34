use super::*;
use crate::prove_inclusion;
use crate::testing::{Files, entries, signer};

fn file(index: u64) -> ProofFile {
    let files = Files::of(&entries(300), &[]);
    let proof = prove_inclusion(index, 300, |tile| files.tile(tile)).unwrap();
    ProofFile { index, proof, checkpoint: String::from_utf8(files.0["checkpoint"].clone()).unwrap() }
}

#[test]
fn a_proof_file_proves_its_entry_and_no_other() {
    let text = file(299).write();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex 299\n"));
    let read = ProofFile::read(&text).unwrap();
    assert_eq!(read, file(299));
    assert_eq!(read.verify(b"entry 299", signer().key()).unwrap().head.size, 300);
    assert_eq!(read.verify(b"entry 298", signer().key()), Err(ProofFileError::Proof(ProofError::Mismatch)));
}

#[test]
fn the_only_entry_of_a_log_needs_no_hashes() {
    let files = Files::of(&entries(1), &[]);
    let checkpoint = String::from_utf8(files.0["checkpoint"].clone()).unwrap();
    let text = ProofFile { index: 0, proof: Vec::new(), checkpoint }.write();
    assert!(ProofFile::read(&text).unwrap().verify(b"entry 0", signer().key()).is_ok());
}

#[test]
fn extra_data_of_others_is_passed_over() {
    let text = file(5).write().replace("@v1\n", "@v1\nextra AAAA\n");
    assert_eq!(ProofFile::read(&text), Ok(file(5)));
}

#[test]
fn what_is_no_proof_file_is_refused() {
    let good = file(5).write();
    for text in [
        String::new(),
        good.replace("@v1", "@v2"),
        good.replace("index 5", "index 05"),
        good.replace("index 5", "index five"),
        good.replace("index 5\n", ""),
        good.replace("index 5\n", "index 5\nnot a hash\n"),
        good.split("\n\n").next().unwrap().to_owned(),
        "c2sp.org/tlog-proof@v1\n".repeat(10_000),
    ] {
        assert_eq!(ProofFile::read(&text), Err(ProofFileError::Malformed), "{text:.80}");
    }
}
