//! What a notice says: structured text, no markup language, nothing that a browser would run.

use crate::plain_text::{invisible, normal, unprintable};

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TextFault {
    /// Nothing but spaces.
    #[error("nothing is written")]
    Empty,
    /// Too long.
    #[error("too long")]
    TooLong,
    /// Characters that nobody can see, or that change the direction of writing.
    #[error("characters that nobody can see, or that change the direction of writing")]
    Unprintable,
    /// Spaces at an end, line breaks where there are none, or line breaks of another form.
    #[error("spaces at an end, or line breaks of another form")]
    NotNormal,
    /// No https address.
    #[error("not an https address of a named host")]
    NoAddress,
}

macro_rules! plain {
    ($(#[$doc:meta])* $name:ident, $max:literal, $breaks:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Most characters.
            pub const CHARS_MAX: usize = $max;

            /// Reads what was typed: spaces at the ends go, tabs become spaces, line breaks become `\n`.
            pub fn typed(text: &str) -> Result<Self, TextFault> {
                let text = normal(text);
                let text = text.trim();
                if text.is_empty() {
                    return Err(TextFault::Empty);
                }
                if text.chars().any(|letter| unprintable(letter) || invisible(letter)) {
                    return Err(TextFault::Unprintable);
                }
                if !$breaks && text.contains('\n') {
                    return Err(TextFault::NotNormal);
                }
                if text.chars().count() > Self::CHARS_MAX {
                    return Err(TextFault::TooLong);
                }
                Ok(Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextFault;
            fn try_from(text: String) -> Result<Self, TextFault> {
                match Self::typed(&text)? {
                    read if read.0 == text => Ok(read),
                    _ => Err(TextFault::NotNormal),
                }
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

plain!(
    /// One line of plain text.
    Line,
    200,
    false
);
plain!(
    /// Plain text with line breaks.
    Passage,
    4000,
    true
);

/// Where a link leads: `https`, a host with a dot, no name or password, no port. Told to the reader in full.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

impl WebAddress {
    /// Most characters.
    pub const CHARS_MAX: usize = 500;

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, which the page shows beside the link.
    pub fn host(&self) -> &str {
        let rest = self.0.strip_prefix("https://").unwrap_or_default();
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

impl TryFrom<String> for WebAddress {
    type Error = TextFault;
    fn try_from(text: String) -> Result<Self, TextFault> {
        let address = Self(text);
        let letter = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`');
        let host_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
        let host = address.host();
        let labels = host.split('.').count();
        let named = labels >= 2 && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
        let numbers = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let short = address.0.len() <= Self::CHARS_MAX;
        if named && !numbers && short && host.bytes().all(host_letter) && address.0.bytes().all(letter) {
            Ok(address)
        } else {
            Err(TextFault::NoAddress)
        }
    }
}

impl std::str::FromStr for WebAddress {
    type Err = TextFault;
    fn from_str(text: &str) -> Result<Self, TextFault> {
        text.to_owned().try_into()
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

/// The same in Japanese, and where the sender wrote them, in やさしい日本語 and English.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InLanguages<T> {
    /// 日本語
    pub ja: T,
    /// やさしい日本語
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub ja_easy: Option<T>,
    /// English
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub en: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> InLanguages<T> {
    /// For a reader of this language: the sender's words in it, or the Japanese ones, and which that is.
    pub fn told_in(&self, locale: domain::Locale) -> (&T, domain::Locale) {
        let own = match locale {
            domain::Locale::Ja => None,
            domain::Locale::JaEasy => self.ja_easy.as_ref(),
            domain::Locale::En => self.en.as_ref(),
        };
        own.map_or((&self.ja, domain::Locale::Ja), |own| (own, locale))
    }

    /// Every one that is there.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.ja).chain(&self.ja_easy).chain(&self.en)
    }
}

impl From<Line> for InLanguages<Line> {
    fn from(ja: Line) -> Self {
        Self { ja, ja_easy: None, en: None }
    }
}

/// A notice in one language.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// 件名: what it is about, from the matter on.
    pub title: Line,
    /// From top to bottom.
    pub body: Vec<Block>,
}

impl NoticeText {
    /// Most blocks.
    pub const BLOCKS_MAX: usize = 200;
}

/// One piece of a body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A heading.
    Heading {
        /// Its text.
        text: Line,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Passage,
    },
    /// A list without order.
    List {
        /// One line each.
        items: Vec<Passage>,
    },
    /// What to do, one after the other.
    Steps {
        /// One line each.
        items: Vec<Passage>,
    },
    /// Terms and what is so: 日時, 場所, 持ちもの …
    Facts {
        /// One row each.
        rows: Vec<Fact>,
    },
    /// A link on a line of its own.
    Link {
        /// What it is.
        label: Line,
        /// Where it leads.
        address: WebAddress,
    },
}

/// One row of [`Block::Facts`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// 日時
    pub term: Line,
    /// 2026年12月10日 9時から
    pub text: Passage,
}
