//! `verify-log`: the whole log of a portal, and a receipt with its proof, checked from files or over HTTP as anybody can.

mod verdict;
mod whole;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tlog::{Checkpoint, NoteKey, ProofFile, TreeHead, verify_log};

use super::verify::answer;
use verdict::Verdict;
use whole::Whole;

/// `verify-log`
#[derive(Args, Clone, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["place", "entry"]))]
pub(crate) struct LogArguments {
    /// The log's key, name+id+key: the portal's operator tells it, `my-portal log-key FILE` shows it
    #[arg(long, value_name = "KEY")]
    key: NoteKey,
    /// An older checkpoint that the log must continue (repeat for more)
    #[arg(long, value_name = "FILE", requires = "place")]
    since: Vec<PathBuf>,
    /// A receipt, byte by byte as it was downloaded
    #[arg(long, value_name = "FILE", requires = "proof")]
    entry: Option<PathBuf>,
    /// Its .tlog-proof
    #[arg(long, value_name = "FILE", requires = "entry")]
    proof: Option<PathBuf>,
    // Not `log`: that is what every program calls its own logging.
    /// The log: a directory, or its address, such as `http://localhost:8080/log`
    #[arg(value_name = "LOG")]
    place: Option<String>,
}

/// Nothing was judged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// A file cannot be read.
    #[error("{} cannot be read", .0.display())]
    File(PathBuf, #[source] std::io::Error),
    /// An address does not answer as a log does.
    #[error("{0} cannot be read")]
    Address(String, #[source] Box<dyn std::error::Error + Send + Sync>),
}

pub(super) fn run(arguments: &LogArguments) -> ExitCode {
    answer(judged(arguments), Verdict::is_accepted)
}

/// The proof first: the tree that it stands on must be one that the log continues.
fn judged(arguments: &LogArguments) -> Result<Verdict, Unreadable> {
    let mut verdict = Verdict::accepted();
    let mut older = Vec::new();
    if let (Some(entry), Some(proof)) = (&arguments.entry, &arguments.proof) {
        let (entry, proof) = (read(entry)?, read(proof)?);
        match proven(&entry, &proof, &arguments.key) {
            Ok((index, checkpoint)) => {
                older.push(checkpoint.head);
                verdict.proves(index, &checkpoint);
            }
            Err(refused) => return Ok(refused),
        }
    }
    let Some(place) = &arguments.place else { return Ok(verdict) };
    for file in &arguments.since {
        match remembered(&read(file)?, &arguments.key) {
            Ok(head) => older.push(head),
            Err(refused) => return Ok(refused),
        }
    }
    let whole = Whole::at(place)?;
    let found = verify_log(|path| whole.file(path), &arguments.key, &older);
    whole.was_readable()?;
    Ok(match found {
        Ok(checkpoint) => {
            verdict.covers(&checkpoint);
            verdict
        }
        Err(fault) => fault.into(),
    })
}

fn proven(entry: &[u8], proof: &[u8], key: &NoteKey) -> Result<(u64, Checkpoint), Verdict> {
    let proof = ProofFile::read(&String::from_utf8_lossy(proof))?;
    Ok((proof.index, proof.verify(entry, key)?))
}

fn remembered(note: &[u8], key: &NoteKey) -> Result<TreeHead, Verdict> {
    let opened = Checkpoint::open(&String::from_utf8_lossy(note), key);
    opened.map(|checkpoint| checkpoint.head).map_err(Verdict::older)
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    std::fs::read(path).map_err(|error| Unreadable::File(path.to_owned(), error))
}
