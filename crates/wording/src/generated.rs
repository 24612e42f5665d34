//! What `build.rs` read from `locales/`.

use domain::Locale;

use crate::book::Book;

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// Words for the fields of versions 1, 2, … of own information.
pub(crate) fn information(locale: Locale) -> impl Iterator<Item = Book> {
    INFORMATION.iter().map(move |files| of(locale, files))
}

/// The texts of the pages.
pub(crate) fn pages(locale: Locale) -> Book {
    of(locale, &PAGES)
}

/// Versions 1, 2, … of the words for bases, institutions and kinds of information.
pub(crate) fn dictionaries(locale: Locale) -> impl Iterator<Item = Book> {
    DICTIONARIES.iter().map(move |files| of(locale, files))
}

/// Sentence patterns for versions 1, 2, … of the record's specification.
pub(crate) fn sentences(locale: Locale) -> impl Iterator<Item = Book> {
    SENTENCES.iter().map(move |files| of(locale, files))
}

fn of(locale: Locale, [ja, ja_easy, en]: &[&[&'static str]; 3]) -> Book {
    Book::new(
        locale,
        match locale {
            Locale::Ja => ja,
            Locale::JaEasy => ja_easy,
            Locale::En => en,
        },
    )
}
