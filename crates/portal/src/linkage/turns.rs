//! A crowd that asks at the same moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::OrgCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Questions about people's own information that wait for the same institution at the same moment, whoever asks.
const QUESTIONS_AT_ONCE: usize = 32;

/// Lets questions to each institution through in the order in which they came, so that a crowd makes none late, and an
/// institution that hangs takes no place from another (P-INF-5).
#[derive(Clone, Debug)]
pub(crate) struct Turns(BTreeMap<OrgCode, Arc<Semaphore>>);

impl Turns {
    pub(super) fn at<'a>(institutions: impl Iterator<Item = &'a OrgCode>) -> Self {
        Self(institutions.map(|org| (org.clone(), Arc::new(Semaphore::new(QUESTIONS_AT_ONCE)))).collect())
    }

    /// Waits until a question may be put; the turn is over when it is dropped. None, at once: nobody knows the institution.
    pub(crate) async fn turn(&self, provider: &OrgCode) -> Option<OwnedSemaphorePermit> {
        // They are never closed.
        Arc::clone(self.0.get(provider)?).acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;

    #[tokio::test]
    async fn a_crowd_at_one_institution_takes_turns_and_no_place_from_another() {
        let [nta, jps, unknown]: [OrgCode; 3] = ["NTA", "JPS", "KYOKAI"].map(|name| name.parse().unwrap());
        let turns = Turns::at([&nta, &jps].into_iter());
        let mut crowd = join_all((0..QUESTIONS_AT_ONCE).map(|_| turns.turn(&nta))).await;
        let mut next = Box::pin(turns.turn(&nta));
        assert!(futures::poll!(&mut next).is_pending());
        assert!(turns.turn(&jps).await.is_some());
        assert!(turns.turn(&unknown).await.is_none());
        drop(crowd.pop());
        assert!(next.await.is_some());
    }
}
