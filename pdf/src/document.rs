//! The job as the template reads it: every text as lines of pieces, so that a family is named for each piece.

use export::pdf::{Block, Chapter, Group, Job, Section, Table};
use serde::Serialize;

use crate::{
    fonts::{Coverage, Fonts},
    legible::legible,
};

#[derive(Serialize)]
pub(crate) struct Document {
    language: String,
    families: Vec<String>,
    /// As metadata; the page shows `heading`.
    title: String,
    heading: Text,
    lead: Vec<Text>,
    contents: Option<Text>,
    sections: Vec<SectionView>,
    /// Only where something is named instead of shown.
    missing: Option<MissingView>,
}

#[derive(Serialize)]
struct Text {
    lines: Vec<Vec<Piece>>,
    /// Where it is not the document's: screen readers pronounce it by this.
    language: Option<&'static str>,
}

#[derive(Serialize)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Place of its family.
    pub(crate) font: usize,
}

#[derive(Serialize)]
struct SectionView {
    heading: Text,
    chapters: Vec<ChapterView>,
}

#[derive(Serialize)]
struct ChapterView {
    heading: Option<Text>,
    lead: Vec<Text>,
    tables: Vec<TableView>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockView {
    Paragraph { text: Text },
    List { items: Vec<Text> },
    Steps { items: Vec<Text> },
    Facts { rows: Vec<RowView> },
    Link { label: Text, address: String, written: Text },
}

#[derive(Serialize)]
struct TableView {
    caption: Text,
    shares: Vec<u8>,
    headings: Vec<Text>,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    heading: Option<Text>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    cells: Vec<Text>,
    /// Short enough to stay on one page.
    whole: bool,
}

#[derive(Serialize)]
struct MissingView {
    heading: Text,
    text: Text,
}

/// Rows with more characters may go over to the next page.
const WHOLE_ROW_CHARS_MAX: usize = 600;

impl Document {
    pub(crate) fn new(job: &Job, fonts: &Fonts) -> Self {
        let mut reader = Reader { fonts, language: &job.language, named: false };
        let mut document = Self {
            language: job.language.clone(),
            families: fonts.families().to_vec(),
            title: job.title.clone(),
            heading: reader.text(&job.title),
            lead: reader.texts(&job.lead),
            contents: job.contents.as_deref().map(|contents| reader.text(contents)),
            sections: job.sections.iter().map(|section| reader.section(section)).collect(),
            missing: None,
        };
        if reader.named {
            document.missing =
                Some(MissingView { heading: reader.text(&job.missing.heading), text: reader.text(&job.missing.text) });
        }
        document
    }
}

const JAPANESE: &str = "ja";

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'))
}

struct Reader<'f, F> {
    fonts: &'f F,
    language: &'f str,
    named: bool,
}

impl<F: Coverage> Reader<'_, F> {
    fn text(&mut self, text: &str) -> Text {
        let legible = legible(text, self.fonts);
        self.named |= legible.named;
        let language = (self.language != JAPANESE && is_japanese(text)).then_some(JAPANESE);
        Text { lines: legible.lines, language }
    }

    fn texts(&mut self, texts: &[String]) -> Vec<Text> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn section(&mut self, section: &Section) -> SectionView {
        SectionView {
            heading: self.text(&section.heading),
            chapters: section.chapters.iter().map(|chapter| self.chapter(chapter)).collect(),
        }
    }

    fn chapter(&mut self, chapter: &Chapter) -> ChapterView {
        ChapterView {
            heading: chapter.heading.as_deref().map(|heading| self.text(heading)),
            lead: self.texts(&chapter.lead),
            tables: chapter.tables.iter().map(|table| self.table(table)).collect(),
            blocks: chapter.blocks.iter().filter_map(|block| self.block(block)).collect(),
        }
    }

    /// None: there is nothing in it.
    fn block(&mut self, block: &Block) -> Option<BlockView> {
        Some(match block {
            Block::Paragraph { text } => BlockView::Paragraph { text: self.text(text) },
            Block::List { items } | Block::Steps { items } if items.is_empty() => return None,
            Block::List { items } => BlockView::List { items: self.texts(items) },
            Block::Steps { items } => BlockView::Steps { items: self.texts(items) },
            Block::Facts { rows } if rows.is_empty() => return None,
            Block::Facts { rows } => BlockView::Facts { rows: rows.iter().map(|row| self.row(row, 2)).collect() },
            Block::Link { label, address } => {
                BlockView::Link { label: self.text(label), address: address.clone(), written: self.text(address) }
            }
        })
    }

    fn table(&mut self, table: &Table) -> TableView {
        TableView {
            caption: self.text(&table.caption),
            shares: table.columns.iter().map(|column| column.share.max(1)).collect(),
            headings: table.columns.iter().map(|column| self.text(&column.heading)).collect(),
            groups: table.groups.iter().map(|group| self.group(group, table.columns.len())).collect(),
        }
    }

    /// A row has as many cells as there are columns, whatever the job says.
    fn group(&mut self, group: &Group, columns: usize) -> GroupView {
        let rows = group.rows.iter().map(|row| self.row(row, columns)).collect();
        GroupView { heading: group.heading.as_deref().map(|heading| self.text(heading)), rows }
    }

    fn row(&mut self, row: &[String], columns: usize) -> RowView {
        let cells = (0..columns).map(|column| self.text(row.get(column).map_or("", String::as_str))).collect();
        RowView { cells, whole: row.iter().map(|cell| cell.chars().count()).sum::<usize>() <= WHOLE_ROW_CHARS_MAX }
    }
}
