//! The command line.

mod backup;
mod log_key;
mod push_key;
mod verify;
mod verify_log;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::settings::Settings;

/// マイ・ポータル: the citizen portal.
#[derive(Parser, Debug)]
#[command(name = "my-portal", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    shared: runtime::args::Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the portal
    Serve,
    /// Read and check the settings and the files that they name; open no port and no database
    CheckConfig,
    /// Is a certificate good? Prints one line of JSON
    VerifyChain(verify::ChainArguments),
    /// Is a signature good? Prints one line of JSON
    VerifySignature(verify::SignatureArguments),
    /// Is a portal's log whole, and is a receipt in it? Prints one line of JSON
    VerifyLog(verify_log::LogArguments),
    /// Print the public key of the portal's own log; with --new, make the key first
    LogKey(log_key::KeyArguments),
    /// Print the public key under which browsers are told; with --new, make the key first
    PushKey(push_key::KeyArguments),
    /// Copy the portal's database into a directory, while the portal runs; nothing that is held for a session goes along
    Backup(backup::BackupArguments),
    /// Put a backup in the place of the database, while the portal is stopped
    Restore(backup::RestoreArguments),
}

/// Runs what the command line says. Status 0: done (or accepted); 1: failed (or refused); 2: wrong words.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Serve => serve(&arguments).await,
        Command::CheckConfig => check_config(&arguments),
        Command::VerifyChain(chain) => return verify::chain(chain, arguments.shared.clock.clock().now()),
        Command::VerifySignature(signature) => {
            return verify::signature(signature, arguments.shared.clock.clock().now());
        }
        Command::VerifyLog(log) => return verify_log::run(log),
        Command::LogKey(key) => log_key::run(key).map_err(Failure::from),
        Command::PushKey(key) => push_key::run(key).map_err(Failure::from),
        Command::Backup(backup) => backup::back_up(&arguments.shared, backup).await,
        Command::Restore(restore) => backup::restore(&arguments.shared, restore).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("my-portal: {}", chain(error.as_ref()));
            let locale = words::locale(|name| std::env::var(name).ok());
            if let Some(words) = words::worded(error.as_ref(), locale) {
                eprintln!("my-portal: {words}");
            }
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn serve(arguments: &Arguments) -> Result<(), Failure> {
    arguments.shared.start_logs()?;
    let settings = Settings::load(arguments.shared.config.as_deref())?;
    let clock = arguments.shared.clock.clock();
    let metrics = runtime::admin::prometheus()?;
    let stop = runtime::stop::on_signal();
    let running = crate::start(settings, clock, metrics, stop).await?;
    running.stopped().await?;
    tracing::info!("the portal has stopped");
    Ok(())
}

fn check_config(arguments: &Arguments) -> Result<(), Failure> {
    let settings = Settings::load(arguments.shared.config.as_deref())?;
    settings.check(&arguments.shared.clock.clock())?;
    println!("the settings are complete");
    Ok(())
}

/// An error with everything beneath it, in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut beneath = error.source();
    while let Some(error) = beneath {
        text.push_str(": ");
        text.push_str(&error.to_string());
        beneath = error.source();
    }
    text
}
