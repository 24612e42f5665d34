//! What a person writes in a report: plain text of some length, read once at the edge.

use crate::plain_text::{normal, unprintable};

/// Plain text of 1 to [`ReportWords::CHARS_MAX`] characters: no control characters but line breaks, nothing that changes
/// the direction of writing, no space at either end. Prints only its type's name.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReportWords(String);

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum WordsFault {
    /// Nothing but spaces.
    #[error("nothing is written")]
    Empty,
    /// More than [`ReportWords::CHARS_MAX`].
    #[error("more than {} characters", ReportWords::CHARS_MAX)]
    TooLong,
    /// Characters that nobody can see.
    #[error("control characters, or characters that change the direction of writing")]
    Unprintable,
    /// Not as [`ReportWords::typed`] writes it.
    #[error("spaces at an end, or line breaks of another form")]
    NotNormal,
}

impl ReportWords {
    /// Most characters, line breaks included.
    pub const CHARS_MAX: usize = 1000;

    /// Reads what was typed: spaces at the ends go, tabs become spaces, line breaks become `\n`.
    pub fn typed(text: &str) -> Result<Self, WordsFault> {
        let text = normal(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(WordsFault::Empty);
        }
        if text.chars().any(unprintable) {
            return Err(WordsFault::Unprintable);
        }
        if text.chars().count() > Self::CHARS_MAX {
            return Err(WordsFault::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// How many characters count of what was typed.
    pub fn chars_in(text: &str) -> usize {
        normal(text).trim().chars().count()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in one line.
    pub fn in_one_line(&self) -> String {
        self.0.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl TryFrom<String> for ReportWords {
    type Error = WordsFault;
    fn try_from(text: String) -> Result<Self, WordsFault> {
        match Self::typed(&text)? {
            words if words.0 == text => Ok(words),
            _ => Err(WordsFault::NotNormal),
        }
    }
}

impl From<ReportWords> for String {
    fn from(words: ReportWords) -> Self {
        words.0
    }
}

impl std::fmt::Debug for ReportWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReportWords")
    }
}
