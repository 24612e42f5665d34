//! Requests that come when they come, whether or not the one before was answered: nobody waits for the server, so no slow
//! answer hides the ones that would have come meanwhile.

use std::future::Future;
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use rand_core::Rng;
use tokio::time::{Instant, sleep_until};

use super::api::Told;

/// One request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shot {
    pub(super) told: Told,
    /// From when it was due.
    pub(super) from_due: Duration,
    /// From when it was handed over.
    pub(super) from_sent: Duration,
    /// When the answer was there, since the first could come.
    pub(super) answered_at: Duration,
}

/// One at each of these times; then all answers.
pub(super) async fn fire<F: Future<Output = Told>>(dues: Vec<Duration>, post: impl Fn() -> F) -> Vec<Shot> {
    let mut shots = Vec::with_capacity(dues.len());
    let mut under_way = FuturesUnordered::new();
    let began = Instant::now();
    for due in dues {
        loop {
            tokio::select! {
                biased;
                Some(shot) = under_way.next(), if !under_way.is_empty() => shots.push(shot),
                () = sleep_until(began + due) => break,
            }
        }
        let post = &post;
        under_way.push(async move {
            let sent = Instant::now();
            let told = post().await;
            let answered_at = began.elapsed();
            Shot { told, from_due: answered_at.saturating_sub(due), from_sent: sent.elapsed(), answered_at }
        });
    }
    while let Some(shot) = under_way.next().await {
        shots.push(shot);
    }
    shots
}

/// So many a second on average, as independent callers come (exponential gaps), until the time is over.
pub(super) fn arrivals(a_second: f64, during: Duration, rng: &mut impl Rng) -> Vec<Duration> {
    let mut at = Duration::ZERO;
    let mut dues = Vec::new();
    loop {
        // In (0, 1]: of 0 there is no logarithm.
        let drawn = (f64::from(rng.next_u32()) + 1.0) / (f64::from(u32::MAX) + 1.0);
        at += Duration::from_secs_f64(-drawn.ln() / a_second);
        if at >= during {
            return dues;
        }
        dues.push(at);
    }
}

#[cfg(test)]
mod tests {
    use runtime::SystemRng;

    use super::*;

    #[test]
    fn as_many_come_as_the_rate_says_and_in_order() {
        let dues = arrivals(1_000.0, Duration::from_secs(20), &mut SystemRng);
        assert!((18_000..22_000).contains(&dues.len()), "{}", dues.len());
        assert!(dues.is_sorted());
    }

    #[tokio::test]
    async fn nobody_waits_for_the_answer_before() {
        let (arrived, all) = (tokio::sync::watch::Sender::new(0), 10);
        let after_others = || {
            arrived.send_modify(|count| *count += 1);
            let mut others = arrived.subscribe();
            async move {
                let waited = others.wait_for(|count| *count >= all).await.is_ok();
                Told { status: if waited { 202 } else { 0 }, retry_after: false }
            }
        };
        let dues = arrivals(1_000.0, Duration::from_millis(100), &mut SystemRng);
        let shots = fire(dues, after_others).await;
        assert!(shots.len() >= all && shots.iter().all(|shot| shot.told.taken()));
    }
}
