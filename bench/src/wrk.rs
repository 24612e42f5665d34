//! The load generator, in a process of its own.

use tokio::process::Command;

use crate::Failure;

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Run {
    /// Requests answered.
    pub(crate) requests: u64,
    /// Requests answered a second.
    pub(crate) rate: f64,
}

/// Asks one address over and over on kept connections, without compression.
pub(crate) async fn run(url: &str, cookie: &str, connections: u32, duration_s: u32) -> Result<Run, Failure> {
    let output = Command::new("wrk")
        .args(["--threads", "1", "--connections", &connections.to_string()])
        .args(["--duration", &format!("{duration_s}s"), "--timeout", "15s"])
        .args(["-H", &format!("Cookie: {cookie}"), "-H", "Accept-Language: ja", "-H", "Accept: text/html"])
        .arg(url)
        .output()
        .await
        .map_err(|error| format!("wrk: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("wrk: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    read(&text)
}

fn read(text: &str) -> Result<Run, Failure> {
    if let Some(trouble) = text.lines().find(|l| l.contains("Non-2xx") || l.contains("Socket errors")) {
        return Err(format!("not every answer was a page: {}", trouble.trim()).into());
    }
    let requests = text.lines().find_map(|line| line.split_once(" requests in ")?.0.trim().parse().ok());
    let rate = text.lines().find_map(|line| line.strip_prefix("Requests/sec:")?.trim().parse().ok());
    match (requests, rate) {
        (Some(requests), Some(rate)) if requests > 0 => Ok(Run { requests, rate }),
        _ => Err(format!("wrk said something else: {text}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Running 2s test @ http://127.0.0.1:1/\n  1 threads and 8 connections\n  1523 requests in 2.00s, 9.31MB read\nRequests/sec:    760.12\nTransfer/sec:      4.65MB\n";

    #[test]
    fn requests_and_rate_are_read() {
        assert_eq!(read(TEXT).unwrap(), Run { requests: 1523, rate: 760.12 });
    }

    #[test]
    fn a_run_with_error_pages_counts_for_nothing() {
        assert!(read(&format!("{TEXT}  Non-2xx or 3xx responses: 7\n")).is_err());
    }
}
