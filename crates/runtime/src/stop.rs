//! Stopping a program politely.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that is cancelled by the first SIGTERM or SIGINT. Everything that runs (servers, jobs)
/// watches it or a child of it. A second signal ends the process at once, with status 130.
///
/// Call it once, inside the runtime. Where the process cannot listen for signals this is logged,
/// and they end it the hard way.
pub fn on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    match Signals::new() {
        Err(error) => tracing::error!(%error, "cannot listen for signals: no graceful stop"),
        Ok(signals) => {
            tokio::spawn(obey(signals, stop.clone()));
        }
    }
    stop
}

async fn obey(mut signals: Signals, stop: CancellationToken) {
    signals.next().await;
    tracing::info!("stopping");
    stop.cancel();
    signals.next().await;
    std::process::exit(130);
}

struct Signals {
    term: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self { term: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    #[tokio::test]
    async fn a_polite_signal_stops_the_program() {
        let stop = super::on_signal();
        assert!(!stop.is_cancelled());
        let process = std::process::id().to_string();
        let told = Command::new("sh").args(["-c", "kill -TERM \"$1\"", "sh", &process]).status().unwrap();
        assert!(told.success());
        stop.cancelled().await;
    }
}
