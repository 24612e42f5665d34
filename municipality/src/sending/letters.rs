//! Letters and their files, brought to the portal.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use wire::notice::NoticeContent;

use super::{Sender, StepFailure, rng};
use crate::draft::{Draft, Fields, Making, no_fields};
use crate::store::{PendingAttachment, RecipientRow, SendingRow, StoreError};

const LETTERS_AT_ONCE: usize = 8;
const WITHDRAWALS_AT_ONCE: u32 = 1000;

impl Sender {
    /// The same for everybody: once, with its files. That it is there is noted with what becomes of the recipients.
    pub(super) async fn bring_shared_letter(
        &self,
        row: &SendingRow,
        draft: &Draft,
        now: Timestamp,
    ) -> Result<(), StepFailure> {
        let content = self.content(row, draft, 0, &no_fields(), now)?;
        self.post.bring_letter(&content, now, &mut rng()).await?;
        let files = if draft.attachments.is_empty() {
            Vec::new()
        } else {
            self.store.read().await?.pending_attachments(row.id).await?
        };
        for file in files {
            self.post.bring_attachment(&content, file.place, &file.content, now, &mut rng()).await?;
            let mut repository = self.store.begin().await?;
            repository.attachment_taken(row.id, file.place, now).await?;
            repository.commit().await?;
        }
        Ok(())
    }

    /// Each recipient's own, with all files.
    pub(super) async fn bring_own_letters(
        &self,
        row: &SendingRow,
        draft: &Draft,
        recipients: &[RecipientRow],
        now: Timestamp,
    ) -> Result<(), StepFailure> {
        let files = self.store.read().await?.pending_attachments(row.id).await?;
        let own = |one: &RecipientRow| -> Result<NoticeContent, StepFailure> {
            let fields: Fields =
                serde_json::from_str(one.fields.as_deref().unwrap_or("{}")).map_err(|_| StepFailure::Unreadable)?;
            self.content(row, draft, one.place, &fields, now)
        };
        let letters: Vec<NoticeContent> = recipients.iter().map(own).collect::<Result<_, _>>()?;
        let files = &files;
        stream::iter(letters)
            .map(async |content| self.bring_whole(&content, files, now).await)
            .buffer_unordered(LETTERS_AT_ONCE)
            .try_collect::<()>()
            .await
    }

    async fn bring_whole(
        &self,
        content: &NoticeContent,
        files: &[PendingAttachment],
        now: Timestamp,
    ) -> Result<(), StepFailure> {
        self.post.bring_letter(content, now, &mut rng()).await?;
        for file in files {
            self.post.bring_attachment(content, file.place, &file.content, now, &mut rng()).await?;
        }
        Ok(())
    }

    fn content(
        &self,
        row: &SendingRow,
        draft: &Draft,
        place: u32,
        fields: &Fields,
        now: Timestamp,
    ) -> Result<NoticeContent, StepFailure> {
        let making = Making {
            sender: self.post.org(),
            id: row.notice_of(place),
            issued_at: row.issued_at.unwrap_or(now),
            sealing_certificate: self.post.sealing_certificate(),
            fields,
        };
        Ok(draft.notice(&making)?)
    }

    /// Tells the portal what was taken back.
    pub(super) async fn withdraw_due(&self) -> Result<(), StoreError> {
        let due = self.store.read().await?.to_withdraw(8).await?;
        for row in &due {
            match self.withdraw(row).await {
                Ok(()) => {
                    let mut repository = self.store.begin().await?;
                    repository.withdrawal_taken(row.id, self.clock.now()).await?;
                    repository.commit().await?;
                }
                Err(StepFailure::Store(error)) => return Err(error),
                Err(error) => {
                    tracing::warn!(sending = %row.id, error = &error as &dyn std::error::Error, "a withdrawal must wait");
                }
            }
        }
        Ok(())
    }

    async fn withdraw(&self, row: &SendingRow) -> Result<(), StepFailure> {
        let (Some(withdrawn_at), Some(_)) = (row.withdrawn_at, row.issued_at) else { return Ok(()) };
        if !row.merged {
            return if row.letter_taken_at.is_some() {
                Ok(self.post.withdraw(row.id.notice(), withdrawn_at).await?)
            } else {
                Ok(())
            };
        }
        let mut from = 0;
        loop {
            let some = self.store.read().await?.recipients(row.id, from, WITHDRAWALS_AT_ONCE).await?;
            let Some(last) = some.last() else { return Ok(()) };
            from = last.place + 1;
            for one in some.iter().filter(|one| one.outcome == Some(crate::store::Outcome::Accepted)) {
                self.post.withdraw(row.notice_of(one.place), withdrawn_at).await?;
            }
        }
    }
}
