//! Other programs, run and judged.

use crate::failure::Failure;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::{
    consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};
use std::process::{Child, Command, Stdio};

/// Runs to the end with the terminal's own output; anything but success is a failure.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let program = name(command);
    let status = command.status().map_err(|source| Failure::Start { program: program.clone(), source })?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { program, status, output: String::new() }) }
}

/// Runs to the end like [`run`], but outlives the terminal's Ctrl-C: the signal goes to the program, and the caller can
/// still tidy up.
pub(crate) fn run_guarded(command: &mut Command) -> Result<(), Failure> {
    let program = name(command);
    let mut signals = listen().map_err(|source| Failure::Start { program: "signal handling".to_owned(), source })?;
    let start = |source| Failure::Start { program: program.clone(), source };
    let mut child = command.spawn().map_err(start)?;
    loop {
        if let Some(status) = child.try_wait().map_err(start)? {
            return if status.success() {
                Ok(())
            } else {
                Err(Failure::Ended { program, status, output: String::new() })
            };
        }
        // Every signal wakes us, the child's end among them.
        if signals.wait().any(|signal| signal != SIGCHLD) {
            ask_to_end(&child);
        }
    }
}

/// The signals that a program with children must hear: those that end it, and that a child ended.
pub(crate) fn listen() -> std::io::Result<Signals> {
    Signals::new([SIGINT, SIGTERM, SIGHUP, SIGCHLD])
}

/// Sends SIGTERM. A child that is already gone needs none.
pub(crate) fn ask_to_end(child: &Child) {
    let _gone = kill_process(Pid::from_child(child), Signal::TERM);
}

/// Runs to the end and returns what it wrote; on failure its complaint is part of the failure.
pub(crate) fn read(command: &mut Command) -> Result<String, Failure> {
    let program = name(command);
    let output =
        command.stdin(Stdio::null()).output().map_err(|source| Failure::Start { program: program.clone(), source })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failure::Ended { program, status: output.status, output: said })
    }
}

/// The cargo that runs us, or the one on the path.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::project::root());
    command
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(3).map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
