//! Where browsers stand after the reader answered. In memory only: the 4-info of a certificate are never written
//! (B-ISS-8). Whoever is cut off by a restart begins again.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{SecretHash, TicketCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;

use super::ending::{Ending, Why};
use crate::institution::card_binding::Shown;

/// From the reader's page to this site's next page.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(30);
/// So long the last page can be reloaded.
const ENDING_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// A flood of answers must not fill the memory; each needs a challenge of its own.
const PLACES: usize = 10_000;

/// What the reader's answer was worth.
pub(super) type Verdict = Result<Shown, Why>;

/// All of them.
#[derive(Default)]
pub(super) struct Journeys(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    returns: Shelf<Return>,
    endings: Shelf<Ending>,
}

struct Return {
    browser: Option<SecretHash>,
    verdict: Verdict,
}

/// What is kept for a while and in so many places: the oldest goes first.
struct Shelf<T> {
    kept: HashMap<SecretHash, (T, Timestamp)>,
    /// In the order of their ends, which is that of their beginnings.
    ends: VecDeque<(Timestamp, SecretHash)>,
}

/// A code leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// Never given, used, or too late.
    Unknown,
    /// Another browser started. The code is worth nothing any more.
    OtherBrowser,
}

impl Journeys {
    /// Keeps a verdict for the browser that started; the code that leads it there.
    pub(super) fn keep(
        &self,
        browser: Option<SecretHash>,
        verdict: Verdict,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> TicketCode {
        let code = TicketCode::generate(rng);
        self.lock().returns.put(code.hash(), Return { browser, verdict }, now, CODE_LIFETIME);
        code
    }

    /// Takes the verdict: once, in time, in the browser that started.
    pub(super) fn take(
        &self,
        code: &TicketCode,
        browser: Option<&SecretHash>,
        now: Timestamp,
    ) -> Result<Verdict, Lost> {
        let kept = self.lock().returns.take(&code.hash(), now).ok_or(Lost::Unknown)?;
        match (&kept.browser, browser) {
            (Some(started), Some(here)) if started == here => Ok(kept.verdict),
            _ => Err(Lost::OtherBrowser),
        }
    }

    /// Keeps how it ended for the browser's last page.
    pub(super) fn end(&self, browser: SecretHash, ending: Ending, now: Timestamp) {
        self.lock().endings.put(browser, ending, now, ENDING_LIFETIME);
    }

    /// How it ended in this browser.
    pub(super) fn ending(&self, browser: &SecretHash, now: Timestamp) -> Option<Ending> {
        self.lock().endings.look(browser, now).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { kept: HashMap::new(), ends: VecDeque::new() }
    }
}

impl<T> Shelf<T> {
    fn put(&mut self, key: SecretHash, value: T, now: Timestamp, lifetime: SignedDuration) {
        while self.ends.len() >= PLACES || self.ends.front().is_some_and(|(end, _)| *end < now) {
            let Some((end, oldest)) = self.ends.pop_front() else { break };
            // Not what was put there anew since.
            if self.kept.get(&oldest).is_some_and(|(_, until)| *until == end) {
                self.kept.remove(&oldest);
            }
        }
        let until = now + lifetime;
        self.ends.push_back((until, key.clone()));
        self.kept.insert(key, (value, until));
    }

    fn take(&mut self, key: &SecretHash, now: Timestamp) -> Option<T> {
        let (value, until) = self.kept.remove(key)?;
        (now <= until).then_some(value)
    }

    fn look(&self, key: &SecretHash, now: Timestamp) -> Option<&T> {
        self.kept.get(key).filter(|(_, until)| now <= *until).map(|(value, _)| value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entropy::seeded;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn browser(n: u8) -> SecretHash {
        SecretHash::of(&[n])
    }

    fn refused(journeys: &Journeys, of: u8, second: i64) -> TicketCode {
        journeys.keep(Some(browser(of)), Err(Why::Revoked), at(second), &mut seeded(second.unsigned_abs()))
    }

    #[test]
    fn an_answer_that_no_browser_started_leads_nowhere() {
        let journeys = Journeys::default();
        let code = journeys.keep(None, Err(Why::Revoked), at(0), &mut seeded(0));
        assert!(matches!(journeys.take(&code, None, at(0)), Err(Lost::OtherBrowser)));
    }

    #[test]
    fn what_is_too_old_takes_no_place() {
        let journeys = Journeys::default();
        for second in 0..100 {
            refused(&journeys, 1, second);
        }
        assert_eq!(journeys.lock().returns.kept.len(), 31);
    }

    #[test]
    fn a_flood_fills_no_more_than_its_places() {
        let journeys = Journeys::default();
        let mut rng = seeded(1);
        for n in 0..=PLACES {
            journeys.keep(None, Err(Why::Revoked), at(0), &mut rng);
            journeys.end(SecretHash::of(&n.to_be_bytes()), Ending::Refused(Why::Revoked), at(0));
        }
        let inner = journeys.lock();
        assert_eq!((inner.returns.kept.len(), inner.endings.kept.len()), (PLACES, PLACES));
        assert_eq!((inner.returns.ends.len(), inner.endings.ends.len()), (PLACES, PLACES));
    }

    #[test]
    fn an_ending_is_shown_for_ten_minutes_and_only_where_it_ended() {
        let journeys = Journeys::default();
        journeys.end(browser(1), Ending::Refused(Why::Expired), at(0));
        assert_eq!(journeys.ending(&browser(1), at(600)), Some(Ending::Refused(Why::Expired)));
        assert_eq!(journeys.ending(&browser(1), at(601)), None);
        assert_eq!(journeys.ending(&browser(2), at(0)), None);
    }

    proptest! {
        /// Whatever is tried in whatever order: a code works once, within its time, in its own browser.
        #[test]
        fn a_code_works_once_in_time_and_in_the_browser_that_started(
            tries in prop::collection::vec((0..4_usize, 0..3_u8, 0..20_i64), 1..30),
        ) {
            let journeys = Journeys::default();
            let mut open: Vec<_> = (0..4).map(|n| Some((refused(&journeys, n % 2, i64::from(n)), n % 2, i64::from(n)))).collect();
            let codes: Vec<_> = open.iter().flatten().map(|(code, ..)| code.clone()).collect();
            let mut now = 4;
            for (n, by, later) in tries {
                now += later;
                let expected = match open[n].take() {
                    None => Err(Lost::Unknown),
                    Some((_, _, kept)) if now > kept + 30 => Err(Lost::Unknown),
                    Some((_, of, _)) if of != by => Err(Lost::OtherBrowser),
                    Some(_) => Ok(Why::Revoked),
                };
                let found = journeys.take(&codes[n], Some(&browser(by)), at(now)).map(|verdict| verdict.err().unwrap());
                prop_assert_eq!(found, expected);
            }
        }
    }
}
