//! `{{name}}`: places in the words of a draft.

use std::collections::{BTreeMap, BTreeSet};

use wire::notice::{Block, Fact, InLanguages, Line, NoticeText, Passage, TextFault};

use super::texts_of;

/// A recipient's own words, by name.
pub type Fields = BTreeMap<String, String>;

/// A recipient's fields do not fit the draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    /// The draft has this place, and the recipient has nothing for it, or nothing but spaces.
    #[error("nothing is given for {{{{{0}}}}}")]
    Missing(String),
    /// The draft has no such place.
    #[error("there is no place {{{{{0}}}}} in the text")]
    Unknown(String),
    /// `{{` without `}}`, or a name that is none.
    #[error("a place is written {{{{name}}}}, in small letters, digits and hyphens")]
    Malformed,
    /// Filled in, the text is none.
    #[error("filled in, the text is not accepted: {0}")]
    Text(#[from] TextFault),
}

enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, FieldFault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once("{{") {
        let (place, after) = after.split_once("}}").ok_or(FieldFault::Malformed)?;
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if place.is_empty() || place.len() > 40 || !place.bytes().all(letter) {
            return Err(FieldFault::Malformed);
        }
        pieces.push(Piece::Words(words));
        pieces.push(Piece::Place(place));
        rest = after;
    }
    pieces.push(Piece::Words(rest));
    Ok(pieces)
}

pub(super) fn places(text: &InLanguages<NoticeText>) -> BTreeSet<String> {
    let texts = text.all().flat_map(|text| {
        std::iter::once(text.title.as_str()).chain(text.body.iter().flat_map(texts_of)).collect::<Vec<_>>()
    });
    let place = |piece| match piece {
        Piece::Place(place) => Some(place.to_owned()),
        Piece::Words(_) => None,
    };
    texts.flat_map(|text| pieces(text).unwrap_or_default()).filter_map(place).collect()
}

pub(super) fn filled(text: &InLanguages<NoticeText>, fields: &Fields) -> Result<InLanguages<NoticeText>, FieldFault> {
    let known = places(text);
    if let Some(unknown) = fields.keys().find(|name| !known.contains(*name)) {
        return Err(FieldFault::Unknown(unknown.clone()));
    }
    let fill = |text: &NoticeText| -> Result<NoticeText, FieldFault> {
        Ok(NoticeText {
            title: line(&text.title, fields)?,
            body: text.body.iter().map(|block| filled_block(block, fields)).collect::<Result<_, _>>()?,
        })
    };
    Ok(InLanguages {
        ja: fill(&text.ja)?,
        ja_easy: text.ja_easy.as_ref().map(fill).transpose()?,
        en: text.en.as_ref().map(fill).transpose()?,
    })
}

fn filled_block(block: &Block, fields: &Fields) -> Result<Block, FieldFault> {
    let items = |items: &[Passage]| items.iter().map(|item| passage(item, fields)).collect::<Result<Vec<_>, _>>();
    Ok(match block {
        Block::Heading { text } => Block::Heading { text: line(text, fields)? },
        Block::Paragraph { text } => Block::Paragraph { text: passage(text, fields)? },
        Block::List { items: all } => Block::List { items: items(all)? },
        Block::Steps { items: all } => Block::Steps { items: items(all)? },
        Block::Facts { rows } => {
            let row = |row: &Fact| Ok(Fact { term: line(&row.term, fields)?, text: passage(&row.text, fields)? });
            Block::Facts { rows: rows.iter().map(row).collect::<Result<_, FieldFault>>()? }
        }
        // Where a link leads is the same for everybody.
        Block::Link { label, address } => Block::Link { label: line(label, fields)?, address: address.clone() },
    })
}

fn line(text: &Line, fields: &Fields) -> Result<Line, FieldFault> {
    Ok(Line::typed(&words(text.as_str(), fields)?)?)
}

fn passage(text: &Passage, fields: &Fields) -> Result<Passage, FieldFault> {
    Ok(Passage::typed(&words(text.as_str(), fields)?)?)
}

fn words(text: &str, fields: &Fields) -> Result<String, FieldFault> {
    let fill = |piece| match piece {
        Piece::Words(words) => Ok(words),
        Piece::Place(place) => {
            let own = fields.get(place).map(String::as_str).filter(|own| !own.trim().is_empty());
            own.ok_or_else(|| FieldFault::Missing(place.to_owned()))
        }
    };
    pieces(text)?.into_iter().map(fill).collect()
}
