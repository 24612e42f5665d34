//! A PostgreSQL server for these measurements alone, set up as it comes, every commit durable; gone afterwards.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;
use tokio::process::Command;

use crate::Failure;

const TOOLS: &str = "/usr/lib/postgresql/15/bin";

/// A running server; stopped and removed when dropped.
pub(super) struct Cluster {
    folder: TempDir,
    port: u16,
    as_root: bool,
}

impl Cluster {
    /// Beneath `scratch`, on the disk of the other databases; about three seconds.
    pub(super) async fn start(scratch: &Path) -> Result<Self, Failure> {
        let free = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?.local_addr()?;
        let folder = tempfile::Builder::new().prefix("postgres-").tempdir_in(scratch)?;
        let cluster = Self { folder, port: free.port(), as_root: std::fs::metadata("/proc/self")?.uid() == 0 };
        if cluster.as_root {
            let given = Command::new("chown").arg("postgres:").arg(cluster.folder.path()).output().await?;
            checked("chown", &given)?;
        }
        let mut make = cluster.tool("initdb");
        make.args(["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres"]).arg("-D").arg(cluster.data());
        checked("initdb", &make.output().await?)?;
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={}",
            cluster.port,
            cluster.folder.path().display()
        );
        let mut start = cluster.tool("pg_ctl");
        start.arg("-D").arg(cluster.data()).arg("-l").arg(cluster.folder.path().join("log"));
        // The server would keep our own output open.
        start.args(["-w", "-o", &settings, "start"]).stdout(std::process::Stdio::null());
        checked("pg_ctl", &start.output().await?)?;
        Ok(cluster)
    }

    /// `postgres://…`
    pub(super) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub(super) async fn connect(&self, database: &str) -> Result<PgConnection, Failure> {
        Ok(PgConnection::connect(&self.url(database)).await?)
    }

    /// Whether there is such a database.
    pub(super) async fn has(&self, database: &str) -> Result<bool, Failure> {
        let mut db = self.connect("postgres").await?;
        let found: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
            .bind(database)
            .fetch_optional(&mut db)
            .await?;
        db.close().await?;
        Ok(found.is_some())
    }

    /// A database, in place of one of this name; a copy of `like`, to which nobody may be connected. `template1`: empty.
    pub(super) async fn make(&self, database: &str, like: &str) -> Result<(), Failure> {
        let mut db = self.connect("postgres").await?;
        db.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))).await?;
        // Copied as files: what is copied through the log instead would still be written while others measure.
        db.execute(AssertSqlSafe(format!("CREATE DATABASE {database} TEMPLATE {like} STRATEGY file_copy"))).await?;
        db.execute("CHECKPOINT").await?;
        db.close().await?;
        Ok(())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// As somebody whom the server accepts: it refuses root.
    fn tool(&self, name: &str) -> Command {
        let program = Path::new(TOOLS).join(name);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdin(std::process::Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.tool("pg_ctl").into_std();
        let _ = stop.arg("-D").arg(self.data()).args(["-m", "immediate", "stop"]).output();
    }
}

fn checked(program: &str, ended: &std::process::Output) -> Result<(), Failure> {
    if ended.status.success() {
        return Ok(());
    }
    Err(format!("{program}: {}", String::from_utf8_lossy(&ended.stderr).trim()).into())
}
