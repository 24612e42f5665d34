//! A mail address, read once from what a person typed.

use std::fmt;

/// Longest address (RFC 5321: a path has 256 octets with its brackets).
const CHARS_MAX: usize = 254;
const LOCAL_MAX: usize = 64;

/// A mail address to which a letter can go: ASCII, its domain in the form that servers know.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress(String);

/// Why what was typed is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Nothing.
    #[error("nothing was typed")]
    Empty,
    /// Longer than an address can be.
    #[error("longer than an address can be")]
    TooLong,
    /// Line breaks, or signs that nobody sees or that turn the writing around.
    #[error("signs that nobody sees")]
    Unprintable,
    /// No address.
    #[error("no address")]
    Malformed,
}

impl MailAddress {
    /// Reads an address. Wide letters and digits count as narrow ones; a domain in another script becomes its ASCII form.
    pub fn parse(typed: &str) -> Result<Self, AddressFault> {
        let typed: String = typed.trim().chars().map(narrow).collect();
        if typed.is_empty() {
            return Err(AddressFault::Empty);
        }
        if typed.chars().count() > CHARS_MAX {
            return Err(AddressFault::TooLong);
        }
        if typed.chars().any(unseen) {
            return Err(AddressFault::Unprintable);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(AddressFault::Malformed)?;
        if !is_local(local) {
            return Err(AddressFault::Malformed);
        }
        let address = format!("{local}@{}", host(domain).ok_or(AddressFault::Malformed)?);
        if address.len() > CHARS_MAX { Err(AddressFault::TooLong) } else { Ok(Self(address)) }
    }

    /// As a letter is addressed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is the same for addresses that lead to one mailbox, as far as that can be known: without regard to capitals and
    /// to what stands behind a `+`.
    pub(super) fn mailbox(&self) -> String {
        let lower = self.0.to_lowercase();
        match lower.split_once('@') {
            Some((local, domain)) => {
                let local = local.split_once('+').map_or(local, |(before, _)| before);
                format!("{local}@{domain}")
            }
            None => lower,
        }
    }
}

fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// Controls, and format characters: what has no width, and what sets the direction.
pub(super) fn unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Words of letters, digits and a few signs, with dots between them (RFC 5322 `dot-atom`).
fn is_local(local: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= LOCAL_MAX && local.split('.').all(word)
}

/// The host's name in ASCII. None for what is an address of a machine, or has only one part.
fn host(domain: &str) -> Option<String> {
    // Nothing of an address but its host.
    if domain.is_empty() || domain.contains(|letter: char| letter.is_ascii() && !is_host_letter(letter)) {
        return None;
    }
    let url = reqwest::Url::parse(&format!("https://{domain}/")).ok()?;
    let host = url.host_str()?;
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next()?;
    let name = host.contains('.') && host.split('.').all(label) && !last.bytes().all(|byte| byte.is_ascii_digit());
    name.then(|| host.to_owned())
}

fn is_host_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.')
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<String, AddressFault> {
        MailAddress::parse(typed).map(|address| address.as_str().to_owned())
    }

    #[test]
    fn what_people_type_is_read() {
        for (typed, address) in [
            ("hanako@mail.example", "hanako@mail.example"),
            (" Hanako.Sato+gov@Mail.Example ", "Hanako.Sato+gov@mail.example"),
            ("ｈａｎａｋｏ＠ｍａｉｌ．ｅｘａｍｐｌｅ", "hanako@mail.example"),
            ("hanako@日本語.jp", "hanako@xn--wgv71a119e.jp"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(address), "{typed}");
        }
    }

    #[test]
    fn an_address_cannot_bring_a_line_of_its_own() {
        for typed in ["a@b.example\r\nBcc: c@d.example", "a\n@b.example", "a@b.example\0", "a@b\u{2028}.example"] {
            assert_eq!(read(typed), Err(AddressFault::Unprintable), "{typed:?}");
        }
    }

    #[test]
    fn signs_that_nobody_sees_or_that_turn_the_writing_around_are_refused() {
        for sign in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{200f}', '\u{feff}', '\u{ad}'] {
            assert_eq!(read(&format!("a@b{sign}c.example")), Err(AddressFault::Unprintable), "{sign:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_address() {
        assert_eq!(read(&format!("a@{}.example", "b".repeat(300))), Err(AddressFault::TooLong));
        assert_eq!(read(&format!("{}@b.example", "a".repeat(65))), Err(AddressFault::Malformed));
        assert_eq!(read(&format!("a@{}.example", "b".repeat(64))), Err(AddressFault::Malformed));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for typed in [
            "a",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a b@c.example",
            "a@b.example, c@d.example",
            "<a@b.example>",
            "\"a\"@b.example",
            "a..b@c.example",
            ".a@c.example",
            "a@192.0.2.1",
            "a@[192.0.2.1]",
            "a@0x7f.1",
            "a@b.example:25",
            "a@b.example/x",
            "a@b..example",
            "a@-b.example",
            "あ@b.example",
            "a@b_c.example",
            "a@b%2ec.example",
        ] {
            assert_eq!(read(typed), Err(AddressFault::Malformed), "{typed}");
        }
        assert_eq!(read("  "), Err(AddressFault::Empty));
    }

    #[test]
    fn one_mailbox_is_one_however_it_is_written() {
        let mailbox = |typed| MailAddress::parse(typed).unwrap().mailbox();
        assert_eq!(mailbox("Hanako+a@b.example"), mailbox("hanako@B.example"));
        assert_ne!(mailbox("hanako@b.example"), mailbox("hanakoa@b.example"));
    }

    #[test]
    fn its_debug_says_nothing() {
        assert_eq!(format!("{:?}", MailAddress::parse("a@b.example").unwrap()), "MailAddress");
    }
}
