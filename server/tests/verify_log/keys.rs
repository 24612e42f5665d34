//! `log-key`.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};

use tlog::NoteSigner;

fn log_key(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_my-portal")).arg("log-key").args(words).env_clear().output().unwrap()
}

#[test]
fn a_key_is_made_for_its_owner_only_and_shown_by_its_public_half() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.key");
    let path = file.to_str().unwrap();
    let made = log_key(&["--new", "portal.example/log", path]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    let signer: NoteSigner = text.trim_end().parse().unwrap();
    for output in [made, log_key(&[path])] {
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{}\n", signer.key()));
    }
}

#[test]
fn a_key_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.key");
    std::fs::write(&file, "precious").unwrap();
    let refused = log_key(&["--new", "portal.example/log", file.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
}

#[test]
fn what_is_no_key_is_named_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.key");
    std::fs::write(&file, "s3cret").unwrap();
    for words in [&[file.to_str().unwrap()][..], &["/nowhere"], &["--new", "two words", "/nowhere"]] {
        let output = log_key(words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
        assert!(!said.contains("s3cret") && !said.is_empty(), "{said}");
    }
}
