//! Own information as a person reads it (P-INF-4, P-INF-11): tables with captions, amounts in yen, days in words, and a
//! line of help for each field. No code reaches the screen, and nothing that an institution sent is dropped: what this
//! program has no words for is shown as it came, under a label that says so.

mod glossary;
mod period;
mod tables;
mod value;
mod version_1;

use domain::{InfoKind, InformationField, Locale};

use crate::{Words, Years, key};

/// One kind of information of one institution.
#[derive(Clone, PartialEq, Eq)]
pub struct InformationWords {
    /// 情報種別, for exports.
    pub kind: InfoKind,
    /// What it is: `個人住民税`.
    pub caption: String,
    /// One line about it.
    pub about: String,
    /// Said above the tables when this program is older than the information or does not know its kind.
    pub note: Option<String>,
    /// What stands for no period first, then the newest period.
    pub tables: Vec<InformationTable>,
}

/// What holds for one period.
#[derive(Clone, PartialEq, Eq)]
pub struct InformationTable {
    /// `個人住民税（2025年度）`
    pub caption: String,
    /// `2025年度`
    pub period: Option<String>,
    /// One or more, such as one a vaccination, in the institution's order.
    pub records: Vec<InformationRecord>,
}

/// Rows that belong together. No field stands in it twice.
#[derive(Clone, PartialEq, Eq)]
pub struct InformationRecord {
    /// `1件目`, where the table has several.
    pub caption: Option<String>,
    /// In the institution's order.
    pub rows: Vec<InformationRow>,
}

/// One field.
#[derive(Clone, PartialEq, Eq)]
pub struct InformationRow {
    /// As it came, for exports: its name, period, value and unit.
    pub field: InformationField,
    /// `総所得金額`
    pub label: String,
    /// `3,400,000円`
    pub value: String,
    /// What it is and where it matters.
    pub help: String,
    /// The unit of the value as it came, in words: `円`, `ミリメートル`.
    pub unit: Option<String>,
}

impl InformationWords {
    /// Every row, table after table: as many as there were fields.
    pub fn rows(&self) -> impl Iterator<Item = &InformationRow> {
        self.tables.iter().flat_map(|table| &table.records).flat_map(|record| &record.rows)
    }
}

/// Tells an institution's answer: its kind, the version of its fields, and the fields.
pub fn information(
    locale: Locale,
    years: Years,
    kind: &InfoKind,
    schema_version: u32,
    fields: &[InformationField],
) -> InformationWords {
    let teller = Teller::new(locale, years, kind, schema_version);
    InformationWords {
        kind: kind.clone(),
        caption: teller.caption(),
        about: teller.about(),
        note: teller.note(),
        tables: teller.tables(fields),
    }
}

/// What is known about the answer before its fields are read.
struct Teller<'a> {
    locale: Locale,
    years: Years,
    kind: &'a InfoKind,
    /// Words of the kind: of the answer's version, or else of the newest.
    named: Option<&'static glossary::Kind>,
    known: Known,
}

/// Whether the fields can be explained.
#[derive(Clone, Copy)]
enum Known {
    /// Version and kind are known. A version 2 that gives a field another form adds a `version_2` beside `version_1`.
    Version1(&'static glossary::Kind),
    /// The version is known and the kind is not.
    NotKind,
    /// The fields are of a version that this program does not know: as with access records (P-LOG-13), nothing is
    /// guessed.
    NotVersion,
}

impl<'a> Teller<'a> {
    fn new(locale: Locale, years: Years, kind: &'a InfoKind, schema_version: u32) -> Self {
        let known = match glossary::of(locale, schema_version) {
            None => Known::NotVersion,
            Some(words) => words.kind(kind).map_or(Known::NotKind, Known::Version1),
        };
        let named = match known {
            Known::Version1(words) => Some(words),
            Known::NotKind | Known::NotVersion => glossary::newest(locale).and_then(|words| words.kind(kind)),
        };
        Self { locale, years, kind, named, known }
    }

    fn caption(&self) -> String {
        self.named.map_or_else(
            || Words::of(self.locale).text(key::INFORMATION_UNKNOWN_KIND),
            |words| words.caption.to_owned(),
        )
    }

    fn about(&self) -> String {
        self.named.map_or_else(
            || Words::of(self.locale).text(key::INFORMATION_UNKNOWN_KIND_ABOUT),
            |words| words.about.to_owned(),
        )
    }

    fn note(&self) -> Option<String> {
        let note = match self.known {
            Known::Version1(_) => return None,
            Known::NotKind => key::INFORMATION_UNKNOWN_KIND_NOTE,
            Known::NotVersion => key::INFORMATION_NEWER_NOTE,
        };
        Some(Words::of(self.locale).text(note))
    }
}
