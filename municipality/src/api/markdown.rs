//! The little of Markdown that a notice may be written in: headings, paragraphs, lists, tables of two columns, and links on
//! a line of their own. Everything else, raw HTML first, is said with its line; nothing is dropped silently.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use wire::notice::{Block, Fact, Line, Passage, TextFault, WebAddress};

use super::draft::text_code;
use super::problem::RowError;

/// Longest text.
pub(super) const BYTES_MAX: usize = 128 * 1024;

/// The blocks, or everything that is wrong. `pointer` says where the text stands in the body.
pub(super) fn blocks(text: &str, pointer: &str) -> Result<Vec<Block>, Vec<RowError>> {
    if text.len() > BYTES_MAX {
        return Err(vec![RowError::at(pointer, "too-long", "the text is too long")]);
    }
    let mut reading = Reading { text, pointer, ..Reading::default() };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reading.at = range.start;
        reading.take(event);
    }
    if reading.errors.is_empty() { Ok(reading.blocks) } else { Err(reading.errors) }
}

#[derive(Default)]
struct Reading<'t> {
    text: &'t str,
    pointer: &'t str,
    at: usize,
    blocks: Vec<Block>,
    errors: Vec<RowError>,
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

impl Reading<'_> {
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
            Event::Html(_) | Event::InlineHtml(_) => self.wrong("markdown-html", "HTML is not taken"),
            Event::Code(_) => self.wrong("markdown-unsupported", "code is not taken"),
            Event::Rule => self.wrong("markdown-unsupported", "a rule is not taken"),
            _ => self.wrong("markdown-unsupported", "this is not taken"),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let refused = match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell => None,
            Tag::List(_) if self.list.is_none() => {
                self.list = Some(Vec::new());
                None
            }
            Tag::List(_) => Some(("markdown-unsupported", "a list inside a list is not taken")),
            Tag::Table(columns) if columns.len() == 2 => {
                self.rows = Some(Vec::new());
                None
            }
            Tag::Table(_) => Some(("markdown-table", "a table has two columns: what, and how it is")),
            Tag::Link { dest_url, .. } if self.link.is_none() && self.list.is_none() && self.rows.is_none() => {
                self.link = Some(Link { address: dest_url.to_string(), label: String::new(), open: true });
                None
            }
            Tag::Link { .. } => Some(("markdown-link", "a link stands on a line of its own")),
            Tag::HtmlBlock => Some(("markdown-html", "HTML is not taken")),
            Tag::Image { .. } => Some(("markdown-unsupported", "a picture is not taken; attach it")),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                Some(("markdown-unsupported", "words cannot be emphasised"))
            }
            Tag::CodeBlock(_) => {
                Some(("markdown-unsupported", "code, or a line that begins with four spaces, is not taken"))
            }
            _ => Some(("markdown-unsupported", "this is not taken")),
        };
        if let Some((code, detail)) = refused {
            self.wrong(code, detail);
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
            TagEnd::Heading(_) => {
                if self.link.take().is_some() {
                    self.wrong("markdown-link", "a link stands on a line of its own");
                }
                let text = std::mem::take(&mut self.line);
                if let Some(text) = self.read(Line::typed(&text)) {
                    self.blocks.push(Block::Heading { text });
                }
            }
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
        if !words.trim().is_empty() {
            return self.wrong("markdown-link", "a link stands on a line of its own");
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
        let [term, text] = cells.as_slice() else { return };
        if term.is_empty() && text.is_empty() {
            return;
        }
        let row = (self.read(Line::typed(term)), self.read(Passage::typed(text)));
        if let ((Some(term), Some(text)), Some(rows)) = (row, &mut self.rows) {
            rows.push(Fact { term, text });
        }
    }

    fn read<T>(&mut self, read: Result<T, TextFault>) -> Option<T> {
        read.map_err(|fault| self.wrong(text_code(fault), &fault.to_string())).ok()
    }

    fn wrong(&mut self, code: &str, detail: &str) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = u64::try_from(before.matches('\n').count() + 1).ok();
        // What was not taken leaves nothing: that is no second fault.
        if code == "empty" && self.errors.last().is_some_and(|last| last.line == line) {
            return;
        }
        self.errors.push(RowError { line, ..RowError::at(self.pointer, code, detail) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let said = |block: &Block| serde_json::to_string(block).unwrap();
        blocks(text, "/text").unwrap().iter().map(said).collect()
    }

    fn refused(text: &str) -> Vec<(u64, String)> {
        let errors = blocks(text, "/text").unwrap_err();
        errors.into_iter().map(|error| (error.line.unwrap(), error.code)).collect()
    }

    #[test]
    fn what_a_notice_can_say_is_read() {
        let text = "## 健康診断\n\n12月に\nします。\n\n- 保険証\n- 問診票\n\n1. 予約します\n2. 来ます\n\n\
                    | | |\n|---|---|\n| 日時 | 12月10日 |\n| 場所 | 中区 |\n\nくわしくは\n[市のページ](https://www.example.jp/kenshin)\n";
        assert_eq!(
            read(text),
            [
                r#"{"block":"heading","text":"健康診断"}"#,
                r#"{"block":"paragraph","text":"12月に\nします。"}"#,
                r#"{"block":"list","items":["保険証","問診票"]}"#,
                r#"{"block":"steps","items":["予約します","来ます"]}"#,
                r#"{"block":"facts","rows":[{"term":"日時","text":"12月10日"},{"term":"場所","text":"中区"}]}"#,
                r#"{"block":"paragraph","text":"くわしくは"}"#,
                r#"{"block":"link","label":"市のページ","address":"https://www.example.jp/kenshin"}"#,
            ]
        );
    }

    #[test]
    fn places_for_a_recipients_words_come_through() {
        assert_eq!(read("{{name}}さん"), [r#"{"block":"paragraph","text":"{{name}}さん"}"#]);
    }

    #[test]
    fn a_list_inside_a_list_is_refused_with_its_line() {
        assert_eq!(refused("- あ\n  - い"), [(2, "markdown-unsupported".to_owned())]);
    }

    #[test]
    fn html_is_refused_with_its_line() {
        assert_eq!(refused("はじめ\n\n<script>alert(1)</script>\n"), [(3, "markdown-html".to_owned())]);
        assert_eq!(
            refused("はじめ\n\nあ<b>い</b>"),
            [(3, "markdown-html".to_owned()), (3, "markdown-html".to_owned())]
        );
    }

    #[test]
    fn what_is_not_taken_is_said_and_not_dropped() {
        for (text, code) in [
            ("**太字**", "markdown-unsupported"),
            ("![絵](https://www.example.jp/a.png)", "markdown-unsupported"),
            ("    code", "markdown-unsupported"),
            ("> 引用", "markdown-unsupported"),
            ("---", "markdown-unsupported"),
            ("|a|b|c|\n|-|-|-|\n|1|2|3|", "markdown-table"),
            ("くわしくは[ここ](https://www.example.jp/)", "markdown-link"),
            ("- [ここ](https://www.example.jp/)", "markdown-link"),
            ("[ここ](javascript:alert(1))", "no-address"),
            ("[ここ](http://www.example.jp/)", "no-address"),
            ("あ\u{202e}い", "unprintable"),
        ] {
            assert_eq!(refused(text), [(1, code.to_owned())], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_stands_there_it_is_read_or_refused(text in "[-#*|<>\\[\\]() a1.あ\\n`!{}_]{0,80}") {
            let _ = blocks(&text, "");
        }
    }
}
