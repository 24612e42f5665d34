//! Replies that could not be opened when they came, and receipts that were not believed: what was in the way, a key that was
//! renewed or a clock that was wrong, may be gone by now.

use jiff::Timestamp;

use super::Sender;
use crate::store::{DoubtedReceipt, StoreError};

/// Rows that are tried at once.
const AT_ONCE: u32 = 16;

impl Sender {
    /// Tries all of them once.
    pub(super) async fn open_again(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.open_replies_again(now).await?;
        self.believe_receipts_again(now).await
    }

    async fn open_replies_again(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let some = self.store.read().await?.sealed_returns(after, AT_ONCE).await?;
            let Some(last) = some.last() else { return Ok(()) };
            after = last.number;
            let mut opened = Vec::new();
            for one in &some {
                if let Ok((_, signed)) = self.post.open_reply(&one.notice, &one.sealed, now) {
                    opened.push((one.number, signed));
                }
            }
            if opened.is_empty() {
                continue;
            }
            let mut repository = self.store.begin().await?;
            for (number, signed) in &opened {
                repository.open_returned(*number, signed).await?;
            }
            repository.commit().await?;
            tracing::info!(replies = opened.len(), "replies are open that could not be opened when they came");
        }
    }

    async fn believe_receipts_again(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let some = self.store.read().await?.doubted_receipts(after, AT_ONCE).await?;
            let Some(last) = some.last() else { return Ok(()) };
            after = Some((last.sending, last.place));
            let is_believed = |one: &DoubtedReceipt| self.post.believe_receipt(&one.notice, &one.signed, now).is_ok();
            let believed: Vec<DoubtedReceipt> = some.into_iter().filter(is_believed).collect();
            if believed.is_empty() {
                continue;
            }
            let mut repository = self.store.begin().await?;
            for one in &believed {
                repository.insert_receipt(one.sending, one.place, &one.signed).await?;
                repository.forget_doubted(one.sending, one.place).await?;
            }
            repository.commit().await?;
            tracing::info!(receipts = believed.len(), "receipts are believed that were not when they came");
        }
    }
}
