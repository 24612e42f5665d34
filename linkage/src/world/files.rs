//! Files of the world: written once, never overwritten, whole or not at all.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Certificates, addresses.
    Everybody,
    /// Keys, cards, databases.
    Owner,
}

/// A file could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("cannot write or read {path}")]
pub struct FileError {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// Writes a file that is not there yet; one that is there stays as it is. True: it was written.
pub(crate) fn write_once(path: &Path, content: &[u8], access: Access) -> Result<bool, FileError> {
    match path.try_exists() {
        Ok(false) => replace(path, content, access).map(|()| true),
        Ok(true) => Ok(false),
        Err(source) => Err(FileError { path: path.to_owned(), source }),
    }
}

/// Writes a file whole: beside it first, then in its place.
pub(crate) fn replace(path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
    let failed = |source| FileError { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mode = match access {
        Access::Everybody => 0o644,
        Access::Owner => 0o600,
    };
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&beside)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(failed)
}

/// Makes a folder, with those above it.
pub(crate) fn folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|source| FileError { path: path.to_owned(), source })
}

/// Reads a text.
pub(crate) fn read(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).map_err(|source| FileError { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/key");
        assert!(write_once(&path, b"one", Access::Owner).unwrap());
        assert!(!write_once(&path, b"two", Access::Owner).unwrap());
        assert_eq!(read(&path).unwrap(), "one");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write_once(&folder.path().join("file/below"), b"", Access::Owner).unwrap_err();
        assert!(error.to_string().contains("file/below"));
    }
}
