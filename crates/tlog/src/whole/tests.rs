use super::*;
use crate::note::NoteSigner;
use crate::testing::{Files, entries};

fn log() -> Files {
    Files::of(&entries(600), &[100, 3])
}

#[test]
fn a_whole_log_is_verified_together_with_every_head_it_ever_had() {
    let mut files = Files::of(&entries(10), &[]);
    let mut heads = vec![TreeHead::empty(), files.head()];
    for number in 0..30 {
        files.append(&entries(number));
        heads.push(files.head());
        assert_eq!(files.verify(&heads).unwrap().head, files.head());
    }
}

#[test]
fn the_log_without_entries_is_a_log() {
    assert_eq!(Files::of(&[], &[]).verify(&[TreeHead::empty()]).unwrap().head, TreeHead::empty());
}

/// Every file of the log, every byte position of a few: nothing can be changed without being found.
#[test]
fn no_file_of_the_log_can_be_changed() {
    let files = log();
    let size = files.head().size;
    let parts = files.0.iter().filter(|(path, _)| belongs(path, size));
    let mut changed = 0;
    for (path, bytes) in parts {
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut other = files.clone();
            other.0.get_mut(path).unwrap()[at] ^= 1;
            assert!(other.verify(&[]).is_err(), "{path} at {at}");
            changed += 1;
        }
        let mut without = files.clone();
        without.0.remove(path);
        assert!(without.verify(&[]).is_err(), "{path}");
    }
    assert_eq!(changed, 3 * 8, "checkpoint, three bundles, three tiles and one above");
}

/// Files of the tree as it is now; narrower ones of earlier may lie beside.
fn belongs(path: &str, size: u64) -> bool {
    path == "checkpoint"
        || path.parse::<Tile>().is_ok_and(|tile| Tile::in_tree(tile.level(), tile.index(), size) == Some(tile))
        || path.parse::<Bundle>().is_ok_and(|bundle| Bundle::in_tree(bundle.first() / 256, size) == Some(bundle))
}

#[test]
fn a_log_that_forgot_is_found_by_who_remembers() {
    let remembered = log().head();
    let shorter = Files::of(&entries(500), &[]);
    assert_eq!(shorter.verify(&[remembered]), Err(LogFault::Shorter));
    let mut others = entries(600);
    others[0] = b"another history".to_vec();
    let mut rewritten = Files::of(&others, &[]);
    assert_eq!(rewritten.verify(&[remembered]), Err(LogFault::Rewritten(600)));
    rewritten.append(&entries(1));
    assert_eq!(rewritten.verify(&[remembered]), Err(LogFault::Rewritten(600)));
    assert!(rewritten.verify(&[]).is_ok(), "without memory nothing is seen");
}

#[test]
fn a_log_of_another_key_is_not_this_log() {
    let mut files = log();
    let stranger = NoteSigner::new("portal.example/log", &[9; 32]).unwrap();
    files.0.insert("checkpoint".into(), Checkpoint::sign(files.head(), &stranger).unwrap().into_bytes());
    assert!(matches!(files.verify(&[]), Err(LogFault::Checkpoint(_))));
}
