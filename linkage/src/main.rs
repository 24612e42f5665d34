//! The mock linkage backend as a program: makes demo worlds, runs all parties, lets past days and events happen.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    linkage::cli::Program::parse().run().await
}
