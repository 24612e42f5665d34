//! A body that keeps coming: whoever sends next to nothing holds a place that others could have.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout};

/// So long it may be waited for …
const WAIT_MAX: Duration = Duration::from_secs(30);
/// … so many bytes; fewer are no upload any more.
const BYTES_MIN: usize = 4 * 1024;

/// The connection is gone, or nobody sends who could be waited for.
pub(super) struct BrokenOff;

pub(super) struct Steady {
    body: Body,
    /// Since [`BYTES_MIN`] came last. While what came is kept nobody waits.
    waited: Duration,
    came: usize,
}

impl Steady {
    pub(super) fn new(body: Body) -> Self {
        Self { body, waited: Duration::ZERO, came: 0 }
    }

    /// The next piece; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, BrokenOff> {
        loop {
            let began = Instant::now();
            let frame = match timeout(WAIT_MAX.saturating_sub(self.waited), self.body.frame()).await {
                Ok(None) => return Ok(None),
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(_))) | Err(_) => return Err(BrokenOff),
            };
            self.waited += began.elapsed();
            let Ok(data) = frame.into_data() else { continue };
            self.came += data.len();
            if self.came >= BYTES_MIN {
                (self.waited, self.came) = (Duration::ZERO, 0);
            }
            return Ok(Some(data));
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt as _, stream};

    use super::*;

    /// So many pieces, each after a while, and then the end.
    fn coming(pieces: usize, bytes: usize, after: Duration) -> Steady {
        let piece = move |()| async move {
            tokio::time::sleep(after).await;
            Ok::<_, std::io::Error>(vec![b'a'; bytes])
        };
        Steady::new(Body::from_stream(stream::repeat(()).take(pieces).then(piece)))
    }

    /// How many came, and whether the end did.
    async fn read(mut steady: Steady) -> (usize, bool) {
        let mut pieces = 0;
        loop {
            match steady.next().await {
                Ok(Some(_)) => pieces += 1,
                Ok(None) => return (pieces, true),
                Err(BrokenOff) => return (pieces, false),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_slow_and_comes_is_waited_for() {
        assert_eq!(read(coming(500, BYTES_MIN, Duration::from_secs(WAIT_MAX.as_secs() - 1))).await, (500, true));
        assert_eq!(read(coming(500, BYTES_MIN / 10, WAIT_MAX / 12)).await, (500, true));
        assert_eq!(read(coming(3, 1, Duration::from_secs(5))).await, (3, true), "a short one is short");
    }

    #[tokio::test(start_paused = true)]
    async fn after_half_a_minute_with_next_to_nothing_nobody_waits_any_more() {
        let began = Instant::now();
        assert_eq!(read(coming(1, 1, Duration::from_hours(1))).await, (0, false));
        assert!((WAIT_MAX..WAIT_MAX * 2).contains(&began.elapsed()), "{:?}", began.elapsed());
        assert_eq!(read(coming(500, 1, Duration::from_secs(7))).await, (4, false), "a byte now and then is no upload");
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_nobody_waited_does_not_count() {
        let mut steady = coming(3, 1, Duration::from_secs(7));
        for _ in 0..3 {
            assert!(steady.next().await.is_ok_and(|piece| piece.is_some()));
            tokio::time::sleep(WAIT_MAX).await;
        }
        assert!(steady.next().await.is_ok_and(|piece| piece.is_none()));
    }
}
