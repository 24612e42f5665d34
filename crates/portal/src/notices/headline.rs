//! One line of a list of notices: what of a letter is shown before it is opened.

use domain::{NoticeKind, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use store::{LetterId, NoticeRow, Touched};
use wire::notice::{InLanguages, Line, NoticeContent};

use super::seal::{NoticeKey, Part, Place};
use crate::information::Unopened;
use crate::{Portal, SignedIn};

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

    fn opened(key: &NoticeKey, row: &NoticeRow) -> Result<Self, Unopened> {
        let place = Place { sender: &row.sender, notice: &row.notice, part: Part::Headline };
        serde_json::from_slice(&key.open(place, &row.headline)?).map_err(|_| Unopened)
    }
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
    /// What it is about. None: what rests of it is damaged, and nothing of it can be shown here.
    pub titles: Option<InLanguages<Line>>,
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
    /// The person got another one in its place, which holds.
    pub replaced: bool,
    /// It came after the login before this one.
    pub is_new: bool,
    /// What the person did with it.
    pub touched: Touched,
}

impl Portal {
    /// A row as it is shown. One that is damaged is a line too: it keeps nobody from the others.
    pub(super) fn notice_line(&self, key: &NoticeKey, who: &SignedIn, row: NoticeRow) -> InboxNotice {
        let headline = Headline::opened(key, &row);
        if let Err(error) = &headline {
            self.note_damage(row.letter, error);
        }
        InboxNotice::of(headline.ok(), who, row)
    }
}

impl InboxNotice {
    fn of(headline: Option<Headline>, who: &SignedIn, row: NoticeRow) -> Self {
        let previous = who.state.previous_login_at;
        let replies_until = headline.as_ref().and_then(|headline| headline.replies_until);
        Self {
            letter: row.letter,
            kind: row.kind,
            titles: headline.map(|headline| headline.titles),
            deadline: row.deadline,
            replies_until,
            attachments: row.attachments,
            expires_at: row.expires_at,
            withdrawn: row.withdrawn_at.is_some(),
            replaced: row.replaced,
            is_new: previous.is_none_or(|previous| row.touched.arrived_at > previous),
            touched: row.touched,
            sender: row.sender,
        }
    }

    /// Where the letter itself was opened, what it says is known, whatever became of its headline.
    pub(super) fn told_by(mut self, content: &NoticeContent) -> Self {
        if self.titles.is_none() {
            let headline = Headline::of(content);
            (self.titles, self.replies_until) = (Some(headline.titles), headline.replies_until);
        }
        self
    }

    /// It stands before everything else: an emergency that was not read yet.
    pub fn is_urgent(&self) -> bool {
        self.kind == NoticeKind::Emergency && self.touched.opened_at.is_none() && self.lies_in_inbox()
    }

    fn lies_in_inbox(&self) -> bool {
        self.touched.archived_at.is_none() && self.touched.binned_at.is_none() && !self.withdrawn
    }

    /// It asks, and can still be answered.
    pub fn is_answerable(&self, now: Timestamp) -> bool {
        let open = self.replies_until.is_some_and(|until| until > now);
        open && self.touched.replied_at.is_none() && !self.withdrawn
    }

    /// The last day on which something can be done about it, in Japan. What was answered is not to be answered any more.
    pub fn ends_on(&self) -> Option<Date> {
        let replies = self.replies_until.filter(|_| self.touched.replied_at.is_none()).map(japans_day);
        match (self.deadline, replies) {
            (Some(deadline), Some(replies)) => Some(deadline.min(replies)),
            (one, other) => one.or(other),
        }
    }
}

/// From then on nothing can be done about a notice: its answer is closed, or its last day is over in Japan. None: nothing is
/// to be done.
pub(super) fn ends_at(deadline: Option<Date>, closes_at: Option<Timestamp>) -> Option<Timestamp> {
    let last_day = || deadline?.tomorrow().ok()?.to_zoned(TimeZone::fixed(offset(9))).ok();
    closes_at.or_else(|| last_day().map(|midnight| midnight.timestamp()))
}

pub(super) fn japans_day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::fixed(offset(9))).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::information::HoldingSecret;
    use crate::testing::rng;

    fn notice(deadline: Option<&str>, replies_until: Option<&str>) -> InboxNotice {
        InboxNotice {
            letter: LetterId::of_number(1),
            sender: "141003".parse().unwrap(),
            kind: NoticeKind::Information,
            titles: Some(Line::typed("健診").unwrap().into()),
            deadline: deadline.map(|day| day.parse().unwrap()),
            replies_until: replies_until.map(|at| at.parse().unwrap()),
            attachments: 0,
            expires_at: "2027-01-01T00:00:00Z".parse().unwrap(),
            withdrawn: false,
            replaced: false,
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
    fn a_headline_opens_as_it_was_sealed_and_a_damaged_one_does_not() {
        let key = NoticeKey::derive(&HoldingSecret::new(vec![1; 32].into()).unwrap()).unwrap();
        let plain = notice(None, None);
        let headline = Headline { titles: plain.titles.unwrap(), replies_until: None };
        let mut row = NoticeRow {
            letter: plain.letter,
            sender: plain.sender,
            notice: [1; 16].into(),
            kind: plain.kind,
            headline: Vec::new(),
            attachments: 0,
            deadline: None,
            expires_at: plain.expires_at,
            withdrawn_at: None,
            replaced: false,
            touched: plain.touched,
        };
        let place = Place { sender: &row.sender, notice: &row.notice, part: Part::Headline };
        let sealed = |json: &[u8]| key.seal(place, json, &mut rng()).unwrap();
        let (good, no_headline) = (sealed(&serde_json::to_vec(&headline).unwrap()), sealed(b"{}"));
        row.headline = good.clone();
        assert_eq!(Headline::opened(&key, &row).unwrap().titles, headline.titles);
        let mut turned = good;
        turned[20] ^= 1;
        for damaged in [Vec::new(), vec![0; 60], turned, no_headline] {
            row.headline = damaged;
            assert_eq!(Headline::opened(&key, &row).err(), Some(Unopened));
        }
    }

    #[test]
    fn an_emergency_is_urgent_until_it_is_read_or_put_away() {
        let emergency = InboxNotice { kind: NoticeKind::Emergency, ..notice(None, None) };
        assert!(emergency.is_urgent());
        assert!(!notice(Some("2026-11-21"), None).is_urgent());
        let at = Some(emergency.touched.arrived_at);
        for touched in [
            Touched { opened_at: at, ..emergency.touched },
            Touched { archived_at: at, ..emergency.touched },
            Touched { binned_at: at, ..emergency.touched },
        ] {
            assert!(!InboxNotice { touched, ..emergency.clone() }.is_urgent());
        }
        assert!(!InboxNotice { withdrawn: true, ..emergency }.is_urgent());
    }

    #[test]
    fn what_asks_can_be_answered_once_until_it_closes_and_unless_it_was_taken_back() {
        let (now, closes_at) = ("2026-11-20T00:00:00Z".parse().unwrap(), "2026-11-20T00:00:01Z");
        let asks = notice(Some("2026-11-21"), Some(closes_at));
        assert!(asks.is_answerable(now));
        assert!(!asks.is_answerable(closes_at.parse().unwrap()));
        assert!(!notice(Some("2026-11-21"), None).is_answerable(now));
        let answered = Touched { replied_at: Some(now), ..asks.touched };
        assert!(!InboxNotice { touched: answered, ..asks.clone() }.is_answerable(now));
        assert!(!InboxNotice { withdrawn: true, ..asks }.is_answerable(now));
    }

    #[test]
    fn there_is_time_through_the_last_day_in_japan_and_for_a_question_until_it_closes() {
        let (deadline, closes_at) = (Some(date(2026, 11, 21)), Some("2026-12-01T05:00:01Z".parse().unwrap()));
        assert_eq!(ends_at(None, None), None);
        assert_eq!(ends_at(deadline, None), Some("2026-11-21T15:00:00Z".parse().unwrap()));
        assert_eq!((ends_at(None, closes_at), ends_at(deadline, closes_at)), (closes_at, closes_at));
    }

    #[test]
    fn the_last_day_of_a_question_is_the_first_of_its_two() {
        let asked = notice(Some("2026-12-31"), Some("2026-11-21T05:00:01Z"));
        assert_eq!(asked.ends_on(), Some("2026-11-21".parse().unwrap()));
        assert_eq!(notice(Some("2026-12-31"), None).ends_on(), Some("2026-12-31".parse().unwrap()));
        assert_eq!(notice(None, Some("2026-11-20T15:00:01Z")).ends_on(), Some("2026-11-21".parse().unwrap()));
        let answered = Touched { replied_at: Some(asked.touched.arrived_at), ..asked.touched };
        let answered = InboxNotice { touched: answered, ..asked };
        assert_eq!(answered.ends_on(), Some("2026-12-31".parse().unwrap()));
    }

    #[test]
    fn the_day_in_japan_is_ahead_of_utc() {
        assert_eq!(japans_day("2026-11-20T15:00:00Z".parse().unwrap()).to_string(), "2026-11-21");
    }
}
