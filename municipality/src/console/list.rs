//! Lists of recipients: a line of JSON or of CSV for each, by the institution's own link codes, read as they come and kept
//! in batches. A list with a line that cannot be taken is sent to nobody.

use std::collections::BTreeSet;

use bytes::Bytes;
use domain::{LinkCode, OrgCode};
use futures::{Stream, StreamExt as _};
use jiff::Timestamp;

use crate::draft::{Draft, FieldFault, Fields, Making};
use crate::store::{NewRecipient, ReadList, SendingId, Store, StoreError};

/// Recipients of one sending.
const RECIPIENTS_MAX: u64 = 5_000_000;
/// Bytes of a list.
pub(super) const LIST_BYTES_MAX: u64 = 1 << 30;
/// Bytes of a line.
const LINE_BYTES_MAX: usize = 16 * 1024;
/// Recipients that one transaction keeps.
const AT_ONCE: usize = 2000;
/// Faults that are told one by one.
const FAULTS_MAX: u64 = 1000;

/// What a list is for.
pub(super) struct For<'a> {
    pub(super) sending: SendingId,
    pub(super) draft: &'a Draft,
    pub(super) org: &'a OrgCode,
    pub(super) sealing_certificate: &'a str,
    pub(super) now: Timestamp,
}

/// Why reading ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The source ended, or failed, before it was whole.
    Cut,
    /// More bytes or people than a list may have.
    TooMuch,
    /// The program of a segment failed, or took too long.
    Program,
}

impl Broken {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::TooMuch => "too-much",
            Self::Program => "program",
        }
    }
}

/// What is wrong with a line, as it is kept: nothing of what stands in it but the name of a field.
fn said(fault: &FieldFault) -> String {
    let named = |word: &str, name: &str| {
        let plain = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if plain { format!("{word}:{name}") } else { word.to_owned() }
    };
    match fault {
        FieldFault::Missing(name) => named("field-missing", name),
        FieldFault::Unknown(name) => named("field-unknown", name),
        FieldFault::Malformed | FieldFault::Text(_) => "field-text".to_owned(),
    }
}

/// Reads a list to its end.
pub(super) async fn read<S>(store: &Store, purpose: &For<'_>, source: S) -> Result<ReadList, StoreError>
where
    S: Stream<Item = Result<Bytes, Broken>>,
{
    let mut reading = Reading::new(store, purpose);
    let mut rest: Vec<u8> = Vec::new();
    let mut bytes = 0_u64;
    let mut broken = None;
    futures::pin_mut!(source);
    while let Some(chunk) = source.next().await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(why) => {
                broken = Some(why);
                break;
            }
        };
        bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        rest.extend_from_slice(&chunk);
        if bytes > LIST_BYTES_MAX || reading.lines > RECIPIENTS_MAX {
            broken = Some(Broken::TooMuch);
            break;
        }
        let whole = rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let after = rest.split_off(whole);
        let lines = std::mem::replace(&mut rest, after);
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            reading.line(line).await?;
        }
        if rest.len() > LINE_BYTES_MAX {
            // Its end is not looked for: a file of another kind has no lines at all.
            broken = Some(Broken::TooMuch);
            break;
        }
    }
    if broken.is_none() && !rest.is_empty() {
        reading.line(&rest).await?;
    }
    reading.end(broken).await
}

struct Reading<'a> {
    store: &'a Store,
    purpose: &'a For<'a>,
    places: BTreeSet<String>,
    number: u64,
    /// Names of the columns after the first one; none: JSON, or nothing was read.
    columns: Option<Vec<String>>,
    lines: u64,
    added: u64,
    faults: u64,
    batch: Vec<NewRecipient>,
    batch_faults: Vec<(u64, String)>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonLine {
    link_code: LinkCode,
    #[serde(default)]
    fields: Fields,
}

impl<'a> Reading<'a> {
    fn new(store: &'a Store, purpose: &'a For<'a>) -> Self {
        Self {
            store,
            purpose,
            places: purpose.draft.places(),
            number: 0,
            columns: None,
            lines: 0,
            added: 0,
            faults: 0,
            batch: Vec::with_capacity(AT_ONCE),
            batch_faults: Vec::new(),
        }
    }

    async fn line(&mut self, line: &[u8]) -> Result<(), StoreError> {
        self.number += 1;
        match self.parsed(line) {
            Ok(Some((link_code, fields))) => {
                let place = u32::try_from(self.lines).unwrap_or(u32::MAX);
                self.lines += 1;
                let fields = if fields.is_empty() { None } else { serde_json::to_string(&fields).ok() };
                self.batch.push(NewRecipient { place, link_code, fields });
            }
            Ok(None) => {}
            Err(fault) => {
                self.faults += 1;
                if self.faults <= FAULTS_MAX {
                    self.batch_faults.push((self.number, fault));
                }
            }
        }
        if self.batch.len() >= AT_ONCE { self.keep().await } else { Ok(()) }
    }

    /// None: an empty line, or the head of a table.
    fn parsed(&mut self, line: &[u8]) -> Result<Option<(LinkCode, Fields)>, String> {
        let line = if self.number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        let text = std::str::from_utf8(line).map_err(|_| "charset".to_owned())?.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (code, fields) = if text.starts_with('{') && self.columns.is_none() {
            let line: JsonLine = serde_json::from_str(text).map_err(|_| "json".to_owned())?;
            (line.link_code, line.fields)
        } else {
            let mut cells = cells(text)?;
            let Some(columns) = &self.columns else {
                if cells.first().map(String::as_str) != Some("link_code") {
                    return Err("head".to_owned());
                }
                self.columns = Some(cells.split_off(1));
                return Ok(None);
            };
            if cells.len() != columns.len() + 1 {
                return Err("columns".to_owned());
            }
            let fields = columns.iter().cloned().zip(cells.split_off(1)).collect();
            let code = cells.first().map_or("", String::as_str).trim().parse().map_err(|_| "link-code".to_owned())?;
            (code, fields)
        };
        self.fits(&fields).map_err(|fault| said(&fault))?;
        Ok(Some((code, fields)))
    }

    /// Whether a letter can be made with these.
    fn fits(&self, fields: &Fields) -> Result<(), FieldFault> {
        if let Some(missing) = self.places.iter().find(|place| !fields.contains_key(*place)) {
            return Err(FieldFault::Missing(missing.clone()));
        }
        if let Some(unknown) = fields.keys().find(|name| !self.places.contains(*name)) {
            return Err(FieldFault::Unknown(unknown.clone()));
        }
        if self.places.is_empty() {
            return Ok(());
        }
        let making = Making {
            sender: self.purpose.org,
            id: self.purpose.sending.notice(),
            issued_at: self.purpose.now,
            sealing_certificate: self.purpose.sealing_certificate,
            fields,
        };
        match self.purpose.draft.notice(&making) {
            Ok(_) => Ok(()),
            Err(crate::draft::DraftFault::Field(fault)) => Err(fault),
            Err(_) => Err(FieldFault::Malformed),
        }
    }

    async fn keep(&mut self) -> Result<(), StoreError> {
        let mut repository = self.store.begin().await?;
        self.added += repository.insert_recipients(self.purpose.sending, &self.batch).await?;
        for (line, fault) in self.batch_faults.drain(..) {
            repository.insert_fault(self.purpose.sending, line, &fault).await?;
        }
        repository.commit().await?;
        self.batch.clear();
        Ok(())
    }

    async fn end(mut self, broken: Option<Broken>) -> Result<ReadList, StoreError> {
        self.keep().await?;
        let list = ReadList {
            source: String::new(),
            lines: self.lines,
            twice: self.lines.saturating_sub(self.added),
            faults: self.faults,
            broken: broken.map(|why| why.name().to_owned()),
            whole_at: broken.is_none().then_some(self.purpose.now),
        };
        let mut repository = self.store.begin().await?;
        repository.close_list(self.purpose.sending, &list).await?;
        repository.commit().await?;
        Ok(list)
    }
}

fn cells(line: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().ok_or_else(|| "columns".to_owned())?;
    Ok(record.map_err(|_| "columns".to_owned())?.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;
