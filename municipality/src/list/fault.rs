//! What is wrong with a line.

use wire::notice::TextFault;

use crate::draft::{DraftFault, FieldFault};

/// Letters of a column's name that are told.
const NAME_CHARS_MAX: usize = 40;

/// What is wrong with a line: for programs a word that never changes ([`LineFault::code`]) and one English line, for officers
/// a word with what it is about ([`LineFault::kept`]). Nothing of what stands there but the names of columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LineFault {
    /// Another charset, or no text.
    #[error("byte {at} of the line is not UTF-8")]
    NotUtf8 {
        /// From 1.
        at: usize,
        /// The line ends in the middle of a letter.
        open: bool,
    },
    /// The list begins as UTF-16 does.
    #[error("the list is in UTF-16: write it in UTF-8; nothing after this line was looked at")]
    Utf16,
    /// The list begins as a ZIP archive does.
    #[error("this is a spreadsheet or an archive: save it as CSV in UTF-8; nothing after this line was looked at")]
    Spreadsheet,
    /// Longer than [`super::LINE_BYTES_MAX`].
    #[error("a line has at most 65,536 bytes")]
    TooLong,
    /// No JSON.
    #[error("not JSON (column {column})")]
    NotJson {
        /// Letters, from 1.
        column: usize,
        /// It ends before the object does.
        open: bool,
    },
    /// Another JSON, from this letter on.
    #[error("an object with link_code and fields of texts is expected (column {0})")]
    NotObject(usize),
    /// Something beside `link_code` and `fields`.
    #[error("an object has link_code and fields, and nothing else")]
    MemberUnknown,
    /// A field twice.
    #[error("a field stands in the line twice")]
    FieldTwice,
    /// CSV with a line break in a cell, or a quotation mark too many.
    #[error("a quotation mark is not closed in its line")]
    QuoteOpen,
    /// No CSV.
    #[error("not a line of CSV")]
    NotCsv,
    /// Cells without a name, or the other way round.
    #[error("{expected} columns are expected, {found} are there")]
    Cells {
        /// As the first line says.
        expected: usize,
        /// In this line.
        found: usize,
    },
    /// The first line does not say which columns there are.
    #[error("the first line names the columns, link_code among them; nothing after it was looked at")]
    Head,
    /// Columns apart by something else.
    #[error("columns stand apart by commas; nothing after this line was looked at")]
    Separator,
    /// Two columns of one name.
    #[error("a column stands there twice; nothing after this line was looked at")]
    ColumnTwice,
    /// A column that the text has no place for.
    #[error("the text has no place {{{{{0}}}}}; nothing after this line was looked at")]
    ColumnUnknown(String),
    /// A place that no column fills.
    #[error("there is no column for {{{{{0}}}}}; nothing after this line was looked at")]
    ColumnMissing(String),
    /// No link code.
    #[error("link_code is not 43 letters of base64url")]
    LinkCode {
        /// It stands at the end of the line, and may be the beginning of one.
        open: bool,
    },
    /// The fields do not fit the text.
    #[error("{}", field_words(.0))]
    Field(FieldFault),
    /// With these fields it is no notice.
    #[error("{0}")]
    DoesNotFit(DraftFault),
    /// The list ends here, and not at the end of a line.
    #[error("the list ends in the middle of this line")]
    CutOff,
    /// Somebody who stands there before.
    #[error("the same link code as in line {0}")]
    Duplicate(u64),
    /// Beyond what can be counted.
    #[error("the list is too long")]
    TooMany,
}

impl LineFault {
    /// For programs: never changes.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 { .. } => "not-utf8",
            Self::Utf16 => "utf-16",
            Self::Spreadsheet => "spreadsheet",
            Self::TooLong => "line-too-long",
            Self::NotJson { .. } | Self::NotObject(_) | Self::QuoteOpen | Self::NotCsv | Self::Cells { .. } => {
                "malformed"
            }
            Self::MemberUnknown | Self::ColumnUnknown(_) => "column-unknown",
            Self::FieldTwice => "field-twice",
            Self::Head | Self::ColumnMissing(_) => "column-missing",
            Self::Separator => "separator",
            Self::ColumnTwice => "column-twice",
            Self::LinkCode { .. } => "link-code",
            Self::Field(fault) => field_code(fault),
            Self::DoesNotFit(_) => "does-not-fit",
            Self::CutOff => "cut-off",
            Self::Duplicate(_) => "duplicate",
            Self::TooMany => "too-many-lines",
        }
    }

    /// For officers, as it is kept: a word, and after a colon what it is about.
    pub(crate) fn kept(&self) -> String {
        match self {
            Self::NotUtf8 { at, .. } => format!("not-utf8:{at}"),
            Self::NotJson { column, .. } => format!("not-json:{column}"),
            Self::NotObject(column) => format!("not-object:{column}"),
            Self::MemberUnknown => "member-unknown".to_owned(),
            Self::QuoteOpen => "quote-open".to_owned(),
            Self::NotCsv => "not-csv".to_owned(),
            Self::Cells { expected, found } => format!("cells:{expected}/{found}"),
            Self::Head => "head".to_owned(),
            Self::ColumnUnknown(name) => format!("column-unknown:{}", told(name)),
            Self::ColumnMissing(name) => format!("column-missing:{}", told(name)),
            Self::Field(FieldFault::Missing(name)) => format!("field-missing:{}", told(name)),
            Self::Field(FieldFault::Unknown(name)) => format!("field-unknown:{}", told(name)),
            Self::Field(FieldFault::Malformed | FieldFault::Text(_)) => format!("field-text:{}", self.code()),
            Self::Duplicate(line) => format!("duplicate:{line}"),
            Self::Utf16
            | Self::Spreadsheet
            | Self::TooLong
            | Self::FieldTwice
            | Self::Separator
            | Self::ColumnTwice
            | Self::LinkCode { .. }
            | Self::DoesNotFit(_)
            | Self::CutOff
            | Self::TooMany => self.code().to_owned(),
        }
    }

    /// The same of the last line, where the list does not end with the end of a line.
    pub(super) fn at_an_open_end(self) -> Self {
        match self {
            Self::NotUtf8 { open: true, .. }
            | Self::NotJson { open: true, .. }
            | Self::QuoteOpen
            | Self::LinkCode { open: true } => Self::CutOff,
            Self::Cells { expected, found } if found < expected => Self::CutOff,
            other => other,
        }
    }

    /// Whether what follows cannot be read either.
    pub(super) fn is_of_the_whole(&self) -> bool {
        matches!(
            self,
            Self::Utf16
                | Self::Spreadsheet
                | Self::Head
                | Self::Separator
                | Self::ColumnTwice
                | Self::ColumnUnknown(_)
                | Self::ColumnMissing(_)
        )
    }
}

/// A word for what is wrong with a recipient's fields.
pub(crate) fn field_code(fault: &FieldFault) -> &'static str {
    match fault {
        FieldFault::Missing(_) => "field-missing",
        FieldFault::Unknown(_) => "field-unknown",
        FieldFault::Malformed => "place-malformed",
        FieldFault::Text(fault) => text_code(*fault),
    }
}

/// A word for what is wrong with a text.
pub(crate) fn text_code(fault: TextFault) -> &'static str {
    match fault {
        TextFault::Empty => "empty",
        TextFault::TooLong => "too-long",
        TextFault::Unprintable => "unprintable",
        TextFault::NotNormal => "not-normal",
        TextFault::NoAddress => "no-address",
    }
}

fn field_words(fault: &FieldFault) -> String {
    match fault {
        FieldFault::Missing(name) => FieldFault::Missing(told(name)).to_string(),
        FieldFault::Unknown(name) => FieldFault::Unknown(told(name)).to_string(),
        FieldFault::Malformed | FieldFault::Text(_) => fault.to_string(),
    }
}

/// The name of a column as it can be told: what nobody can see is left out, and what is no name is short.
pub(super) fn told(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}
