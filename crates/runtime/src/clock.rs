//! The one place that asks the machine for the time.

mod arg;

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

pub use arg::{ClockArg, ClockArgError};

/// Says what time it is. A program holds one and hands `now` on as an argument; certificates,
/// challenges and sessions are all judged on it.
pub trait Clock: Debug + Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The machine's clock, shifted: it runs, but lives earlier or later.
#[derive(Clone, Copy, Debug)]
pub struct OffsetClock {
    by: SignedDuration,
}

impl OffsetClock {
    /// A clock that runs `by` ahead of the machine's (behind it when negative).
    pub fn new(by: SignedDuration) -> Self {
        Self { by }
    }
}

impl Clock for OffsetClock {
    fn now(&self) -> Timestamp {
        saturating_add(SystemClock.now(), self.by)
    }
}

/// A clock that stands still until somebody moves it. Share it as `Arc<SettableClock>`.
///
/// It holds microseconds, the precision in which the house stores time.
#[derive(Debug)]
pub struct SettableClock {
    now_us: AtomicI64,
}

impl SettableClock {
    /// A clock that shows `now`, cut to microseconds.
    pub fn new(now: Timestamp) -> Self {
        Self { now_us: AtomicI64::new(now.as_microsecond()) }
    }

    /// From here on it is `now`.
    pub fn set(&self, now: Timestamp) {
        self.now_us.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves the clock on by `by` (back when negative); stops at the ends of time.
    pub fn advance(&self, by: SignedDuration) {
        // The closure always answers Some, so the update cannot fail.
        let _ = self.now_us.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now_us| {
            Some(saturating_add(from_us(now_us), by).as_microsecond())
        });
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Timestamp {
        from_us(self.now_us.load(Ordering::SeqCst))
    }
}

fn from_us(us: i64) -> Timestamp {
    // Only values that came out of a Timestamp are ever stored.
    Timestamp::from_microsecond(us).unwrap_or(Timestamp::MAX)
}

fn saturating_add(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-11-03T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_settable_clock_stands_still_until_it_is_moved() {
        let clock = SettableClock::new(noon());
        assert_eq!(clock.now(), noon());
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(clock.now().to_string(), "2026-11-03T14:00:00Z");
        clock.advance(SignedDuration::from_hours(-4));
        assert_eq!(clock.now().to_string(), "2026-11-03T10:00:00Z");
        clock.set(noon());
        assert_eq!(clock.now(), noon());
    }

    #[test]
    fn a_clock_stops_at_the_ends_of_time() {
        let clock = SettableClock::new(noon());
        clock.advance(SignedDuration::MAX);
        assert_eq!(clock.now().as_microsecond(), Timestamp::MAX.as_microsecond());
        clock.advance(SignedDuration::MIN);
        assert_eq!(clock.now(), Timestamp::MIN);
    }

    #[test]
    fn an_offset_clock_runs_ahead_of_the_machine() {
        let before = SystemClock.now();
        let shifted = OffsetClock::new(SignedDuration::from_hours(48)).now();
        let after = SystemClock.now();
        assert!(shifted >= before + SignedDuration::from_hours(48));
        assert!(shifted <= after + SignedDuration::from_hours(48));
    }
}
