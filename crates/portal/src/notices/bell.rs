//! Who looks at the portal hears at once that something arrived.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use store::{Ears, StoreError};
use tokio::sync::watch;

/// After this long a portal that could not hear the others tries again.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Rung when notices were stored, whoever they are for: nobody who hears it learns for whom it rang, and a delivery to
/// thousands rings once. Who hears it looks whether there is something of their own. Portals beside one another on the
/// same tables ring each other's ([`crate::Portal::hears_other_portals`]).
#[derive(Debug, Default)]
pub(crate) struct NoticeBell {
    rope: watch::Sender<()>,
    rang_at: Mutex<Option<Instant>>,
}

impl NoticeBell {
    pub(crate) fn ring(&self) {
        *self.rang_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.rope.send_replace(());
    }

    /// Whether it rang so lately.
    pub(crate) fn rang_within(&self, time: Duration) -> bool {
        self.rang_at.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|rang_at| rang_at.elapsed() <= time)
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
        loop {
            // At first for what nobody heard before.
            self.notice_bell().ring();
            if let Err(error) = ears.heard().await {
                return error;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_hears_several_rings_as_one() {
        let bell = NoticeBell::default();
        assert!(!bell.rang_within(Duration::MAX));
        bell.ring();
        assert!(bell.rang_within(Duration::from_mins(1)));
        let mut heard = bell.listen();
        assert!(!heard.has_changed().unwrap(), "what rang before is none of theirs");
        bell.ring();
        bell.ring();
        assert!(heard.has_changed().unwrap());
        heard.borrow_and_update();
        assert!(!heard.has_changed().unwrap());
    }
}
