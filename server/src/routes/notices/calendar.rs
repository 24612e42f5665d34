//! The deadline of a notice for the person's own calendar (RFC 5545): what it is about, who asks, the day, and two reminders
//! before it.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use jiff::Timestamp;
use jiff::civil::Date;
use portal::LetterId;
use portal::letter::NoticeContent;

use super::super::theirs::Theirs;
use super::failed;
use super::saved::attachment;
use crate::error_page::{Case, ErrorPage};
use crate::middleware::locale_of;
use crate::state::AppState;

/// Before the day begins: at nine in the morning three days before it, and on the day before. Midnight, at which a whole day
/// begins, would wake people.
const REMINDERS: [&str; 2] = ["-P2DT15H", "-PT15H"];

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
    of(&opened.content, &parts).unwrap_or_else(not_found)
}

/// None: it has no deadline.
pub(super) fn of(content: &NoticeContent, parts: &Parts) -> Option<Response> {
    let locale = locale_of(parts.uri.query(), &parts.headers);
    let entry = Entry {
        id: content.id.to_string(),
        at: content.issued_at,
        last: content.deadline?,
        title: content.text.told_in(locale).0.title.as_str(),
        sender: &wording::organisation(locale, &content.sender),
    };
    Some(attachment(entry.to_ics().into_bytes(), "text/calendar; charset=utf-8", "deadline.ics"))
}

/// One day in a calendar.
struct Entry<'a> {
    id: String,
    at: Timestamp,
    last: Date,
    title: &'a str,
    sender: &'a str,
}

impl Entry<'_> {
    fn to_ics(&self) -> String {
        let day = |day: Date| day.strftime("%Y%m%d").to_string();
        let next = self.last.tomorrow().unwrap_or(self.last);
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//My Portal//Notices//JA".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@my-portal", self.id),
            format!("DTSTAMP:{}", self.at.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", day(self.last)),
            format!("DTEND;VALUE=DATE:{}", day(next)),
            format!("SUMMARY:{}", escaped(self.title)),
            format!("DESCRIPTION:{}", escaped(self.sender)),
            "TRANSP:TRANSPARENT".to_owned(),
        ];
        lines.extend(REMINDERS.iter().flat_map(|before| {
            [
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                format!("DESCRIPTION:{}", escaped(self.title)),
                format!("TRIGGER:{before}"),
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

    fn ics(title: &str) -> String {
        let entry = Entry {
            id: "ab".to_owned(),
            at: "2026-11-01T00:30:00Z".parse().unwrap(),
            last: "2026-12-31".parse().unwrap(),
            title,
            sender: "横浜市",
        };
        entry.to_ics()
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
