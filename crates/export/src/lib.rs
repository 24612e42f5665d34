//! What a person takes home of their own information (P-INF-7): tables for spreadsheet programs, data, a page to read
//! without a network, a typesetting job for the PDF, and one archive with everything and the institutions' signatures.
//! Pure: no network, no clock, no files; whoever calls says where the bytes go.
//!
//! A notice by itself becomes a document by [`notice`].
//!
//! [`Export`] is what was gathered; [`Export::tell`] reads it once and puts it into words; everything else writes what
//! [`Told`] holds: [`spreadsheet`], [`data`], [`viewer`], [`pdf`] and [`archive`].

pub mod archive;
mod contents;
pub mod data;
pub mod notice;
pub mod pdf;
mod plain;
pub mod spreadsheet;
pub mod viewer;

#[cfg(test)]
mod sample;

pub use contents::{Answer, Export, Part, Told, Unreadable};
