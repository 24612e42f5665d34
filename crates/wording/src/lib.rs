//! Words: Fluent texts in three languages, and access records as sentences (P-LOG-7, P-LOG-13). Pure; server side only.
//!
//! [`Words::of`] gives the texts of the pages by the constants of [`key`]; [`record`] turns an access record into
//! sentences with the dictionary version that the record carries; [`information()`] turns an institution's answer into
//! tables. No internal code reaches the screen. The build
//! fails when the languages differ in keys or variables.

mod book;
mod dates;
mod dictionary;
mod error_case;
mod generated;
mod information;
mod negotiate;
mod pattern;
mod record;
mod texts;
mod words;

pub use dates::{
    UnknownYears, Years, date, date_in, date_time, date_time_in, duration, in_sentence, in_sentence_years, month,
    wareki, wareki_year,
};
pub use dictionary::{
    info_kind, info_kind_about, info_kinds, organisation, organisation_about, organisations, outcome,
};
pub use error_case::{ErrorCase, ErrorWords};
pub use generated::{error_case as error, key};
pub use information::{InformationRecord, InformationRow, InformationTable, InformationWords, information};
pub use negotiate::negotiate;
pub use record::{RecordLine, RecordWords, record, record_in, record_line, record_line_in};
pub use texts::Texts;
pub use words::{Key, MissingVariable, Value, Words};
