//! A program that names people. It runs without a shell, without our environment but the path, for a limited time.

use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, stream};
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, ChildStdout, Command};

use crate::console::list::Broken;

const PIECE: usize = 64 * 1024;

struct Running {
    child: Child,
    output: ChildStdout,
    until: tokio::time::Instant,
}

/// What the program prints. The stream ends with an error where the program does not end well, and in time.
pub(super) fn run(name: &str, command: &[String], time: Duration) -> impl Stream<Item = Result<Bytes, Broken>> + use<> {
    let until = tokio::time::Instant::now() + time;
    let started = start(command, until);
    if started.is_none() {
        tracing::error!(segment = name, "the program of a segment cannot be started");
    }
    let name = name.to_owned();
    stream::unfold(Some(started), move |state| {
        let name = name.clone();
        async move {
            let Some(mut running) = state? else { return Some((Err(Broken::Program), None)) };
            let mut piece = vec![0; PIECE];
            match tokio::time::timeout_at(running.until, running.output.read(&mut piece)).await {
                Ok(Ok(0)) => match tokio::time::timeout_at(running.until, running.child.wait()).await {
                    Ok(Ok(status)) if status.success() => None,
                    Ok(_) => {
                        tracing::error!(segment = name, "the program of a segment failed");
                        Some((Err(Broken::Program), None))
                    }
                    Err(_) => Some((Err(slow(&name)), None)),
                },
                Ok(Ok(length)) => {
                    piece.truncate(length);
                    Some((Ok(Bytes::from(piece)), Some(Some(running))))
                }
                Ok(Err(_)) => {
                    tracing::error!(segment = name, "what the program of a segment prints cannot be read");
                    Some((Err(Broken::Program), None))
                }
                Err(_) => Some((Err(slow(&name)), None)),
            }
        }
    })
}

fn slow(name: &str) -> Broken {
    tracing::error!(segment = name, "the program of a segment took too long");
    Broken::Slow
}

fn start(words: &[String], until: tokio::time::Instant) -> Option<Running> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    let mut child = command.kill_on_drop(true).spawn().ok()?;
    let output = child.stdout.take()?;
    Some(Running { child, output, until })
}

#[cfg(test)]
mod tests {
    use futures::StreamExt as _;

    use super::*;

    async fn printed(command: &[&str], seconds: u64) -> (String, Option<Broken>) {
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        let pieces: Vec<_> = run("s", &command, Duration::from_secs(seconds)).collect().await;
        let broken = pieces.iter().find_map(|piece| piece.as_ref().err().copied());
        let bytes: Vec<u8> = pieces.into_iter().filter_map(Result::ok).flatten().collect();
        (String::from_utf8(bytes).unwrap(), broken)
    }

    #[tokio::test]
    async fn a_program_names_people_and_no_shell_reads_its_arguments() {
        assert_eq!(printed(&["echo", "$HOME; ls"], 10).await, ("$HOME; ls\n".to_owned(), None));
    }

    #[tokio::test]
    async fn a_program_that_fails_or_is_not_there_breaks_the_list() {
        assert_eq!(printed(&["false"], 10).await.1, Some(Broken::Program));
        assert_eq!(printed(&["/nowhere/at-all"], 10).await.1, Some(Broken::Program));
    }

    #[tokio::test]
    async fn a_program_without_end_is_stopped() {
        assert_eq!(printed(&["sleep", "600"], 0).await.1, Some(Broken::Slow));
    }
}
