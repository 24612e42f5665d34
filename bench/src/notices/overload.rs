//! Four times as many posts as can be done: what is done, what the others are told, and how soon it is over.

use std::time::Duration;

use super::ground::Engine;
use super::open_loop::Shot;
use super::singles::Poster;
use crate::figure::Figure;
use crate::measure::{Spread, ms, real};
use crate::{Failure, say};

const TIMES: f64 = 4.0;
const GOODPUT_MIN: f64 = 0.9;
const REFUSED_WITHIN_MS: f64 = 50.0;
const RECOVERED_AFTER: Duration = Duration::from_secs(5);
const LOOKED_AT: Duration = Duration::from_secs(3);
/// Of the callers, opened beforehand: more than wait for an answer at a time, or what is measured are handshakes.
const CONNECTIONS: usize = 2048;

/// See the module.
pub(super) fn measure(
    engine: Engine,
    poster: &Poster<'_>,
    capacity: f64,
    during: Duration,
) -> Result<Vec<Figure>, Failure> {
    say(&format!("{:.0} posts a second for {} s", capacity * TIMES, during.as_secs()));
    let (dues, later) = (poster.due(capacity * TIMES, during)?, poster.due(capacity / 2.0, LOOKED_AT)?);
    let (shots, after) = poster.over(CONNECTIONS, async |lines| {
        let began = tokio::time::Instant::now();
        let shots = poster.fire(lines, dues).await;
        // Counted from when the last one came, however long the answers took.
        tokio::time::sleep_until(began + during + RECOVERED_AFTER).await;
        Ok((shots, poster.fire(lines, later).await))
    })?;
    Ok(told(engine, capacity, during, &shots, &after))
}

fn told(engine: Engine, capacity: f64, during: Duration, shots: &[Shot], after: &[Shot]) -> Vec<Figure> {
    let seen = Seen::of(shots, during);
    let name = format!("{TIMES} × as many posts as can be done, the city on {engine}");
    let later = Seen::of(after, LOOKED_AT);
    let late = if after.is_empty() { 1 } else { after.len() - later.taken };
    vec![
        Figure::at_least(&format!("{name}: done, against the peak"), seen.goodput / capacity, GOODPUT_MIN, "×")
            .because(format!(
                "{:.0} a second of {:.0} that came; {}; those that were taken took {}",
                seen.goodput,
                real(count(shots.len())) / during.as_secs_f64(),
                seen.statuses(),
                seen.took
            )),
        Figure::at_most(
            &format!("{name}: neither taken nor told 429 or 503 with Retry-After"),
            real(count(seen.lost)),
            0.0,
            "",
        )
        .because(format!("of {} posts", shots.len())),
        seen.time_to_refusal(&format!("{name}: time to the refusal, 99th percentile")),
        Figure::at_most(&format!("{name}: posts not taken five seconds after"), real(count(late)), 0.0, "")
            .because(format!("{} posts at half the rate for {} s; {}", after.len(), LOOKED_AT.as_secs(), later.took)),
    ]
}

/// What became of posts.
struct Seen {
    taken: usize,
    refused_503: usize,
    refused_429: usize,
    /// Neither, or without a word when to come again.
    lost: usize,
    /// Taken within the time, a second.
    goodput: f64,
    took: Spread,
    refused: Spread,
}

impl Seen {
    fn of(shots: &[Shot], during: Duration) -> Self {
        let with =
            |status: u16| move |shot: &&Shot| shot.told.status == status && (status == 202 || shot.told.retry_after);
        let taken: Vec<&Shot> = shots.iter().filter(with(202)).collect();
        let (too_often, too_much) = (shots.iter().filter(with(429)), shots.iter().filter(with(503)));
        let in_time = taken.iter().filter(|shot| shot.answered_at <= during).count();
        let (refused_429, refused_503) = (too_often.clone().count(), too_much.clone().count());
        Self {
            taken: taken.len(),
            refused_503,
            refused_429,
            lost: shots.len() - taken.len() - refused_429 - refused_503,
            goodput: real(count(in_time)) / during.as_secs_f64(),
            took: Spread::of(taken.iter().map(|shot| ms(shot.from_due))),
            refused: Spread::of(too_often.chain(too_much).map(|shot| ms(shot.from_sent))),
        }
    }

    fn time_to_refusal(&self, name: &str) -> Figure {
        if self.refused_429 + self.refused_503 == 0 {
            return Figure::missing(name, &format!("≤ {REFUSED_WITHIN_MS} ms"), "nobody was refused");
        }
        let note =
            format!("{}, from when the post was handed over; we and the programs on the same cores", self.refused);
        Figure::at_most(name, self.refused.p99, REFUSED_WITHIN_MS, "ms").because(note)
    }

    fn statuses(&self) -> String {
        format!(
            "{} taken, {} told 503, {} told 429, {} lost",
            self.taken, self.refused_503, self.refused_429, self.lost
        )
    }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::api::Told;
    use super::*;

    fn shot(status: u16, retry_after: bool, at: u64) -> Shot {
        let at = Duration::from_millis(at);
        Shot { told: Told { status, retry_after }, from_due: at, from_sent: at, answered_at: at }
    }

    #[test]
    fn a_refusal_that_does_not_say_when_to_come_again_is_lost() {
        let shots =
            [shot(202, false, 100), shot(503, true, 7), shot(503, false, 7), shot(429, true, 9), shot(0, false, 1)];
        let seen = Seen::of(&shots, Duration::from_secs(1));
        assert_eq!((seen.taken, seen.refused_503, seen.refused_429, seen.lost), (1, 1, 1, 2));
        assert!((seen.refused.p99 - 9.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_done_after_the_time_is_not_counted_as_done_in_it() {
        let shots = [shot(202, false, 400), shot(202, false, 900), shot(202, false, 1_100)];
        let seen = Seen::of(&shots, Duration::from_secs(1));
        assert!((seen.goodput - 2.0).abs() < f64::EPSILON);
    }
}
