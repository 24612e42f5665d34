//! The last day of a notice for the person's own calendar (RFC 5545), or the moment on it at which its answer closes: what it
//! is about, who asks, and two reminders before it.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use jiff::civil::{Date, Time, time};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use portal::LetterId;
use portal::letter::NoticeContent;

use super::super::theirs::Theirs;
use super::failed;
use super::saved::attachment;
use crate::error_page::{Case, ErrorPage};
use crate::middleware::locale_of;
use crate::state::AppState;

/// At nine in the morning three days before the last day, and on the day before. Midnight, at which a whole day begins, would
/// wake people. So many days, and how long that is before the day begins.
const REMINDERS: [(i64, &str); 2] = [(3, "-P2DT15H"), (1, "-PT15H")];
/// What closes from then on closes with its day.
const DAY_ENDS: Time = time(23, 59, 0, 0);

/// In the reader's language, where the sender wrote it.
pub(crate) async fn calendar(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    let not_found = || ErrorPage::new(&state, &parts, Case::NotFound).into_response();
    let opened = match state.portal.open_notice(&who, LetterId::of_number(number), state.clock.now()).await {
        Ok(opened) => opened,
        Err(error) => return failed(&state, &parts, &error),
    };
    let (last, answered) = (opened.line.ends_on(), opened.line.touched.replied_at.is_some());
    of(&opened.content, last, answered, &parts).unwrap_or_else(not_found)
}

/// `last`: on which something can be done about it. None: there is nothing to do.
pub(super) fn of(content: &NoticeContent, last: Option<Date>, answered: bool, parts: &Parts) -> Option<Response> {
    let locale = locale_of(parts.uri.query(), &parts.headers);
    let last = last?;
    let asks = content.reply.as_ref().filter(|_| !answered);
    let entry = Entry {
        id: content.id.to_string(),
        at: content.issued_at,
        last,
        closes_at: asks.and_then(|form| closing_on(last, form.closes_at)),
        title: content.text.told_in(locale).0.title.as_str(),
        sender: &wording::organisation(locale, &content.sender),
    };
    Some(attachment(entry.to_ics().into_bytes(), "text/calendar; charset=utf-8", "deadline.ics"))
}

/// The moment at which an answer closes, if it is on this day in Japan and before the day itself is over.
fn closing_on(last: Date, closes_at: Timestamp) -> Option<Timestamp> {
    let closes = closes_at.to_zoned(TimeZone::fixed(offset(9)));
    (closes.date() == last && closes.time() < DAY_ENDS).then_some(closes_at)
}

/// One day in a calendar, or a moment on it.
struct Entry<'a> {
    id: String,
    at: Timestamp,
    last: Date,
    closes_at: Option<Timestamp>,
    title: &'a str,
    sender: &'a str,
}

impl Entry<'_> {
    fn to_ics(&self) -> String {
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//My Portal//Notices//JA".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@my-portal", self.id),
            format!("DTSTAMP:{}", moment(self.at)),
            format!("SUMMARY:{}", escaped(self.title)),
            format!("DESCRIPTION:{}", escaped(self.sender)),
            "TRANSP:TRANSPARENT".to_owned(),
        ];
        match self.closes_at {
            Some(closes_at) => lines.push(format!("DTSTART:{}", moment(closes_at))),
            None => lines.extend([
                format!("DTSTART;VALUE=DATE:{}", day(self.last)),
                format!("DTEND;VALUE=DATE:{}", day(self.last.tomorrow().unwrap_or(self.last))),
            ]),
        }
        lines.extend(REMINDERS.into_iter().flat_map(|(days, before_day)| {
            let trigger = match self.closes_at {
                // Nine in the morning in Japan is midnight in UTC.
                Some(_) => {
                    let on = self.last.saturating_sub(SignedDuration::from_hours(24 * days));
                    format!("TRIGGER;VALUE=DATE-TIME:{}T000000Z", day(on))
                }
                None => format!("TRIGGER:{before_day}"),
            };
            [
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                format!("DESCRIPTION:{}", escaped(self.title)),
                trigger,
                "END:VALARM".to_owned(),
            ]
        }));
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().fold(String::new(), |mut text, line| {
            push_folded(&mut text, line);
            text
        })
    }
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(escaped, "\\{c}");
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// No line is longer than 75 bytes; none is cut within a character.
fn push_folded(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str) -> Entry<'_> {
        Entry {
            id: "ab".to_owned(),
            at: "2026-11-01T00:30:00Z".parse().unwrap(),
            last: "2026-12-31".parse().unwrap(),
            closes_at: None,
            title,
            sender: "横浜市",
        }
    }

    fn ics(title: &str) -> String {
        entry(title).to_ics()
    }

    #[test]
    fn a_deadline_is_a_whole_day() {
        let ics = ics("健診");
        for line in ["DTSTART;VALUE=DATE:20261231\r\n", "DTEND;VALUE=DATE:20270101\r\n", "SUMMARY:健診\r\n"] {
            assert!(ics.contains(line), "{line} in {ics}");
        }
        assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_calendar_reminds_three_days_before_and_on_the_day_before() {
        let ics = ics("健診");
        let reminders: Vec<&str> = ics.split("BEGIN:VALARM\r\n").skip(1).collect();
        let [three, one] = reminders.as_slice() else { panic!("{ics}") };
        for (reminder, before) in [(three, "TRIGGER:-P2DT15H\r\n"), (one, "TRIGGER:-PT15H\r\n")] {
            for line in ["ACTION:DISPLAY\r\n", "DESCRIPTION:健診\r\n", before, "END:VALARM\r\n"] {
                assert!(reminder.contains(line), "{line} in {reminder}");
            }
        }
        assert!(one.contains("END:VALARM\r\nEND:VEVENT\r\n"), "within the entry: {ics}");
    }

    #[test]
    fn an_answer_that_closes_within_a_day_stands_at_its_moment_and_is_reminded_of_on_the_same_mornings() {
        let closing = Entry { closes_at: Some("2026-12-31T08:00:00Z".parse().unwrap()), ..entry("健診") };
        let ics = closing.to_ics();
        for line in [
            "DTSTART:20261231T080000Z\r\n",
            "TRIGGER;VALUE=DATE-TIME:20261228T000000Z\r\n",
            "TRIGGER;VALUE=DATE-TIME:20261230T000000Z\r\n",
        ] {
            assert!(ics.contains(line), "{line} in {ics}");
        }
        assert!(!ics.contains("VALUE=DATE:") && !ics.contains("DTEND"), "{ics}");
    }

    #[test]
    fn what_closes_on_another_day_or_with_the_day_is_no_moment_of_it() {
        let last = "2026-12-31".parse().unwrap();
        let closing = |at: &str| closing_on(last, at.parse().unwrap()).map(|at| at.to_string());
        assert_eq!(closing("2026-12-30T15:00:00Z").as_deref(), Some("2026-12-30T15:00:00Z"), "midnight in Japan");
        assert_eq!(closing("2026-12-31T08:00:00Z").as_deref(), Some("2026-12-31T08:00:00Z"));
        for other in ["2026-12-31T14:59:59Z", "2026-12-31T15:00:00Z", "2026-12-30T14:59:00Z"] {
            assert_eq!(closing(other), None, "{other}");
        }
    }

    #[test]
    fn no_title_writes_lines_of_its_own() {
        let ics = ics("a\nATTENDEE:x;y,z\\\r");
        assert!(ics.contains("SUMMARY:a\\nATTENDEE:x\\;y\\,z\\\\\r\n"), "{ics}");
        assert_eq!(ics.lines().count(), 23);
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let ics = ics(&"健".repeat(200));
        assert!(ics.split("\r\n").all(|line| line.len() <= 75));
        // Once for the day, and once for each reminder.
        assert_eq!(ics.replace("\r\n ", "").matches('健').count(), 200 * (1 + REMINDERS.len()));
    }
}
