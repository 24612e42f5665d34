//! Mail: to a relay by SMTP, or into a folder. What it says is written elsewhere; here it gets its headers.

mod folder;
mod relay;

use std::time::SystemTime;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};
use portal::{AlertMail, MailAddress};

pub(crate) use folder::Folder;
pub(crate) use relay::SmtpRelay;
pub use relay::{Relay, RelayError, RelayFault};

/// Who it is from, as people see it.
const SENDER: &str = "マイ・ポータル";

/// No letter can be made of it.
#[derive(Debug, thiserror::Error)]
#[error("no letter can be made of it")]
pub(crate) struct Unwritable;

/// UTF-8, plain text, one person; no answer is waited for. Its name is the same when it is sent again.
fn written(mail: AlertMail, sender: &MailAddress) -> Result<Message, Unwritable> {
    let mailbox = |name: Option<&str>, address: &MailAddress| {
        let address = address.as_str().parse().map_err(|_| Unwritable)?;
        Ok(Mailbox::new(name.map(str::to_owned), address))
    };
    let (_, domain) = sender.as_str().rsplit_once('@').ok_or(Unwritable)?;
    Message::builder()
        .from(mailbox(Some(SENDER), sender)?)
        .to(mailbox(None, &mail.to)?)
        .subject(mail.subject)
        .message_id(Some(format!("<{}@{domain}>", mail.message_id)))
        .date(SystemTime::from(mail.at))
        .header(AutoSubmitted)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text)
        .map_err(|_| Unwritable)
}

/// Nobody's holiday notice answers it (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn mail(to: &str) -> AlertMail {
        AlertMail {
            to: MailAddress::parse(to).unwrap(),
            subject: "新しいお知らせがあります（マイ・ポータル）".to_owned(),
            text: "新しいお知らせがあります。\n\n.\n.. 点で始まる行\n".to_owned(),
            message_id: "00112233445566778899aabbccddeeff".to_owned(),
            at: "2026-11-03T05:05:00Z".parse().unwrap(),
        }
    }

    pub(crate) fn sender() -> MailAddress {
        MailAddress::parse("noreply@portal.example").unwrap()
    }

    #[test]
    fn a_letter_has_what_it_needs_and_nothing_more() {
        let letter = String::from_utf8(written(mail("hanako@mail.example"), &sender()).unwrap().formatted()).unwrap();
        let (head, _) = letter.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ");
        let mut names: Vec<&str> = unfolded.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "Auto-Submitted",
                "Content-Transfer-Encoding",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Message-ID",
                "Subject",
                "To"
            ]
        );
        assert!(unfolded.contains("Message-ID: <00112233445566778899aabbccddeeff@portal.example>"), "{unfolded}");
        assert!(unfolded.contains("Date: Tue, 03 Nov 2026 05:05:00"), "{unfolded}");
        assert!(unfolded.contains("charset=utf-8"), "{unfolded}");
        assert!(head.is_ascii());
    }
}
