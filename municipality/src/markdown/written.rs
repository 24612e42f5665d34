//! From blocks to a text that says the same.

use wire::notice::{Block, Fact, Passage};

/// Signs that may mean something.
const SIGNS: &str = "\\`*_[]<>&|#~+-=.)!";

/// Writes a body as it would be typed. Read again it is the same, but for line breaks in tables and spaces at the ends of
/// lines, which no text of this kind has.
pub(crate) fn written(blocks: &[Block]) -> String {
    let mut texts: Vec<String> = Vec::with_capacity(blocks.len());
    let mut other = false;
    let mut before: Option<&Block> = None;
    for block in blocks {
        // Two lists, one after the other, are told apart by their marks.
        let alike = before.is_some_and(|before| std::mem::discriminant(before) == std::mem::discriminant(block));
        other = alike && !other;
        texts.push(one(block, other));
        before = Some(block);
    }
    texts.join("\n\n")
}

/// Without a sign too many, where that says the same.
fn one(block: &Block, other: bool) -> String {
    let plain = typed(block, other, &str::to_owned);
    match super::blocks(&plain) {
        Ok(read) if read == std::slice::from_ref(block) => plain,
        _ => typed(block, other, &escaped),
    }
}

fn typed(block: &Block, other: bool, words: &dyn Fn(&str) -> String) -> String {
    let items = |items: &[Passage], mark: &dyn Fn(usize) -> String| -> String {
        let each = items.iter().enumerate().map(|(index, item)| {
            let mark = mark(index);
            let next = format!("\n{}", " ".repeat(mark.len()));
            format!("{mark}{}", words(item.as_str()).replace('\n', &next))
        });
        each.collect::<Vec<_>>().join("\n")
    };
    match block {
        Block::Heading { text } => format!("## {}", words(text.as_str())),
        Block::Paragraph { text } => words(text.as_str()),
        Block::List { items: all } => items(all, &|_| if other { "* ".to_owned() } else { "- ".to_owned() }),
        Block::Steps { items: all } => {
            items(all, &|index| if other { format!("{}) ", index + 1) } else { format!("{}. ", index + 1) })
        }
        Block::Facts { rows } => {
            let cell = |text: &str| words(&text.replace('\n', " "));
            let row = |row: &Fact| format!("| {} | {} |", cell(row.term.as_str()), cell(row.text.as_str()));
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        Block::Link { label, address } => {
            let plain = format!("[{}]({})", words(label.as_str()), address.as_str());
            if words("<") == "<" {
                plain
            } else {
                format!("[{}](<{}>)", words(label.as_str()), address.as_str().replace('&', "\\&"))
            }
        }
    }
}

/// Every sign means itself.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    let mut begins = true;
    for letter in text.chars() {
        if letter.is_ascii() && SIGNS.contains(letter) {
            written.push('\\');
            written.push(letter);
        } else if begins && letter == '・' {
            written.push_str("&#x30fb;");
        } else {
            written.push(letter);
        }
        begins = letter == '\n' || (begins && letter == ' ');
    }
    written
}
