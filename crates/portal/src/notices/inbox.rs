//! A person's notices as a list (P-PSH-4).

use std::collections::BTreeSet;

use domain::{NoticeKind, OrgCode};
use jiff::Timestamp;
use store::{
    LetterId, NoticeCounts, NoticeOverview, NoticePlace, NoticeQuery, NoticeRow, Reader, RecipientId, StoreError,
};
use unicode_normalization::UnicodeNormalization as _;
use wire::notice::InLanguages;

use super::headline::InboxNotice;
use super::seal::NoticeKey;
use crate::information::Unopened;
use crate::{Portal, SignedIn};

/// Notices on one page.
const PAGE: usize = 50;
/// 「やること」 on the first page, at most.
const TO_DO: u32 = 20;
/// 「緊急のお知らせ」 that stand first, at most.
const URGENT: u32 = 5;
/// Rows that a search opens at a time.
const SEARCHED_AT_ONCE: u32 = 500;

/// Which notices a person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxWish {
    /// Where they lie.
    pub place: NoticePlace,
    /// Of this sender only.
    pub sender: Option<OrgCode>,
    /// Of this kind only.
    pub kind: Option<NoticeKind>,
    /// Only new, only unread or only read ones.
    pub read: Option<ReadState>,
    /// Those for which there is still time only.
    pub due: bool,
    /// Those that wait for the person only.
    pub to_do: bool,
    /// Those that the person marked only.
    pub starred: bool,
    /// Whose title has all of these words, in one of its languages. At least one character.
    pub words: Option<String>,
    /// Older than this one.
    pub before: Option<LetterId>,
}

/// Whether a notice was read (P-PSH-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadState {
    /// 新着: not read, and arrived after the login before this one.
    New,
    /// 未読
    Unread,
    /// 既読
    Read,
}

/// One page of them.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// 「緊急のお知らせ」: before everything else, whatever is looked for.
    pub urgent: Urgent,
    /// 「やること」: what waits for the person, the next to end first. Only on the first page of the inbox, where nothing
    /// is looked for.
    pub to_do: ToDo,
    /// The others, newest first.
    pub notices: Vec<InboxNotice>,
    /// Of all that the person has.
    pub counts: NoticeCounts,
    /// How many the folder keeps.
    pub kept: u64,
    /// Who sent something that is still here.
    pub senders: Vec<OrgCode>,
    /// Where older ones begin.
    pub older: Option<LetterId>,
}

/// Emergencies that the person has not read: [`InboxNotice::is_urgent`].
#[derive(Clone, Debug, Default)]
pub struct Urgent {
    /// The newest first.
    pub notices: Vec<InboxNotice>,
    /// There are more than these.
    pub more: bool,
}

/// What waits for the person.
#[derive(Clone, Debug, Default)]
pub struct ToDo {
    /// The next to end first.
    pub notices: Vec<InboxNotice>,
    /// There are more than these.
    pub more: bool,
}

/// What a person is told before any notice is seen.
#[derive(Clone, Debug, Default)]
pub struct NoticeSummary {
    /// Of all that the person has.
    pub counts: NoticeCounts,
    /// What stands before everything else.
    pub urgent: Urgent,
}

/// The list cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum InboxFault {
    /// The store failed.
    #[error("notices cannot be read")]
    Store(#[from] StoreError),
    /// The portal's key cannot be made.
    #[error("the key to notices cannot be made")]
    Unopened(#[from] Unopened),
}

/// Whose notices are read, and how.
struct Shelf<'p> {
    portal: &'p Portal,
    reader: Reader,
    key: NoticeKey,
    who: &'p SignedIn,
    recipient: RecipientId,
    now: Timestamp,
}

impl Portal {
    /// The notices of whoever is logged in.
    pub async fn inbox(&self, who: &SignedIn, wish: &InboxWish, now: Timestamp) -> Result<Inbox, InboxFault> {
        let Some(mut own) = self.notice_shelf(who, now).await? else {
            return Ok(Inbox {
                urgent: Urgent::default(),
                to_do: ToDo::default(),
                notices: vec![],
                counts: NoticeCounts::default(),
                kept: self.kept_totals(who, now).await?.count,
                senders: vec![],
                older: None,
            });
        };
        let NoticeOverview { counts, senders } = own.reader.notice_overview(own.recipient, now).await?;
        let kept = own.reader.kept_totals(&who.folder_id(), now).await?.count;
        let urgent = own.urgent(counts).await?;
        let apart = wish.place == NoticePlace::Inbox && wish.conditions() == 0;
        let to_do = if apart && wish.before.is_none() { own.what_to_do(counts).await? } else { ToDo::default() };
        // What stands above stands there, on the first page, and on none after it.
        let above: BTreeSet<LetterId> = urgent.notices.iter().map(|notice| notice.letter).collect();
        let (notices, older) = own.listed(wish, apart, |notice| !apart || !above.contains(&notice.letter)).await?;
        Ok(Inbox { urgent, to_do, notices, counts, kept, senders, older })
    }

    /// How many there are, what is urgent, and how many wait for the person.
    pub async fn notice_summary(&self, who: &SignedIn, now: Timestamp) -> Result<NoticeSummary, InboxFault> {
        let Some(mut own) = self.notice_shelf(who, now).await? else { return Ok(NoticeSummary::default()) };
        let counts = own.reader.notice_counts(own.recipient, now).await?;
        Ok(NoticeSummary { counts, urgent: own.urgent(counts).await? })
    }

    /// None: this person can receive none.
    async fn notice_shelf<'p>(&'p self, who: &'p SignedIn, now: Timestamp) -> Result<Option<Shelf<'p>>, InboxFault> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(None) };
        let key = NoticeKey::derive(self.holding_secret())?;
        Ok(Some(Shelf { portal: self, reader, key, who, recipient, now }))
    }

    /// How many notices a logout would erase: those that were read or thrown away (P-PSH-7).
    pub async fn confirmed_notices(&self, who: &SignedIn, now: Timestamp) -> Result<u32, StoreError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(0) };
        let counts = reader.notice_counts(recipient, now).await?;
        let mut unread = counts.unopened;
        if counts.archive > 0 {
            let query = NoticeQuery { place: NoticePlace::Archive, opened: Some(false), ..NoticeQuery::default() };
            let rows = reader.notices(recipient, &query, now, counts.archive).await?;
            unread = unread.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        }
        Ok((counts.inbox + counts.archive).saturating_sub(unread) + counts.bin)
    }
}

impl Shelf<'_> {
    fn lines_of(&self, rows: Vec<NoticeRow>) -> Vec<InboxNotice> {
        rows.into_iter().map(|row| self.portal.notice_line(&self.key, self.who, row)).collect()
    }

    async fn lines(&mut self, query: &NoticeQuery, limit: u32) -> Result<Vec<InboxNotice>, StoreError> {
        let rows = self.reader.notices(self.recipient, query, self.now, limit).await?;
        Ok(self.lines_of(rows))
    }

    async fn urgent(&mut self, counts: NoticeCounts) -> Result<Urgent, StoreError> {
        if counts.urgent == 0 {
            return Ok(Urgent::default());
        }
        let query = NoticeQuery { kind: Some(NoticeKind::Emergency), opened: Some(false), ..NoticeQuery::default() };
        let mut notices = self.lines(&query, URGENT).await?;
        notices.retain(InboxNotice::is_urgent);
        Ok(Urgent { notices, more: counts.urgent > URGENT })
    }

    async fn what_to_do(&mut self, counts: NoticeCounts) -> Result<ToDo, StoreError> {
        if counts.to_do == 0 {
            return Ok(ToDo::default());
        }
        let rows = self.reader.notices_to_do(self.recipient, self.now, TO_DO).await?;
        Ok(ToDo { notices: self.lines_of(rows), more: counts.to_do > TO_DO })
    }

    /// One page of what is wished for and belongs `here`, and where older ones begin. `apart`: what waits stands elsewhere.
    async fn listed(
        &mut self,
        wish: &InboxWish,
        apart: bool,
        here: impl Fn(&InboxNotice) -> bool,
    ) -> Result<(Vec<InboxNotice>, Option<LetterId>), StoreError> {
        let words = wish.words.as_deref().map(plain).unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        let page = u32::try_from(PAGE).unwrap_or(u32::MAX) + 1 + URGENT;
        let at_once = if words.is_empty() { page } else { SEARCHED_AT_ONCE };
        let is_new = wish.read == Some(ReadState::New);
        let mut query = NoticeQuery {
            place: wish.place,
            sender: wish.sender.clone(),
            kind: wish.kind,
            opened: wish.read.map(|read| read == ReadState::Read),
            arrived_after: self.who.state.previous_login_at.filter(|_| is_new),
            due: wish.due,
            to_do: if apart { Some(false) } else { wish.to_do.then_some(true) },
            starred: wish.starred,
            before: wish.before,
        };
        let asked_for = |notice: &InboxNotice| words.is_empty() || speaks_of(notice, &words);
        let mut notices = Vec::new();
        loop {
            let lines = self.lines(&query, at_once).await?;
            let last = lines.last().map(|notice| notice.letter);
            let whole = u32::try_from(lines.len()).is_ok_and(|count| count < at_once);
            notices.extend(lines.into_iter().filter(|notice| asked_for(notice) && here(notice)));
            if whole || notices.len() > PAGE {
                break;
            }
            query.before = last;
        }
        let older = (notices.len() > PAGE).then(|| notices.get(PAGE - 1).map(|notice| notice.letter)).flatten();
        notices.truncate(PAGE);
        Ok((notices, older))
    }
}

fn speaks_of(notice: &InboxNotice, words: &[&str]) -> bool {
    let titles = notice.titles.iter().flat_map(InLanguages::all);
    titles.map(|title| plain(title.as_str())).any(|title| words.iter().all(|word| title.contains(*word)))
}

/// As people search: without regard to capitals, to full and half width, and to ひらがな and カタカナ; one space between
/// words.
pub(super) fn plain(text: &str) -> String {
    let hiragana = |letter: char| match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    };
    let plain: String = text.nfkc().map(hiragana).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_no_regard_to_capitals_width_and_kana() {
        assert_eq!(plain(" ＡＢＣ　１２３ "), "abc 123");
        assert_eq!(plain("健康診断"), "健康診断");
        assert_eq!(plain("ﾊﾞｽのヴァージョン"), "ばすのゔぁーじょん");
        assert_eq!(plain("　 "), "");
    }
}
