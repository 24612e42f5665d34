//! What an officer types, as blocks, and back: a blank line ends a paragraph, `## ` heads, `- ` lists, `1. ` steps,
//! `日時 : 場所` rows of facts with `| … | … |`, `[words](https://…)` on a line of its own a link.

use wire::notice::{Block, Fact, Line, Passage, TextFault, WebAddress};

/// A text is no body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BlockFault {
    /// From 1.
    pub(super) line: usize,
    pub(super) fault: TextFault,
}

enum Piece<'a> {
    Blank,
    Heading(&'a str),
    Item(&'a str),
    Step(&'a str),
    Row(&'a str, &'a str),
    Link(&'a str, &'a str),
    Words(&'a str),
}

/// Reads a body.
pub(super) fn read(text: &str) -> Result<Vec<Block>, BlockFault> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut goes_on = false;
    for (index, line) in text.lines().enumerate() {
        let piece = piece(line.trim());
        let blank = matches!(piece, Piece::Blank);
        let fault = |fault| BlockFault { line: index + 1, fault };
        push(&mut blocks, piece, goes_on).map_err(fault)?;
        goes_on = !blank;
    }
    Ok(blocks)
}

fn piece(line: &str) -> Piece<'_> {
    if line.is_empty() {
        return Piece::Blank;
    }
    if let Some(words) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
        return Piece::Heading(words);
    }
    if let Some(words) = ["- ", "* ", "・"].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Piece::Item(words);
    }
    if let Some((number, words)) = line.split_once(". ")
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Piece::Step(words);
    }
    if let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|'))
        && let Some((term, words)) = row.split_once('|')
    {
        return Piece::Row(term, words);
    }
    if let Some((label, address)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]("))
        && let Some(address) = address.strip_suffix(')')
    {
        return Piece::Link(label, address);
    }
    Piece::Words(line)
}

/// A line goes on with the block before it, where both are of one kind and nothing stands between them.
fn push(blocks: &mut Vec<Block>, piece: Piece<'_>, goes_on: bool) -> Result<(), TextFault> {
    let last = blocks.last_mut().filter(|_| goes_on);
    let new = match (piece, last) {
        (Piece::Blank, _) => return Ok(()),
        (Piece::Heading(words), _) => Block::Heading { text: Line::typed(words)? },
        (Piece::Link(label, address), _) => {
            Block::Link { label: Line::typed(label)?, address: WebAddress::try_from(address.to_owned())? }
        }
        (Piece::Item(words), Some(Block::List { items })) | (Piece::Step(words), Some(Block::Steps { items })) => {
            items.push(Passage::typed(words)?);
            return Ok(());
        }
        (Piece::Row(term, words), Some(Block::Facts { rows })) => {
            rows.push(Fact { term: Line::typed(term)?, text: Passage::typed(words)? });
            return Ok(());
        }
        (Piece::Words(words), Some(Block::Paragraph { text })) => {
            *text = Passage::typed(&[text.as_str(), words].join("\n"))?;
            return Ok(());
        }
        (Piece::Item(words), _) => Block::List { items: vec![Passage::typed(words)?] },
        (Piece::Step(words), _) => Block::Steps { items: vec![Passage::typed(words)?] },
        (Piece::Row(term, words), _) => {
            Block::Facts { rows: vec![Fact { term: Line::typed(term)?, text: Passage::typed(words)? }] }
        }
        (Piece::Words(words), _) => Block::Paragraph { text: Passage::typed(words)? },
    };
    blocks.push(new);
    Ok(())
}

/// Writes a body as it would be typed.
pub(super) fn written(blocks: &[Block]) -> String {
    let one = |block: &Block| -> String {
        let lines = |items: &[Passage], mark: fn(usize) -> String| -> String {
            let line =
                |(index, item): (usize, &Passage)| format!("{}{}", mark(index), item.as_str().replace('\n', " "));
            items.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
        };
        match block {
            Block::Heading { text } => format!("## {}", text.as_str()),
            Block::Paragraph { text } => text.as_str().to_owned(),
            Block::List { items } => lines(items, |_| "- ".to_owned()),
            Block::Steps { items } => lines(items, |index| format!("{}. ", index + 1)),
            Block::Facts { rows } => {
                let row = |row: &Fact| format!("| {} | {} |", row.term.as_str(), row.text.as_str().replace('\n', " "));
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Block::Link { label, address } => format!("[{}]({})", label.as_str(), address.as_str()),
        }
    };
    blocks.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: &str = "40歳からの人へ\n無料です。\n\n## 持ちもの\n- カード\n- 健康保険の証\n\n1. 電話する\n2. 来る\n\n\
                         | 日時 | 12月10日 9時から |\n| 場所 | 区役所 |\n\n[くわしく](https://www.city.example.jp/kenshin)";

    #[test]
    fn what_was_typed_becomes_blocks_and_what_was_typed_again() {
        let blocks = read(TYPED).unwrap();
        let kinds: Vec<&str> = blocks
            .iter()
            .map(|block| match block {
                Block::Heading { .. } => "heading",
                Block::Paragraph { .. } => "paragraph",
                Block::List { .. } => "list",
                Block::Steps { .. } => "steps",
                Block::Facts { .. } => "facts",
                Block::Link { .. } => "link",
            })
            .collect();
        assert_eq!(kinds, ["paragraph", "heading", "list", "steps", "facts", "link"]);
        assert_eq!(read(&written(&blocks)).unwrap(), blocks);
    }

    #[test]
    fn a_blank_line_ends_a_paragraph_and_a_list() {
        assert_eq!(read("一\n二\n\n三\n\n- 四\n\n- 五").unwrap().len(), 4);
    }

    #[test]
    fn a_fault_names_its_line() {
        assert_eq!(read("よい\n\n逆\u{202e}さ"), Err(BlockFault { line: 3, fault: TextFault::Unprintable }));
        assert_eq!(read("[押す](javascript:alert)"), Err(BlockFault { line: 1, fault: TextFault::NoAddress }));
    }

    #[test]
    fn markup_is_words_like_any_other() {
        let blocks = read("<script>alert(1)</script>").unwrap();
        assert!(matches!(&blocks[..], [Block::Paragraph { text }] if text.as_str() == "<script>alert(1)</script>"));
    }
}
