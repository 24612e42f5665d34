//! What is wrong with a text.

use wire::notice::TextFault;

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownFault {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) fault: Fault,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum Fault {
    /// The whole text.
    #[error("the text is too long")]
    TooLong,
    #[error("HTML is not taken; \\< writes the sign itself")]
    Html,
    #[error("a picture is not taken; attach it")]
    Picture,
    #[error("words cannot be emphasised; \\* writes the sign itself")]
    Emphasis,
    #[error("code, or a line that begins with four spaces, is not taken")]
    Code,
    #[error("a rule is not taken")]
    Rule,
    #[error("a quotation is not taken")]
    Quotation,
    #[error("a list inside a list is not taken")]
    ListInList,
    #[error("an item of a list has words only")]
    InsideItem,
    #[error("steps are numbered from 1; \\. after a number makes it no step")]
    Number,
    #[error("a heading has one line")]
    HeadingLines,
    #[error("a table has two columns: what, and how it is")]
    Table,
    #[error("a link stands on a line of its own")]
    Link,
    #[error("a link has no title beside its words")]
    LinkTitle,
    #[error("a line that only names an address for a link elsewhere is not taken")]
    Reference,
    #[error("this is not taken")]
    Other,
    #[error(transparent)]
    Text(#[from] TextFault),
}

impl Fault {
    /// For programs: never changes.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::Html => "markdown-html",
            Self::Picture
            | Self::Emphasis
            | Self::Code
            | Self::Rule
            | Self::Quotation
            | Self::ListInList
            | Self::InsideItem
            | Self::HeadingLines
            | Self::Other => "markdown-unsupported",
            Self::Number => "markdown-number",
            Self::Table => "markdown-table",
            Self::Link | Self::LinkTitle | Self::Reference => "markdown-link",
            Self::Text(fault) => crate::list::text_code(fault),
        }
    }
}
