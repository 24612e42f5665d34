//! One ZIP with everything: what to read, what to compute with, and what proves where it came from.
//!
//! | entry | what |
//! | --- | --- |
//! | `README.txt` | what is inside and how to check the signatures, in the person's language |
//! | `viewer.html` | [`crate::viewer`] |
//! | `my-information.pdf` | where the caller has it |
//! | `data.json` | [`crate::data`] |
//! | `csv/<ORG>-<kind>.csv`, `csv/access-records.csv` | [`crate::spreadsheet`] |
//! | `answers/<ORG>-<kind>.p7m` | CMS `SignedData` (DER) of the institution, content inside, to the byte as it came |
//! | `org-ca.pem` | where the caller gives it: the authority beneath which institutions sign |
//! | `manifest.json` | name, size and SHA-256 of every other entry, in canonical JSON (RFC 8785) |
//!
//! The same export gives the same bytes: order and times come from it.

mod gate;
mod manifest;
mod readme;

use std::{
    io::{self, Write},
    ops::ControlFlow,
};

use jiff::tz::Offset;
use zip::{CompressionMethod, DateTime, System, ZipWriter, write::SimpleFileOptions};

use crate::{Answer, Told, data, spreadsheet, viewer};
use gate::Gate;
use manifest::Manifest;

/// What the caller adds.
#[derive(Clone, Copy, Default)]
pub struct Enclosed<'a> {
    /// The typeset document, made from [`crate::pdf::job`].
    pub pdf: Option<&'a [u8]>,
    /// PEM of the authority beneath which institutions sign. Enclosing it is a convenience, as the README says.
    pub authority_pem: Option<&'a str>,
}

/// How far the archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Entries written.
    pub done: usize,
    /// Entries in all.
    pub of: usize,
}

/// The archive was not finished. What was written is no archive and must be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The person does not want it any more.
    #[error("cancelled")]
    Cancelled,
    /// The writer failed, or an entry could not be made.
    #[error("the archive could not be written")]
    Write(#[source] io::Error),
}

impl From<io::Error> for ArchiveError {
    fn from(source: io::Error) -> Self {
        Self::Write(source)
    }
}

impl From<zip::result::ZipError> for ArchiveError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Write(error.into())
    }
}

/// Writes the archive. `step` is told how far it is before every entry and at the end; where it breaks, nothing more is
/// written. Without its directory, which comes last, no program takes the bytes for an archive.
///
/// # Errors
/// When `step` breaks or the writer fails.
pub fn write(
    told: &Told<'_>,
    enclosed: &Enclosed<'_>,
    out: impl Write,
    step: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), ArchiveError> {
    let gate = Gate::new(out);
    let closer = gate.closer();
    let mut zip = ZipWriter::new_stream(gate);
    let written = write_entries(told, enclosed, &mut zip, step);
    if let Err(error) = written {
        // The writer would finish the archive when it is dropped.
        closer.close();
        return Err(error);
    }
    match zip.finish() {
        Ok(mut stream) => Ok(stream.flush()?),
        Err(error) => Err(error.into()),
    }
}

fn write_entries<W: Write + io::Seek>(
    told: &Told<'_>,
    enclosed: &Enclosed<'_>,
    zip: &mut ZipWriter<W>,
    step: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), ArchiveError> {
    let entries = entries(told, enclosed);
    let of = entries.len() + 1;
    let options = options(told);
    let mut manifest = Manifest::new(told.export);
    let mut bytes = Vec::new();
    for (done, entry) in entries.iter().enumerate() {
        go_on(step, Progress { done, of })?;
        bytes.clear();
        entry.write(told, enclosed, &mut bytes)?;
        let name = entry.name();
        manifest.add(&name, &bytes, entry.answer());
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    go_on(step, Progress { done: entries.len(), of })?;
    zip.start_file(MANIFEST, options)?;
    zip.write_all(&manifest.canonical()?)?;
    go_on(step, Progress { done: of, of })
}

fn go_on(step: &mut dyn FnMut(Progress) -> ControlFlow<()>, progress: Progress) -> Result<(), ArchiveError> {
    match step(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ArchiveError::Cancelled),
    }
}

const README: &str = "README.txt";
const VIEWER: &str = "viewer.html";
const PDF: &str = "my-information.pdf";
const DATA: &str = "data.json";
const RECORDS: &str = "csv/access-records.csv";
const AUTHORITY: &str = "org-ca.pem";
const MANIFEST: &str = "manifest.json";

fn table_name(answer: &Answer<'_>) -> String {
    format!("csv/{}.csv", answer.name)
}

fn signed_name(answer: &Answer<'_>) -> String {
    format!("answers/{}.p7m", answer.name)
}

enum Entry<'t, 'a> {
    Readme,
    Viewer,
    Pdf(&'a [u8]),
    Data,
    Table(&'t Answer<'a>),
    Records,
    Signed(&'t Answer<'a>),
    Authority(&'a str),
}

/// What a person opens first stands first.
fn entries<'t, 'a: 't>(told: &'t Told<'a>, enclosed: &Enclosed<'a>) -> Vec<Entry<'t, 'a>> {
    let mut entries = vec![Entry::Readme, Entry::Viewer];
    entries.extend(enclosed.pdf.map(Entry::Pdf));
    entries.push(Entry::Data);
    entries.extend(told.answers.iter().map(Entry::Table));
    entries.extend(told.records.is_some().then_some(Entry::Records));
    entries.extend(told.answers.iter().map(Entry::Signed));
    entries.extend(enclosed.authority_pem.map(Entry::Authority));
    entries
}

impl<'t, 'a> Entry<'t, 'a> {
    fn name(&self) -> String {
        match self {
            Self::Readme => README.to_owned(),
            Self::Viewer => VIEWER.to_owned(),
            Self::Pdf(_) => PDF.to_owned(),
            Self::Data => DATA.to_owned(),
            Self::Table(answer) => table_name(answer),
            Self::Records => RECORDS.to_owned(),
            Self::Signed(answer) => signed_name(answer),
            Self::Authority(_) => AUTHORITY.to_owned(),
        }
    }

    fn write(&self, told: &Told<'_>, enclosed: &Enclosed<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Readme => readme::write(told, enclosed, out),
            Self::Viewer => viewer::write(told, out),
            Self::Pdf(bytes) => out.write_all(bytes),
            Self::Data => data::write(told, out),
            Self::Table(answer) => spreadsheet::write_answer(told, answer, out),
            Self::Records => spreadsheet::write_records(told, out),
            Self::Signed(answer) => out.write_all(&answer.part.signed),
            Self::Authority(pem) => out.write_all(pem.as_bytes()),
        }
    }

    /// Whose answer the entry holds as it was signed.
    fn answer(&self) -> Option<&'t Answer<'a>> {
        match self {
            Self::Signed(answer) => Some(answer),
            _ => None,
        }
    }
}

/// Entries are for their owner only, and all of the same time: Japan's, as the format has no zones.
fn options(told: &Told<'_>) -> SimpleFileOptions {
    let at = Offset::constant(9).to_datetime(told.export.made_at);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let time = u16::try_from(at.year()).ok().and_then(|year| {
        let (month, day) = (part(at.month()), part(at.day()));
        DateTime::from_date_and_time(year, month, day, part(at.hour()), part(at.minute()), part(at.second())).ok()
    });
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or(DateTime::DEFAULT))
        .system(System::Unix)
        .unix_permissions(0o600)
}

#[cfg(test)]
mod tests;
