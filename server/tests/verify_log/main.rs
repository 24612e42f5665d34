//! `my-portal verify-log` and `log-key` as anybody runs them, and a check of the same files that shares no code with them.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy sees helpers of an integration test as shipped code"
)]

mod kept;
mod keys;
mod receipts;
mod whole;

use std::ffi::OsStr;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the program; status, verdict where there is one, and what it said of failures.
fn runs<S: AsRef<OsStr>>(words: &[S]) -> (i32, Value, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-portal"));
    let Output { status, stdout, stderr } = command.args(words).env_clear().output().unwrap();
    let (said, told) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(said.lines().count() <= 1, "{said}");
    (status.code().unwrap(), serde_json::from_str(&said).unwrap_or_default(), told)
}

/// Refused, and for this reason.
fn refused<S: AsRef<OsStr>>(words: &[S], reason: &str) {
    let (status, verdict, told) = runs(words);
    assert_eq!((status, &verdict["verdict"]), (1, &"refused".into()), "{verdict} {told}");
    assert_eq!(verdict["reason"], reason, "{verdict}");
    assert!(verdict["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
}

/// Nothing was judged: nothing on standard output.
fn unreadable<S: AsRef<OsStr>>(words: &[S], says: &str) {
    let (status, verdict, told) = runs(words);
    assert_eq!((status, verdict), (2, Value::Null), "{told}");
    assert!(told.contains(says), "expected 「{says}」: {told}");
}
