//! A throwaway PostgreSQL cluster: made for one test run, gone after it.

mod cluster;

use crate::{failure::Failure, process, progress, project};
use cluster::Cluster;
use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    order: Order,
}

#[derive(clap::Subcommand)]
enum Order {
    /// Start one (or find the one started before) and print its address
    Start(Keeping),
    /// Stop the one that `start` started and remove its files
    Stop,
    /// Run a command with `MY_PORTAL_TEST_POSTGRES` set, then stop the cluster
    With {
        #[command(flatten)]
        keeping: Keeping,
        /// The command and its arguments
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

#[derive(clap::Args)]
struct Keeping {
    /// Make every commit durable, as a measurement must; tests need not
    #[arg(long)]
    fsync: bool,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    match &options.order {
        Order::Start(keeping) => start(keeping.fsync),
        Order::Stop => stop(),
        Order::With { keeping, command } => with(keeping.fsync, command),
    }
}

fn start(fsync: bool) -> Result<ExitCode, Failure> {
    let note = note();
    let cluster = match Cluster::noted_in(&note)? {
        Some(running) if running.answers() => running,
        _ => {
            let cluster = Cluster::start(fsync)?;
            cluster.note_in(&note)?;
            cluster
        }
    };
    println!("{}", cluster.url());
    Ok(ExitCode::SUCCESS)
}

fn stop() -> Result<ExitCode, Failure> {
    let note = note();
    if let Some(cluster) = Cluster::noted_in(&note)? {
        cluster.stop()?;
        fs::remove_file(&note).map_err(Failure::at(&note))?;
        progress::done("PostgreSQL stopped and removed");
    } else {
        progress::done("no PostgreSQL of ours is running");
    }
    Ok(ExitCode::SUCCESS)
}

/// The cluster goes whether the command succeeds or not; its verdict is handed on.
fn with(fsync: bool, command: &[String]) -> Result<ExitCode, Failure> {
    let (program, arguments) = command.split_first().ok_or_else(|| Failure::Said("no command".to_owned()))?;
    let cluster = Cluster::start(fsync)?;
    progress::step(&format!("PostgreSQL at {}", cluster.url()));
    let verdict =
        process::run_guarded(Command::new(program).args(arguments).env("MY_PORTAL_TEST_POSTGRES", cluster.url()));
    cluster.stop()?;
    verdict.map(|()| ExitCode::SUCCESS)
}

/// Where `start` leaves word for `stop`.
fn note() -> PathBuf {
    project::target().join("postgres.json")
}
