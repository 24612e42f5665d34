//! Texts of a program of its own, beside the portal's.

use domain::Locale;

use crate::Value;
use crate::book::Book;
use crate::words::find;

/// Fluent texts by key, in one language. Who keeps them checks that every key it asks for is there.
pub struct Texts(Book);

impl Texts {
    /// Reads Fluent files, one message a line. A message that is not sound has no text.
    pub fn of(locale: Locale, files: &[&'static str]) -> Self {
        Self(Book::new(locale, files))
    }

    /// The text of a key without variables.
    pub fn text(&self, key: &str) -> Option<&'static str> {
        self.0.text(key)
    }

    /// The text of a key with its variables; none when one of them is absent.
    pub fn format(&self, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        self.0.format(key, &|name| find(values, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_its_key_and_filled_in() {
        let texts = Texts::of(Locale::Ja, &["a = あ\nb = { $n }人\n"]);
        assert_eq!(texts.text("a"), Some("あ"));
        assert_eq!(texts.format("b", &[("n", 12_300_u64.into())]).as_deref(), Some("12,300人"));
        assert_eq!((texts.text("c"), texts.format("b", &[])), (None, None));
    }
}
