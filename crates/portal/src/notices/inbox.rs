//! A person's notices as a list (P-PSH-4).

use std::collections::BTreeMap;

use domain::{NoticeKind, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{LetterId, NoticeCounts, NoticePlace, NoticeQuery, NoticeRow, Reader, RecipientId, StoreError, Touched};
use wire::notice::{InLanguages, Line, NoticeContent};

use super::seal::{NoticeKey, Part, Place};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

/// Notices on one page.
const PAGE: usize = 50;
/// 「やること」 on the first page, at most.
const TO_DO: usize = 20;
/// Rows that are looked at for it, of each sort.
const TO_DO_LOOKED_AT: u32 = 200;
/// Of so many letters, the newest, the latest arrival is told.
const LATEST_OF: u32 = 20;
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
    /// Those that wait for the person only: [`InboxNotice::is_to_do`].
    pub to_do: bool,
    /// Whose title has these words, in any language. At least one character.
    pub words: Option<String>,
    /// Older than this one.
    pub before: Option<LetterId>,
}

/// One page of them.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// 「やること」: what waits for the person, the next to end first. Only on the first page of the inbox, where nothing
    /// is looked for.
    pub to_do: ToDo,
    /// The others, newest first.
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

/// What waits for the person.
#[derive(Clone, Debug, Default)]
pub struct ToDo {
    /// The next to end first.
    pub notices: Vec<InboxNotice>,
    /// There are more than these.
    pub more: bool,
}

/// What a person is told before any notice is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeSummary {
    /// Of all that the person has.
    pub counts: NoticeCounts,
    /// How many wait for the person.
    pub to_do: u32,
    /// At least so many; there may be more.
    pub more_to_do: bool,
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
            return Ok(Inbox {
                to_do: ToDo::default(),
                notices: vec![],
                counts: NoticeCounts::default(),
                senders: vec![],
                older: None,
            });
        };
        let key = NoticeKey::derive(self.holding_secret())?;
        let counts = reader.notice_counts(recipient, today, now).await?;
        let senders = reader.notice_senders(recipient, now).await?;
        let apart = wish.place == NoticePlace::Inbox && wish.conditions() == 0;
        let to_do = if apart && wish.before.is_none() {
            to_do(&mut reader, &key, who, recipient, counts, now).await?
        } else {
            ToDo::default()
        };
        let words = wish.words.as_deref().map(plain).filter(|words| !words.is_empty());
        let looks = words.is_some() || wish.to_do;
        let at_once = if looks { SEARCHED_AT_ONCE } else { u32::try_from(PAGE).unwrap_or(u32::MAX) + 1 };
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
                let asked_for = words.as_deref().is_none_or(|words| notice.speaks_of(words));
                // What waits for the person stands above, on the first page, and on none after it.
                let here = if apart { !notice.is_to_do(now) } else { !wish.to_do || notice.is_to_do(now) };
                if asked_for && here {
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
        Ok(Inbox { to_do, notices, counts, senders, older })
    }

    /// How many there are, and how many of them wait for the person.
    pub async fn notice_summary(&self, who: &SignedIn, now: Timestamp) -> Result<NoticeSummary, InboxFault> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else {
            return Ok(NoticeSummary::default());
        };
        let counts = reader.notice_counts(recipient, japans_day(now), now).await?;
        if counts == NoticeCounts::default() {
            return Ok(NoticeSummary::default());
        }
        let key = NoticeKey::derive(self.holding_secret())?;
        let to_do = to_do(&mut reader, &key, who, recipient, counts, now).await?;
        let count = u32::try_from(to_do.notices.len()).unwrap_or(u32::MAX);
        Ok(NoticeSummary { counts, to_do: count, more_to_do: to_do.more })
    }

    /// How many notices a logout would erase: those that were read or thrown away (P-PSH-7).
    pub async fn confirmed_notices(&self, who: &SignedIn, now: Timestamp) -> Result<u32, StoreError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(0) };
        let counts = reader.notice_counts(recipient, japans_day(now), now).await?;
        let mut unread = counts.unopened;
        if counts.archive > 0 {
            let query = NoticeQuery { place: NoticePlace::Archive, unopened: true, ..NoticeQuery::default() };
            let rows = reader.notices(recipient, &query, now, counts.archive).await?;
            unread = unread.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        }
        Ok((counts.inbox + counts.archive).saturating_sub(unread) + counts.bin)
    }

    /// When the latest of the newest notices arrived: what an open page compares to know of another one.
    pub async fn latest_arrival(&self, who: &SignedIn, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let mut reader = self.store().read().await?;
        let Some(recipient) = reader.recipient_of_folder(&who.folder_id()).await? else { return Ok(None) };
        // A letter may be sent to more people later: a few are looked at, not the newest letter alone.
        let rows = reader.notices(recipient, &NoticeQuery::default(), now, LATEST_OF).await?;
        Ok(rows.iter().map(|row| row.touched.arrived_at).max())
    }
}

/// Where everything is on one page, that page is looked at; else what may be asked for by its row, and then by its words.
async fn to_do(
    reader: &mut Reader,
    key: &NoticeKey,
    who: &SignedIn,
    recipient: RecipientId,
    counts: NoticeCounts,
    now: Timestamp,
) -> Result<ToDo, InboxFault> {
    let everything = NoticeQuery::default();
    let kinds = NoticeKind::ALL.iter().copied().filter(|kind| kind.is_answered());
    let queries: Vec<NoticeQuery> = if usize::try_from(counts.inbox).is_ok_and(|count| count <= PAGE) {
        vec![everything]
    } else {
        let due = NoticeQuery { due_from: Some(japans_day(now)), ..everything.clone() };
        kinds.map(|kind| NoticeQuery { kind: Some(kind), ..everything.clone() }).chain([due]).collect()
    };
    let (mut found, mut more) = (BTreeMap::new(), false);
    for query in queries.iter().filter(|_| counts.inbox > 0) {
        let rows = reader.notices(recipient, query, now, TO_DO_LOOKED_AT).await?;
        more |= u32::try_from(rows.len()).is_ok_and(|count| count >= TO_DO_LOOKED_AT);
        for row in rows {
            let notice = InboxNotice::of(key, who, row)?;
            if notice.is_to_do(now) {
                found.insert((notice.ends_on(), notice.letter), notice);
            }
        }
    }
    more |= found.len() > TO_DO;
    Ok(ToDo { notices: found.into_values().take(TO_DO).collect(), more })
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

    /// It waits for the person: it lies in the inbox, the sender has not taken it back, and there is a deadline that has not
    /// passed, or a question that can still be answered and was not.
    pub fn is_to_do(&self, now: Timestamp) -> bool {
        let touched = &self.touched;
        let lies_here = touched.archived_at.is_none() && touched.binned_at.is_none() && !self.withdrawn;
        let in_time = match (self.replies_until, self.deadline) {
            (Some(until), _) => until > now && touched.replied_at.is_none(),
            (None, Some(deadline)) => deadline >= japans_day(now),
            (None, None) => false,
        };
        lies_here && in_time
    }

    /// The last day on which something can be done about it, in Japan.
    pub fn ends_on(&self) -> Option<Date> {
        let replies = self.replies_until.map(japans_day);
        match (self.deadline, replies) {
            (Some(deadline), Some(replies)) => Some(deadline.min(replies)),
            (one, other) => one.or(other),
        }
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

    fn notice(deadline: Option<&str>, replies_until: Option<&str>) -> InboxNotice {
        InboxNotice {
            letter: LetterId::of_number(1),
            sender: "141003".parse().unwrap(),
            kind: NoticeKind::Information,
            titles: Line::typed("健診").unwrap().into(),
            deadline: deadline.map(|day| day.parse().unwrap()),
            replies_until: replies_until.map(|at| at.parse().unwrap()),
            attachments: 0,
            expires_at: "2027-01-01T00:00:00Z".parse().unwrap(),
            withdrawn: false,
            is_new: false,
            touched: Touched {
                arrived_at: "2026-11-01T00:00:00Z".parse().unwrap(),
                opened_at: None,
                archived_at: None,
                binned_at: None,
                starred_at: None,
                replied_at: None,
            },
        }
    }

    #[test]
    fn a_deadline_waits_for_the_person_through_its_last_day_in_japan() {
        let last_moment = "2026-11-21T14:59:59Z".parse().unwrap();
        assert!(notice(Some("2026-11-21"), None).is_to_do(last_moment));
        assert!(!notice(Some("2026-11-20"), None).is_to_do(last_moment));
        assert!(!notice(None, None).is_to_do(last_moment));
    }

    #[test]
    fn a_question_waits_until_it_is_answered_or_closes() {
        let now: Timestamp = "2026-11-21T05:00:00Z".parse().unwrap();
        let asked = notice(Some("2026-12-31"), Some("2026-11-21T05:00:01Z"));
        assert!(asked.is_to_do(now));
        assert_eq!(asked.ends_on(), Some("2026-11-21".parse().unwrap()));
        assert!(
            !asked.is_to_do("2026-11-21T05:00:01Z".parse().unwrap()),
            "the deadline of a closed question waits for nobody"
        );
        let touched = Touched { replied_at: Some(now), ..asked.touched };
        assert!(!InboxNotice { touched, ..asked.clone() }.is_to_do(now));
        assert!(!InboxNotice { withdrawn: true, ..asked.clone() }.is_to_do(now));
        let touched = Touched { binned_at: Some(now), ..asked.touched };
        assert!(!InboxNotice { touched, ..asked }.is_to_do(now));
    }

    #[test]
    fn the_day_in_japan_is_ahead_of_utc() {
        assert_eq!(japans_day("2026-11-20T15:00:00Z".parse().unwrap()).to_string(), "2026-11-21");
    }
}
