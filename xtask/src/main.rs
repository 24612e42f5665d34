//! Build, check and run: what a shell line cannot say.
//!
//! `make` calls these; `cargo xtask --help` lists them.

mod bundle;
mod demo;
mod failure;
mod lint;
mod postgres;
mod process;
mod progress;
mod project;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask", about = "Build, check and run what a shell line cannot say")]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Build the browser's part into site/: WebAssembly, style sheet, public files, all precompressed
    Bundle(bundle::Options),
    /// Check what the compiler does not: direction of dependencies, words, sizes
    Lint(lint::Options),
    /// A throwaway PostgreSQL cluster for the tests
    Postgres(postgres::Options),
    /// Start linkage, card reader and portal together, and end them together
    Demo(demo::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().step {
        Step::Bundle(options) => bundle::run(&options),
        Step::Lint(options) => lint::run(&options),
        Step::Postgres(options) => postgres::run(&options),
        Step::Demo(options) => demo::run(&options),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            progress::failed(&failure);
            ExitCode::FAILURE
        }
    }
}
