//! Messages between portal, core, institutions and reader. Serde types and the bytes that are signed; no I/O.
//!
//! One module a conversation. Every message refuses unknown fields, so that a field that must not travel
//! (4-info to the core: N-4; 番号 anywhere: N-1) cannot be smuggled in.

pub mod access_records;
pub mod card_file;
pub mod code_end;
pub mod correction_report;
pub mod issuance;
pub mod jpki;
pub mod mediation;
pub mod notice;
mod padding;
mod plain_text;
mod problem;
pub mod reader;
pub mod self_view;

pub use problem::Problem;
