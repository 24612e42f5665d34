//! A ledger with one row an item of a form, as packaged municipal systems keep it: sheets and items by number, days
//! with slashes, amounts with thousands separators.

use futures::future::BoxFuture;
use sqlx::{Row as _, SqliteConnection};

use super::{Holding, HoldingRecord, LegacyError, LegacySystem, check};
use crate::{
    institution::{
        internal_id::InternalId,
        kind::{KindSpec, ValueKind},
    },
    party::json_list,
};

/// A ledger system.
pub(in crate::institution) struct Ledger;

/// The period stands in item 0, values from item 10 on, in steps of ten.
const PERIOD_ITEM: i64 = 0;
const FIRST_ITEM: i64 = 10;
const ITEM_STEP: usize = 10;

impl LegacySystem for Ledger {
    fn read<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        person: &'a InternalId,
        kind: &'static KindSpec,
    ) -> BoxFuture<'a, Result<Vec<HoldingRecord>, LegacyError>> {
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT sheet_no, item_no, entry
                FROM ledger
                WHERE form_no = $1 AND internal_id = $2
                ORDER BY sheet_no, item_no",
            )
            .bind(kind.form_no)
            .bind(person.as_str())
            .fetch_all(database)
            .await?;
            let mut sheets: Vec<(i64, Vec<(i64, String)>)> = Vec::new();
            for row in rows {
                let sheet_no: i64 = row.try_get("sheet_no")?;
                let item = (row.try_get("item_no")?, row.try_get("entry")?);
                match sheets.last_mut() {
                    Some((last, items)) if *last == sheet_no => items.push(item),
                    _ => sheets.push((sheet_no, vec![item])),
                }
            }
            sheets
                .into_iter()
                .map(|(_, items)| decode(kind, items).ok_or(LegacyError::Damaged { form_no: kind.form_no }))
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
                "DELETE FROM ledger
                WHERE form_no = $1 AND internal_id = $2",
            )
            .bind(kind.form_no)
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
                for (sheet_no, record) in (1i64..).zip(records) {
                    check(kind, record)?;
                    let items = encode(kind, record).into_iter();
                    rows.extend(
                        items.map(|(item_no, entry)| (kind.form_no, person.as_str(), sheet_no, item_no, entry)),
                    );
                }
            }
            sqlx::query(
                "INSERT INTO ledger (form_no, internal_id, sheet_no, item_no, entry)
                SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
                FROM json_each($1)",
            )
            .bind(json_list(rows)?)
            .execute(database)
            .await?;
            Ok(())
        })
    }
}

fn encode(kind: &KindSpec, record: &HoldingRecord) -> Vec<(i64, String)> {
    let mut items = Vec::with_capacity(kind.fields.len() + 1);
    if let Some(period) = &record.period {
        items.push((PERIOD_ITEM, period.clone()));
    }
    let numbers = (FIRST_ITEM..).step_by(ITEM_STEP);
    for ((item_no, field), value) in numbers.zip(kind.fields).zip(&record.values) {
        let entry = match field.value {
            ValueKind::Count => with_separators(value),
            ValueKind::Day => value.replace('-', "/"),
            ValueKind::Text(_) => value.clone(),
        };
        items.push((item_no, entry));
    }
    items
}

/// None: items are missing, surplus or not what the form says.
fn decode(kind: &KindSpec, items: Vec<(i64, String)>) -> Option<HoldingRecord> {
    let mut items = items.into_iter().peekable();
    let period = items.next_if(|(item_no, _)| *item_no == PERIOD_ITEM).map(|(_, entry)| entry);
    let mut values = Vec::with_capacity(kind.fields.len());
    let numbers = (FIRST_ITEM..).step_by(ITEM_STEP);
    for (item_no, field) in numbers.zip(kind.fields) {
        let (_, entry) = items.next_if(|(found, _)| *found == item_no)?;
        values.push(match field.value {
            ValueKind::Count => entry.replace(',', "").parse::<u64>().ok()?.to_string(),
            ValueKind::Day => entry.replace('/', "-"),
            ValueKind::Text(_) => entry,
        });
    }
    items.next().is_none().then_some(HoldingRecord { period, values })
}

fn with_separators(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_record;
    use super::*;
    use crate::institution::kind::KINDS;
    use proptest::prelude::*;

    #[test]
    fn amounts_have_separators_and_days_have_slashes() {
        assert_eq!(with_separators("3100000"), "3,100,000");
        assert_eq!(with_separators("0"), "0");
        let vaccination = KindSpec::of(&"vaccination".parse().unwrap()).unwrap();
        let record = HoldingRecord { period: None, values: ["MR", "1", "2023-05-10"].map(str::to_owned).to_vec() };
        assert_eq!(encode(vaccination, &record), [(10, "MR".into()), (20, "1".into()), (30, "2023/05/10".into())]);
    }

    #[test]
    fn a_sheet_with_a_missing_or_surplus_item_is_damaged() {
        let allowance = KindSpec::of(&"child-allowance".parse().unwrap()).unwrap();
        let item = |no: i64, entry: &str| (no, entry.to_owned());
        let whole = vec![item(10, "2"), item(20, "20,000"), item(30, "2024/10/01")];
        assert!(decode(allowance, whole.clone()).is_some());
        assert!(decode(allowance, whole[..2].to_vec()).is_none());
        assert!(decode(allowance, [whole, vec![item(40, "?")]].concat()).is_none());
    }

    proptest! {
        #[test]
        fn every_record_comes_back((kind, record) in any_record()) {
            prop_assert_eq!(decode(kind, encode(kind, &record)), Some(record));
        }
    }

    #[test]
    fn every_kind_has_room_in_the_numbering() {
        assert!(KINDS.iter().all(|kind| kind.fields.len() < 90));
    }
}
