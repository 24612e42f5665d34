use super::*;
use crate::testing::{Files, entries, signer};

fn signed(text: &str) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::open(&signer().sign(text).unwrap(), signer().key())
}

#[test]
fn a_checkpoint_is_read_as_it_was_signed() {
    let head = Files::of(&entries(9), &[]).head();
    let note = Checkpoint::sign(head, &signer()).unwrap();
    assert!(note.starts_with("portal.example/log\n9\n"));
    assert_eq!(Checkpoint::open(&note, signer().key()), Ok(Checkpoint { origin: "portal.example/log".into(), head }));
}

#[test]
fn what_the_log_signed_is_still_read_strictly() {
    let root = TreeHead::empty().root;
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert_eq!(signed(&format!("portal.example/log\n0\n{root}\n")).unwrap().head, TreeHead::empty());
    assert!(signed(&format!("portal.example/log\n5\n{other}\nextension\n")).is_ok());
    assert_eq!(signed(&format!("other.example/log\n5\n{other}\n")), Err(CheckpointError::OtherLog));
    for text in [
        format!("portal.example/log\n0\n{other}\n"),
        format!("portal.example/log\n05\n{other}\n"),
        format!("portal.example/log\n-5\n{other}\n"),
        format!("portal.example/log\n18446744073709551615\n{other}\n"),
        format!("portal.example/log\n5\n{}\n", other.trim_end_matches('=')),
        format!("portal.example/log\n5\n{other}\n\nafter\n"),
        "portal.example/log\n5\n".to_owned(),
        format!("\n5\n{other}\n"),
    ] {
        assert_eq!(signed(&text), Err(CheckpointError::Malformed), "{text}");
    }
}

#[test]
fn a_checkpoint_of_nobody_is_not_believed() {
    let stranger = NoteSigner::new("portal.example/log", &[8; 32]).unwrap();
    let note = Checkpoint::sign(TreeHead::empty(), &stranger).unwrap();
    assert_eq!(Checkpoint::open(&note, signer().key()), Err(CheckpointError::Note(NoteError::UnknownKey)));
}
