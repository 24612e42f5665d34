//! One cluster: its folder, its port, its end.

use crate::{failure::Failure, process};
use rustix::process::geteuid;
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// A cluster that runs, or ran.
#[derive(Serialize, Deserialize)]
pub(super) struct Cluster {
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts one on a free port of 127.0.0.1; about three seconds.
    pub(super) fn start(fsync: bool) -> Result<Self, Failure> {
        let cluster = Self { folder: new_folder()?, port: free_port()? };
        let data = cluster.data();
        process::read(cluster.tool("initdb")?.arg("-D").arg(&data).args([
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
            "-U",
            "postgres",
        ]))?;
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} -c max_connections=300 -c fsync={}",
            cluster.port,
            cluster.folder.display(),
            if fsync { "on" } else { "off" }
        );
        process::read(
            cluster
                .tool("pg_ctl")?
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(cluster.folder.join("log"))
                .args(["-w", "-o", &settings, "start"]),
        )?;
        Ok(cluster)
    }

    /// Stops it at once and removes everything it wrote.
    pub(super) fn stop(&self) -> Result<(), Failure> {
        if self.answers() {
            process::read(self.tool("pg_ctl")?.arg("-D").arg(self.data()).args(["-w", "-m", "immediate", "stop"]))?;
        }
        match fs::remove_dir_all(&self.folder) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(Failure::at(&self.folder)),
        }
    }

    /// The server; tests create databases of their own in it.
    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    /// Whether somebody listens on its port.
    pub(super) fn answers(&self) -> bool {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
    }

    /// The cluster that an earlier `start` noted, if any.
    pub(super) fn noted_in(note: &Path) -> Result<Option<Self>, Failure> {
        match fs::read_to_string(note) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|source| Failure::Json { what: note.display().to_string(), source }),
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Failure::at(note)(source)),
        }
    }

    /// Leaves word for a later `stop`.
    pub(super) fn note_in(&self, note: &Path) -> Result<(), Failure> {
        let text =
            serde_json::to_string(self).map_err(|source| Failure::Json { what: note.display().to_string(), source })?;
        fs::write(note, text).map_err(Failure::at(note))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A tool of PostgreSQL, run as somebody it accepts: it refuses root.
    fn tool(&self, name: &str) -> Result<Command, Failure> {
        let program = newest_tools()?.join(name);
        let mut command = if geteuid().is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder);
        Ok(command)
    }
}

/// The newest version installed: `/usr/lib/postgresql/15/bin`.
fn newest_tools() -> Result<PathBuf, Failure> {
    let base = Path::new("/usr/lib/postgresql");
    let newest = fs::read_dir(base)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok())
        .filter(|version| base.join(version.to_string()).join("bin/initdb").is_file())
        .max()
        .ok_or_else(|| Failure::Said("PostgreSQL is not installed: scripts/setup test installs it".to_owned()))?;
    Ok(base.join(newest.to_string()).join("bin"))
}

/// Not beneath the checkout: the postgres user may not be allowed to walk there.
fn new_folder() -> Result<PathBuf, Failure> {
    let made = process::read(Command::new("mktemp").args(["--directory", "/tmp/my-portal-postgres.XXXXXXXX"]))?;
    let folder = PathBuf::from(made.trim());
    if geteuid().is_root() {
        process::read(Command::new("chown").arg("postgres:").arg(&folder))?;
    }
    Ok(folder)
}

fn free_port() -> Result<u16, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|source| Failure::Start { program: "a listener on 127.0.0.1".to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_brings_the_cluster_back() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("postgres.json");
        assert!(Cluster::noted_in(&note).unwrap().is_none());
        Cluster { folder: "/nowhere".into(), port: 1 }.note_in(&note).unwrap();
        assert_eq!(Cluster::noted_in(&note).unwrap().unwrap().url(), "postgres://postgres@127.0.0.1:1");
    }

    #[test]
    fn stopping_one_that_is_gone_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster { folder: folder.path().join("gone"), port: free_port().unwrap() };
        assert!(!cluster.answers());
        cluster.stop().unwrap();
    }

    #[test]
    fn a_broken_note_is_said_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("postgres.json");
        fs::write(&note, "{").unwrap();
        assert!(Cluster::noted_in(&note).err().is_some_and(|said| said.to_string().contains("postgres.json")));
    }
}
