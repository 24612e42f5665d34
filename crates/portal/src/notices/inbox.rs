//! A person's notices as a list (P-PSH-4).

use domain::{NoticeKind, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{LetterId, NoticeCounts, NoticePlace, NoticeQuery, NoticeRow, StoreError, Touched};
use wire::notice::{InLanguages, Line, NoticeContent};

use super::seal::{NoticeKey, Part, Place};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

/// Notices on one page.
const PAGE: usize = 50;
/// Rows that a search opens at a time.
const SEARCHED_AT_ONCE: u32 = 500;

/// What a list shows of a letter; sealed beside it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Headline {
    titles: InLanguages<Line>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    replies_until: Option<Timestamp>,
}

impl Headline {
    pub(super) fn of(content: &NoticeContent) -> Self {
        let title = |text: &wire::notice::NoticeText| text.title.clone();
        let text = &content.text;
        Self {
            titles: InLanguages {
                ja: title(&text.ja),
                ja_easy: text.ja_easy.as_ref().map(title),
                en: text.en.as_ref().map(title),
            },
            replies_until: content.reply.as_ref().map(|form| form.closes_at),
        }
    }
}

/// Which notices a person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxWish {
    /// Where they lie.
    pub place: NoticePlace,
    /// Of this sender only.
    pub sender: Option<OrgCode>,
    /// Of this kind only.
    pub kind: Option<NoticeKind>,
    /// Unopened ones only.
    pub unopened: bool,
    /// Those with a deadline that has not passed only.
    pub due: bool,
    /// Whose title has these words, in any language. At least one character.
    pub words: Option<String>,
    /// Older than this one.
    pub before: Option<LetterId>,
}

/// One page of them.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// Newest first.
    pub notices: Vec<InboxNotice>,
    /// Of all that the person has.
    pub counts: NoticeCounts,
    /// Who sent something that is still here.
    pub senders: Vec<OrgCode>,
    /// Where older ones begin.
    pub older: Option<LetterId>,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct InboxNotice {
    /// Its place in addresses.
    pub letter: LetterId,
    /// Who signed it.
    pub sender: OrgCode,
    /// What it is for.
    pub kind: NoticeKind,
    /// What it is about.
    pub titles: InLanguages<Line>,
    /// The last day to do something.
    pub deadline: Option<Date>,
    /// Until when it can be answered.
    pub replies_until: Option<Timestamp>,
    /// Files that belong to it.
    pub attachments: u8,
    /// From then on it is gone.
    pub expires_at: Timestamp,
    /// The sender took it back.
    pub withdrawn: bool,
    /// It came after the login before this one.
    pub is_new: bool,
    /// What the person did with it.
    pub touched: Touched,
}

/// The list cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum InboxFault {
    /// The store failed.
    #[error("notices cannot be read")]
    Store(#[from] StoreError),
    /// What rests does not open under the portal's key.
    #[error("a notice does not open")]
    Unopened(#[from] Unopened),
}

impl Portal {
    /// The notices of whoever is logged in.
    pub async fn inbox(&self, who: &SignedIn, wish: &InboxWish, now: Timestamp) -> Result<Inbox, InboxFault> {
        let today = japans_day(now);
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else {
            return Ok(Inbox { notices: vec![], counts: NoticeCounts::default(), senders: vec![], older: None });
        };
        let key = NoticeKey::derive(self.holding_secret())?;
        let words = wish.words.as_deref().map(plain).filter(|words| !words.is_empty());
        let at_once = if words.is_some() { SEARCHED_AT_ONCE } else { u32::try_from(PAGE).unwrap_or(u32::MAX) + 1 };
        let mut query = NoticeQuery {
            place: wish.place,
            sender: wish.sender.clone(),
            kind: wish.kind,
            unopened: wish.unopened,
            due_from: wish.due.then_some(today),
            before: wish.before,
        };
        let mut notices = Vec::new();
        loop {
            let rows = reader.notices(recipient, &query, now, at_once).await?;
            let last = rows.last().map(|row| row.letter);
            let whole = u32::try_from(rows.len()).is_ok_and(|count| count < at_once);
            for row in rows {
                let notice = InboxNotice::of(&key, who, row)?;
                if words.as_deref().is_none_or(|words| notice.speaks_of(words)) {
                    notices.push(notice);
                }
            }
            if whole || notices.len() > PAGE {
                break;
            }
            query.before = last;
        }
        let older = (notices.len() > PAGE).then(|| notices.get(PAGE - 1).map(|notice| notice.letter)).flatten();
        notices.truncate(PAGE);
        let counts = reader.notice_counts(recipient, today, now).await?;
        let senders = reader.notice_senders(recipient, now).await?;
        Ok(Inbox { notices, counts, senders, older })
    }

    /// How many there are: for every page that shows the number of unread ones.
    pub async fn notice_counts(&self, who: &SignedIn, now: Timestamp) -> Result<NoticeCounts, StoreError> {
        let mut reader = self.store().read().await?;
        match reader.recipient_of_folder(&who.folder_id()).await? {
            Some(recipient) => reader.notice_counts(recipient, japans_day(now), now).await,
            None => Ok(NoticeCounts::default()),
        }
    }
}

impl InboxNotice {
    pub(super) fn of(key: &NoticeKey, who: &SignedIn, row: NoticeRow) -> Result<Self, Unopened> {
        let place = Place { sender: &row.sender, notice: &row.notice, part: Part::Headline };
        let headline: Headline = serde_json::from_slice(&key.open(place, &row.headline)?).map_err(|_| Unopened)?;
        let previous = who.state.previous_login_at;
        Ok(Self {
            letter: row.letter,
            kind: row.kind,
            titles: headline.titles,
            deadline: row.deadline,
            replies_until: headline.replies_until,
            attachments: row.attachments,
            expires_at: row.expires_at,
            withdrawn: row.withdrawn_at.is_some(),
            is_new: previous.is_none_or(|previous| row.touched.arrived_at > previous),
            touched: row.touched,
            sender: row.sender,
        })
    }

    fn speaks_of(&self, words: &str) -> bool {
        self.titles.all().any(|title| plain(title.as_str()).contains(words))
    }
}

/// As people search: without regard to capitals, and to full and half width of letters and digits.
fn plain(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect()
}

pub(super) fn japans_day(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9))).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_no_regard_to_capitals_and_width() {
        assert_eq!(plain(" ＡＢＣ　１２３ "), "abc 123");
        assert_eq!(plain("健康診断"), "健康診断");
    }

    #[test]
    fn the_day_in_japan_is_ahead_of_utc() {
        assert_eq!(japans_day("2026-11-20T15:00:00Z".parse().unwrap()).to_string(), "2026-11-21");
    }
}
