//! Programs that live and die together.

use super::{answers::Ready, programs::Program};
use crate::{failure::Failure, process, progress};
use signal_hook::{consts::SIGCHLD, iterator::Signals};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How often we look whether something happened.
const LOOK: Duration = Duration::from_millis(50);
/// A program that needs longer than this to answer has failed.
const START_MAX: Duration = Duration::from_mins(1);
/// Programs drain for ten seconds at most; then they are ended.
const DRAIN_MAX: Duration = Duration::from_secs(12);

/// The running programs. Dropping the group ends them.
pub(super) struct Group {
    signals: Signals,
    logs: PathBuf,
    running: Vec<Member>,
}

struct Member {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Group {
    /// An empty group that writes to `logs`.
    pub(super) fn new(signals: Signals, logs: PathBuf) -> Self {
        Self { signals, logs, running: Vec::new() }
    }

    /// Starts a program and waits until it answers. `Some` where a signal ended the waiting.
    pub(super) fn start(&mut self, program: Program) -> Result<Option<ExitCode>, Failure> {
        let Program { name, mut command, ready } = program;
        if ready.is_met_before_start() {
            return Err(Failure::Said(format!(
                "{name}: somebody else already answers at its address; is another demo running?"
            )));
        }
        fs::create_dir_all(&self.logs).map_err(Failure::at(&self.logs))?;
        let log = self.logs.join(format!("{name}.log"));
        let file = File::create(&log).map_err(Failure::at(&log))?;
        let errors = file.try_clone().map_err(Failure::at(&log))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|source| Failure::Start { program: format!("{}", command.get_program().display()), source })?;
        self.running.push(Member { name, child, log });
        let began = Instant::now();
        while !ready.is_met() {
            if self.signalled() {
                return Ok(Some(ExitCode::SUCCESS));
            }
            self.nobody_ended()?;
            if began.elapsed() > START_MAX {
                return Err(Failure::Said(format!("{name} does not answer after {} s", START_MAX.as_secs())));
            }
            thread::sleep(LOOK);
        }
        Ok(None)
    }

    /// Waits for a signal (success) or for the first program to end (failure); then all end.
    pub(super) fn run_to_the_end(mut self) -> Result<ExitCode, Failure> {
        loop {
            if self.signalled() {
                progress::step("stopping");
                return Ok(ExitCode::SUCCESS);
            }
            self.nobody_ended()?;
            thread::sleep(LOOK);
        }
    }

    fn signalled(&mut self) -> bool {
        self.signals.pending().any(|signal| signal != SIGCHLD)
    }

    fn nobody_ended(&mut self) -> Result<(), Failure> {
        for member in &mut self.running {
            let ended = member.child.try_wait();
            let start = |source| Failure::Start { program: member.name.to_owned(), source };
            if let Some(status) = ended.map_err(start)? {
                return Err(Failure::Ended {
                    program: member.name.to_owned(),
                    status,
                    output: last_lines(&member.log),
                });
            }
        }
        Ok(())
    }
}

impl Drop for Group {
    /// Last started, first asked. Nobody is left behind.
    fn drop(&mut self) {
        for member in self.running.iter().rev() {
            process::ask_to_end(&member.child);
        }
        let asked = Instant::now();
        for member in &mut self.running {
            while matches!(member.child.try_wait(), Ok(None)) && asked.elapsed() < DRAIN_MAX {
                thread::sleep(LOOK);
            }
            // Fails only where the program is already gone.
            let _gone = member.child.kill();
            let _reaped = member.child.wait();
        }
    }
}

impl Ready {
    /// Whether a stranger sits where the program will listen.
    fn is_met_before_start(&self) -> bool {
        match self {
            Self::Ports(addresses) => addresses.iter().any(|address| Self::Ports(vec![*address]).is_met()),
            Self::Page(address, _) => Self::Ports(vec![*address]).is_met(),
        }
    }
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.get(lines.len().saturating_sub(20)..).unwrap_or_default();
    format!("{}\n(all of it: {})", last.join("\n"), log.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpListener, process::Command};

    fn program(name: &'static str, script: &str, ready: Ready) -> Program {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Program { name, command, ready }
    }

    fn group(folder: &Path) -> Group {
        Group::new(process::listen().unwrap(), folder.to_owned())
    }

    fn gone(pid: &str) -> bool {
        !Path::new("/proc").join(pid.trim()).exists()
    }

    #[test]
    fn when_one_program_ends_all_end_and_its_last_words_are_shown() {
        let folder = tempfile::tempdir().unwrap();
        let (pid, mut group) = (folder.path().join("pid"), group(folder.path()));
        let lives = format!("echo $$ > {}; exec sleep 60", pid.display());
        let dies = format!("while [ ! -s {} ]; do :; done; echo my last words; exit 3", pid.display());
        group.start(program("lives", &lives, Ready::Ports(Vec::new()))).unwrap();
        group.start(program("dies", &dies, Ready::Ports(Vec::new()))).unwrap();
        let said = group.run_to_the_end().unwrap_err().to_string();
        assert!(said.contains("dies") && said.contains("my last words"), "{said}");
        assert!(gone(&fs::read_to_string(&pid).unwrap()));
    }

    #[test]
    fn a_program_that_ends_before_it_answers_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let started = group(folder.path()).start(program("brief", "exit 1", Ready::Ports(vec![nobody])));
        assert!(started.unwrap_err().to_string().contains("brief"));
    }

    #[test]
    fn a_stranger_on_the_port_is_named_before_anything_starts() {
        let folder = tempfile::tempdir().unwrap();
        let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
        let ready = Ready::Ports(vec![stranger.local_addr().unwrap()]);
        let refused = group(folder.path()).start(program("portal", "exec sleep 60", ready));
        assert!(refused.unwrap_err().to_string().contains("already answers"));
    }
}
