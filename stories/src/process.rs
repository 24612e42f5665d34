//! The portal as a process of its own: the built program with its settings in a file, killed as a loss of power kills.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

/// What the log says when every listener is open.
const RUNS: &str = "the portal runs";
/// A connection that was closed on the other side is noticed within this time, also by a machine that is busy.
const NOTICES_WITHIN: Duration = Duration::from_secs(10);
const LOOKS_AGAIN: Duration = Duration::from_millis(100);

/// `my-portal serve`. Killed with the value.
pub struct PortalProcess {
    /// `/livez`, `/readyz`, `/metrics`.
    pub admin: SocketAddr,
    child: Child,
    log: Arc<Mutex<String>>,
    reading: JoinHandle<()>,
}

impl PortalProcess {
    /// Starts the program in a time that stands still, and waits until it runs.
    pub async fn starts(settings: &Path, now: Timestamp) -> Self {
        Self::starts_with(settings, now, &[]).await
    }

    /// The same in a given environment.
    pub async fn starts_with(settings: &Path, now: Timestamp, environment: &[(&str, &Path)]) -> Self {
        let mut command = Command::new(program());
        command.args(["serve", "--log-format", "json", "--log", "debug,hyper=info,h2=info,rustls=info"]);
        command.envs(environment.iter().copied()).arg("--config").arg(settings).arg("--clock").arg(now.to_string());
        let mut child = command.stderr(Stdio::piped()).kill_on_drop(true).spawn().expect("the program");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let mut before = String::new();
        let admin = loop {
            let line = lines.next_line().await.expect("its log");
            let line = line.unwrap_or_else(|| panic!("the portal did not start:\n{before}"));
            before.push_str(&line);
            before.push('\n');
            if line.contains(RUNS) {
                break admin(&line);
            }
        };
        let log = Arc::new(Mutex::new(before));
        let kept = Arc::clone(&log);
        let reading = tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self { admin, child, log, reading }
    }

    /// `kill -9`. Returns when the process is gone, with everything it had logged.
    pub async fn is_killed(mut self) -> String {
        self.child.start_kill().expect("a process to kill");
        let ended = self.child.wait().await.expect("its end");
        assert!(!ended.success(), "it ended by itself: {ended}");
        let _ = self.reading.await;
        let log = self.log.lock().unwrap();
        log.clone()
    }

    /// What `/metrics` says of a counter, all labels together that contain `labels`.
    pub async fn counts(&self, name: &str, labels: &str) -> u64 {
        let url = format!("http://{}/metrics", self.admin);
        let text = reqwest::get(url).await.expect("metrics").text().await.expect("metrics");
        let lines = text.lines().filter(|line| line.starts_with(name) && line.contains(labels));
        lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<u64>().ok()).sum()
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Which of these texts the process holds in memory that it may write, once it had time to notice that who asked has
    /// closed their connections: until then it holds what it answered last.
    pub async fn remembers<'a>(&self, texts: &'a [String]) -> Vec<&'a str> {
        let id = self.child.id().expect("a process");
        let until = tokio::time::Instant::now() + NOTICES_WITHIN;
        loop {
            let held = crate::memory::holds(id, texts);
            if held.is_empty() || tokio::time::Instant::now() >= until {
                return held;
            }
            tokio::time::sleep(LOOKS_AGAIN).await;
        }
    }
}

fn admin(line: &str) -> SocketAddr {
    let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
    let found = ["/fields/admin", "/admin"].into_iter().find_map(|path| line.pointer(path)?.as_str()?.parse().ok());
    found.unwrap_or_else(|| panic!("no admin port in {line}"))
}

/// The portal's own program: beside the tests, where cargo puts every program of the workspace.
pub fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("this program");
    let folder = tests.ancestors().nth(2).expect("a folder");
    let program = folder.join("my-portal");
    assert!(program.is_file(), "{} is not built: cargo build -p server", program.display());
    program
}
