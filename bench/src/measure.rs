//! Counting.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time of this process so far, all threads, user and system.
pub(crate) fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// The middle of several values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A share of sorted values lies at or below the result.
pub(crate) fn percentile(sorted: &[Duration], per_mille: usize) -> Duration {
    let at = (sorted.len() * per_mille / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

/// Milliseconds.
pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Median, 90th and 99th percentile in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
}

impl Spread {
    /// Of values in any order; of none, nothing.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |per_mille| sorted.get(rank(sorted.len(), per_mille)).copied().unwrap_or(f64::NAN);
        Self { p50: at(500), p90: at(900), p99: at(990) }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = usize::from(self.p50.abs() < 100.0);
        write!(f, "{:.digits$} / {:.digits$} / {:.digits$} ms", self.p50, self.p90, self.p99)
    }
}

/// Nearest rank: at least this share lies at or below it.
fn rank(count: usize, per_mille: usize) -> usize {
    (count * per_mille).div_ceil(1000).saturating_sub(1)
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here stay far below 2^52")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// Microseconds.
pub(crate) fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stray_value_does_not_move_the_median() {
        assert!((median(vec![3.0, 1.0, 900.0, 2.0, 2.5]) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let values: Vec<Duration> = (1..=1000).map(Duration::from_nanos).collect();
        assert_eq!(percentile(&values, 990), Duration::from_nanos(991));
        assert_eq!(percentile(&values, 1000), Duration::from_micros(1));
        assert_eq!(percentile(&[], 990), Duration::ZERO);
    }

    #[test]
    fn a_spread_has_the_share_that_it_says_at_or_below_each_value() {
        let spread = Spread::of((1..=300).rev().map(f64::from));
        assert_eq!(spread, Spread { p50: 150.0, p90: 270.0, p99: 297.0 });
        assert_eq!(Spread::of([7.0]), Spread { p50: 7.0, p90: 7.0, p99: 7.0 });
        assert_eq!(spread.to_string(), "150 / 270 / 297 ms");
        assert!(Spread::of([]).p50.is_nan());
    }

    #[test]
    fn work_costs_cpu_time() {
        let before = cpu();
        let mut sum = 0_u64;
        while cpu() == before {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(cpu() > before);
    }
}
