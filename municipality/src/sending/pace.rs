//! How many sendings are at work at a time. What was accepted can wait; who asks now cannot: when requests were refused for
//! want of capacity, what was accepted goes out one after the other for a while.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Sendings at work at a time.
const AT_ONCE: usize = 8;
/// So long after somebody was refused, one at a time.
const GIVES_WAY_FOR: Duration = Duration::from_secs(1);

#[derive(Default)]
pub(super) struct Pace {
    gave_way: Mutex<Option<Instant>>,
}

impl Pace {
    /// Somebody was refused just now.
    pub(super) fn give_way(&self) {
        *self.gave_way.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(super) fn at_once(&self) -> usize {
        let gave_way = *self.gave_way.lock().unwrap_or_else(PoisonError::into_inner);
        if gave_way.is_some_and(|at| at.elapsed() < GIVES_WAY_FOR) { 1 } else { AT_ONCE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_accepted_goes_one_by_one_for_a_second_after_a_refusal() {
        let pace = Pace::default();
        assert_eq!(pace.at_once(), AT_ONCE);
        pace.give_way();
        assert_eq!(pace.at_once(), 1);
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        pace.give_way();
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        assert_eq!(pace.at_once(), 1, "the last refusal counts");
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        assert_eq!(pace.at_once(), AT_ONCE);
    }
}
