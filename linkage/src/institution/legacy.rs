//! Legacy systems behind the linkage interface (B-INS-2): each institution keeps its holdings in a shape of its own,
//! an adapter reads that shape and gives everybody the same fields.

mod fixed_width;
mod ledger;

use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::{
    internal_id::InternalId,
    kind::{KindSpec, ValueKind},
};

pub(super) use fixed_width::FixedWidth;
pub(super) use ledger::Ledger;

/// One record of a kind, normalised: values in the order of [`KindSpec::fields`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingRecord {
    /// The period that the record holds for, e.g. `2025` or `2026-04/2026-09`.
    pub period: Option<String>,
    /// One value a field.
    pub values: Vec<String>,
}

/// A legacy system.
pub(super) trait LegacySystem: Send + Sync {
    /// Everything of one kind about one person, oldest first; empty if nothing is held.
    fn read<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        person: &'a InternalId,
        kind: &'static KindSpec,
    ) -> BoxFuture<'a, Result<Vec<HoldingRecord>, LegacyError>>;

    /// Forgets everything of one kind about one person.
    fn clear<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        person: &'a InternalId,
        kind: &'static KindSpec,
    ) -> BoxFuture<'a, Result<(), LegacyError>>;

    /// Writes what is held about people of whom nothing of these kinds is held yet.
    fn add<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        holdings: &'a [Holding<'a>],
    ) -> BoxFuture<'a, Result<(), LegacyError>>;

    /// Puts what is held of one kind about one person in place of what was held.
    fn write<'a>(
        &'a self,
        database: &'a mut SqliteConnection,
        holding: Holding<'a>,
    ) -> BoxFuture<'a, Result<(), LegacyError>> {
        Box::pin(async move {
            self.clear(database, holding.person, holding.kind).await?;
            self.add(database, &[holding]).await
        })
    }
}

/// What is held of one kind about one person.
pub(super) struct Holding<'a> {
    pub(super) person: &'a InternalId,
    pub(super) kind: &'static KindSpec,
    pub(super) records: Vec<HoldingRecord>,
}

/// The legacy data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LegacyError {
    /// The database failed.
    #[error("the legacy database failed")]
    Db(#[from] sqlx::Error),
    /// A stored record is not in the shape that its layout says.
    #[error("a legacy record of form {form_no} is damaged")]
    Damaged {
        /// Which form or file.
        form_no: u16,
    },
    /// A value does not fit the field.
    #[error("the value of {field} does not fit")]
    Value {
        /// Which field.
        field: &'static str,
    },
}

/// Most characters of a period.
const PERIOD_CHARS: usize = 21;

/// Whether the values of a record are what the specification says.
fn check(kind: &'static KindSpec, record: &HoldingRecord) -> Result<(), LegacyError> {
    let period_fits =
        record.period.as_deref().is_none_or(|period| !period.is_empty() && fits_text(period, PERIOD_CHARS));
    if !period_fits || record.values.len() != kind.fields.len() {
        return Err(LegacyError::Value { field: "period" });
    }
    for (field, value) in kind.fields.iter().zip(&record.values) {
        let fits = match field.value {
            ValueKind::Count => {
                value.parse::<u64>().is_ok_and(|n| n.to_string() == *value) && value.len() <= COUNT_DIGITS
            }
            ValueKind::Day => value
                .parse::<jiff::civil::Date>()
                .is_ok_and(|day| day.to_string() == *value && (0..10_000).contains(&day.year())),
            ValueKind::Text(chars_max) => fits_text(value, chars_max),
        };
        if !fits {
            return Err(LegacyError::Value { field: field.name });
        }
    }
    Ok(())
}

#[cfg(test)]
pub(super) fn fits(kind: &'static KindSpec, record: &HoldingRecord) -> bool {
    check(kind, record).is_ok()
}

/// Most digits of a count.
const COUNT_DIGITS: usize = 12;

fn fits_text(value: &str, chars_max: usize) -> bool {
    value.chars().count() <= chars_max && value.trim() == value && !value.chars().any(char::is_control)
}

#[cfg(test)]
pub(super) mod testing {
    use proptest::prelude::*;

    use super::*;
    use crate::institution::kind::KINDS;

    /// Any kind with any record that fits it.
    pub(in crate::institution) fn any_record() -> impl Strategy<Value = (&'static KindSpec, HoldingRecord)> {
        (0..KINDS.len()).prop_flat_map(|at| {
            let kind = &KINDS[at];
            let values: Vec<BoxedStrategy<String>> = kind.fields.iter().map(|f| any_value(f.value)).collect();
            let period = prop::option::of("[0-9]{4}(-[0-9]{2}/[0-9]{4}-[0-9]{2})?");
            (period, values).prop_map(move |(period, values)| (kind, HoldingRecord { period, values }))
        })
    }

    fn any_value(kind: ValueKind) -> BoxedStrategy<String> {
        match kind {
            ValueKind::Count => (0..10u64.pow(12)).prop_map(|n| n.to_string()).boxed(),
            ValueKind::Day => {
                (1900..2100i16, 1..=12i8, 1..=28i8).prop_map(|(y, m, d)| jiff::civil::date(y, m, d).to_string()).boxed()
            }
            ValueKind::Text(chars_max) => {
                prop::collection::vec(prop::sample::select(vec!['山', '𠮷', 'A', '0', '・']), 0..=chars_max)
                    .prop_map(|chars| chars.into_iter().collect())
                    .boxed()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::institution::kind::KINDS;

    #[test]
    fn a_value_that_is_not_its_field_is_refused() {
        let income = &KINDS[0];
        let record = |total: &str| HoldingRecord {
            period: Some("2025".into()),
            values: [total, "0", "0", "0", "0"].map(str::to_owned).to_vec(),
        };
        assert!(check(income, &record("5000000")).is_ok());
        for bad in ["-1", "007", "5 000", "", "5000000000000"] {
            assert!(matches!(check(income, &record(bad)), Err(LegacyError::Value { field: "total-income" })), "{bad}");
        }
    }
}
