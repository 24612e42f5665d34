//! The command line.

mod backup;
mod event;
mod expire;
mod recipients;
mod report;
mod rotate_key;
mod serve;
mod simulate;
mod world;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use runtime::{ClockArg, LogFormat};

use crate::party::{DataDir, chain};

/// Mock linkage backend: resident register, number generation, J-LIS, JPKI, core and institutions
#[derive(Parser)]
#[command(name = "linkage", version)]
pub struct Program {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command knows.
#[derive(Args, Clone, Debug)]
struct Common {
    /// Directory of the demo world
    #[arg(long, env = "DATA", default_value = "data", value_name = "DIR", global = true)]
    data: PathBuf,

    /// Time to live in: `system`, an instant (RFC 3339; time stands still), or a shift (`+2h`, `-3d`)
    #[arg(long, env = "CLOCK", value_name = "TIME", default_value_t, allow_hyphen_values = true, global = true)]
    clock: ClockArg,

    /// How log lines look
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t, global = true)]
    log_format: LogFormat,

    /// What is logged, for example `info` or `warn,linkage::core=debug`; `serve` logs `info`, the others `warn`
    #[arg(long, env = "LOG", value_name = "FILTER", global = true)]
    log: Option<String>,
}

impl Common {
    fn data(&self) -> DataDir {
        DataDir::new(&self.data)
    }
}

#[derive(Subcommand)]
enum Command {
    /// Makes the demo world: organisations with certificates, residents, books, link codes, blank cards
    World(world::Arguments),
    /// Runs all parties until a signal, each on its own mTLS listener, and JPKI's CRL and OCSP over plain HTTP
    Serve(serve::Arguments),
    /// Lets institutions make lawful exchanges (and a few refused ones) over past days
    Simulate(simulate::Arguments),
    /// Copies every party's database, keys and cards into a directory, while everything runs
    Backup(backup::BackupArguments),
    /// Puts a backup into an empty data directory (--data)
    Restore(backup::RestoreArguments),
    /// Removes access records that were kept long enough
    ExpireAccessRecords(expire::Arguments),
    /// Reports what happens at a municipality's counter to a card or its owner, or makes a new card
    #[command(subcommand)]
    Event(event::Arguments),
    /// Reports of people that something in an institution's answer looks wrong: lists them, answers them
    #[command(subcommand)]
    Report(report::Arguments),
    /// Prints whom an institution can send notices to, by its own link codes: what an upload of recipients takes
    Recipients(recipients::Arguments),
    /// Gives an organisation a new key: all its link codes are issued anew, nobody is lost
    RotateKey(rotate_key::Arguments),
}

impl Program {
    /// Runs the command; what went wrong is said on standard error.
    pub async fn run(self) -> ExitCode {
        runtime::tls::install_provider();
        let Self { common, command } = self;
        let quiet = match command {
            Command::Serve(_) => "info",
            // Nobody waits for the databases while a world is made: long transactions are no news.
            Command::World(_) => "warn,db::sqlite::writer=error",
            Command::Simulate(_)
            | Command::Event(_)
            | Command::Report(_)
            | Command::RotateKey(_)
            | Command::Backup(_)
            | Command::Restore(_)
            | Command::ExpireAccessRecords(_)
            | Command::Recipients(_) => "warn",
        };
        if let Err(error) = runtime::logs::init(common.log_format, common.log.as_deref().unwrap_or(quiet)) {
            return fail(&error);
        }
        let outcome = match command {
            Command::World(arguments) => world::run(&common, &arguments).await,
            Command::Serve(arguments) => serve::run(&common, &arguments).await,
            Command::Simulate(arguments) => simulate::run(&common, &arguments).await,
            Command::Event(arguments) => event::run(&common, arguments).await,
            Command::Backup(arguments) => backup::back_up(&common, &arguments).await,
            Command::Restore(arguments) => backup::restore(&common, &arguments).await,
            Command::ExpireAccessRecords(arguments) => expire::run(&common, &arguments).await,
            Command::Report(arguments) => report::run(&common, &arguments).await,
            Command::Recipients(arguments) => recipients::run(&common, &arguments).await,
            Command::RotateKey(arguments) => rotate_key::run(&common, &arguments).await,
        };
        match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&*error),
        }
    }
}

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn fail(error: &(dyn Error + 'static)) -> ExitCode {
    eprintln!("linkage: {}", chain(error));
    ExitCode::FAILURE
}

/// One step of a command, for whoever watches.
fn say(step: &str) {
    println!("{step}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Program::command().debug_assert();
    }

    #[test]
    fn options_may_follow_the_command() {
        let program = Program::parse_from(["linkage", "world", "--data", "x", "--seed", "1", "--clock", "-3d"]);
        assert_eq!(program.common.data, PathBuf::from("x"));
    }

    #[test]
    fn every_command_has_a_help_line() {
        fn check(command: &clap::Command) {
            for sub in command.get_subcommands() {
                assert!(sub.get_about().is_some() || sub.get_name() == "help", "{}", sub.get_name());
                check(sub);
            }
        }
        check(&Program::command());
    }
}
