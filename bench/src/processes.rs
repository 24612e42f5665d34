//! Other processes: started, waited for, looked at by `/proc`.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::Failure;

const LOOK: Duration = Duration::from_millis(5);
const START_MAX: Duration = Duration::from_mins(1);
/// Of `/proc/PID/stat`, on every Linux that we know.
const TICK: Duration = Duration::from_millis(10);

/// A running program; ends when dropped.
pub(crate) struct Program {
    child: Child,
    /// Its id.
    pub(crate) pid: u32,
}

impl Program {
    /// Starts it; what it says goes to `log`.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Result<Self, Failure> {
        let file = fs::File::create(log)?;
        let errors = file.try_clone()?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let program = format!("{}", command.as_std().get_program().display());
        let child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
        let pid = child.id().ok_or("ended at once")?;
        Ok(Self { child, pid })
    }

    /// Waits until somebody listens at every address.
    pub(crate) async fn listens(&mut self, addresses: &[SocketAddr]) -> Result<(), Failure> {
        let began = Instant::now();
        for address in addresses {
            while TcpStream::connect(address).await.is_err() {
                if let Some(status) = self.child.try_wait()? {
                    return Err(format!("a program ended before it listened at {address} ({status})").into());
                }
                if began.elapsed() > START_MAX {
                    return Err(format!("nobody listens at {address}").into());
                }
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(())
    }

    /// Asks it to end, and waits.
    pub(crate) async fn stop(self) -> Result<(), Failure> {
        let asked = Command::new("kill").args(["-TERM", &self.pid.to_string()]).status().await?;
        if asked.success() { self.ended().await } else { Ok(()) }
    }

    /// Waits for it to end.
    pub(crate) async fn ended(mut self) -> Result<(), Failure> {
        tokio::time::timeout(Duration::from_secs(15), self.child.wait()).await??;
        Ok(())
    }
}

impl Drop for Program {
    /// Asked to end, so that a program which started others ends them too.
    fn drop(&mut self) {
        if self.child.id().is_some() {
            let _ = std::process::Command::new("kill").args(["-TERM", &self.pid.to_string()]).status();
        }
    }
}

/// Refuses where somebody listens already: a program of another run would be measured.
pub(crate) async fn nobody_listens(addresses: &[SocketAddr]) -> Result<(), Failure> {
    for address in addresses {
        if TcpStream::connect(address).await.is_ok() {
            return Err(format!("somebody listens at {address} already").into());
        }
    }
    Ok(())
}

/// CPU time of a process and of its children that have ended, to 10 ms.
pub(crate) fn cpu_of(pid: u32) -> Duration {
    cpu_fields(&format!("/proc/{pid}/stat"), 11, 2)
}

/// CPU time of our own children that have ended, to 10 ms.
pub(crate) fn cpu_of_children() -> Duration {
    cpu_fields("/proc/self/stat", 13, 2)
}

/// A line of `/proc/PID/status` in bytes: `VmHWM`, `VmRSS`.
pub(crate) fn memory_bytes(pid: &str, line: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let value = text.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'));
    let kb = value.and_then(|v| v.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.unwrap_or_default() * 1024
}

/// Processes whose parent is `pid`, with their names.
pub(crate) fn children_of(pid: u32) -> Vec<(u32, String)> {
    let path = format!("/proc/{pid}/task");
    let tasks = fs::read_dir(path).into_iter().flatten().flatten();
    let lists = tasks.map(|task| fs::read_to_string(task.path().join("children")).unwrap_or_default());
    let ids: Vec<u32> = lists.flat_map(|l| l.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect();
    let name = |id: u32| fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default().trim().to_owned();
    ids.into_iter().map(|id| (id, name(id))).collect()
}

/// Fields after the name, which may hold spaces; the first of them (the state) is field 0.
fn cpu_fields(path: &str, first: usize, count: usize) -> Duration {
    let text = fs::read_to_string(path).unwrap_or_default();
    let after = text.rsplit_once(')').map(|(_, after)| after.trim()).unwrap_or_default();
    let ticks: u32 = after.split(' ').skip(first).take(count).filter_map(|f| f.parse::<u32>().ok()).sum();
    TICK * ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_memory_is_some_megabytes() {
        // Read first: it may grow meanwhile.
        let now = memory_bytes("self", "VmRSS");
        let peak = memory_bytes("self", "VmHWM");
        assert!(peak >= now && now > 1_000_000, "{peak} {now}");
    }

    #[test]
    fn cpu_time_of_a_process_grows_with_its_work() {
        let before = cpu_of(std::process::id());
        while cpu_of(std::process::id()) == before {
            std::hint::black_box(before);
        }
        assert!(cpu_of(std::process::id()) > before);
    }
}
