//! 「新しいお知らせが届きました」 on a page that lies open: what arrived and this page knows nothing of.
//!
//! When a notice arrived is written before its delivery is durable, and of two deliveries the later one may be durable first. So
//! what became readable after a page was made may have arrived before. A page therefore knows what arrived well before it was
//! made, and of the rest the very letters: whatever else is found is told, once.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use store::{ArrivalRow, LetterId, StoreError};

use crate::{Portal, SignedIn};

/// Longest time between the arrival that a delivery writes and the moment from which everybody reads it. Twice as long as the
/// core waits for an answer, after which a delivery is given up: clocks of portals beside one another differ a little, and a
/// delivery that was on its way into the database then may still become durable.
pub const DELIVERY_AT_MOST: SignedDuration = SignedDuration::from_secs(30);
/// Letters that are named in an address, the newest of them. What else arrived just then may be told twice.
const NAMED_AT_MOST: usize = 40;
/// Arrivals that are looked at, emergencies and then the latest: whoever receives more at once was told of these.
const LOOKED_AT: u32 = 200;

/// What an open page knows of: all that arrived well before an instant, and of what arrived about then or later these letters.
/// As text: microseconds of the instant and the letters' numbers, with dots between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownArrivals {
    until: Timestamp,
    letters: BTreeSet<LetterId>,
}

/// Something arrived that nobody has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeArrival {
    /// There is an emergency among it.
    pub urgent: bool,
}

/// What arrived just before a page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateArrivals {
    /// What the page will know of.
    pub known: KnownArrivals,
    /// Unread notices, with these.
    pub unread: u32,
    /// Emergencies among them.
    pub urgent: u32,
}

/// The text says of no arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no known arrivals")]
pub struct NoKnownArrivals;

impl KnownArrivals {
    /// All that could be read well before an instant, and nothing of what arrived about then.
    pub fn until(until: Timestamp) -> Self {
        Self { until, letters: BTreeSet::new() }
    }

    /// What arrived later is looked for.
    fn after(&self) -> Timestamp {
        self.until.saturating_sub(DELIVERY_AT_MOST).unwrap_or(Timestamp::MIN)
    }

    /// From now on these are known. `rows`: what arrived after [`KnownArrivals::after`].
    fn learn(&mut self, rows: &[ArrivalRow]) -> Option<NoticeArrival> {
        let unknown: Vec<&ArrivalRow> = rows.iter().filter(|row| !self.letters.contains(&row.letter)).collect();
        self.until = unknown.iter().map(|row| row.arrived_at).fold(self.until, Timestamp::max);
        let after = self.after();
        self.letters = rows.iter().filter(|row| row.arrived_at > after).map(|row| row.letter).collect();
        let mut unread = unknown.into_iter().filter(|row| row.unread).peekable();
        unread.peek()?;
        Some(NoticeArrival { urgent: unread.any(|row| row.urgent) })
    }
}

impl fmt::Display for KnownArrivals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.until.as_microsecond())?;
        self.letters.iter().rev().take(NAMED_AT_MOST).try_for_each(|letter| write!(f, ".{}", letter.number()))
    }
}

impl FromStr for KnownArrivals {
    type Err = NoKnownArrivals;

    fn from_str(text: &str) -> Result<Self, NoKnownArrivals> {
        let mut parts = text.split('.').map(|part| part.parse::<i64>().map_err(|_| NoKnownArrivals));
        let until = Timestamp::from_microsecond(parts.next().ok_or(NoKnownArrivals)??).map_err(|_| NoKnownArrivals)?;
        let letters = parts.take(NAMED_AT_MOST).map(|number| Ok(LetterId::of_number(number?)));
        Ok(Self { until, letters: letters.collect::<Result<_, _>>()? })
    }
}

impl Portal {
    /// What arrived of which an open page knows nothing: asked when the bell rang. From then on it is known.
    pub async fn notice_arrival(
        &self,
        who: &SignedIn,
        known: &mut KnownArrivals,
        now: Timestamp,
    ) -> Result<Option<NoticeArrival>, StoreError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(None) };
        let rows = reader.arrivals(recipient, LetterId::FIRST, known.after(), now, LOOKED_AT).await?;
        Ok(known.learn(&rows))
    }

    /// What arrived so lately that a page which is about to be made must name it. None: nothing, as far as this portal heard;
    /// what it did not hear of is told once too often.
    pub async fn late_arrivals(&self, who: &SignedIn, now: Timestamp) -> Result<Option<LateArrivals>, StoreError> {
        let Some(first) = self.notice_bell().rang_for(DELIVERY_AT_MOST.unsigned_abs()) else { return Ok(None) };
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(None) };
        let mut known = KnownArrivals::until(now);
        let rows = reader.arrivals(recipient, first, known.after(), now, LOOKED_AT).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        known.learn(&rows);
        // After the letters, so that nothing is known that the page does not count.
        let counts = reader.notice_counts(recipient, now).await?;
        Ok(Some(LateArrivals { known, unread: counts.unopened, urgent: counts.urgent }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn row(letter: i64, second: i64) -> ArrivalRow {
        ArrivalRow { letter: LetterId::of_number(letter), arrived_at: at(second), urgent: false, unread: true }
    }

    /// What the store finds of these.
    fn looks(known: &mut KnownArrivals, rows: &[ArrivalRow]) -> Option<NoticeArrival> {
        let after = known.after();
        known.learn(&rows.iter().copied().filter(|row| row.arrived_at > after).collect::<Vec<_>>())
    }

    const SOMETHING: Option<NoticeArrival> = Some(NoticeArrival { urgent: false });

    #[test]
    fn what_becomes_readable_after_the_page_was_made_is_told_though_it_arrived_before() {
        let mut known = KnownArrivals::until(at(10));
        assert_eq!(looks(&mut known, &[]), None);
        let urgent = ArrivalRow { urgent: true, ..row(1, 5) };
        assert_eq!(looks(&mut known, &[urgent]), Some(NoticeArrival { urgent: true }));
        assert_eq!(looks(&mut known, &[urgent]), None, "once");
    }

    #[test]
    fn of_two_deliveries_the_one_that_is_readable_last_is_told_whichever_began_first() {
        let mut known = KnownArrivals::until(at(0));
        assert_eq!(looks(&mut known, &[row(2, 20)]), SOMETHING);
        let both = [row(2, 20), row(1, 8)];
        assert_eq!(looks(&mut known, &both), SOMETHING);
        assert_eq!(looks(&mut known, &both), None);
        // Who comes back says what it heard.
        let mut back: KnownArrivals = known.to_string().parse().unwrap();
        assert_eq!(looks(&mut back, &both), None);
        assert_eq!(looks(&mut back, &[both[0], both[1], row(3, 15)]), SOMETHING);
    }

    #[test]
    fn what_the_page_shows_is_not_told_on_it() {
        let mut known = KnownArrivals::until(at(10));
        let shown = [row(7, 9), row(5, 1)];
        known.learn(&shown);
        let mut of_page: KnownArrivals = known.to_string().parse().unwrap();
        assert_eq!(looks(&mut of_page, &shown), None);
        assert_eq!(looks(&mut of_page, &[row(6, 9), shown[0], shown[1]]), SOMETHING);
    }

    #[test]
    fn what_was_read_elsewhere_is_not_told() {
        let mut known = KnownArrivals::until(at(10));
        assert_eq!(looks(&mut known, &[ArrivalRow { unread: false, ..row(1, 11) }]), None);
        assert_eq!(looks(&mut known, &[row(1, 11)]), None, "nor when it is made unread");
    }

    #[test]
    fn only_as_many_letters_are_remembered_as_may_still_be_joined_by_earlier_ones() {
        let mut known = KnownArrivals::until(at(0));
        looks(&mut known, &[row(1, 1)]);
        looks(&mut known, &[row(1, 1), row(2, 100)]);
        assert_eq!(known.to_string(), format!("{}.2", at(100).as_microsecond()));
        assert_eq!(looks(&mut known, &[row(1, 1), row(2, 100)]), None);
    }

    #[test]
    fn what_is_no_arrivals_is_refused() {
        for text in ["", "x", "1.x", "1.", ".1", "1,2", "99999999999999999999"] {
            assert_eq!(text.parse::<KnownArrivals>(), Err(NoKnownArrivals), "{text}");
        }
        let many: Vec<String> = (0..1000).map(|number: i64| number.to_string()).collect();
        assert_eq!(many.join(".").parse::<KnownArrivals>().unwrap().letters.len(), NAMED_AT_MOST);
    }
}
