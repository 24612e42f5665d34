//! The command line.

mod client;
mod officer;
mod send;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::settings::Settings;

/// What a municipality, or any other institution, runs to send notices.
#[derive(Parser, Debug)]
#[command(name = "municipality", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    shared: runtime::args::Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the program
    Serve,
    /// Read and check the settings and the files that they name; open no port and no database
    CheckConfig,
    /// Send a notice from files: a draft, and a line for each recipient; the running program brings it
    Send(send::SendArguments),
    /// Say which of the institution's own systems may use the API
    Client(client::ClientArguments),
    /// Say who may use the officers' console, and as what
    Officer(officer::OfficerArguments),
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs what the command line says. Status 0: done; 1: failed; 2: wrong words.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Serve => serve(&arguments).await,
        Command::CheckConfig => check_config(&arguments),
        Command::Send(send) => send::run(&arguments.shared, send).await,
        Command::Client(client) => client::run(&arguments.shared, client).await,
        Command::Officer(officer) => officer::run(&arguments.shared, officer).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("municipality: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: &Arguments) -> Result<(), Failure> {
    arguments.shared.start_logs()?;
    let settings = Settings::load(arguments.shared.config.as_deref())?;
    let clock = arguments.shared.clock.clock();
    let metrics = runtime::admin::prometheus()?;
    let stop = runtime::stop::on_signal();
    let running = crate::serve::start(settings, clock, metrics, stop).await?;
    running.stopped().await?;
    tracing::info!("the sender has stopped");
    Ok(())
}

fn check_config(arguments: &Arguments) -> Result<(), Failure> {
    let settings = Settings::load(arguments.shared.config.as_deref())?;
    settings.target()?;
    crate::post::Post::open(&settings, &arguments.shared.clock.clock())?;
    if let Some(console) = &settings.console {
        crate::console::check(console, &arguments.shared.clock.clock())?;
    }
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
