//! What officers read: `locales/ja`. For officers, so in Japanese alone.

use std::sync::LazyLock;

use domain::Locale;
use wording::{Texts, Value};

/// The files; each text on one line.
const FILES: [&str; 5] = [
    include_str!("../locales/ja/console.ftl"),
    include_str!("../locales/ja/draft.ftl"),
    include_str!("../locales/ja/lists.ftl"),
    include_str!("../locales/ja/plain-words.ftl"),
    include_str!("../locales/ja/refused.ftl"),
];

static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::of(Locale::Ja, &FILES));

/// The text of a key without variables. Every key that is asked for is there: a test reads the sources.
pub(crate) fn say(key: &str) -> &'static str {
    TEXTS.text(key).unwrap_or_default()
}

/// The text of a key with its variables. Numbers are grouped; what is not to be is a text.
pub(crate) fn say_with(key: &str, values: &[(&str, Value<'_>)]) -> String {
    TEXTS.format(key, values).unwrap_or_default()
}

#[cfg(test)]
mod tests;
