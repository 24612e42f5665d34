//! A sender of notices as a process of its own, killed as a loss of power kills.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::Town;

/// What the log says when it works.
const RUNS: &str = "the sender runs";

/// `municipality serve`. Killed with the value.
pub struct SenderProcess {
    child: Child,
    reading: JoinHandle<()>,
}

impl SenderProcess {
    /// Settings of an institution's program, on a database beside the town's; the program need not run.
    pub fn settings(town: &Town, org: &str) -> PathBuf {
        let file = town.data().join(format!("municipality/{org}.sqlite"));
        Self::settings_on(town, org, &format!("sqlite:{}", file.display()))
    }

    /// The same on any database.
    pub fn settings_on(town: &Town, org: &str, database: &str) -> PathBuf {
        let data = town.data();
        let settings = serde_json::json!({
            "org": org,
            "database": database,
            "admin": "127.0.0.1:0",
            "party": {
                "identity": data.join("orgs").join(org),
                "anchor": data.join("pki/org-ca.pem"),
                "directory": data.join("parties.toml"),
            },
        });
        let file = data.join(format!("municipality-{org}.toml"));
        std::fs::create_dir_all(data.join("municipality")).expect("a folder");
        std::fs::write(&file, toml::to_string(&settings).expect("TOML")).expect("a file");
        file
    }

    /// Starts the program at the town's time, which goes on there, and waits until it works.
    pub async fn starts(town: &Town, settings: &Path) -> Self {
        let behind = town.now().duration_since(runtime::Clock::now(&runtime::SystemClock)).as_secs();
        let mut command = Command::new(crate::process::program().with_file_name("municipality"));
        command.args(["serve", "--log-format", "json", "--clock", &format!("{behind}s")]).arg("--config").arg(settings);
        let mut child = command.stderr(Stdio::piped()).kill_on_drop(true).spawn().expect("the program");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let mut before = String::new();
        loop {
            let line = lines.next_line().await.expect("its log");
            let line = line.unwrap_or_else(|| panic!("the sender did not start:\n{before}"));
            before.push_str(&line);
            if line.contains(RUNS) {
                break;
            }
        }
        let reading = tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { child, reading }
    }

    /// `kill -9`. Returns when the process is gone.
    pub async fn is_killed(mut self) {
        self.child.start_kill().expect("a process to kill");
        let ended = self.child.wait().await.expect("its end");
        assert!(!ended.success(), "it ended by itself: {ended}");
        let _ = self.reading.await;
    }
}
