//! The words of `information-N.ftl`, by kind and field.

use std::{collections::HashMap, sync::LazyLock};

use domain::{InfoKind, Locale};

use crate::{book::Book, generated};

/// One version of the words in one language.
pub(super) struct Glossary(HashMap<&'static str, Kind>);

/// The words of one kind of information.
pub(super) struct Kind {
    /// What it is.
    pub(super) caption: &'static str,
    /// One line about it.
    pub(super) about: &'static str,
    fields: HashMap<&'static str, Field>,
}

/// The words of one field.
pub(super) struct Field {
    /// What it is.
    pub(super) label: &'static str,
    /// What it means and where it matters.
    pub(super) help: &'static str,
    /// What institutions write there in fixed words, which are Japanese, and how it is said in this language.
    values: HashMap<&'static str, &'static str>,
}

/// The version that an answer was written with; None when this program does not know it.
pub(super) fn of(locale: Locale, schema_version: u32) -> Option<&'static Glossary> {
    versions(locale).get(usize::try_from(schema_version).ok()?.checked_sub(1)?)
}

/// The newest version.
pub(super) fn newest(locale: Locale) -> Option<&'static Glossary> {
    versions(locale).last()
}

fn versions(locale: Locale) -> &'static [Glossary] {
    static BOOKS: LazyLock<[Vec<Book>; 3]> =
        LazyLock::new(|| Locale::ALL.map(|locale| generated::information(locale).collect()));
    static ALL: LazyLock<[Vec<Glossary>; 3]> = LazyLock::new(|| {
        Locale::ALL.map(|locale| {
            let (books, japanese) = (of_locale(&BOOKS, locale), of_locale(&BOOKS, Locale::Ja));
            books.iter().zip(japanese).map(|(book, ja)| Glossary::new(book, ja)).collect()
        })
    });
    of_locale(&ALL, locale)
}

fn of_locale<T>([ja, ja_easy, en]: &[Vec<T>; 3], locale: Locale) -> &[T] {
    match locale {
        Locale::Ja => ja,
        Locale::JaEasy => ja_easy,
        Locale::En => en,
    }
}

impl Glossary {
    /// A kind is known when it has a line about it, a field when it has help.
    fn new(book: &'static Book, ja: &'static Book) -> Self {
        let kinds = book.between("kind-", "-about").into_iter().map(|kind| {
            let fields = book.between(&format!("field-{kind}-"), "-help").into_iter().map(|field| {
                let place = format!("{kind}-{field}");
                let values = book.between(&format!("value-{place}-"), "").into_iter().map(|value| {
                    let value = format!("value-{place}-{value}");
                    (text(ja, &value), text(book, &value))
                });
                let words = Field {
                    label: text(book, &format!("field-{place}")),
                    help: text(book, &format!("field-{place}-help")),
                    values: values.collect(),
                };
                (field, words)
            });
            let words = Kind {
                caption: text(book, &format!("kind-{kind}")),
                about: text(book, &format!("kind-{kind}-about")),
                fields: fields.collect(),
            };
            (kind, words)
        });
        Self(kinds.collect())
    }

    pub(super) fn kind(&self, kind: &InfoKind) -> Option<&Kind> {
        self.0.get(kind.as_str())
    }
}

impl Kind {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

impl Field {
    /// A fixed word in this language; any other text as it came.
    pub(super) fn value(&self, told: &str) -> Option<&'static str> {
        self.values.get(told).copied()
    }
}

fn text(book: &'static Book, key: &str) -> &'static str {
    book.text(key).unwrap_or_default()
}
