//! How many sendings are at work at a time. What was accepted can wait; who asks now cannot: when requests were refused for
//! want of capacity, what was accepted goes out one after the other for a while.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::store::Lane;

/// Sendings at work at a time.
const AT_ONCE: u8 = 8;
/// Of these, so many are never of those that take long: whoever is quick finds room at once.
const FOR_THE_QUICK: u8 = 2;
/// So long after somebody was refused, one at a time.
const GIVES_WAY_FOR: Duration = Duration::from_secs(1);

pub(super) struct Pace {
    gave_way: Mutex<Option<Instant>>,
    room: Semaphore,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { gave_way: Mutex::default(), room: Semaphore::new(AT_ONCE.into()) }
    }

    /// Waits until one more may be at work; who works holds it. None: never, for the room stays open.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Who goes alone needs the room of all.
        let room = if self.gives_way() { AT_ONCE } else { 1 };
        self.room.acquire_many(room.into()).await.ok()
    }

    /// How many of a lane ask for a turn at a time.
    pub(super) fn of_lane(&self, lane: Lane) -> usize {
        if lane == Lane::Long { self.at_once().min((AT_ONCE - FOR_THE_QUICK).into()) } else { self.at_once() }
    }

    /// Somebody was refused just now.
    pub(super) fn give_way(&self) {
        *self.gave_way.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(super) fn at_once(&self) -> usize {
        if self.gives_way() { 1 } else { AT_ONCE.into() }
    }

    fn gives_way(&self) -> bool {
        let gave_way = *self.gave_way.lock().unwrap_or_else(PoisonError::into_inner);
        gave_way.is_some_and(|at| at.elapsed() < GIVES_WAY_FOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_accepted_goes_one_by_one_for_a_second_after_a_refusal() {
        let pace = Pace::new();
        assert_eq!(pace.at_once(), usize::from(AT_ONCE));
        pace.give_way();
        assert_eq!(pace.at_once(), 1);
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        pace.give_way();
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        assert_eq!(pace.at_once(), 1, "the last refusal counts");
        tokio::time::advance(GIVES_WAY_FOR / 2).await;
        assert_eq!(pace.at_once(), usize::from(AT_ONCE));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_refusal_one_is_at_work_and_otherwise_there_is_room_beside_those_that_take_long() {
        let pace = Pace::new();
        let mut at_work = Vec::new();
        for _ in 0..pace.of_lane(Lane::Long) {
            at_work.push(pace.turn().await);
        }
        let quick = pace.turn().await.unwrap();
        pace.give_way();
        let waits = async { tokio::time::timeout(GIVES_WAY_FOR / 10, pace.turn()).await.is_err() };
        assert!(waits.await, "others are at work");
        drop((at_work, quick));
        let alone = pace.turn().await.unwrap();
        assert!(tokio::time::timeout(GIVES_WAY_FOR * 2, pace.turn()).await.is_err(), "one is at work");
        drop(alone);
        assert!(pace.turn().await.is_some());
    }
}
