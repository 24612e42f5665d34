//! Letters and their files, brought to the portal.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use wire::notice::NoticeContent;

use super::{Sender, StepFailure, rng};
use crate::draft::{Draft, Fields, Making, no_fields};
use crate::store::{PendingAttachment, RecipientRow, SendingRow};

const LETTERS_AT_ONCE: usize = 8;

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
            sealing_certificate: row.sealing_certificate.as_deref().unwrap_or_default(),
            fields,
        };
        Ok(draft.notice(&making)?)
    }
}
