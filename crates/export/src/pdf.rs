//! The typesetting job: everything that stands in the PDF, already in the person's language and in order. The program
//! `my-portal-pdf` reads it as JSON and needs no words of its own.

use std::fmt;

use domain::AccessRecord;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wording::{InformationRecord, InformationTable, RecordWords, Words, key};

use crate::{Answer, Told};

/// Most bytes of a job as JSON.
pub const JOB_BYTES_MAX: usize = 32 * 1024 * 1024;

/// One document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// BCP 47: `ja`, `en`.
    pub language: String,
    /// The document's title, also at the foot of each page.
    pub title: String,
    /// When it was made, for the document's metadata.
    pub made_at: Timestamp,
    /// Paragraphs beneath the title.
    pub lead: Vec<String>,
    /// Heading of the table of contents. None: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<String>,
    /// In order; each begins with a heading of the first rank.
    pub sections: Vec<Section>,
    /// What is said where the typeface lacks a character.
    pub missing: Missing,
}

/// Under a heading of the first rank: an institution, or the access records.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `国税庁`
    pub heading: String,
    /// In order.
    pub chapters: Vec<Chapter>,
}

/// Under a heading of the second rank: one answer, or a part of a text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// `所得と所得税`. None: the section has nothing but this.
    pub heading: Option<String>,
    /// Paragraphs above the tables.
    pub lead: Vec<String>,
    /// In order.
    pub tables: Vec<Table>,
    /// In order, below the tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A list without order.
    List {
        /// One entry each.
        items: Vec<String>,
    },
    /// Steps, numbered.
    Steps {
        /// One entry each.
        items: Vec<String>,
    },
    /// A table without headings of columns.
    Facts {
        /// What a row is about, and what is so.
        rows: Vec<[String; 2]>,
    },
    /// A link that is readable on paper, too.
    Link {
        /// What it is.
        label: String,
        /// Where it leads.
        address: String,
    },
}

/// A table whose heading row comes again on each page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// `所得と所得税（2025年分）`
    pub caption: String,
    /// From left to right.
    pub columns: Vec<Column>,
    /// Rows that belong together.
    pub groups: Vec<Group>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// `項目`
    pub heading: String,
    /// Its share of the width.
    pub share: u8,
}

/// Rows that belong together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// `1件目`
    pub heading: Option<String>,
    /// Each has as many cells as the table has columns; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// What is said, at the end of the document, where the typeface lacks a character.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Heading of the first rank.
    pub heading: String,
    /// One paragraph: what the marks mean.
    pub text: String,
}

impl Missing {
    pub(crate) fn told(words: &Words) -> Self {
        Self { heading: words.text(key::EXPORT_MISSING_TITLE), text: words.text(key::EXPORT_MISSING_TEXT) }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Job")
    }
}

/// The document that tells this export.
pub fn job(told: &Told<'_>) -> Job {
    let words = Words::of(told.export.locale);
    let mut lead = vec![
        words.format(key::EXPORT_MADE, &[("when", told.made_at().into())]),
        words.text(key::EXPORT_LEAD),
        words.text(key::EXPORT_CARE),
    ];
    let providers = told.by_provider().into_iter().map(|(provider, answers)| Section {
        heading: provider.to_owned(),
        chapters: answers.into_iter().map(|answer| chapter(words, answer)).collect(),
    });
    let records = told.records.as_ref().map(|records| records_section(words, records));
    let sections: Vec<Section> = providers.chain(records).collect();
    if sections.is_empty() {
        lead.push(words.text(key::EXPORT_EMPTY));
    }
    Job {
        language: told.export.locale.html_lang().to_owned(),
        title: words.text(key::EXPORT_TITLE),
        made_at: told.export.made_at,
        lead,
        contents: Some(words.text(key::EXPORT_CONTENTS)),
        sections,
        missing: Missing::told(words),
    }
}

fn chapter(words: &Words, answer: &Answer<'_>) -> Chapter {
    let values = [("provider", (&answer.provider).into()), ("when", (&answer.answered_at).into())];
    let answered = words.format(key::EXPORT_ANSWERED, &values);
    let lead = [Some(answer.words.about.clone()), Some(answered), answer.words.note.clone()];
    Chapter {
        heading: Some(answer.words.caption.clone()),
        lead: lead.into_iter().flatten().collect(),
        tables: answer.words.tables.iter().map(|table| information_table(words, table)).collect(),
        blocks: Vec::new(),
    }
}

fn information_table(words: &Words, table: &InformationTable) -> Table {
    Table {
        caption: table.caption.clone(),
        columns: vec![
            column(words, key::EXPORT_COLUMN_ITEM, 3),
            column(words, key::EXPORT_COLUMN_VALUE, 4),
            column(words, key::EXPORT_COLUMN_HELP, 5),
        ],
        groups: table.records.iter().map(group).collect(),
    }
}

fn group(record: &InformationRecord) -> Group {
    let row = |row: &wording::InformationRow| vec![row.label.clone(), row.value.clone(), row.help.clone()];
    Group { heading: record.caption.clone(), rows: record.rows.iter().map(row).collect() }
}

fn column(words: &Words, heading: wording::Key, share: u8) -> Column {
    Column { heading: words.text(heading), share }
}

fn records_section(words: &Words, records: &[(&AccessRecord, RecordWords)]) -> Section {
    let heading = words.text(key::RECORDS_TITLE);
    let (lead, tables) = if records.is_empty() {
        (key::RECORDS_EMPTY_TITLE, Vec::new())
    } else {
        (key::RECORDS_LEAD, vec![records_table(words, records)])
    };
    let lead = vec![words.text(lead)];
    Section { heading, chapters: vec![Chapter { heading: None, lead, tables, blocks: Vec::new() }] }
}

fn records_table(words: &Words, records: &[(&AccessRecord, RecordWords)]) -> Table {
    let row = |(_, record): &(&AccessRecord, RecordWords)| {
        let basis = format!("{}\n{}", record.basis, record.reference_number);
        vec![record.when.clone(), record.sentence.clone(), basis]
    };
    let basis = format!("{} / {}", words.text(key::RECORD_BASIS), words.text(key::RECORD_REFERENCE));
    Table {
        caption: words.text(key::RECORDS_TITLE),
        columns: vec![
            column(words, key::RECORD_WHEN, 3),
            column(words, key::RECORD_SENTENCE, 6),
            Column { heading: basis, share: 4 },
        ],
        groups: vec![Group { heading: None, rows: records.iter().map(row).collect() }],
    }
}

#[cfg(test)]
mod tests {
    use domain::Locale;

    use super::*;
    use crate::sample;

    #[test]
    fn an_answer_is_a_chapter_of_its_institution() {
        let export = sample::export(Locale::Ja);
        let job = job(&export.tell().unwrap());
        let headings: Vec<&str> = job.sections.iter().map(|section| section.heading.as_str()).collect();
        assert_eq!(headings, ["国税庁", "横浜市", "アクセス記録"]);
        let chapter = &job.sections[0].chapters[0];
        assert_eq!(chapter.lead[1], "国税庁が、2026年11月21日（土）10時0分に答えました。");
        assert_eq!(chapter.tables[0].groups[0].rows[0][..2], ["総所得金額", "3,400,000円"]);
    }

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        for locale in Locale::ALL {
            let export = sample::export(locale);
            let job = job(&export.tell().unwrap());
            let tables = job.sections.iter().flat_map(|section| &section.chapters).flat_map(|chapter| &chapter.tables);
            for table in tables {
                assert!(table.groups.iter().flat_map(|group| &group.rows).all(|row| row.len() == table.columns.len()));
            }
        }
    }

    #[test]
    fn a_job_travels_as_json_and_never_prints_itself() {
        let export = sample::hostile(Locale::Ja);
        let job = job(&export.tell().unwrap());
        let json = serde_json::to_string(&job).unwrap();
        assert_eq!(serde_json::from_str::<Job>(&json).unwrap(), job);
        assert_eq!(format!("{job:?}"), "Job");
    }

    #[test]
    fn an_empty_export_says_so() {
        let export = crate::Export { parts: Vec::new(), records: None, ..sample::export(Locale::Ja) };
        let job = job(&export.tell().unwrap());
        assert_eq!(job.lead.last().unwrap(), "この控えに入っている情報はありません。");
    }
}
