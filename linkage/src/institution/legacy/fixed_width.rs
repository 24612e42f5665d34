//! Record files of fixed width, as host systems write them: no separators, numbers padded with zeros, texts with
//! ideographic or plain spaces, days as eight digits. The layout is known to the adapter alone.

use futures::future::BoxFuture;
use sqlx::{Row as _, SqliteConnection};

use super::{COUNT_DIGITS, Holding, HoldingRecord, LegacyError, LegacySystem, PERIOD_CHARS, check};
use crate::{
    institution::{
        internal_id::InternalId,
        kind::{KindSpec, ValueKind},
    },
    party::json_list,
};

/// A system of record files.
pub(in crate::institution) struct FixedWidth;

impl LegacySystem for FixedWidth {
    fn read<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        person: &'a InternalId,
        kind: &'static KindSpec,
    ) -> BoxFuture<'a, Result<Vec<HoldingRecord>, LegacyError>> {
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT record
                FROM record_files
                WHERE file = $1 AND internal_id = $2
                ORDER BY record_no",
            )
            .bind(file(kind))
            .bind(person.as_str())
            .fetch_all(database)
            .await?;
            rows.iter()
                .map(|row| {
                    decode(kind, &row.try_get::<String, _>("record")?)
                        .ok_or(LegacyError::Damaged { form_no: kind.form_no })
                })
                .collect()
        })
    }

    fn clear<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        person: &'a InternalId,
        kind: &'static KindSpec,
    ) -> BoxFuture<'a, Result<(), LegacyError>> {
        Box::pin(async move {
            sqlx::query(
                "DELETE FROM record_files
                WHERE file = $1 AND internal_id = $2",
            )
            .bind(file(kind))
            .bind(person.as_str())
            .execute(database)
            .await?;
            Ok(())
        })
    }

    fn add<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        holdings: &'a [Holding<'a>],
    ) -> BoxFuture<'a, Result<(), LegacyError>> {
        Box::pin(async move {
            let mut rows = Vec::new();
            for Holding { person, kind, records } in holdings {
                for (record_no, record) in (1i64..).zip(records) {
                    check(kind, record)?;
                    rows.push((file(kind), person.as_str(), record_no, encode(kind, record)));
                }
            }
            sqlx::query(
                "INSERT INTO record_files (file, internal_id, record_no, record)
                SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
                FROM json_each($1)",
            )
            .bind(json_list(rows)?)
            .execute(database)
            .await?;
            Ok(())
        })
    }
}

fn file(kind: &KindSpec) -> String {
    format!("F{:03}", kind.form_no)
}

fn width(value: ValueKind) -> usize {
    match value {
        ValueKind::Count => COUNT_DIGITS,
        ValueKind::Day => 8,
        ValueKind::Text(chars_max) => chars_max,
    }
}

fn encode(kind: &KindSpec, record: &HoldingRecord) -> String {
    let period = record.period.as_deref().unwrap_or_default();
    let parts = kind.fields.iter().zip(&record.values).map(|(field, value)| {
        let width = width(field.value);
        match field.value {
            ValueKind::Count => format!("{value:0>width$}"),
            ValueKind::Day => value.replace('-', ""),
            ValueKind::Text(_) => format!("{value:width$}"),
        }
    });
    std::iter::once(format!("{period:PERIOD_CHARS$}")).chain(parts).collect()
}

/// None: the line is damaged.
fn decode(kind: &KindSpec, line: &str) -> Option<HoldingRecord> {
    let mut chars = line.chars();
    let mut take = |width: usize| -> Option<String> {
        let part: String = chars.by_ref().take(width).collect();
        (part.chars().count() == width).then_some(part)
    };
    let period = take(PERIOD_CHARS)?.trim_end().to_owned();
    let mut values = Vec::with_capacity(kind.fields.len());
    for field in kind.fields {
        let part = take(width(field.value))?;
        values.push(match field.value {
            ValueKind::Count => part.parse::<u64>().ok()?.to_string(),
            ValueKind::Day => format!("{}-{}-{}", part.get(..4)?, part.get(4..6)?, part.get(6..)?),
            ValueKind::Text(_) => part.trim_end().to_owned(),
        });
    }
    if chars.next().is_some() {
        return None;
    }
    Some(HoldingRecord { period: (!period.is_empty()).then_some(period), values })
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_record;
    use super::*;
    use crate::institution::kind::KINDS;
    use proptest::prelude::*;

    #[test]
    fn a_record_is_written_without_separators() {
        let record = HoldingRecord {
            period: Some("2025".into()),
            values: ["3100000", "4500000", "670000", "2", "58000"].map(str::to_owned).to_vec(),
        };
        let line = encode(&KINDS[0], &record);
        assert_eq!(line, "2025                 000003100000000004500000000000670000000000000002000000058000");
        assert_eq!(decode(&KINDS[0], &line), Some(record));
    }

    #[test]
    fn a_line_that_is_too_short_or_too_long_is_damaged() {
        let line = "2025                 000003100000000004500000000000670000000000000002000000058000";
        assert_eq!(decode(&KINDS[0], &line[1..]), None);
        assert_eq!(decode(&KINDS[0], &format!("{line}0")), None);
        assert_eq!(decode(&KINDS[0], ""), None);
    }

    proptest! {
        #[test]
        fn every_record_comes_back((kind, record) in any_record()) {
            prop_assert!(check(kind, &record).is_ok());
            prop_assert_eq!(decode(kind, &encode(kind, &record)), Some(record));
        }

        #[test]
        fn no_line_breaks_the_reader(line in ".{0,120}") {
            for kind in KINDS {
                let _ = decode(kind, &line);
            }
        }
    }
}
