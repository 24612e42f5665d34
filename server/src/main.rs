//! `my-portal`: the portal and its tools.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    runtime::tls::install_provider();
    server::cli::run().await
}
