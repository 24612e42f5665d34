//! What only the portal knows: made once, readable by its owner only.

use super::places::Places;
use crate::{failure::Failure, process};
use std::{
    fs,
    io::{Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

/// The portal's part of every key under which own information is held; made where it is absent.
pub(super) fn holding(data: &Path) -> Result<PathBuf, Failure> {
    let path = data.join("portal/holding.secret");
    if path.is_file() {
        return Ok(path);
    }
    let mut random = [0; 32];
    let source = Path::new("/dev/urandom");
    fs::File::open(source).and_then(|mut file| file.read_exact(&mut random)).map_err(Failure::at(source))?;
    let text = hex::encode(random);
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(Failure::at(&path))?;
    Ok(path)
}

/// The key of the portal's own log; made by the portal's own program where it is absent.
pub(super) fn log_key(places: &Places) -> Result<PathBuf, Failure> {
    let path = places.data.join("portal/log.key");
    if !path.is_file() {
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(Failure::at(&path))?;
        process::read(Command::new(places.programs.join("my-portal")).args(["log-key", "--new", LOG_NAME]).arg(&path))?;
    }
    Ok(path)
}

/// Who the portal is to push services; made by the portal's own program where it is absent.
pub(super) fn push_key(places: &Places) -> Result<PathBuf, Failure> {
    let path = places.data.join("portal/push.key");
    if !path.is_file() {
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(Failure::at(&path))?;
        process::read(Command::new(places.programs.join("my-portal")).args(["push-key", "--new"]).arg(&path))?;
    }
    Ok(path)
}

/// As the portal's settings have it where nothing is said.
const LOG_NAME: &str = "localhost/my-portal";

#[cfg(test)]
mod tests {
    use super::{super::places::tests::places, *};
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_secret_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = holding(folder.path()).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        assert_eq!(first.len(), 64);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(holding(folder.path()).unwrap()).unwrap(), first);
    }

    #[test]
    fn the_logs_key_is_made_once_by_the_portals_own_program() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("my-portal");
        let script = "#!/bin/sh\n[ \"$1 $2 $3\" = \"log-key --new localhost/my-portal\" ] && echo made >>\"$4\"\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let places = Places { data: folder.path().join("data"), programs: folder.path().to_owned(), ..places(None, 0) };
        for _ in 0..2 {
            assert_eq!(fs::read_to_string(log_key(&places).unwrap()).unwrap(), "made\n");
        }
    }

    #[test]
    fn the_key_for_push_services_is_made_once_by_the_portals_own_program() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("my-portal");
        let script = "#!/bin/sh\n[ \"$1 $2\" = \"push-key --new\" ] && echo made >>\"$3\"\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let places = Places { data: folder.path().join("data"), programs: folder.path().to_owned(), ..places(None, 0) };
        for _ in 0..2 {
            assert_eq!(fs::read_to_string(push_key(&places).unwrap()).unwrap(), "made\n");
        }
    }
}
