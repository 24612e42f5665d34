//! Tables for spreadsheet programs: CSV (RFC 4180) in UTF-8 with a byte order mark, by which they know Japanese.

use std::io::{self, Write};

use wording::{InformationTable, Key, Words, key};

use crate::{Answer, Told, plain};

/// By this, spreadsheet programs know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One answer: a row a field. What a person reads stands beside the value as it came, for sums.
///
/// # Errors
/// Only the writer's.
pub fn write_answer(told: &Told<'_>, answer: &Answer<'_>, out: impl Write) -> io::Result<()> {
    let words = Words::of(told.export.locale);
    let mut sheet = Sheet::new(out)?;
    sheet.heading(words, &ANSWER_COLUMNS)?;
    for table in &answer.words.tables {
        write_table(&mut sheet, answer, table)?;
    }
    sheet.end()
}

/// Every answer in one table; each row names its institution and kind.
///
/// # Errors
/// When `out` fails.
pub fn write_answers(told: &Told<'_>, out: impl Write) -> io::Result<()> {
    let words = Words::of(told.export.locale);
    let mut sheet = Sheet::new(out)?;
    sheet.heading(words, &ANSWER_COLUMNS)?;
    for answer in &told.answers {
        for table in &answer.words.tables {
            write_table(&mut sheet, answer, table)?;
        }
    }
    sheet.end()
}

const ANSWER_COLUMNS: [Key; 10] = [
    key::EXPORT_COLUMN_PROVIDER,
    key::EXPORT_COLUMN_ANSWERED_AT,
    key::EXPORT_COLUMN_KIND,
    key::EXPORT_COLUMN_PERIOD,
    key::EXPORT_COLUMN_RECORD,
    key::EXPORT_COLUMN_ITEM,
    key::EXPORT_COLUMN_VALUE,
    key::EXPORT_COLUMN_RAW,
    key::EXPORT_COLUMN_UNIT,
    key::EXPORT_COLUMN_HELP,
];

fn write_table(sheet: &mut Sheet<impl Write>, answer: &Answer<'_>, table: &InformationTable) -> io::Result<()> {
    for record in &table.records {
        for row in &record.rows {
            sheet.row(&[
                &answer.provider,
                &answer.answered_at,
                &answer.words.caption,
                table.period.as_deref().unwrap_or_default(),
                record.caption.as_deref().unwrap_or_default(),
                &row.label,
                &row.value,
                &row.field.value,
                row.unit.as_deref().unwrap_or_default(),
                &row.help,
            ])?;
        }
    }
    Ok(())
}

/// The access records, newest first; nothing but the heading where there are none.
///
/// # Errors
/// Only the writer's.
pub fn write_records(told: &Told<'_>, out: impl Write) -> io::Result<()> {
    let words = Words::of(told.export.locale);
    let mut sheet = Sheet::new(out)?;
    sheet.heading(words, &RECORD_COLUMNS)?;
    for (_, record) in told.records.iter().flatten() {
        sheet.row(&[
            &record.when,
            &record.sentence,
            &record.requester,
            &record.provider,
            &record.info_kind,
            &record.outcome,
            &record.basis,
            &record.reference_number,
        ])?;
    }
    sheet.end()
}

const RECORD_COLUMNS: [Key; 8] = [
    key::RECORD_WHEN,
    key::RECORD_SENTENCE,
    key::RECORD_REQUESTER,
    key::RECORD_PROVIDER,
    key::RECORD_KIND,
    key::RECORD_OUTCOME,
    key::RECORD_BASIS,
    key::RECORD_REFERENCE,
];

struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    fn new(mut out: W) -> io::Result<Self> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        Ok(Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)))
    }

    fn heading(&mut self, words: &Words, columns: &[Key]) -> io::Result<()> {
        let cells: Vec<String> = columns.iter().map(|column| words.text(*column)).collect();
        self.row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn row(&mut self, cells: &[&str]) -> io::Result<()> {
        self.0.write_record(cells.iter().map(|cell| harmless(cell)))?;
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A spreadsheet program takes a cell for a formula by its first character, full-width ones too. An apostrophe before
/// it makes it text. Plain numbers stay numbers.
fn harmless(cell: &str) -> String {
    let cell = plain::visible(cell);
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '−', '＠']);
    if formula && !is_number(&cell) && cell.chars().count() > 1 { format!("'{cell}") } else { cell.into_owned() }
}

/// `-500`, `-1.5`
fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = cell.strip_prefix('-').unwrap_or(cell);
    match rest.split_once('.') {
        None => digits(rest),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
    }
}

#[cfg(test)]
mod tests {
    use domain::Locale;
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    fn answer_csv(export: &crate::Export, index: usize) -> String {
        let told = export.tell().unwrap();
        let mut out = Vec::new();
        write_answer(&told, &told.answers[index], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let text = answer_csv(&sample::export(Locale::Ja), 0);
        let heading = "\u{feff}答えた機関,答えた日時,情報の種類,期間,番号,項目,内容,届いた値,届いた値の単位,説明\r\n";
        assert!(text.starts_with(heading), "{text}");
        let rows = rows(&text);
        let row = &rows[1];
        assert_eq!(row[..4], ["国税庁", "2026年11月21日（土）10時0分", "所得と所得税", "2025年分"]);
        assert_eq!(row[5..9], ["総所得金額", "3,400,000円", "3400000", "円"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn one_table_holds_every_answer_with_its_institution() {
        let export = sample::export(Locale::Ja);
        let mut out = Vec::new();
        write_answers(&export.tell().unwrap(), &mut out).unwrap();
        let rows = rows(std::str::from_utf8(&out).unwrap());
        let whose: Vec<_> = rows[1..].iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
        assert_eq!((whose.len(), whose[0], whose[7]), (8, ("国税庁", "所得と所得税"), ("横浜市", "予防接種")));
    }

    #[test]
    fn records_have_a_row_each() {
        let export = sample::export(Locale::En);
        let mut out = Vec::new();
        write_records(&export.tell().unwrap(), &mut out).unwrap();
        let rows = rows(std::str::from_utf8(&out).unwrap());
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][2..5], ["City of Yokohama", "National Tax Agency", "income information"]);
        assert_eq!(rows[1][7], "4f4f-4f4f-4f4f-4f4f-4f4f-4f4f-4f4f-4f4f");
    }

    #[test]
    fn a_formula_becomes_text_and_a_number_stays_a_number() {
        for formula in ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝１", "＠a", "−1", "-1e5"]
        {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for plain in ["-500", "-1.5", "3,400円", "a=b", "-", "－", "", "0120-00-0000"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn hostile_fields_stay_in_their_cells() {
        let export = sample::hostile(Locale::Ja);
        let rows = rows(&answer_csv(&export, 0));
        let values: Vec<&str> = rows[1..].iter().map(|row| row[7].as_str()).collect();
        assert!(values.contains(&"'=HYPERLINK(\"http://example.invalid\")"));
        assert!(values.contains(&"␀␇␛[31m") && values.contains(&"葛\u{e0100}城\u{e0101}"), "{values:?}");
        assert!(rows.iter().all(|row| row.len() == 10));
        assert_eq!(rows.len(), 1 + sample::HOSTILE.len());
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_again(cells in prop::collection::vec(any::<String>(), 10)) {
            let mut out = Vec::new();
            let mut sheet = Sheet::new(&mut out).unwrap();
            sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
            sheet.end().unwrap();
            let text = std::str::from_utf8(&out).unwrap().strip_prefix('\u{feff}').unwrap();
            let expected: Vec<String> = cells.iter().map(|cell| harmless(cell)).collect();
            prop_assert_eq!(rows(text), vec![expected]);
        }

        #[test]
        fn no_cell_begins_a_formula(cell in any::<String>()) {
            let cell = harmless(&cell);
            let begins = cell.starts_with(['=', '+', '@', '-']);
            prop_assert!(!begins || is_number(&cell) || cell.chars().count() == 1);
        }
    }
}
