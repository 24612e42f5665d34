//! Who looks at the portal hears at once that something arrived.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use store::{Ears, LetterId, StoreError};
use tokio::sync::watch;

/// After this long a portal that could not hear the others tries again.
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// What rings so soon after another is remembered with it.
const TOGETHER: Duration = Duration::from_secs(1);
/// So long it is known for which letters it rang.
const REMEMBERED: Duration = Duration::from_mins(1);

/// Rung when notices were stored, whoever they are for: nobody who hears it learns for whom it rang, and a delivery to
/// thousands rings once. Who hears it looks whether there is something of their own. Portals beside one another on the
/// same tables ring each other's ([`crate::Portal::hears_other_portals`]).
#[derive(Debug, Default)]
pub(crate) struct NoticeBell {
    rope: watch::Sender<()>,
    rang: Mutex<VecDeque<Rang>>,
}

/// About one second's ringing.
#[derive(Clone, Copy, Debug)]
struct Rang {
    since: Instant,
    until: Instant,
    /// Notices of this letter and of later ones were stored.
    first: LetterId,
}

impl NoticeBell {
    /// Notices of this letter, or of it and later ones, were stored.
    pub(crate) fn ring(&self, first: LetterId) {
        self.rang_at(first, Instant::now());
        self.rope.send_replace(());
    }

    fn rang_at(&self, first: LetterId, now: Instant) {
        let mut rang = self.rang();
        match rang.back_mut() {
            Some(last) if now.duration_since(last.since) < TOGETHER => {
                (last.until, last.first) = (now, last.first.min(first));
            }
            _ => rang.push_back(Rang { since: now, until: now, first }),
        }
        while rang.front().is_some_and(|oldest| now.duration_since(oldest.until) > REMEMBERED) {
            rang.pop_front();
        }
    }

    /// The first of all letters for which it rang so lately, at most [`REMEMBERED`]. None: it did not ring.
    pub(crate) fn rang_for(&self, time: Duration) -> Option<LetterId> {
        let now = Instant::now();
        let rang = self.rang();
        rang.iter().filter(|rang| now.duration_since(rang.until) <= time).map(|rang| rang.first).min()
    }

    fn rang(&self) -> MutexGuard<'_, VecDeque<Rang>> {
        self.rang.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.rope.subscribe()
    }
}

impl crate::Portal {
    /// Changes when notices were stored, for anybody.
    pub fn notice_arrivals(&self) -> watch::Receiver<()> {
        self.notice_bell().listen()
    }

    /// Rings when a portal beside this one stored notices. Goes on for ever; ends only where there can be no other.
    pub async fn hears_other_portals(&self) {
        loop {
            match self.store().ears().await {
                Ok(None) => return,
                Ok(Some(ears)) => {
                    let error = self.hears(ears).await;
                    tracing::warn!(error = &error as &dyn std::error::Error, "other portals are not heard any more");
                }
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "other portals cannot be heard");
                }
            }
            tokio::time::sleep(AGAIN_AFTER).await;
        }
    }

    /// Until nothing is heard any more; why.
    async fn hears(&self, mut ears: Ears) -> StoreError {
        // At first for what nobody heard before.
        let mut first = LetterId::FIRST;
        loop {
            self.notice_bell().ring(first);
            first = match ears.heard().await {
                Ok(heard) => heard.unwrap_or(LetterId::FIRST),
                Err(error) => return error,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_hears_several_rings_as_one() {
        let bell = NoticeBell::default();
        bell.ring(LetterId::FIRST);
        let mut heard = bell.listen();
        assert!(!heard.has_changed().unwrap(), "what rang before is none of theirs");
        bell.ring(LetterId::FIRST);
        bell.ring(LetterId::FIRST);
        assert!(heard.has_changed().unwrap());
        heard.borrow_and_update();
        assert!(!heard.has_changed().unwrap());
    }

    #[test]
    fn it_is_known_from_which_letter_on_it_rang_lately_and_not_what_rang_long_ago() {
        let bell = NoticeBell::default();
        let letter = LetterId::of_number;
        assert_eq!(bell.rang_for(REMEMBERED), None);
        let now = Instant::now();
        let ago = |seconds| now.checked_sub(Duration::from_secs(seconds)).unwrap();
        for (number, seconds) in [(3, 50), (20, 20), (21, 20), (30, 5), (29, 5), (40, 0)] {
            bell.rang_at(letter(number), ago(seconds));
        }
        let lately = |seconds| bell.rang_for(Duration::from_secs(seconds));
        assert_eq!((lately(3), lately(10)), (Some(letter(40)), Some(letter(29))));
        assert_eq!((lately(30), lately(60)), (Some(letter(20)), Some(letter(3))));
        assert_eq!(bell.rang().len(), 4, "what rings together is one");
        bell.rang_at(letter(50), now + REMEMBERED);
        assert_eq!(bell.rang().len(), 2, "of what is long over nothing is kept");
    }
}
