//! One line: a recipient, or what is wrong.

use std::collections::BTreeSet;
use std::fmt;

use domain::LinkCode;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::{LineFault, Rules};
use crate::draft::Fields;
use crate::store::{ListForm, NewRecipient};

const CODE: &str = "link_code";
/// Letters of a link code.
const CODE_LETTERS: usize = 43;
/// What [`Once`] says.
const TWICE: &str = "a field twice";

/// Reads the lines of one list.
pub(super) struct LineReader {
    rules: Rules,
    /// None: the first line says it.
    form: Option<ListForm>,
    columns: Option<Vec<String>>,
    /// What was wrong with the first line is wrong with all.
    hopeless: bool,
}

/// What stands in a line.
pub(super) enum What {
    /// Nothing, or the names of the columns.
    Nothing,
    /// Somebody.
    Recipient(NewRecipient),
    /// Something wrong.
    Fault(LineFault),
}

impl LineReader {
    pub(super) fn new(rules: Rules, form: Option<ListForm>, columns: Option<Vec<String>>, hopeless: bool) -> Self {
        Self { rules, form, columns, hopeless }
    }

    /// The names of the columns, once they were read.
    pub(super) fn columns(&self) -> Option<&[String]> {
        self.columns.as_deref()
    }

    /// Reads line `number` (from 1). `text` is none where the line is too long; `last`: it has no line break.
    pub(super) fn read(&mut self, number: u64, text: Option<&[u8]>, last: bool) -> What {
        if self.hopeless {
            return What::Nothing;
        }
        match text.ok_or(LineFault::TooLong).and_then(|line| self.recipient(number, line)) {
            Ok(None) => What::Nothing,
            Ok(Some(recipient)) => What::Recipient(recipient),
            Err(fault) => {
                self.hopeless = fault.is_of_the_whole();
                What::Fault(if last { fault.at_an_open_end() } else { fault })
            }
        }
    }

    /// None: an empty line, or the names of the columns.
    fn recipient(&mut self, number: u64, line: &[u8]) -> Result<Option<NewRecipient>, LineFault> {
        let line = if number == 1 { beginning(line)? } else { line };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let text = std::str::from_utf8(line)
            .map_err(|error| LineFault::NotUtf8 { at: error.valid_up_to() + 1, open: error.error_len().is_none() })?;
        let begins = || if text.trim_start().starts_with('{') { ListForm::Ndjson } else { ListForm::Csv };
        let (code, fields, ends) = match *self.form.get_or_insert_with(begins) {
            ListForm::Ndjson => object(text).map(|(code, fields)| (code, fields, false))?,
            ListForm::Csv => {
                let Some(columns) = &self.columns else {
                    self.columns = Some(self.head(text)?);
                    return Ok(None);
                };
                let (code, fields) = record(text, columns)?;
                (code, fields, columns.last().is_some_and(|last| last == CODE))
            }
        };
        let link_code: LinkCode =
            code.parse().map_err(|_| LineFault::LinkCode { open: ends && begins_a_code(&code) })?;
        let fields = self.rules.fitting(&fields)?;
        let place = number.checked_sub(1).and_then(|place| u32::try_from(place).ok()).ok_or(LineFault::TooMany)?;
        Ok(Some(NewRecipient { place, link_code, fields }))
    }

    /// The columns, which are the places of the draft and the code: said once, in the first line.
    fn head(&self, text: &str) -> Result<Vec<String>, LineFault> {
        let columns: Vec<String> = cells(text)?.iter().map(|name| name.trim().to_owned()).collect();
        let once: BTreeSet<&String> = columns.iter().collect();
        if once.len() != columns.len() {
            return Err(LineFault::ColumnTwice);
        }
        if !columns.iter().any(|name| name == CODE) {
            let apart = |between: char| text.split(between).any(|name| name.trim().trim_matches('"') == CODE);
            let other = [';', '\t', '|'].into_iter().any(apart);
            return Err(if other { LineFault::Separator } else { LineFault::Head });
        }
        let places = self.rules.places();
        if let Some(unknown) = columns.iter().find(|name| *name != CODE && !places.contains(*name)) {
            return Err(LineFault::ColumnUnknown(super::fault::told(unknown)));
        }
        match places.iter().find(|place| !columns.contains(place)) {
            Some(missing) => Err(LineFault::ColumnMissing(missing.clone())),
            None => Ok(columns),
        }
    }
}

fn begins_a_code(text: &str) -> bool {
    text.len() < CODE_LETTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The first line without a byte order mark. Two kinds of files that people take for text are known by how they begin.
fn beginning(line: &[u8]) -> Result<&[u8], LineFault> {
    match line {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(LineFault::Utf16),
        [b'P', b'K', 3, 4, ..] => Err(LineFault::Spreadsheet),
        _ => Ok(line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line)),
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    link_code: String,
    #[serde(default)]
    fields: Once,
}

/// Fields, each once: of two of one name nobody could say which is meant.
#[derive(Default)]
struct Once(Fields);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Once;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
                let mut fields = Fields::new();
                while let Some((name, text)) = map.next_entry()? {
                    if fields.insert(name, text).is_some() {
                        return Err(A::Error::custom(TWICE));
                    }
                }
                Ok(Once(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

fn object(text: &str) -> Result<(String, Fields), LineFault> {
    let read: Result<Object, _> = serde_json::from_str(text);
    let object = read.map_err(|error| {
        // What serde says of data may quote it: it is only looked at.
        let said = error.to_string();
        if !error.is_data() {
            LineFault::NotJson { column: letter(text, error.column()), open: error.is_eof() }
        } else if said.starts_with("unknown field") {
            LineFault::MemberUnknown
        } else if said.starts_with(TWICE) {
            LineFault::FieldTwice
        } else {
            LineFault::NotObject(letter(text, error.column()))
        }
    })?;
    Ok((object.link_code, object.fields.0))
}

/// Which letter of a line a byte belongs to, both from 1: serde counts bytes, people count letters.
fn letter(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(begins, _)| *begins < byte).count().max(1)
}

fn record(text: &str, columns: &[String]) -> Result<(String, Fields), LineFault> {
    let cells = cells(text)?;
    if cells.len() != columns.len() {
        return Err(LineFault::Cells { expected: columns.len(), found: cells.len() });
    }
    let mut fields = Fields::new();
    let mut code = String::new();
    for (name, cell) in columns.iter().zip(cells) {
        if name == CODE {
            cell.trim().clone_into(&mut code);
        } else {
            fields.insert(name.clone(), cell);
        }
    }
    Ok((code, fields))
}

/// RFC 4180, one record a line: what stands in quotation marks has no line break.
fn cells(text: &str) -> Result<Vec<String>, LineFault> {
    if !text.contains('"') {
        return Ok(text.split(',').map(str::to_owned).collect());
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(LineFault::QuoteOpen);
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => Ok(record.iter().map(str::to_owned).collect()),
        _ => Err(LineFault::NotCsv),
    }
}
