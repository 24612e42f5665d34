//! The texts of the pages.

use std::{borrow::Cow, fmt, sync::LazyLock};

use domain::Locale;
use fluent_bundle::FluentValue;

use crate::{book::Book, generated, key};

/// Names one text; only the constants of [`key`] exist, so each has a text in every language.
#[derive(Clone, Copy)]
pub struct Key {
    name: &'static str,
    variables: &'static [&'static str],
}

impl Key {
    pub(crate) const fn new(name: &'static str, variables: &'static [&'static str]) -> Self {
        Self { name, variables }
    }

    /// As it stands in the Fluent files, e.g. `home-title`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What [`Words::format`] must be given.
    pub fn variables(self) -> &'static [&'static str] {
        self.variables
    }

    /// The key with this name, for names that are built from a state.
    pub fn find(name: &str) -> Option<Self> {
        let index = key::ALL.binary_search_by(|key| key.name.cmp(name)).ok()?;
        key::ALL.get(index).copied()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

/// What stands in a text's variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// As it is. Dates, years and names are text.
    Text(Cow<'a, str>),
    /// A count: grouped (`12,300`), and English chooses between one and many by it.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl From<$type> for Value<'_> {
            fn from(number: $type) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
number!(u8, u16, u32, u64, usize, i32, i64);

impl<'a> Value<'a> {
    pub(crate) fn into_fluent(self) -> FluentValue<'a> {
        match self {
            Self::Text(text) => FluentValue::from(text),
            Self::Number(number) => FluentValue::from(number),
        }
    }

    fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text.as_ref().into()),
            Self::Number(number) => Value::Number(*number),
        }
    }
}

/// A text was asked for without one of its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} needs ${variable}")]
pub struct MissingVariable {
    /// Whose.
    pub key: &'static str,
    /// Which.
    pub variable: &'static str,
}

/// The texts of one language.
pub struct Words {
    locale: Locale,
    book: Book,
}

impl Words {
    /// The texts of this language, read once.
    pub fn of(locale: Locale) -> &'static Self {
        static JA: LazyLock<Words> = LazyLock::new(|| Words::new(Locale::Ja));
        static JA_EASY: LazyLock<Words> = LazyLock::new(|| Words::new(Locale::JaEasy));
        static EN: LazyLock<Words> = LazyLock::new(|| Words::new(Locale::En));
        match locale {
            Locale::Ja => &JA,
            Locale::JaEasy => &JA_EASY,
            Locale::En => &EN,
        }
    }

    fn new(locale: Locale) -> Self {
        Self { locale, book: generated::pages(locale) }
    }

    /// Which language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The text of a key without variables.
    pub fn text(&self, key: Key) -> String {
        match self.book.text(key.name) {
            Some(text) => text.to_owned(),
            None => self.format(key, &[]),
        }
    }

    /// The text of a key that is known to have no variables.
    pub(crate) fn plain(&self, key: Key) -> &'static str {
        self.book.text(key.name).unwrap_or_default()
    }

    /// The text of a key with its variables. One that is absent reads 「（わかりません）」, never as a code;
    /// [`Words::try_format`] tells instead.
    pub fn format(&self, key: Key, values: &[(&str, Value<'_>)]) -> String {
        let unknown = || self.book.text(key::COMMON_VALUE_UNKNOWN.name).unwrap_or_default();
        self.book
            .format(key.name, &|name| Some(find(values, name).unwrap_or_else(|| unknown().into())))
            .unwrap_or_default()
    }

    /// Like [`Words::format`].
    ///
    /// # Errors
    /// When a variable of the text is absent.
    pub fn try_format(&self, key: Key, values: &[(&str, Value<'_>)]) -> Result<String, MissingVariable> {
        match key.variables.iter().find(|name| find(values, name).is_none()) {
            Some(variable) => Err(MissingVariable { key: key.name, variable }),
            None => Ok(self.book.format(key.name, &|name| find(values, name)).unwrap_or_default()),
        }
    }
}

/// What stands in a variable.
pub(crate) fn find<'v>(values: &'v [(&str, Value<'v>)], name: &str) -> Option<Value<'v>> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.borrowed())
}
