//! A throwaway PostgreSQL server: made in a temporary directory on a free port, without fsync,
//! stopped and removed when nobody uses it any more.
//!
//! nextest runs each test in a process of its own, so tests that run at the same time share one
//! server: each holds a shared lock on a file, and a keeper (a shell that outlives the tests)
//! removes the server once nobody has held the lock for a while. The kernel gives the lock back
//! however a process ends.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Why no server could be started.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The programs of PostgreSQL are not installed.
    #[error("PostgreSQL's initdb and pg_ctl are not installed (Debian: apt-get install postgresql)")]
    Missing,
    /// Files or programs could not be used.
    #[error("cannot prepare a PostgreSQL server for the tests")]
    Io(#[from] io::Error),
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which program.
        program: &'static str,
        /// What it said.
        said: String,
    },
}

/// A server of one's own, stopped and removed when dropped.
#[derive(Debug)]
pub struct Cluster {
    directory: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a server in a fresh directory beside the other temporary files; about 3 s.
    ///
    /// # Errors
    /// See [`ClusterError`].
    pub fn start() -> Result<Self, ClusterError> {
        let directory = tempfile::Builder::new().prefix("my-portal-postgres-").tempdir()?.keep();
        Self::start_in(directory)
    }

    fn start_in(directory: PathBuf) -> Result<Self, ClusterError> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self { directory, port };
        cluster.belongs_to_server_user()?;
        let data = cluster.data();
        let data = data.to_string_lossy();
        let made = ["-D", &*data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N"];
        run("initdb", &made)?;
        let directory = cluster.directory.to_string_lossy();
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={directory} -c fsync=off \
             -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB"
        );
        let log = cluster.directory.join("log");
        run("pg_ctl", &["-D", &*data, "-o", &settings, "-l", &log.to_string_lossy(), "-w", "start"])?;
        Ok(cluster)
    }

    /// `postgres://…` of the server, without a database's name.
    pub fn url(&self) -> String {
        url(self.port)
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// The server refuses to run as root, and then needs a directory of its own user.
    fn belongs_to_server_user(&self) -> Result<(), ClusterError> {
        if !is_root() {
            return Ok(());
        }
        let given = Command::new("chown").arg("postgres").arg(&self.directory).output()?;
        checked("chown", given).map(drop)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // What cannot be stopped or removed now is only litter in the temporary directory.
        let _ = run("pg_ctl", &["-D", &self.data().to_string_lossy(), "-m", "immediate", "stop"]);
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// The server that this process shares with others; started by the first that asks.
pub(super) fn shared_url() -> Result<String, ClusterError> {
    /// Held open for the rest of the process: the lock says that somebody uses the server.
    static USING: OnceLock<File> = OnceLock::new();
    let place = std::env::temp_dir().join(format!("my-portal-test-postgres-{}", user()?));
    private_directory(&place)?;
    let starting = lock_file(&place.join("starting"))?;
    starting.lock()?;
    let using = lock_file(&place.join("using"))?;
    using.lock_shared()?;
    USING.get_or_init(|| using);
    let running = running_port(&place);
    let port = match running {
        Some(port) => port,
        None => start_shared(&place)?,
    };
    drop(starting);
    Ok(url(port))
}

fn start_shared(place: &Path) -> Result<u16, ClusterError> {
    let cluster = Cluster::start()?;
    std::fs::write(place.join("port"), cluster.port.to_string())?;
    keep(place, &cluster)?;
    let port = cluster.port;
    // From here on the keeper stops and removes it.
    std::mem::forget(cluster);
    Ok(port)
}

/// Waits until nobody has used the server for some seconds, then removes it. A test that comes
/// while the keeper is at it waits at the `starting` lock and then starts a new one.
const KEEPER: &str = r#"
while sleep 5; do
    exec 8>"$1/starting" 9>"$1/using"
    flock 8
    if flock --nonblock 9; then
        rm -f "$1/port"
        $4 "$3/pg_ctl" -D "$2/data" -m immediate stop
        rm -rf "$2"
        exit
    fi
    exec 8>&- 9>&-
done
"#;

fn keep(place: &Path, cluster: &Cluster) -> Result<(), ClusterError> {
    Command::new("sh")
        .args(["-c", KEEPER, "keeper"])
        .arg(place)
        .arg(&cluster.directory)
        .arg(programs()?)
        .arg(if is_root() { "runuser -u postgres --" } else { "" })
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    Ok(())
}

fn running_port(place: &Path) -> Option<u16> {
    let port = std::fs::read_to_string(place.join("port")).ok()?.parse().ok()?;
    std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
    Some(port)
}

fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}")
}

fn run(program: &'static str, arguments: &[&str]) -> Result<(), ClusterError> {
    let path = programs()?.join(program);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    // The server inherits what is not closed here, and would keep the test's output open.
    let ended = command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
    checked(program, ended.stderr(Stdio::piped()).output()?).map(drop)
}

fn checked(program: &'static str, ended: Output) -> Result<Output, ClusterError> {
    if ended.status.success() {
        return Ok(ended);
    }
    let said = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
    Err(ClusterError::Failed { program, said })
}

/// Debian keeps the programs of each version apart; elsewhere they are on the path.
fn programs() -> Result<PathBuf, ClusterError> {
    let debian = PathBuf::from("/usr/lib/postgresql/15/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::iter::once(debian)
        .chain(std::env::split_paths(&path))
        .find(|directory| directory.join("initdb").is_file())
        .ok_or(ClusterError::Missing)
}

fn is_root() -> bool {
    user().is_ok_and(|user| user == 0)
}

/// Who runs this process: the owner of its own entry.
fn user() -> io::Result<u32> {
    use std::os::unix::fs::MetadataExt;
    Ok(std::fs::metadata("/proc/self")?.uid())
}

fn private_directory(place: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(place)
}

fn lock_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
}
