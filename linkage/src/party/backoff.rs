//! Waiting between attempts at a peer.

use std::time::Duration;

/// Doubles from a quarter of a second to half a minute. Real time, not the party's clock: a peer comes back when it
/// comes back, also while the demo's clock stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff(Duration);

const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(30);

impl Default for Backoff {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Backoff {
    /// How long to wait now; the next wait is longer.
    pub(crate) fn next(&mut self) -> Duration {
        let wait = self.0;
        self.0 = (wait * 2).min(LONGEST);
        wait
    }

    /// The peer answered.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Waits that long; forever for `None`.
pub(crate) async fn pause(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_a_minute_and_begin_anew_after_an_answer() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..9).map(|_| backoff.next()).collect();
        assert!(waits.is_sorted() && waits.last() == Some(&LONGEST));
        backoff.reset();
        assert_eq!(backoff.next(), FIRST);
    }
}
