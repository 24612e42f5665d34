//! `push-key`: who the portal is to push services, made and shown.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;
use pki::{KeyKind, SigningKey};
use portal::{PushKey, PushKeyError};
use zeroize::Zeroizing;

/// `push-key`
#[derive(Args, Clone, Debug)]
pub(crate) struct KeyArguments {
    /// Make a key, in a file that is not there yet
    #[arg(long)]
    new: bool,
    /// The file with the key
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PushKeyFault {
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    #[error("{} cannot be made", .0.display())]
    Write(PathBuf, #[source] std::io::Error),
    #[error("no key can be made")]
    Module(#[source] pki::key::KeyError),
    #[error("{} is no key for push services", .0.display())]
    Malformed(PathBuf, #[source] PushKeyError),
}

/// The public half, as browsers subscribe to it.
pub(super) fn run(arguments: &KeyArguments) -> Result<(), PushKeyFault> {
    if arguments.new {
        make(&arguments.file)?;
    }
    println!("{}", read(&arguments.file)?);
    Ok(())
}

fn make(file: &Path) -> Result<(), PushKeyFault> {
    let pem = SigningKey::generate(KeyKind::P256).and_then(|key| key.to_pkcs8_pem()).map_err(PushKeyFault::Module)?;
    let written = std::fs::OpenOptions::new()
        .write(true)
        // Never over a key that is there: whoever subscribed to it would hear nothing more.
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut file| file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| PushKeyFault::Write(file.to_owned(), error))
}

fn read(file: &Path) -> Result<String, PushKeyFault> {
    let text = std::fs::read_to_string(file).map_err(|error| PushKeyFault::Read(file.to_owned(), error))?;
    let key = PushKey::from_pkcs8_pem(&Zeroizing::new(text));
    Ok(key.map_err(|error| PushKeyFault::Malformed(file.to_owned(), error))?.public())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("push.key");
        make(&file).unwrap();
        let public = read(&file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(make(&file), Err(PushKeyFault::Write(..))));
        assert_eq!(read(&file).unwrap(), public);
        assert_eq!(public.len(), 87);
    }
}
