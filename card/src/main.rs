//! `card-reader`: the citizen's card reader, and the counter that hands demo cards over.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    runtime::tls::install_provider();
    card::cli::run().await
}
