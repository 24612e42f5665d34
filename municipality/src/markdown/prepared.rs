//! What officers write, as Markdown: 「・」 begins an item, and rows without a head are a table.

/// A text, and of which line of what was written each of its lines is.
pub(super) struct Prepared {
    pub(super) text: String,
    line_of: Vec<usize>,
}

impl Prepared {
    pub(super) fn of(written: &str) -> Self {
        let mut prepared = Self { text: String::with_capacity(written.len() + 64), line_of: Vec::new() };
        let lines: Vec<&str> = written.lines().collect();
        let mut table = Table::None;
        for (index, line) in lines.iter().enumerate() {
            let number = index + 1;
            match table {
                Table::None if is_row(line) => {
                    if lines.get(number).is_some_and(|next| is_rule(next)) {
                        table = Table::Headed;
                    } else {
                        for made in ["", "| | |", "|---|---|"] {
                            prepared.push(made, number);
                        }
                        table = Table::Made;
                    }
                }
                Table::Headed | Table::Made if line.trim().is_empty() => table = Table::None,
                Table::Made if !is_row(line) => {
                    prepared.push("", number);
                    table = Table::None;
                }
                Table::None | Table::Headed | Table::Made => {}
            }
            match line.trim_start_matches([' ', '\t']).strip_prefix('・') {
                Some(item) => prepared.push(&["- ", item].concat(), number),
                None => prepared.push(line, number),
            }
        }
        prepared
    }

    /// The line of what was written, from 1, in which this byte stands.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        self.line_of.get(line).or(self.line_of.last()).copied().unwrap_or(1)
    }

    fn push(&mut self, line: &str, number: usize) {
        self.text.push_str(line);
        self.text.push('\n');
        self.line_of.push(number);
    }
}

#[derive(Clone, Copy)]
enum Table {
    None,
    /// As Markdown has them.
    Headed,
    /// Rows to which a head was made.
    Made,
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|")
}

/// The line under the head of a table.
fn is_rule(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'\r'))
}
