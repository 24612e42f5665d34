//! `my-portal-pdf`: one typesetting job from standard input (`export::pdf::Job` as JSON), one PDF on standard output,
//! then the process ends and with it everything it held. It is a process of its own because the typesetter keeps what
//! it has seen for as long as it runs, and because what a job may cost is then the kernel's to bound.
//!
//! PDF/A-2a and PDF/UA-1: tagged, in its language, with a title, every font embedded. No file is written, no network
//! and no package is reached; texts of the job are data to the typesetter, never its source.
//!
//! A job that fails says so in one line of JSON on standard error, without a word of the job's, and ends with a status
//! other than 0. Where memory runs out, the process is ended by a signal.

mod document;
mod failure;
mod fonts;
mod legible;
mod limits;
mod typeset;

use std::{
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;
use export::pdf::{JOB_BYTES_MAX, Job};

use failure::Failure;

/// Typesets one job: JSON on standard input, PDF on standard output
#[derive(Parser)]
#[command(name = "my-portal-pdf", version)]
struct Options {
    /// A typeface (TrueType or OpenType); several are asked in this order for each character. Weights of one family
    /// belong together
    #[arg(long = "font", value_name = "FILE", default_values = fonts::DEFAULT)]
    fonts: Vec<PathBuf>,
    /// Most memory that a job may take
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory_mib: u64,
    /// Most processor time that a job may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    cpu_s: u64,
}

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| Failure::Panic(panic.location().map(ToString::to_string)).report()));
    match Options::try_parse() {
        Ok(options) => match std::panic::catch_unwind(|| run(&options)) {
            Ok(Ok(())) => ExitCode::SUCCESS,
            Ok(Err(failure)) => {
                failure.report();
                ExitCode::FAILURE
            }
            // The hook has said so.
            Err(_) => ExitCode::FAILURE,
        },
        Err(asked) if !asked.use_stderr() => {
            let _ = asked.print();
            ExitCode::SUCCESS
        }
        Err(error) => {
            Failure::Usage(error.to_string()).report();
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<(), Failure> {
    limits::set(options.memory_mib, options.cpu_s)?;
    let fonts = fonts::Fonts::read(&options.fonts)?;
    let job = read_job()?;
    let pdf = typeset::pdf(&job, &fonts)?;
    let mut out = io::stdout().lock();
    out.write_all(&pdf).and_then(|()| out.flush()).map_err(Failure::Output)
}

fn read_job() -> Result<Job, Failure> {
    let mut json = Vec::new();
    let most = u64::try_from(JOB_BYTES_MAX).unwrap_or(u64::MAX);
    io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut json).map_err(Failure::Input)?;
    if json.len() > JOB_BYTES_MAX {
        return Err(Failure::TooLong);
    }
    // What serde says about a value would repeat it.
    serde_json::from_slice(&json).map_err(|error| Failure::Job { line: error.line(), column: error.column() })
}
