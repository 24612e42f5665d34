//! Days and times of a draft against each other, and against when it goes out.

use jiff::{SignedDuration, Timestamp};

use super::Draft;
use crate::japan;

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nobody could do it any more.
    #[error("the last day is over before the notice goes out")]
    DeadlineEarly,
    /// Whoever did not do it yet could not read any more what to do.
    #[error("the last day comes after the notice has expired")]
    DeadlineLate,
    /// Nobody could answer any more.
    #[error("answers are taken only until before the notice goes out")]
    ClosesEarly,
    /// There would be nothing left to answer.
    #[error("answers are taken until after the notice has expired")]
    ClosesLate,
}

impl Draft {
    /// What does not fit, where it begins to go out at `start`. Asked of whoever makes or releases it, and of nobody later:
    /// what was released goes out, and the portal takes it.
    pub fn date_faults(&self, start: Timestamp) -> Vec<DateFault> {
        let readable_until = self.expires_at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(self.expires_at);
        let deadline = self.deadline.and_then(|last| {
            if last < japan::day(start) {
                Some(DateFault::DeadlineEarly)
            } else {
                (last > japan::day(readable_until)).then_some(DateFault::DeadlineLate)
            }
        });
        let closes = self.reply.as_ref().and_then(|reply| {
            if reply.closes_at <= start {
                Some(DateFault::ClosesEarly)
            } else {
                (reply.closes_at > self.expires_at).then_some(DateFault::ClosesLate)
            }
        });
        deadline.into_iter().chain(closes).collect()
    }
}
