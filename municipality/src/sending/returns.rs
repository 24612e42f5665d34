//! What comes back (P-PSH-5, P-PSH-6).

use wire::mediation::SealedPayload;
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
                let (row, sealed) = self.opened(item);
                if repository.insert_returned(&row).await?
                    && let Some(sealed) = sealed
                {
                    repository.insert_sealed(row.number, sealed).await?;
                }
            }
            repository.returned_through(next).await?;
            repository.commit().await?;
        }
    }

    /// A reply that is not believed, or not now, is kept as it came.
    fn opened(&self, item: Return) -> (ReturnedRow, Option<SealedPayload>) {
        let Return { number, notice, link_code, at, what } = item;
        let row = ReturnedRow { number, notice, link_code, at, state: None, reply: None };
        match what {
            ReturnedWhat::State { state } => (ReturnedRow { state: Some(state), ..row }, None),
            ReturnedWhat::Reply { sealed } => match self.post.open_reply(&notice, &sealed, self.clock.now()) {
                Ok((_, signed)) => (ReturnedRow { reply: Some(signed.to_vec()), ..row }, None),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a reply is not believed");
                    (row, Some(sealed))
                }
            },
        }
    }
}
