//! What comes back (P-PSH-5, P-PSH-6).

use wire::notice::{Return, ReturnedWhat};

use super::Sender;
use crate::store::{ReturnedRow, StoreError};

impl Sender {
    /// Fetches until nothing is new. What is kept here the portal forgets with the next question.
    pub(super) async fn fetch_returns(&self) -> Result<(), StoreError> {
        loop {
            let after = self.store.read().await?.returned_last().await?;
            let returns = match self.post.returns(after).await {
                Ok(returns) => returns,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "what came back cannot be fetched");
                    return Ok(());
                }
            };
            // Also where the core could tell nothing of all this: what it could not convert, nobody ever can.
            let next = returns.items.last().map_or(0, |item| item.number).max(returns.next);
            if next <= after {
                return Ok(());
            }
            let mut repository = self.store.begin().await?;
            for item in returns.items {
                repository.insert_returned(&self.kept(item)).await?;
            }
            repository.returned_through(next).await?;
            repository.commit().await?;
        }
    }

    /// A reply that is not believed is kept as having come, without content.
    fn kept(&self, item: Return) -> ReturnedRow {
        let Return { number, notice, link_code, at, what } = item;
        let (state, reply) = match what {
            ReturnedWhat::State { state } => (Some(state), None),
            ReturnedWhat::Reply { sealed } => match self.post.open_reply(&notice, &sealed, self.clock.now()) {
                Ok((_, signed)) => (None, Some(signed.to_vec())),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a reply is not believed");
                    (None, None)
                }
            },
        };
        ReturnedRow { number, notice, link_code, at, state, reply }
    }
}
