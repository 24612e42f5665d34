//! `my-portal`: the portal and its tools.

use std::alloc::System;
use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: what a person saw stays in no free piece of memory (P-INF-9).
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[tokio::main]
async fn main() -> ExitCode {
    runtime::tls::install_provider();
    server::cli::run().await
}
