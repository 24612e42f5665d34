//! The little of Markdown that a notice may be written in, by a system or by an officer: headings, paragraphs, lists, steps,
//! tables of two columns, and links on a line of their own. Everything else, raw HTML first, is said with its line; nothing
//! is dropped, and nothing is changed, silently.
//!
//! Two things more than Markdown knows, because officers write them: 「・」 begins an item, and a table needs no head.

mod fault;
mod prepared;
mod reading;
mod written;

pub(crate) use fault::{Fault, MarkdownFault};
pub(crate) use reading::blocks;
pub(crate) use written::written;

/// Longest text.
pub(crate) const BYTES_MAX: usize = 128 * 1024;

#[cfg(test)]
mod tests;
