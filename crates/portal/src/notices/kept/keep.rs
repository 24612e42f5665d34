//! 残す: a notice moves from the inbox to 保管.

use jiff::Timestamp;
use rand_core::CryptoRng;
use store::{Keeping, LetterId, NewKept, NoticePlace, NoticeQuery, RecipientId, WholeNotice};
use wire::notice::{InLanguages, NoticeContent};
use zeroize::Zeroizing;

use super::seal::{PURPOSE, Part, Told, mark, place};
use super::{KEPT_AT_MOST, KEPT_FOR, KeptError};
use crate::folder_key::FolderKey;
use crate::information::Unopened;
use crate::notices::headline::InboxNotice;
use crate::notices::letter::LetterAtRest;
use crate::notices::opened::tell_opened;
use crate::notices::seal::{self, NoticeKey};
use crate::{Portal, SignedIn};

/// On the page before a logout, at most.
const OFFERED: u32 = 50;

/// What became of notices that a person wanted to keep. What is somebody else's is counted nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeepTold {
    /// They are kept now.
    pub kept: u32,
    /// They were kept before.
    pub already: u32,
    /// Of these two, so many can still be answered and lie on in the inbox for that.
    pub answerable: u32,
    /// There was no room for them; they lie where they lay.
    pub no_room: u32,
    /// They cannot be shown, and so not be kept; they lie where they lay.
    pub damaged: u32,
}

/// A notice under the folder's own key.
struct Sealed {
    new: NewKept,
    /// Of one that was answered: the headline for what was kept before that.
    answered: Option<Vec<u8>>,
}

/// A notice with everything that belongs to it, in the clear.
struct InHand {
    whole: WholeNotice,
    content: NoticeContent,
    signed: Zeroizing<Vec<u8>>,
    files: Vec<(u8, Zeroizing<Vec<u8>>)>,
}

impl Portal {
    /// Keeps notices: words, files and the signed letter, under the folder's own key. Each leaves the inbox, and counts as
    /// read; one that can still be answered lies on there until it is, or until it goes as every notice that was read. Again
    /// it changes nothing but that it was answered since: the time runs from the first keeping.
    pub async fn keep_notices(
        &self,
        who: &SignedIn,
        letters: &[LetterId],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<KeepTold, KeptError> {
        let mut told = KeepTold::default();
        let Some(recipient) = self.store().read().await?.recipient_of_folder(&who.folder_id()).await? else {
            return Ok(told);
        };
        for letter in letters {
            let copy = match self.copied(recipient, *letter, now).await {
                Ok(copy) => copy,
                Err(KeptError::NotFound) => continue,
                // One that is damaged keeps nobody from keeping the others.
                Err(error @ (KeptError::Unopened(_) | KeptError::Unverified(_))) => {
                    self.note_damage(*letter, &error);
                    told.damaged += 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let key = self.folder_key(&who.folder_id(), now, rng).await?;
            let kept = copy.sealed(&key, now, rng)?;
            self.moved_over(who, recipient, &copy, &kept, now, &mut told).await?;
        }
        if told.kept + told.already > 0 {
            self.settle_kept().await?;
        }
        Ok(told)
    }

    /// The newest of those that were read and lie neither in the bin nor here: a logout erases them.
    pub async fn notices_to_keep(&self, who: &SignedIn, now: Timestamp) -> Result<Vec<InboxNotice>, KeptError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(Vec::new()) };
        let key = NoticeKey::derive(self.holding_secret())?;
        let mut rows = Vec::new();
        for place in [NoticePlace::Inbox, NoticePlace::Archive] {
            let query = NoticeQuery { place, opened: Some(true), ..NoticeQuery::default() };
            rows.extend(reader.notices(recipient, &query, now, OFFERED).await?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.letter));
        rows.truncate(usize::try_from(OFFERED).unwrap_or(usize::MAX));
        Ok(rows.into_iter().map(|row| self.notice_line(&key, who, row)).collect())
    }

    async fn copied(&self, recipient: RecipientId, letter: LetterId, now: Timestamp) -> Result<InHand, KeptError> {
        let mut reader = self.store().read().await?;
        let whole = reader.whole_notice(recipient, letter, now).await?.ok_or(KeptError::NotFound)?;
        let key = NoticeKey::derive(self.holding_secret())?;
        let LetterAtRest { content, signed, .. } = self.letter_at_rest(&key, &whole, now)?;
        let mut files = Vec::new();
        for at in 0..whole.row.attachments {
            // Those of a letter that was taken back are gone for everybody.
            let Some(row) = reader.attachment(recipient, letter, at, now).await? else { continue };
            let part = seal::Part::Attachment(at);
            let place = seal::Place { sender: &whole.row.sender, notice: &whole.row.notice, part };
            files.push((at, key.open(place, &row.sealed)?));
        }
        Ok(InHand { whole, content, signed, files })
    }

    /// The copy comes and the notice goes in one transaction.
    async fn moved_over(
        &self,
        who: &SignedIn,
        recipient: RecipientId,
        copy: &InHand,
        kept: &Sealed,
        now: Timestamp,
        told: &mut KeepTold,
    ) -> Result<(), KeptError> {
        let mut repository = self.store().begin().await?;
        match repository.keep_notice(&who.folder_id(), &kept.new, KEPT_AT_MOST, now).await? {
            Keeping::NoFolder => return Err(KeptError::NotFound),
            Keeping::Full => {
                told.no_room += 1;
                return Ok(());
            }
            Keeping::Kept(_) => told.kept += 1,
            Keeping::Already(id) => {
                told.already += 1;
                if let Some(headline) = &kept.answered {
                    repository.retell_kept_notice(&who.folder_id(), id, headline).await?;
                }
            }
        }
        let letter = copy.whole.row.letter;
        let newly = repository.open_notice(recipient, letter, now).await?;
        if newly && repository.gives_states(recipient, &copy.whole.row.sender).await? {
            tell_opened(&mut repository, &copy.whole, recipient, now).await?;
        }
        if copy.is_answerable(now) {
            told.answerable += 1;
        } else {
            repository.take_notice(recipient, letter).await?;
        }
        Ok(repository.commit().await?)
    }
}

impl InHand {
    fn is_answerable(&self, now: Timestamp) -> bool {
        let row = &self.whole.row;
        let open = self.content.reply.as_ref().is_some_and(|form| form.closes_at > now);
        open && row.touched.replied_at.is_none() && row.withdrawn_at.is_none()
    }

    fn sealed(
        &self,
        key: &FolderKey,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Sealed, KeptError> {
        let row = &self.whole.row;
        let mark = mark(key, &row.sender, &row.notice)?;
        let mut attachments = Vec::with_capacity(self.files.len());
        for (at, bytes) in &self.files {
            attachments.push((*at, key.seal(PURPOSE, &place(&mark, Part::Attachment(*at)), bytes, rng)?));
        }
        let mut headline = |files| -> Result<Vec<u8>, KeptError> {
            let told = Zeroizing::new(serde_json::to_vec(&self.told(files)).map_err(|_| Unopened)?);
            Ok(key.seal(PURPOSE, &place(&mark, Part::Headline), &told, rng)?)
        };
        let files = u8::try_from(self.files.len()).map_err(|_| Unopened)?;
        // What was kept while it could be answered was kept with all of its files, whatever became of them here.
        let answered = row.touched.replied_at.map(|_| headline(row.attachments)).transpose()?;
        let headline = headline(files)?;
        let body = key.seal(PURPOSE, &place(&mark, Part::Letter), &self.signed, rng)?;
        Ok(Sealed { new: NewKept { mark, headline, body, attachments, expires_at: now + KEPT_FOR }, answered })
    }

    /// What a list shows, with so many files.
    fn told(&self, files: u8) -> Told {
        let (row, text) = (&self.whole.row, &self.content.text);
        Told {
            sender: row.sender.clone(),
            notice: row.notice,
            kind: row.kind,
            titles: InLanguages {
                ja: text.ja.title.clone(),
                ja_easy: text.ja_easy.as_ref().map(|text| text.title.clone()),
                en: text.en.as_ref().map(|text| text.title.clone()),
            },
            deadline: self.content.deadline,
            replies_until: self.content.reply.as_ref().map(|form| form.closes_at),
            arrived_at: row.touched.arrived_at,
            taken_at: self.whole.taken_at,
            replied_at: row.touched.replied_at,
            attachments: files,
            withdrawn: row.withdrawn_at.is_some(),
            replaced: self.whole.replaced_by.is_some(),
        }
    }
}
