//! 保管: notices that a person keeps beyond the session, sealed under the folder's own key (P-PSH-7, P-INF-6). A notice
//! belongs to a person, what is kept belongs to the folder.

mod keep;
mod seal;
mod wish;

use domain::{NoticeId, NoticeKind, OrgCode};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{KeptId, KeptLimits, KeptRow, KeptTotals, LetterId, NoticeCounts, StoreError};
use wire::notice::{InLanguages, Line as Words, NoticeContent};
use zeroize::Zeroizing;

use self::seal::{Part, Told, place};
use super::headline::japans_day;
use super::letter::{LetterAtRest, LetterFault, NoticeSignature, SignatureFault, Whose};
use super::opened::OpenedFile;
use crate::folder_key::{FolderKey, FolderKeyError};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

pub use keep::KeepTold;
pub use wish::KeptWish;

/// So long a kept notice stays, from the moment of keeping.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(120 * 24);
/// So many notices a folder can keep, and so many bytes: the longest notice that may be sent has room.
pub const KEPT_AT_MOST: KeptLimits = KeptLimits { count: 200, size: 32 * 1024 * 1024 };
/// On one page.
const PAGE: usize = 50;
/// Kept notices that one transaction of the sweep erases.
const EXPIRED_AT_ONCE: u32 = 100;

/// A kept notice cannot be shown, or nothing could be done with it.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// There is none, or it is another folder's: both look alike.
    #[error("no such notice is kept")]
    NotFound,
    /// The store failed.
    #[error("what is kept cannot be read or written")]
    Store(#[from] StoreError),
    /// The folder's own key was wrapped under another secret.
    #[error("the folder's own key does not open")]
    Key(#[source] Unopened),
    /// It does not open under the folder's own key.
    #[error("a kept notice does not open")]
    Unopened(#[from] Unopened),
    /// Nobody can say that its sender signed it.
    #[error("the sender of a kept notice cannot be verified")]
    Unverified(#[from] SignatureFault),
}

impl From<LetterFault> for KeptError {
    fn from(fault: LetterFault) -> Self {
        match fault {
            LetterFault::Damaged(error) => Self::Unopened(error),
            LetterFault::Unverified(error) => Self::Unverified(error),
        }
    }
}

impl From<FolderKeyError> for KeptError {
    fn from(error: FolderKeyError) -> Self {
        match error {
            FolderKeyError::NoFolder => Self::NotFound,
            FolderKeyError::Store(error) => Self::Store(error),
            FolderKeyError::Unopened(error) => Self::Key(error),
        }
    }
}

/// One line of 保管.
#[derive(Clone, Debug)]
pub struct KeptNotice {
    /// Its place in addresses.
    pub id: KeptId,
    /// Who signed it.
    pub sender: OrgCode,
    /// The sender's name for it.
    pub notice: NoticeId,
    /// What it is for.
    pub kind: NoticeKind,
    /// What it is about.
    pub titles: InLanguages<Words>,
    /// The last day to do something.
    pub deadline: Option<Date>,
    /// Until when it can be answered, in the inbox.
    pub replies_until: Option<Timestamp>,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// When it was answered, as far as that was before it was kept, or kept once more.
    pub replied_at: Option<Timestamp>,
    /// Files that are kept with it.
    pub attachments: u8,
    /// When it was kept.
    pub kept_at: Timestamp,
    /// From then on it is gone.
    pub expires_at: Timestamp,
    /// The sender took it back, before or after, as far as the portal knows.
    pub withdrawn: bool,
}

/// One page of 保管.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The last kept first.
    pub notices: Vec<KeptNotice>,
    /// Those that do not open: their key is lost. They can only be thrown away.
    pub closed: Vec<KeptId>,
    /// Of everything that the folder keeps.
    pub totals: KeptTotals,
    /// Of everything else that the person has.
    pub counts: NoticeCounts,
    /// Who sent something that is kept.
    pub senders: Vec<OrgCode>,
    /// Where those kept earlier begin.
    pub older: Option<KeptId>,
}

/// A kept notice as its sender signed it.
pub struct OpenedKept {
    /// As in the list.
    pub line: KeptNotice,
    /// What was signed.
    pub content: NoticeContent,
    /// DER of the CMS, the content inside: what a person can show to others.
    pub signed: Zeroizing<Vec<u8>>,
    /// Who signed it.
    pub signature: NoticeSignature,
    /// There was a newer notice in its place when it was kept.
    pub replaced: bool,
    /// The newer notice in its place, where it lies in the inbox.
    pub replaced_by: Option<LetterId>,
}

impl KeptNotice {
    /// The last day on which something can be done about it, in Japan.
    pub fn ends_on(&self) -> Option<Date> {
        let replies = self.replies_until.filter(|_| self.replied_at.is_none()).map(japans_day);
        match (self.deadline, replies) {
            (Some(deadline), Some(replies)) => Some(deadline.min(replies)),
            (one, other) => one.or(other),
        }
    }
}

/// A row, opened.
struct Line {
    notice: KeptNotice,
    /// There was a newer notice in its place when it was kept.
    replaced: bool,
    /// When the letter first came, and its signature was judged.
    taken_at: Timestamp,
}

impl Portal {
    /// What the folder keeps.
    pub async fn kept(&self, who: &SignedIn, wish: &KeptWish, now: Timestamp) -> Result<Kept, KeptError> {
        let folder = who.folder_id();
        let mut reader = self.store().read().await?;
        let totals = reader.kept_totals(&folder, now).await?;
        let rows = reader.kept_notices(&folder, now).await?;
        let counts = match reader.recipient_of_folder(&folder).await? {
            Some(recipient) => reader.notice_counts(recipient, now).await?,
            None => NoticeCounts::default(),
        };
        drop(reader);
        let key = if rows.is_empty() { None } else { self.reading_key(who).await? };
        let (mut notices, mut closed) = (Vec::new(), Vec::new());
        for row in &rows {
            match key.as_ref().map(|key| line(key, row)) {
                Some(Ok(line)) => notices.push(line.notice),
                Some(Err(Unopened)) | None => closed.push(row.id),
            }
        }
        let mut senders: Vec<OrgCode> = notices.iter().map(|notice| notice.sender.clone()).collect();
        senders.sort();
        senders.dedup();
        notices.retain(|notice| wish.wants(notice, now));
        let older = notices.get(PAGE - 1).filter(|_| notices.len() > PAGE).map(|last| last.id);
        notices.truncate(PAGE);
        self.note_withdrawn(&mut notices).await?;
        Ok(Kept { notices, closed, totals, counts, senders, older })
    }

    /// A key that was lost, or does not open, closes what is kept and nothing else.
    async fn reading_key(&self, who: &SignedIn) -> Result<Option<FolderKey>, KeptError> {
        match self.existing_folder_key(&who.folder_id()).await {
            Ok(key) => Ok(key),
            Err(error @ FolderKeyError::Unopened(_)) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a folder's own key does not open");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The letter outlives its copies until its time is over, and with it the sender's word that it does not hold.
    async fn note_withdrawn(&self, notices: &mut [KeptNotice]) -> Result<(), StoreError> {
        let ids: Vec<NoticeId> = notices.iter().map(|notice| notice.notice).collect();
        let withdrawn = self.store().read().await?.withdrawn_among(&ids).await?;
        for notice in notices {
            let it = |(sender, id): &(OrgCode, NoticeId)| *sender == notice.sender && *id == notice.notice;
            notice.withdrawn |= withdrawn.iter().any(it);
        }
        Ok(())
    }

    /// A kept notice, whole.
    pub async fn kept_notice(&self, who: &SignedIn, id: KeptId, now: Timestamp) -> Result<OpenedKept, KeptError> {
        let folder = who.folder_id();
        let mut reader = self.store().read().await?;
        let (row, body) = reader.kept_notice(&folder, id, now).await?.ok_or(KeptError::NotFound)?;
        let recipient = reader.recipient_of_folder(&folder).await?;
        drop(reader);
        let key = self.existing_folder_key(&folder).await?.ok_or(Unopened)?;
        let Line { mut notice, replaced, taken_at } = line(&key, &row)?;
        let letter = self.kept_letter(&key, &row, &notice, taken_at, &body, now)?;
        self.note_withdrawn(std::slice::from_mut(&mut notice)).await?;
        let replaced_by = match recipient {
            Some(recipient) => {
                self.store().read().await?.newer_than(recipient, &notice.sender, &notice.notice, now).await?
            }
            None => None,
        };
        let LetterAtRest { content, signed, signature } = letter;
        let replaced = replaced || replaced_by.is_some();
        Ok(OpenedKept { line: notice, content, signed, signature, replaced, replaced_by })
    }

    fn kept_letter(
        &self,
        key: &FolderKey,
        row: &KeptRow,
        notice: &KeptNotice,
        taken_at: Timestamp,
        body: &[u8],
        now: Timestamp,
    ) -> Result<LetterAtRest, LetterFault> {
        let signed = key.open(seal::PURPOSE, &place(&row.mark, Part::Letter), body)?;
        self.letter_judged(Whose { sender: &notice.sender, notice: &notice.notice, taken_at }, signed, now)
    }

    /// A file of a kept notice.
    pub async fn kept_file(&self, who: &SignedIn, id: KeptId, at: u8, now: Timestamp) -> Result<OpenedFile, KeptError> {
        let folder = who.folder_id();
        let mut reader = self.store().read().await?;
        let (row, body) = reader.kept_notice(&folder, id, now).await?.ok_or(KeptError::NotFound)?;
        let sealed = reader.kept_attachment(&folder, id, at, now).await?.ok_or(KeptError::NotFound)?;
        drop(reader);
        let key = self.existing_folder_key(&folder).await?.ok_or(Unopened)?;
        let Line { notice, taken_at, .. } = line(&key, &row)?;
        let letter = self.kept_letter(&key, &row, &notice, taken_at, &body, now)?;
        let told = letter.content.attachments.into_iter().nth(usize::from(at)).ok_or(KeptError::NotFound)?;
        let bytes = key.open(seal::PURPOSE, &place(&row.mark, Part::Attachment(at)), &sealed)?;
        Ok(OpenedFile { name: told.name.into(), media_type: told.media_type, bytes })
    }

    /// How much the folder keeps.
    pub async fn kept_totals(&self, who: &SignedIn, now: Timestamp) -> Result<KeptTotals, StoreError> {
        self.store().read().await?.kept_totals(&who.folder_id(), now).await
    }

    /// Throws kept notices away, for good: rows, files and the pages in which they stood. How many there were.
    pub async fn discard_kept(&self, who: &SignedIn, ids: &[KeptId]) -> Result<u32, StoreError> {
        let mut repository = self.store().begin().await?;
        let mut done = 0;
        for id in ids {
            done += u32::from(repository.delete_kept_notice(&who.folder_id(), *id).await?);
        }
        repository.commit().await?;
        if done > 0 {
            self.settle_kept().await?;
        }
        Ok(done)
    }

    /// Kept notices whose time is over go; how many. Called by the sweep.
    pub(crate) async fn expire_kept(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut went = 0;
        loop {
            let mut repository = self.store().begin().await?;
            let now_gone = repository.expire_kept_notices(now, EXPIRED_AT_ONCE).await?;
            repository.commit().await?;
            went += now_gone;
            if now_gone < u64::from(EXPIRED_AT_ONCE) {
                break;
            }
        }
        if went > 0 {
            tracing::info!(notices = went, "kept notices whose time is over are erased");
            self.settle_kept().await?;
        }
        Ok(went)
    }

    async fn settle_kept(&self) -> Result<(), StoreError> {
        // Somebody who reads an older state keeps the side file alive for a moment.
        if !self.store().settle().await? {
            tracing::debug!("the database's side file is in use");
        }
        Ok(())
    }
}

fn line(key: &FolderKey, row: &KeptRow) -> Result<Line, Unopened> {
    let headline = key.open(seal::PURPOSE, &place(&row.mark, Part::Headline), &row.headline)?;
    let told: Told = serde_json::from_slice(&headline).map_err(|_| Unopened)?;
    let notice = KeptNotice {
        id: row.id,
        sender: told.sender,
        notice: told.notice,
        kind: told.kind,
        titles: told.titles,
        deadline: told.deadline,
        replies_until: told.replies_until,
        arrived_at: told.arrived_at,
        replied_at: told.replied_at,
        attachments: told.attachments,
        kept_at: row.kept_at,
        expires_at: row.expires_at,
        withdrawn: told.withdrawn,
    };
    Ok(Line { notice, replaced: told.replaced, taken_at: told.taken_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two numbers of two rooms that must go together.
    #[test]
    fn the_longest_notice_that_may_be_sent_has_room() {
        let files = u64::from(wire::notice::ATTACHMENTS_BYTES_MAX);
        let words = wire::notice::LETTER_BYTES_MAX as u64;
        assert!(files + 2 * words < KEPT_AT_MOST.size);
    }
}
