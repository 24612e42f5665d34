//! How often the city's database was made durable: by strace for a file, by the server's own count for PostgreSQL.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::ground::{Look, Tables};
use crate::Failure;

/// A session of the server tells its counts when it has been idle for so long.
const TOLD_AFTER: Duration = Duration::from_secs(11);

/// `fdatasync` and `fsync` of the city's files between two moments, by what `strace -ttt` wrote.
pub(super) fn of_file(trace: &Path, from: Timestamp, to: Timestamp) -> Result<u64, Failure> {
    let count = between(&std::fs::read_to_string(trace)?, from, to);
    if count == 0 { Err("strace saw no fdatasync of the city's database".into()) } else { Ok(count) }
}

/// Syncs of the log of a server that nobody else uses, so far. Takes a while.
pub(super) async fn of_server(tables: &Tables) -> Result<u64, Failure> {
    tokio::time::sleep(TOLD_AFTER).await;
    let mut look: Look = tables.look().await?;
    look.number("SELECT wal_sync FROM pg_stat_wal").await
}

fn between(trace: &str, from: Timestamp, to: Timestamp) -> u64 {
    // A call that was interrupted in the log goes on in a line without a path.
    let calls = trace.lines().filter_map(|line| {
        let (process_and_time, call) = line.split_once(" f")?;
        let (_, path) = call.split_once("sync(")?.1.split_once('<')?;
        let at = seconds(process_and_time.rsplit(' ').next()?)?;
        path.contains(".sqlite").then_some(at)
    });
    u64::try_from(calls.filter(|at| (from..=to).contains(at)).count()).unwrap_or(u64::MAX)
}

/// `1763760000.123456`
fn seconds(text: &str) -> Option<Timestamp> {
    let (whole, micros) = text.split_once('.')?;
    let micros: i64 = format!("{micros:0<6}").parse().ok()?;
    Timestamp::from_microsecond(whole.parse::<i64>().ok()? * 1_000_000 + micros).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_between_two_moments_counts() {
        let trace = "7 1763760000.100000 fdatasync(9</d/notices.sqlite-wal>) = 0\n\
            8 1763760001.000000 fdatasync(9</d/notices.sqlite-wal> <unfinished ...>\n\
            8 1763760001.200000 <... fdatasync resumed>) = 0\n\
            7   1763760001.500000 fsync(11</d/notices.sqlite>) = 0\n\
            7 1763760001.600000 fsync(12</d/other.pem>) = 0\n\
            7 1763760003.000000 fdatasync(9</d/notices.sqlite-wal>) = 0\n";
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        assert_eq!(between(trace, at(1_763_760_001), at(1_763_760_002)), 2);
        assert_eq!(between(trace, at(1_763_760_000), at(1_763_760_009)), 4);
    }
}
