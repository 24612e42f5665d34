//! One notice: read, and what a person does with it.

use domain::NoticeState;
use jiff::Timestamp;
use store::{LetterId, NewReturn, NoticePlace, RecipientId, Repository, ReturnRowWhat, StoreError, WholeNotice};
use wire::notice::{MediaType, NoticeContent};
use zeroize::Zeroizing;

use super::headline::InboxNotice;
use super::letter::{LetterAtRest, LetterFault, NoticeSignature, SignatureFault};
use super::seal::{NoticeKey, Part, Place};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

/// A notice as its sender signed it.
pub struct OpenedNotice {
    /// As in the list.
    pub line: InboxNotice,
    /// What was signed.
    pub content: NoticeContent,
    /// DER of the CMS, the content inside: what a person can show to others.
    pub signed: Zeroizing<Vec<u8>>,
    /// Who signed it.
    pub signature: NoticeSignature,
    /// A newer notice takes its place.
    pub replaced_by: Option<LetterId>,
    /// Whether this person tells the sender what becomes of notices.
    pub states_given: bool,
}

/// A file of a notice.
pub struct OpenedFile {
    /// As the sender called it.
    pub name: String,
    /// What it is.
    pub media_type: MediaType,
    /// Its bytes, whose hash the sender signed.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// A notice cannot be shown, or nothing could be done with it.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// There is none, or it is somebody else's: both look alike.
    #[error("no such notice")]
    NotFound,
    /// The store failed.
    #[error("the notice cannot be read")]
    Store(#[from] StoreError),
    /// What rests does not open: it is damaged.
    #[error("the notice does not open")]
    Unopened(#[from] Unopened),
    /// Nobody can say that its sender signed it.
    #[error("the sender of the notice cannot be verified")]
    Unverified(#[from] SignatureFault),
}

impl From<LetterFault> for NoticeError {
    fn from(fault: LetterFault) -> Self {
        match fault {
            LetterFault::Damaged(error) => Self::Unopened(error),
            LetterFault::Unverified(error) => Self::Unverified(error),
        }
    }
}

impl Portal {
    /// Opens a notice: from now on it counts as read (P-PSH-4), and is erased at logout (P-PSH-7). The sender hears of it
    /// only if it asked and the person gives it (P-PSH-5).
    pub async fn open_notice(
        &self,
        who: &SignedIn,
        letter: LetterId,
        now: Timestamp,
    ) -> Result<OpenedNotice, NoticeError> {
        let (recipient, whole) = self.whole_of(who, letter, now).await?.ok_or(NoticeError::NotFound)?;
        // What cannot be shown was not read.
        let key = NoticeKey::derive(self.holding_secret())?;
        let LetterAtRest { content, signed, signature } = self.letter_at_rest(&key, &whole, now)?;
        let mut repository = self.store().begin().await?;
        let states_given = repository.gives_states(recipient, &whole.row.sender).await?;
        let newly = repository.open_notice(recipient, letter, now).await?;
        if newly && states_given {
            tell_opened(&mut repository, &whole, recipient, now).await?;
        }
        if newly {
            repository.commit().await?;
        }
        let replaced_by = whole.replaced_by;
        let line = self.notice_line(&key, who, whole.row).told_by(&content);
        Ok(OpenedNotice { line, content, signed, signature, replaced_by, states_given })
    }

    /// A person's notice as it rests. Nothing is held any more when it is here: whoever goes on to write takes one connection,
    /// and nobody waits for a second one with the first in hand.
    pub(super) async fn whole_of(
        &self,
        who: &SignedIn,
        letter: LetterId,
        now: Timestamp,
    ) -> Result<Option<(RecipientId, WholeNotice)>, StoreError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(None) };
        let whole = reader.whole_notice(recipient, letter, now).await?;
        Ok(whole.map(|whole| (recipient, whole)))
    }

    /// A file of a notice.
    pub async fn notice_file(
        &self,
        who: &SignedIn,
        letter: LetterId,
        place: u8,
        now: Timestamp,
    ) -> Result<OpenedFile, NoticeError> {
        let mut reader = self.store().read().await?;
        let recipient = reader.recipient_of_folder(&who.folder_id()).await?.ok_or(NoticeError::NotFound)?;
        let whole = reader.whole_notice(recipient, letter, now).await?.ok_or(NoticeError::NotFound)?;
        let row = reader.attachment(recipient, letter, place, now).await?.ok_or(NoticeError::NotFound)?;
        let key = NoticeKey::derive(self.holding_secret())?;
        let mut content = self.letter_at_rest(&key, &whole, now)?.content;
        let told = (usize::from(place) < content.attachments.len())
            .then(|| content.attachments.swap_remove(usize::from(place)))
            .ok_or(NoticeError::NotFound)?;
        let at = Place { sender: &whole.row.sender, notice: &whole.row.notice, part: Part::Attachment(place) };
        let bytes = key.open(at, &row.sealed)?;
        Ok(OpenedFile { name: told.name.into(), media_type: told.media_type, bytes })
    }

    /// Puts a notice somewhere else. A bin lasts until logout.
    pub async fn put_notice(
        &self,
        who: &SignedIn,
        letters: &[LetterId],
        place: NoticePlace,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut repository = self.store().begin().await?;
        let Some(recipient) = repository.recipient_of_folder(&who.folder_id()).await? else { return Ok(0) };
        let mut done = 0;
        for letter in letters {
            done += u32::from(repository.put_notice(recipient, *letter, place, now).await?);
        }
        repository.commit().await?;
        Ok(done)
    }

    /// Marks notices as read without opening them, or as unread again; how many. Their senders hear nothing of this: whoever
    /// opens one later opens it then. One that cannot be shown was not read, and keeps nobody from the others.
    pub async fn mark_notices(
        &self,
        who: &SignedIn,
        letters: &[LetterId],
        unread: bool,
        now: Timestamp,
    ) -> Result<u32, NoticeError> {
        let mut chosen = Vec::with_capacity(letters.len());
        for letter in letters {
            if unread || self.can_be_shown(who, *letter, now).await? {
                chosen.push(*letter);
            }
        }
        let mut repository = self.store().begin().await?;
        let Some(recipient) = repository.recipient_of_folder(&who.folder_id()).await? else { return Ok(0) };
        let mut done = 0;
        for letter in chosen {
            if unread {
                done += u32::from(repository.unopen_notice(recipient, letter).await?);
            } else {
                // One that was read before is read, too.
                repository.read_notice(recipient, letter, now).await?;
                done += 1;
            }
        }
        repository.commit().await?;
        Ok(done)
    }

    /// Whether a notice is there, and opens as its sender signed it.
    async fn can_be_shown(&self, who: &SignedIn, letter: LetterId, now: Timestamp) -> Result<bool, NoticeError> {
        let Some((_, whole)) = self.whole_of(who, letter, now).await? else { return Ok(false) };
        let key = NoticeKey::derive(self.holding_secret())?;
        match self.letter_at_rest(&key, &whole, now) {
            Ok(_) => Ok(true),
            Err(fault) => {
                self.note_damage(letter, &NoticeError::from(fault));
                Ok(false)
            }
        }
    }

    /// Marks a notice with a star until logout, or takes the star away.
    pub async fn star_notice(
        &self,
        who: &SignedIn,
        letter: LetterId,
        starred: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut repository = self.store().begin().await?;
        let Some(recipient) = repository.recipient_of_folder(&who.folder_id()).await? else { return Ok(false) };
        let done = repository.star_notice(recipient, letter, starred.then_some(now)).await?;
        repository.commit().await?;
        Ok(done)
    }

    /// The person gives states to the sender of this notice from now on, or no more (P-PSH-5). That this notice was
    /// opened is told at once.
    pub async fn give_states(
        &self,
        who: &SignedIn,
        letter: LetterId,
        give: bool,
        now: Timestamp,
    ) -> Result<(), NoticeError> {
        let (recipient, whole) = self.whole_of(who, letter, now).await?.ok_or(NoticeError::NotFound)?;
        let mut repository = self.store().begin().await?;
        let given = repository.gives_states(recipient, &whole.row.sender).await?;
        if give && !given {
            repository.give_states(recipient, &whole.row.sender, now).await?;
            tell_opened(&mut repository, &whole, recipient, now).await?;
        } else if !give {
            repository.withhold_states(recipient, &whole.row.sender).await?;
        }
        repository.commit().await?;
        Ok(())
    }
}

/// A sender hears that a notice was opened, and when first: once, however often it is opened. One that was only marked as
/// read was not. The person gives states.
pub(super) async fn tell_opened(
    repository: &mut Repository,
    whole: &WholeNotice,
    recipient: RecipientId,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !whole.wants_states {
        return Ok(());
    }
    let Some(at) = repository.tell_opened(recipient, whole.row.letter, now).await? else { return Ok(()) };
    let what = ReturnRowWhat::State(NoticeState::OpenedByPerson);
    let (sender, notice) = (whole.row.sender.clone(), whole.row.notice);
    repository.insert_return(&NewReturn { sender, notice, recipient, at, what }).await
}
