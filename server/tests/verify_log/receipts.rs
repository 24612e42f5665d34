//! A receipt with its proof: by this program, and by `scripts/check-receipt`, which has only a shell and openssl.

use std::path::Path;
use std::process::Command;

use tlog::NoteSigner;

use crate::kept::{Kept, entries, key};
use crate::{refused, runs, unreadable};

fn words(entry: &str, proof: &str) -> [String; 7] {
    ["verify-log", "--key", &key(), "--entry", entry, "--proof", proof].map(str::to_owned)
}

#[test]
fn a_receipt_is_accepted_with_its_proof_and_no_other() {
    let kept = Kept::of(&entries(300));
    let proof = kept.has("a.tlog-proof", kept.proof(299).as_bytes());
    let (entry, other) = (kept.has("a.json", b"entry 299"), kept.has("b.json", b"entry 298"));
    let (status, verdict, told) = runs(&words(&entry, &proof));
    assert_eq!((status, &verdict["verdict"]), (0, &"accepted".into()), "{verdict} {told}");
    assert_eq!((&verdict["index"], &verdict["size"]), (&299.into(), &300.into()));
    refused(&words(&other, &proof), "proof");
    refused(&words(&entry, &entry), "proof_malformed");
    let forged = kept.has("f.tlog-proof", kept.proof(299).replace("\n300\n", "\n301\n").as_bytes());
    refused(&words(&entry, &forged), "proof_checkpoint");
    unreadable(&words(&entry, "/nowhere"), "/nowhere");
}

/// A proof of a tree that the log no longer continues is worth nothing.
#[test]
fn a_receipt_and_the_whole_log_must_be_of_one_history() {
    let mut others = entries(300);
    others[7] = b"another history".to_vec();
    let (kept, rewritten) = (Kept::of(&entries(10)), Kept::of(&others));
    let (entry, proof) = (kept.has("a.json", b"entry 9"), kept.has("a.tlog-proof", kept.proof(9).as_bytes()));
    let with = |log: &Kept| [words(&entry, &proof).to_vec(), vec![log.place()]].concat();
    refused(&with(&rewritten), "rewritten");
    let (status, verdict, _) = runs(&with(&Kept::of(&entries(300))));
    assert_eq!((status, &verdict["index"], &verdict["size"]), (0, &9.into(), &300.into()));
}

/// What the script says of it.
fn script(kept: &Kept, receipt: &str, proof: &str, key: &str) -> (Option<i32>, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/check-receipt");
    let (receipt, proof) = (kept.has("r", receipt.as_bytes()), kept.has("p", proof.as_bytes()));
    let output = Command::new(script).args([&receipt, &proof, key]).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn whoever_has_only_a_shell_and_openssl_comes_to_the_same_judgement() {
    let stranger = NoteSigner::new("portal.example/log", &[8; 32]).unwrap().key().to_string();
    for (size, indices) in [(1, &[0][..]), (2, &[0, 1]), (7, &[0, 4, 6]), (8, &[3, 7]), (300, &[0, 255, 256, 299])] {
        let kept = Kept::of(&entries(size));
        for index in indices {
            let (receipt, proof) = (format!("entry {index}"), kept.proof(*index));
            let accepted = format!("accepted: entry {index} of the {size} that portal.example/log has signed\n");
            assert_eq!(script(&kept, &receipt, &proof, &key()), (Some(0), accepted));
            let refusals = [
                script(&kept, "another", &proof, &key()),
                script(&kept, &receipt, &proof, &stranger),
                script(&kept, &receipt, &proof.replace(&format!("\n{size}\n"), "\n999\n"), &key()),
                script(&kept, &receipt, &proof.replace(&format!("index {index}"), "index 1000"), &key()),
            ];
            for (status, said) in refusals {
                assert!(status == Some(1) && said.starts_with("refused: "), "{size} {index}: {said}");
            }
        }
    }
}
