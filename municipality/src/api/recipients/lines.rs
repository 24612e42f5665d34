//! One line of a list: a recipient, or what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use domain::LinkCode;
use serde::Deserialize;

use crate::api::draft::{draft_error, field_code};
use crate::draft::{DraftFault, Fields};
use crate::store::{FaultRow, ListForm, NewRecipient};

/// Longest line.
pub(super) const LINE_BYTES_MAX: usize = 64 * 1024;
/// Most recipients.
pub(super) const LINES_MAX: u64 = 5_000_000;
const CODE: &str = "link_code";

/// Reads the lines of one list.
pub(super) struct Lines {
    form: ListForm,
    columns: Option<Vec<String>>,
    places: BTreeSet<String>,
    fits: Box<Fits>,
}

/// Whether a recipient's fields make a notice of the draft.
type Fits = dyn Fn(&Fields) -> Result<(), DraftFault> + Send + Sync;

/// What stands in a line.
pub(super) enum Taken {
    /// Nothing, or the names of the columns.
    Nothing,
    /// Somebody.
    Recipient(NewRecipient),
    /// Something wrong.
    Fault(FaultRow),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    link_code: String,
    #[serde(default)]
    fields: Fields,
}

type Wrong = (&'static str, String);

impl Lines {
    /// `fits` says whether a recipient's fields make a notice of the draft.
    pub(super) fn new(
        form: ListForm,
        columns: Option<Vec<String>>,
        places: BTreeSet<String>,
        fits: impl Fn(&Fields) -> Result<(), DraftFault> + Send + Sync + 'static,
    ) -> Self {
        Self { form, columns, places, fits: Box::new(fits) }
    }

    /// The names of the columns, once they were read.
    pub(super) fn columns(&self) -> Option<&[String]> {
        self.columns.as_deref()
    }

    /// Reads line `number` (from 1), without its line break.
    pub(super) fn take(&mut self, number: u64, line: &[u8]) -> Taken {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if number == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line) } else { line };
        if line.iter().all(u8::is_ascii_whitespace) {
            return Taken::Nothing;
        }
        match self.read(number, line) {
            Ok(None) => Taken::Nothing,
            Ok(Some(recipient)) => Taken::Recipient(recipient),
            Err((code, detail)) => Taken::Fault(FaultRow { line: number, code: code.to_owned(), detail }),
        }
    }

    fn read(&mut self, number: u64, line: &[u8]) -> Result<Option<NewRecipient>, Wrong> {
        let text = std::str::from_utf8(line).map_err(|_| ("not-utf8", "the line is not UTF-8".to_owned()))?;
        let (code, fields) = match self.form {
            ListForm::Ndjson => object(text)?,
            ListForm::Csv => match self.columns.take() {
                None => {
                    self.columns = Some(header(text)?);
                    return self.known().map(|()| None);
                }
                Some(columns) => {
                    let record = record(text, &columns);
                    self.columns = Some(columns);
                    record?
                }
            },
        };
        let link_code: LinkCode =
            code.parse().map_err(|_| ("link-code", "link_code is not 43 letters of base64url".to_owned()))?;
        let fields = self.fitting(&fields)?;
        let place = number.checked_sub(1).and_then(|place| u32::try_from(place).ok());
        let place = place.ok_or(("too-many-lines", "the list is too long".to_owned()))?;
        Ok(Some(NewRecipient { place, link_code, fields }))
    }

    /// The columns against the places of the draft: said once, in the first line.
    fn known(&self) -> Result<(), Wrong> {
        let columns = self.columns.as_deref().unwrap_or_default();
        if let Some(unknown) = columns.iter().find(|name| *name != CODE && !self.places.contains(*name)) {
            return Err(("column-unknown", format!("the text has no place {{{{{unknown}}}}}")));
        }
        match self.places.iter().find(|place| !columns.contains(place)) {
            Some(missing) => Err(("column-missing", format!("there is no column for {{{{{missing}}}}}"))),
            None => Ok(()),
        }
    }

    fn fitting(&self, fields: &Fields) -> Result<Option<String>, Wrong> {
        if self.places.is_empty() && fields.is_empty() {
            return Ok(None);
        }
        (self.fits)(fields).map_err(|fault| match &fault {
            DraftFault::Field(field) => (field_code(field), field.to_string()),
            other => ("does-not-fit", draft_error(other, "").detail),
        })?;
        serde_json::to_string(fields).map(Some).map_err(|_| ("malformed", "the fields cannot be kept".to_owned()))
    }
}

fn object(text: &str) -> Result<(String, Fields), Wrong> {
    let read: Result<Object, _> = serde_json::from_str(text);
    let object = read.map_err(|error| {
        // What serde says of data may quote it: only names of ours are told.
        let said = error.to_string();
        if error.is_data() && said.starts_with("unknown field") {
            ("column-unknown", "an object has link_code and fields, and nothing else".to_owned())
        } else if error.is_data() {
            (
                "malformed",
                format!("an object with link_code and fields of texts is expected (column {})", error.column()),
            )
        } else {
            ("malformed", format!("not JSON (column {})", error.column()))
        }
    })?;
    Ok((object.link_code, object.fields))
}

fn header(text: &str) -> Result<Vec<String>, Wrong> {
    let columns: Vec<String> = cells(text)?.iter().map(|name| name.trim().to_owned()).collect();
    let once: BTreeSet<&String> = columns.iter().collect();
    if once.len() != columns.len() {
        return Err(("column-twice", "a column stands there twice".to_owned()));
    }
    if columns.iter().any(|name| name == CODE) {
        Ok(columns)
    } else {
        Err(("column-missing", "the first line names the columns, link_code among them".to_owned()))
    }
}

fn record(text: &str, columns: &[String]) -> Result<(String, Fields), Wrong> {
    let cells = cells(text)?;
    if cells.len() != columns.len() {
        return Err(("malformed", format!("{} columns are expected, {} are there", columns.len(), cells.len())));
    }
    let mut fields: Fields = BTreeMap::new();
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
fn cells(text: &str) -> Result<Vec<String>, Wrong> {
    if !text.contains('"') {
        return Ok(text.split(',').map(str::to_owned).collect());
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(("malformed", "a quotation mark is not closed in its line".to_owned()));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => Ok(record.iter().map(str::to_owned).collect()),
        _ => Err(("malformed", "not a line of CSV".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::FieldFault;

    const CODE_1: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";

    fn lines(form: ListForm, places: &[&str]) -> Lines {
        let places: BTreeSet<String> = places.iter().map(|place| (*place).to_owned()).collect();
        let known = places.clone();
        Lines::new(form, None, places, move |fields| match known.iter().find(|place| !fields.contains_key(*place)) {
            Some(missing) => Err(FieldFault::Missing(missing.clone()).into()),
            None => Ok(()),
        })
    }

    fn code(taken: &Taken) -> &str {
        match taken {
            Taken::Nothing => "nothing",
            Taken::Recipient(_) => "recipient",
            Taken::Fault(fault) => &fault.code,
        }
    }

    fn ndjson(line: &str) -> String {
        code(&lines(ListForm::Ndjson, &["day"]).take(7, line.as_bytes())).to_owned()
    }

    #[test]
    fn an_object_a_line_is_a_recipient_or_says_what_is_wrong() {
        let with = |rest: &str| format!(r#"{{"link_code":"{CODE_1}"{rest}}}"#);
        assert_eq!(ndjson(&with(r#","fields":{"day":"12月"}"#)), "recipient");
        assert_eq!(ndjson(&with("")), "field-missing");
        assert_eq!(ndjson(&with(r#","age":"40""#)), "column-unknown");
        assert_eq!(ndjson(&with(r#","fields":{"day":12}"#)), "malformed");
        assert_eq!(ndjson(r#"{"link_code":"AAAA","fields":{"day":"x"}}"#), "link-code");
        assert_eq!(ndjson("{\"link_code\""), "malformed");
        assert_eq!(ndjson("  "), "nothing");
        assert_eq!(code(&lines(ListForm::Ndjson, &[]).take(1, b"\xff\xfe")), "not-utf8");
    }

    #[test]
    fn a_list_with_columns_says_first_which_they_are() {
        let mut lines = lines(ListForm::Csv, &["day"]);
        assert_eq!(code(&lines.take(1, "\u{feff}link_code,day\r".as_bytes())), "nothing");
        let Taken::Recipient(one) = lines.take(2, format!("{CODE_1},\"12月10日, 火\"\r").as_bytes()) else {
            panic!()
        };
        assert_eq!((one.place, one.fields.as_deref()), (1, Some(r#"{"day":"12月10日, 火"}"#)));
        assert_eq!(code(&lines.take(3, CODE_1.as_bytes())), "malformed");
        assert_eq!(code(&lines.take(4, format!("{CODE_1},\"12月").as_bytes())), "malformed");
        assert_eq!(code(&lines.take(5, b"")), "nothing");
    }

    #[test]
    fn columns_that_nobody_wants_and_columns_that_are_missing_are_said_in_the_first_line() {
        for (text, wrong) in [
            ("link_code,day,age", "column-unknown"),
            ("link_code", "column-missing"),
            ("day", "column-missing"),
            ("link_code,day,day", "column-twice"),
        ] {
            assert_eq!(code(&lines(ListForm::Csv, &["day"]).take(1, text.as_bytes())), wrong, "{text}");
        }
    }

    #[test]
    fn what_stands_in_a_list_is_never_quoted() {
        let mut lines = lines(ListForm::Ndjson, &["day"]);
        for text in [r#"{"秘密":1}"#, r#"{"link_code":"秘密"}"#, r#"{"link_code":5}"#, "秘密"] {
            let Taken::Fault(fault) = lines.take(1, text.as_bytes()) else { panic!("{text}") };
            assert!(!fault.detail.contains("秘密"), "{}", fault.detail);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_line_or_not_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            for form in [ListForm::Ndjson, ListForm::Csv] {
                let mut lines = lines(form, &["day"]);
                let _ = lines.take(1, &bytes);
                let _ = lines.take(2, &bytes);
            }
        }
    }
}
