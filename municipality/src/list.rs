//! Lists of recipients: NDJSON or CSV, a line for each person, by the institution's own link codes. One reader for
//! whoever brings them: the institution's systems ([`crate::api`]), its officers ([`crate::console`]) and the command.
//!
//! A list is read as it comes. Memory holds one [`Batch`], the beginning of one line and the piece that came last, however
//! long the list is; who stands there twice the tables know. Whatever is wrong is told with its line, and nothing of what
//! stands there but the names of columns.

mod cutter;
mod fault;
mod keep;
mod line;
mod reader;
mod rules;

pub(crate) use fault::{LineFault, field_code, text_code};
pub(crate) use keep::{Twice, keep};
pub(crate) use reader::{Batch, ListReader, Step, Stop};
pub(crate) use rules::Rules;

/// Longest line.
pub(crate) const LINE_BYTES_MAX: usize = 64 * 1024;
/// Most recipients; a line more names the columns.
pub(crate) const RECIPIENTS_MAX: u64 = 5_000_000;
/// Of what is wrong so much is kept; all of it is counted.
pub(crate) const FAULTS_MAX: u64 = 1000;

#[cfg(test)]
mod tests;
