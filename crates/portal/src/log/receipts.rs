//! Receipts in the log, found by their id or, for a day, by the session that ended with them.

use domain::{ReceiptId, SecretHash};
use jiff::{SignedDuration, Timestamp};
use store::{ReceiptRow, Repository, StoreError};

use super::{AppendError, Log, LogError, LogIndex};
use crate::Receipt;

/// For so long whoever still has a session's cookie is shown the receipt that it ended with.
const SHOWN_TO_ITS_SESSION: SignedDuration = SignedDuration::from_hours(24);

/// A receipt and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedReceipt {
    /// The entry's number.
    pub index: LogIndex,
    /// What was erased.
    pub receipt: Receipt,
}

impl Log {
    /// Enters a receipt in the transaction that erases: it is in the log when, and only when, that is committed. The same
    /// receipt again is entered no second time, and stands where it stood; so whoever does not know how a commit ended
    /// does everything again, with the same id.
    ///
    /// With `session_hash` the receipt can be shown for a day to whoever still has that session's cookie.
    pub async fn enter_receipt(
        &self,
        repository: &mut Repository,
        receipt: &Receipt,
        session_hash: Option<&SecretHash>,
    ) -> Result<LogIndex, AppendError> {
        if let Some(known) = repository.receipt_by_id(&receipt.id()).await? {
            return Ok(LogIndex(known.log_index));
        }
        let LogIndex(log_index) = self.append(repository, &receipt.to_json()).await?;
        let row = ReceiptRow { id: receipt.id(), log_index, at: receipt.at() };
        if repository.insert_receipt(&row, session_hash).await? {
            Ok(LogIndex(log_index))
        } else {
            Err(AppendError::Overtaken)
        }
    }

    /// A receipt by its id, which only its owner was told.
    pub async fn receipt(&self, id: &ReceiptId) -> Result<Option<LoggedReceipt>, LogError> {
        let row = self.0.store.read().await?.receipt_by_id(id).await?;
        self.logged(row).await
    }

    /// The receipt that a session ended with, for a day.
    pub async fn receipt_of_session(&self, session_hash: &SecretHash) -> Result<Option<LoggedReceipt>, LogError> {
        let row = self.0.store.read().await?.receipt_by_session_hash(session_hash).await?;
        self.logged(row).await
    }

    /// Forgets whose session ended with a receipt entered a day ago or earlier; how many.
    pub async fn forget_sessions(repository: &mut Repository, now: Timestamp) -> Result<u64, StoreError> {
        repository.forget_sessions_of_receipts(now - SHOWN_TO_ITS_SESSION).await
    }

    async fn logged(&self, row: Option<ReceiptRow>) -> Result<Option<LoggedReceipt>, LogError> {
        let Some(ReceiptRow { id, log_index, .. }) = row else { return Ok(None) };
        let entries = self.0.store.read().await?.log_entries(log_index, 1).await?;
        let receipt = entries.first().and_then(|entry| Receipt::from_json(entry).ok());
        match receipt {
            Some(receipt) if receipt.id() == id => Ok(Some(LoggedReceipt { index: LogIndex(log_index), receipt })),
            _ => Err(LogError::Damaged),
        }
    }
}
