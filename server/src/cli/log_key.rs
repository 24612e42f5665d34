//! `log-key`: the key of the portal's own log, made and shown.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;
use rand_core::Rng as _;
use runtime::SystemRng;
use tlog::{KeyError, NoteKey, NoteSigner};
use zeroize::Zeroizing;

/// `log-key`
#[derive(Args, Clone, Debug)]
pub(crate) struct KeyArguments {
    /// Make a key for the log of this name, e.g. portal.example/my-portal, in a file that is not there yet
    #[arg(long, value_name = "NAME")]
    new: Option<String>,
    /// The file with the key
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum LogKeyError {
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    #[error("{} cannot be made", .0.display())]
    Write(PathBuf, #[source] std::io::Error),
    #[error("{name:?} is no name of a log")]
    Name { name: String, source: KeyError },
    #[error("{} is no key of a log", .0.display())]
    Malformed(PathBuf, #[source] KeyError),
}

/// The public half, as `verify-log --key` takes it.
pub(super) fn run(arguments: &KeyArguments) -> Result<(), LogKeyError> {
    let key = match &arguments.new {
        Some(name) => make(name, &arguments.file)?,
        None => read(&arguments.file)?,
    };
    println!("{key}");
    Ok(())
}

fn make(name: &str, file: &Path) -> Result<NoteKey, LogKeyError> {
    let mut secret = Zeroizing::new([0; 32]);
    SystemRng.fill_bytes(secret.as_mut_slice());
    let signer =
        NoteSigner::new(name, &secret).map_err(|source| LogKeyError::Name { name: name.to_owned(), source })?;
    let mut line = signer.to_secret_text();
    line.push('\n');
    let written = std::fs::OpenOptions::new()
        .write(true)
        // Never over a key that is there: its log could not be continued.
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut file| file.write_all(line.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| LogKeyError::Write(file.to_owned(), error))?;
    Ok(signer.key().clone())
}

fn read(file: &Path) -> Result<NoteKey, LogKeyError> {
    let text = std::fs::read_to_string(file).map_err(|error| LogKeyError::Read(file.to_owned(), error))?;
    let text = Zeroizing::new(text);
    let signer: NoteSigner = text.trim_end().parse().map_err(|error| LogKeyError::Malformed(file.to_owned(), error))?;
    Ok(signer.key().clone())
}
