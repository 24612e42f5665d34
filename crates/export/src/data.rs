//! Everything as one JSON document, for other programs: what institutions sent, to the letter, and its words beside it.

use std::io::{self, Write};

use domain::{AccessRecord, AccessRecordId, InfoKind, OrgCode};
use jiff::Timestamp;
use serde::Serialize;
use wording::{InformationRow, InformationTable};

use crate::{Answer, Told};

/// Version of the document's form.
const VERSION: u32 = 1;

/// Writes it, readable, with a line end.
///
/// # Errors
/// Only the writer's.
pub fn write(told: &Told<'_>, mut out: impl Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        made_at: told.export.made_at,
        language: told.export.locale.html_lang(),
        answers: told.answers.iter().map(AnswerData::of).collect(),
        access_records: told.records.as_ref().map(|records| {
            records.iter().map(|(record, words)| RecordData { record, sentence: &words.sentence }).collect()
        }),
    };
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    made_at: Timestamp,
    language: &'static str,
    answers: Vec<AnswerData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_records: Option<Vec<RecordData<'a>>>,
}

#[derive(Serialize)]
struct AnswerData<'a> {
    id: AccessRecordId,
    provider: &'a OrgCode,
    provider_name: &'a str,
    info_kind: &'a InfoKind,
    info_kind_name: &'a str,
    answered_at: Timestamp,
    schema_version: u32,
    fields: Vec<FieldData<'a>>,
}

/// The institution's own four, and what the person read.
#[derive(Serialize)]
struct FieldData<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'a str>,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    table: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    label: &'a str,
    told: &'a str,
}

#[derive(Serialize)]
struct RecordData<'a> {
    #[serde(flatten)]
    record: &'a AccessRecord,
    sentence: &'a str,
}

impl<'a> AnswerData<'a> {
    fn of(answer: &'a Answer<'_>) -> Self {
        Self {
            id: answer.content.id,
            provider: &answer.part.provider,
            provider_name: &answer.provider,
            info_kind: &answer.part.info_kind,
            info_kind_name: &answer.words.caption,
            answered_at: answer.part.answered_at,
            schema_version: answer.content.schema_version,
            fields: answer.words.tables.iter().flat_map(fields).collect(),
        }
    }
}

fn fields(table: &InformationTable) -> impl Iterator<Item = FieldData<'_>> {
    table.records.iter().flat_map(move |record| {
        let caption = record.caption.as_deref();
        record.rows.iter().map(move |row| FieldData::of(table, caption, row))
    })
}

impl<'a> FieldData<'a> {
    fn of(table: &'a InformationTable, record: Option<&'a str>, row: &'a InformationRow) -> Self {
        Self {
            name: &row.field.name,
            period: row.field.period.as_deref(),
            value: &row.field.value,
            unit: row.field.unit.as_deref(),
            table: &table.caption,
            record,
            label: &row.label,
            told: &row.value,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Locale;
    use serde_json::Value;

    use super::*;
    use crate::sample;

    fn document(export: &crate::Export) -> Value {
        let mut out = Vec::new();
        write(&export.tell().unwrap(), &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn an_answer_stands_as_it_came_with_its_words() {
        let document = document(&sample::export(Locale::Ja));
        let answer = &document["answers"][0];
        assert_eq!(answer["provider"], "NTA");
        assert_eq!(answer["answered_at"], "2026-11-21T01:00:00Z");
        assert_eq!(answer["schema_version"], 1);
        insta::assert_snapshot!(
            answer["fields"][0],
            @r#"{"label":"総所得金額","name":"total-income","period":"2025","table":"所得と所得税（2025年分）","told":"3,400,000円","unit":"JPY","value":"3400000"}"#
        );
    }

    #[test]
    fn every_field_is_there_to_the_letter() {
        let export = sample::hostile(Locale::En);
        let document = document(&export);
        let fields = document["answers"][0]["fields"].as_array().unwrap();
        let values: Vec<&str> = fields.iter().map(|field| field["value"].as_str().unwrap()).collect();
        assert_eq!(values, sample::HOSTILE);
    }

    #[test]
    fn records_are_there_only_where_asked_for() {
        let mut export = sample::export(Locale::Ja);
        let with = document(&export);
        assert_eq!(with["access_records"][0]["id"], "4f".repeat(16));
        assert!(with["access_records"][0]["sentence"].as_str().unwrap().contains("横浜市が"));
        export.records = None;
        assert_eq!(document(&export).get("access_records"), None);
    }
}
