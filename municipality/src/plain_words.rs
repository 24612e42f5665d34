//! What makes an official text hard to read, found before it is sent: warnings with their place and what to do, never a
//! refusal. The measures are those of the house's own guide to words.

mod measures;

use domain::Locale;
use jiff::civil::Date;
use wire::notice::{Block, InLanguages, NoticeText};

use crate::texts::{say, say_with};
use measures::{hardness, has_double_negation, honorifics, kanji_share, sentences};

/// Characters of a sentence: 日本語.
const SENTENCE: usize = 90;
/// Characters of a sentence: やさしい日本語.
const SENTENCE_EASY: usize = 40;
/// Of a hundred characters, so many may be kanji.
const KANJI: usize = 45;
const KANJI_EASY: usize = 30;
/// A text shorter than that says nothing about its share of kanji.
const SHARE_FROM: usize = 30;
/// A body that is shorter and has a file leaves everything to the file.
const HARDLY_ANY: usize = 80;
/// Courtesies in one sentence.
const HONORIFICS: usize = 2;

/// What is hard to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// In which of the texts.
    pub locale: Locale,
    /// Where in it.
    pub place: Place,
    /// What.
    pub what: What,
}

/// Where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The title.
    Title,
    /// A block of the body, from 1.
    Block(usize),
    /// All of it.
    Whole,
}

/// What.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A sentence of so many characters, and how it begins.
    LongSentence {
        /// Characters.
        chars: usize,
        /// At most.
        most: usize,
        /// Its beginning.
        begins: String,
    },
    /// So many of a hundred characters are kanji.
    Kanji(usize),
    /// 「ないわけではない」
    DoubleNegation(String),
    /// Courtesies upon courtesies, and how the sentence begins.
    Honorifics(String),
    /// A word that only offices use, and what to say instead.
    OfficeWord(&'static str, &'static str),
    /// 【重要】 in a title.
    Shouting,
    /// The title does not say the deadline that there is.
    TitleWithoutDeadline(Date),
    /// Hardly any text beside a file.
    OnlyAFile,
    /// No やさしい日本語.
    NoEasy,
}

impl Warning {
    /// What is so, and what to do.
    pub fn words(&self) -> (String, String) {
        let owned = |key: &str| say(key).to_owned();
        let begins = |key: &str, words: &str| say_with(key, &[("words", words.into())]);
        match &self.what {
            What::LongSentence { chars, most, begins } => (
                say_with(
                    "hard-sentence",
                    &[("words", begins.into()), ("chars", (*chars).into()), ("most", (*most).into())],
                ),
                owned("hard-sentence-next"),
            ),
            What::Kanji(share) => (say_with("hard-kanji", &[("share", (*share).into())]), owned("hard-kanji-next")),
            What::DoubleNegation(words) => (begins("hard-negation", words), owned("hard-negation-next")),
            What::Honorifics(words) => (begins("hard-honorifics", words), owned("hard-honorifics-next")),
            What::OfficeWord(word, instead) => (begins("hard-word", word), begins("hard-word-next", instead)),
            What::Shouting => (owned("hard-shouting"), owned("hard-shouting-next")),
            What::TitleWithoutDeadline(day) => {
                let (month, day) = (day.month().to_string(), day.day().to_string());
                (
                    owned("hard-deadline"),
                    say_with("hard-deadline-next", &[("month", month.into()), ("day", day.into())]),
                )
            }
            What::OnlyAFile => (owned("hard-file"), owned("hard-file-next")),
            What::NoEasy => (owned("hard-no-easy"), owned("hard-no-easy-next")),
        }
    }
}

/// Reads a notice as somebody who does not know the office would.
pub fn check(text: &InLanguages<NoticeText>, deadline: Option<Date>, has_files: bool) -> Vec<Warning> {
    let mut found = Vec::new();
    check_one(&text.ja, Locale::Ja, deadline, &mut found);
    if let Some(easy) = &text.ja_easy {
        check_one(easy, Locale::JaEasy, deadline, &mut found);
    } else {
        found.push(Warning { locale: Locale::JaEasy, place: Place::Whole, what: What::NoEasy });
    }
    let chars: usize = text.ja.body.iter().flat_map(passages).map(|text| text.chars().count()).sum();
    if has_files && chars < HARDLY_ANY {
        found.push(Warning { locale: Locale::Ja, place: Place::Whole, what: What::OnlyAFile });
    }
    found
}

fn check_one(text: &NoticeText, locale: Locale, deadline: Option<Date>, found: &mut Vec<Warning>) {
    let mut warn = |place, what| found.push(Warning { locale, place, what });
    let title = text.title.as_str();
    if title.contains(['【', '】', '※', '★', '■']) || title.starts_with("重要") || title.starts_with("至急")
    {
        warn(Place::Title, What::Shouting);
    }
    if let Some(day) = deadline
        && !says_day(title, day)
    {
        warn(Place::Title, What::TitleWithoutDeadline(day));
    }
    let easy = locale == Locale::JaEasy;
    let most = if easy { SENTENCE_EASY } else { SENTENCE };
    let places = std::iter::once((Place::Title, vec![title]));
    let blocks = text.body.iter().enumerate().map(|(index, block)| (Place::Block(index + 1), passages(block)));
    for (place, texts) in places.chain(blocks) {
        for sentence in texts.iter().flat_map(|text| sentences(text)) {
            let chars = sentence.chars().count();
            if chars > most {
                warn(place, What::LongSentence { chars, most, begins: beginning(sentence) });
            }
            if let Some(words) = has_double_negation(sentence) {
                warn(place, What::DoubleNegation(words.to_owned()));
            }
            if honorifics(sentence) > if easy { 0 } else { HONORIFICS } {
                warn(place, What::Honorifics(beginning(sentence)));
            }
            for (word, instead) in hardness(sentence) {
                warn(place, What::OfficeWord(word, instead));
            }
        }
    }
    let whole: String = text.body.iter().flat_map(passages).collect();
    if whole.chars().count() >= SHARE_FROM {
        let share = kanji_share(&whole);
        if share > if easy { KANJI_EASY } else { KANJI } {
            warn(Place::Whole, What::Kanji(share));
        }
    }
}

fn passages(block: &Block) -> Vec<&str> {
    match block {
        Block::Heading { text } => vec![text.as_str()],
        Block::Paragraph { text } => vec![text.as_str()],
        Block::List { items } | Block::Steps { items } => items.iter().map(wire::notice::Passage::as_str).collect(),
        Block::Facts { rows } => rows.iter().map(|row| row.text.as_str()).collect(),
        Block::Link { label, .. } => vec![label.as_str()],
    }
}

fn says_day(title: &str, day: Date) -> bool {
    // １２月１０日 is written by many.
    let narrow: String =
        title.chars().map(|c| char::from_digit(wide_digit(c), 10).unwrap_or(c)).filter(|c| *c != ' ').collect();
    [format!("{}月{}日", day.month(), day.day()), format!("{}/{}", day.month(), day.day())]
        .iter()
        .any(|said| narrow.contains(said))
}

fn wide_digit(letter: char) -> u32 {
    match letter {
        '０'..='９' => u32::from(letter) - u32::from('０'),
        _ => u32::MAX,
    }
}

fn beginning(sentence: &str) -> String {
    sentence.chars().take(15).collect()
}

#[cfg(test)]
mod tests;
