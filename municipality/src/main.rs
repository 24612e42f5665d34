//! `municipality`: what an institution runs that sends notices.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    runtime::tls::install_provider();
    municipality::cli::run().await
}
