//! Which files make a world, and how they are copied.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Entry;

/// What the parties and the demo stand on. The portal's own folder is not among them: it has its own backup.
const FOLDERS: [&str; 4] = ["cards", "linkage", "orgs", "pki"];
const FILES: [&str; 3] = ["parties.toml", "sites.toml", "world.toml"];
const DATABASE: &str = ".sqlite";
/// Side files of databases, and what is only there while a file is written.
const PASSING: [&str; 7] = [".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".lock", ".next", ".new", ".tmp"];

/// Names below the data directory, with `/`.
#[derive(Default)]
pub(super) struct Found {
    pub(super) databases: Vec<String>,
    pub(super) files: Vec<String>,
}

pub(super) fn is_of_a_world(name: &str) -> bool {
    FILES.contains(&name) || name.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}

/// Everything that makes the world, in order of names.
pub(super) fn of_world(data: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    for name in FILES.iter().filter(|name| data.join(name).is_file()) {
        found.files.push((*name).to_owned());
    }
    for folder in FOLDERS {
        walk(&data.join(folder), folder, &mut found)?;
    }
    found.databases.sort();
    found.files.sort();
    Ok(found)
}

fn walk(folder: &Path, name: &str, found: &mut Found) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let own = entry.file_name();
        let own = own.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        let below = format!("{name}/{own}");
        // Links would lead out of the world; nothing of a world is one.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &below, found)?;
        } else if kind.is_file() && !PASSING.iter().any(|end| own.ends_with(end)) {
            if own.ends_with(DATABASE) { found.databases.push(below) } else { found.files.push(below) }
        }
    }
    Ok(())
}

pub(super) fn is_database(name: &str) -> bool {
    name.ends_with(DATABASE)
}

/// Makes the folder, its owner's alone. None: something is in it.
pub(super) fn empty_folder(path: &Path) -> io::Result<Option<()>> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    Ok(fs::read_dir(path)?.next().is_none().then_some(()))
}

/// Makes the folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| fs::DirBuilder::new().recursive(true).mode(0o700).create(folder))
}

/// A durable copy with the same mode.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let content = Zeroizing::new(fs::read(from)?);
    write(to, &content, fs::metadata(from)?.permissions().mode() & 0o777)
}

/// A new file, durable when this returns.
pub(super) fn write(path: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    folder_of(path)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.set_permissions(fs::Permissions::from_mode(mode))?;
    file.write_all(content)?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// What the manifest says of a file.
pub(super) fn entry(folder: &Path, name: &str) -> io::Result<Entry> {
    let path = folder.join(name);
    let (bytes, sha256) = sum(&path)?;
    let mode = fs::metadata(&path)?.permissions().mode() & 0o777;
    Ok(Entry { path: name.to_owned(), bytes, sha256, mode: format!("{mode:04o}") })
}

/// Size and SHA-256.
pub(super) fn sum(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut hasher) = (File::open(path)?, Sha256::new());
    let (mut bytes, mut buffer) = (0, vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        let Some(read) = buffer.get(..read).filter(|read| !read.is_empty()) else { break };
        hasher.update(read);
        bytes += read.len() as u64;
    }
    Ok((bytes, hex::encode(hasher.finalize())))
}

/// A sibling of a path, for what is not complete yet.
pub(super) fn beside(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.file_name().unwrap_or(OsStr::new("data")).to_owned();
    name.push(suffix);
    path.with_file_name(name)
}
