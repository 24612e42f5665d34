//! Files that are there whole, or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Makes the folder, its owner's alone. None: something is in it.
pub(super) fn empty_folder(path: &Path) -> io::Result<Option<()>> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    Ok(fs::read_dir(path)?.next().is_none().then_some(()))
}

/// A new file, its owner's alone, durable when this returns.
pub(super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = private(path)?;
    file.write_all(content)?;
    file.sync_all()?;
    settle(path)
}

/// A new file with the content of another. Size and SHA-256 of what was written.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<(u64, String)> {
    let (mut source, mut target) = (File::open(from)?, private(to)?);
    let read = each_part(&mut source, |part| target.write_all(part))?;
    target.sync_all()?;
    Ok(read)
}

/// Size and SHA-256.
pub(super) fn sum(path: &Path) -> io::Result<(u64, String)> {
    each_part(&mut File::open(path)?, |_| Ok(()))
}

fn each_part(file: &mut File, mut with: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(u64, String)> {
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
        with(part)?;
        bytes += part.len() as u64;
    }
    Ok((bytes, hex::encode(hasher.finalize())))
}

fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// One name for another, in place of whatever has that one; durable when this returns.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    File::open(from)?.sync_all()?;
    fs::rename(from, to)?;
    settle(to)
}

/// As [`rename`], where nothing has that name: `AlreadyExists` otherwise.
pub(super) fn name(from: &Path, to: &Path) -> io::Result<()> {
    File::open(from)?.sync_all()?;
    fs::hard_link(from, to)?;
    settle(to)?;
    fs::remove_file(from)?;
    settle(to)
}

/// Gone, or never there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The names in the folder of this file are durable.
fn settle(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// What the engine keeps beside a database.
pub(super) fn side_files(database: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| beside(database, end))
}

/// A sibling with a longer name.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
