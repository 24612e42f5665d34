//! Counts `fdatasync` and `fsync` of each database, by strace.

use std::collections::BTreeMap;
use std::path::Path;

use tokio::process::Command;

use super::callers::{Done, MARK};
use crate::Failure;

/// What was counted between the marks.
pub(super) struct Traced {
    /// By database, the name of its file without the ending.
    pub(super) syncs: BTreeMap<String, u64>,
    pub(super) done: Done,
}

pub(super) async fn count(trace: &Path, program: impl FnOnce(&mut Command)) -> Result<Traced, Failure> {
    let mut strace = Command::new("strace");
    // The filter in the kernel: only these calls stop, everything else runs at full speed.
    strace.args(["-f", "-y", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-o"]).arg(trace);
    program(&mut strace);
    let output = strace.kill_on_drop(true).output().await.map_err(|error| format!("strace: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let syncs = between_marks(&std::fs::read_to_string(trace)?);
    if syncs.is_empty() {
        return Err("strace saw no fdatasync of any database between the marks".into());
    }
    Ok(Traced { syncs, done: serde_json::from_slice(&output.stdout)? })
}

fn between_marks(trace: &str) -> BTreeMap<String, u64> {
    let mut syncs = BTreeMap::new();
    let mut marks = 0;
    // A call that was interrupted in the log goes on in a line without a path.
    let calls = trace.lines().filter_map(|line| line.split_once("sync(")?.1.split_once('<')?.1.split_once('>'));
    for (path, _) in calls {
        if path.ends_with(MARK) {
            marks += 1;
        } else if marks == 1 {
            let name = path.rsplit('/').next().unwrap_or(path);
            let database = name.split(".sqlite").next().unwrap_or(name);
            *syncs.entry(database.to_owned()).or_default() += 1;
        }
    }
    syncs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_between_the_marks_counts() {
        let trace = "7 fdatasync(9</d/linkage/core.sqlite-wal>) = 0\n\
            7 fsync(12</d/measured.mark>) = 0\n\
            8 fdatasync(9</d/linkage/core.sqlite-wal> <unfinished ...>\n\
            7 fdatasync(10</d/linkage/nta.sqlite-wal>) = 0\n\
            8 <... fdatasync resumed>)          = 0\n\
            8 fdatasync(11</d/linkage/core.sqlite>) = 0\n\
            7 fsync(12</d/measured.mark>) = 0\n\
            7 fdatasync(10</d/linkage/nta.sqlite-wal>) = 0\n";
        let expected = [("core".to_owned(), 2), ("nta".to_owned(), 1)];
        assert_eq!(between_marks(trace), expected.into());
    }
}
