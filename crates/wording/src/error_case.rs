//! Errors as people read them: what happened and what was kept, then what to do next.

use domain::Locale;

use crate::{Key, Words, error};

/// A worded error; the constants of [`crate::error`]. Needs no variables, so that no edge can word it half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorCase {
    name: &'static str,
    title: Key,
    what: Key,
    next: Key,
}

/// The three parts of a worded error in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorWords {
    /// Heading.
    pub title: String,
    /// What happened and what was kept.
    pub what: String,
    /// What to do next.
    pub next: String,
}

impl ErrorCase {
    pub(crate) const fn new(name: &'static str, title: Key, what: Key, next: Key) -> Self {
        Self { name, title, what, next }
    }

    /// The case with this name, for names that travel, such as a flash.
    pub fn find(name: &str) -> Option<Self> {
        let index = error::ALL.binary_search_by(|case| case.name.cmp(name)).ok()?;
        error::ALL.get(index).copied()
    }

    /// E.g. `not-found`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// In one language.
    pub fn words(self, locale: Locale) -> ErrorWords {
        let words = Words::of(locale);
        ErrorWords { title: words.text(self.title), what: words.text(self.what), next: words.text(self.next) }
    }
}
