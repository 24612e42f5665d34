//! Measures the figures that this project promises (`make bench`): ratios against a floor in the same run, medians of
//! several, CPU time by the kernel's own count. Never a test: nothing here passes or fails.

mod citizen;
mod crl;
mod demo;
mod effort;
mod experiment;
mod figure;
mod footprint;
mod gather;
mod host;
mod login;
mod machine;
mod measure;
mod mediation;
mod notices;
mod openssl;
mod pages;
mod places;
mod processes;
mod records;
mod report;
mod take_home;
mod wrk;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::effort::Effort;
use crate::places::Places;

/// What went wrong, with everything beneath it.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
#[command(name = "bench", about = "Measures the figures of bench/README.md", max_term_width = 100)]
struct Arguments {
    /// Print figures as JSON lines
    #[arg(long, global = true)]
    json: bool,
    /// Few clicks, to see whether it works; the figures are worth nothing
    #[arg(long, global = true)]
    quick: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// CPU of the portal per page, against a bare handler that sends the same bytes
    Pages,
    /// CPU of the portal per login, against one RSA verification
    Login,
    /// A revocation list of a million entries
    Crl,
    /// Durable commits per mediation, and their rate
    Mediation,
    /// Memory, start-up and sizes of the demo
    Footprint,
    /// From a click to what institutions hold: one person, two hundred at once, and erasing it
    Gather,
    /// Files to take home: time and memory
    Export,
    /// Collecting on demand against collecting beforehand, into docs/experiment and docs/on-demand-or-beforehand.md
    Experiment {
        /// Take the clicks that `gather` has measured
        #[arg(long)]
        after_gather: bool,
    },
    /// Notices: a letter to a million people, single posts, too many of them, inboxes, open pages
    Notices(notices::Options),
    /// Everything, into bench/README.md
    All,
    /// A citizen with card and reader who does as told on standard input
    #[command(hide = true)]
    Citizen(citizen::Options),
    /// Parties at work, and callers who let them mediate
    #[command(hide = true)]
    Callers(mediation::callers::Options),
    /// Durable commits by one caller
    #[command(hide = true)]
    Lone(mediation::lone::Options),
    /// One revocation list taken in by a process of its own
    #[command(hide = true)]
    Ingest(crl::ingest::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    runtime::tls::install_provider();
    let arguments = Arguments::parse();
    // A signal drops what runs, and with it every program that was started.
    match runtime::stop::on_signal().run_until_cancelled(Box::pin(carry_out(arguments))).await {
        Some(Ok(())) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
        Some(Err(error)) => {
            eprintln!("bench: {}", with_sources(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(arguments: Arguments) -> Result<(), Failure> {
    let places = Places::find()?;
    let effort = if arguments.quick { Effort::QUICK } else { Effort::FULL };
    let figures = match arguments.what {
        What::Pages => pages::measure(&places).await?,
        What::Login => login::measure(&places).await?,
        What::Crl => crl::measure(&places).await?,
        What::Mediation => mediation::measure(&places).await?,
        What::Footprint => footprint::measure(&places).await?,
        What::Gather => gather::measure(&places, effort).await?,
        What::Export => take_home::measure(&places, effort).await?,
        What::Experiment { after_gather } => experiment::measure(&places, effort, !after_gather).await?,
        What::Notices(options) => notices::measure(&places, effort, &options).await?,
        What::All => return report::all(&places).await,
        What::Citizen(options) => return citizen::run(options).await,
        What::Callers(options) => return mediation::callers::run(options).await,
        What::Lone(options) => return mediation::lone::run(options).await,
        What::Ingest(options) => return crl::ingest::run(&options),
    };
    if arguments.json {
        for figure in &figures {
            println!("{}", serde_json::to_string(figure)?);
        }
    } else {
        print!("{}", report::table(&figures));
    }
    Ok(())
}

pub(crate) fn with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Tells what is being done.
pub(crate) fn say(text: &str) {
    eprintln!("▸ {text}");
}
