//! From a text to blocks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use wire::notice::{Block, Fact, Line, Passage, TextFault, WebAddress};

use super::prepared::Prepared;
use super::{BYTES_MAX, Fault, MarkdownFault};

/// The blocks, or everything that is wrong.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block>, Vec<MarkdownFault>> {
    if text.len() > BYTES_MAX {
        return Err(vec![MarkdownFault { line: 1, fault: Fault::TooLong }]);
    }
    // Said first and line by line: in a paragraph it would be told with the line where that begins.
    let unprintable = |(line, _)| MarkdownFault { line, fault: TextFault::Unprintable.into() };
    let wrong = |(_, line): &(usize, &str)| Line::typed(line) == Err(TextFault::Unprintable);
    let hidden: Vec<_> = (1..).zip(text.lines()).filter(wrong).map(unprintable).collect();
    if !hidden.is_empty() {
        return Err(hidden);
    }
    let prepared = Prepared::of(text);
    let parser = Parser::new_ext(&prepared.text, Options::ENABLE_TABLES).into_offset_iter();
    let mut reading = Reading::new(&prepared);
    let named: Vec<usize> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
    for at in named {
        reading.at = at..at;
        reading.wrong(Fault::Reference);
    }
    for (event, at) in parser {
        reading.at = at;
        reading.take(event);
    }
    reading.errors.sort_by_key(|error| error.line);
    if reading.errors.is_empty() { Ok(reading.blocks) } else { Err(reading.errors) }
}

struct Reading<'t> {
    prepared: &'t Prepared,
    at: Range<usize>,
    blocks: Vec<Block>,
    errors: Vec<MarkdownFault>,
    /// Inside something that is not read.
    skipped: usize,
    /// Lines of the paragraph, item or cell before this one.
    words: String,
    line: String,
    link: Option<Link>,
    list: Option<Vec<Passage>>,
    cells: Vec<String>,
    rows: Option<Vec<Fact>>,
}

struct Link {
    address: String,
    label: String,
    open: bool,
}

impl<'t> Reading<'t> {
    fn new(prepared: &'t Prepared) -> Self {
        Self {
            prepared,
            at: 0..0,
            blocks: Vec::new(),
            errors: Vec::new(),
            skipped: 0,
            words: String::new(),
            line: String::new(),
            link: None,
            list: None,
            cells: Vec::new(),
            rows: None,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match &mut self.link {
                Some(link) if link.open => link.label.push_str(&words),
                _ => self.line.push_str(&words),
            },
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::Html(_) | Event::InlineHtml(_) => self.wrong(Fault::Html),
            Event::Code(_) => self.wrong(Fault::Code),
            Event::Rule => self.wrong(Fault::Rule),
            _ => self.wrong(Fault::Other),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let inside = self.list.is_some();
        let refused = match tag {
            Tag::Heading { .. } | Tag::Table(_) if inside => Some(Fault::InsideItem),
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell => None,
            Tag::List(_) if inside => Some(Fault::ListInList),
            Tag::List(Some(first)) if *first != 1 => Some(Fault::Number),
            Tag::List(_) => {
                self.list = Some(Vec::new());
                None
            }
            Tag::Table(columns) if columns.len() == 2 => {
                self.rows = Some(Vec::new());
                None
            }
            Tag::Table(_) => Some(Fault::Table),
            Tag::Link { title, .. } if !title.is_empty() => Some(Fault::LinkTitle),
            Tag::Link { dest_url, .. } if self.link.is_none() && !inside && self.rows.is_none() => {
                self.link = Some(Link { address: dest_url.to_string(), label: String::new(), open: true });
                None
            }
            Tag::Link { .. } => Some(Fault::Link),
            Tag::HtmlBlock => Some(Fault::Html),
            Tag::Image { .. } => Some(Fault::Picture),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => Some(Fault::Emphasis),
            Tag::CodeBlock(_) => Some(Fault::Code),
            Tag::BlockQuote(_) => Some(Fault::Quotation),
            _ => Some(Fault::Other),
        };
        if let Some(fault) = refused {
            self.wrong(fault);
            self.skipped = 1;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some(link) = &mut self.link {
                    link.open = false;
                }
            }
            TagEnd::Paragraph => {
                self.end_line();
                if self.list.is_none() {
                    self.end_paragraph();
                }
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Item => {
                self.end_line();
                let text = std::mem::take(&mut self.words);
                if let Some(item) = self.read(Passage::typed(&text))
                    && let Some(list) = &mut self.list
                {
                    list.push(item);
                }
            }
            TagEnd::List(ordered) => {
                let items = self.list.take().unwrap_or_default();
                self.blocks.push(if ordered { Block::Steps { items } } else { Block::List { items } });
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                self.cells.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                let rows = self.rows.take().unwrap_or_default();
                self.blocks.push(Block::Facts { rows });
            }
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let lines = std::mem::take(&mut self.words);
        let text = std::mem::take(&mut self.line);
        if self.link.take().is_some() {
            return self.wrong(Fault::Link);
        }
        if !lines.is_empty() {
            return self.wrong(Fault::HeadingLines);
        }
        if let Some(text) = self.read(Line::typed(&text)) {
            self.blocks.push(Block::Heading { text });
        }
    }

    fn end_line(&mut self) {
        let words = std::mem::take(&mut self.line);
        let Some(link) = self.link.take() else {
            if !words.is_empty() {
                if !self.words.is_empty() {
                    self.words.push('\n');
                }
                self.words.push_str(&words);
            }
            return;
        };
        if !words.trim().is_empty() || link.open {
            return self.wrong(Fault::Link);
        }
        self.end_paragraph();
        let label = self.read(Line::typed(&link.label));
        let address = self.read(WebAddress::try_from(link.address));
        if let (Some(label), Some(address)) = (label, address) {
            self.blocks.push(Block::Link { label, address });
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty()
            && let Some(text) = self.read(Passage::typed(&words))
        {
            self.blocks.push(Block::Paragraph { text });
        }
    }

    /// Markdown's tables have a head; one without words is none.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        // What Markdown does not count as a cell it drops.
        if self.prepared.text.get(self.at.clone()).is_none_or(|row| cells_in(row) != 2) {
            return self.wrong(Fault::Table);
        }
        let [term, text] = cells.as_slice() else { return self.wrong(Fault::Table) };
        if term.is_empty() && text.is_empty() {
            return;
        }
        let row = (self.read(Line::typed(term)), self.read(Passage::typed(text)));
        if let ((Some(term), Some(text)), Some(rows)) = (row, &mut self.rows) {
            rows.push(Fact { term, text });
        }
    }

    fn read<T>(&mut self, read: Result<T, TextFault>) -> Option<T> {
        read.map_err(|fault| self.wrong(fault.into())).ok()
    }

    fn wrong(&mut self, fault: Fault) {
        let line = self.prepared.line(self.at.start);
        // What was not taken leaves nothing: that is no second fault.
        let left = fault == Fault::Text(TextFault::Empty) && self.errors.last().is_some_and(|last| last.line == line);
        let again = self.errors.last().is_some_and(|last| last.line == line && last.fault == fault);
        if !left && !again {
            self.errors.push(MarkdownFault { line, fault });
        }
    }
}

/// Cells of a row as it stands there.
fn cells_in(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(row);
    let mut escaped = false;
    let between = row.bytes().filter(|byte| {
        let is_between = *byte == b'|' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        is_between
    });
    between.count() + 1
}
