//! A row of the log as the citizen may see it: items ①–⑥ and how it ended, never the cause.

use domain::{AccessRecord, AccessRecordId, Dictionary, Outcome};
use jiff::Timestamp;
use sqlx::{Row as _, sqlite::SqliteRow};

use crate::{core::corrupt, whitelist::Ground};

const TABLE: &str = "access_requests";

pub(super) fn record(row: &SqliteRow) -> Result<AccessRecord, db::DbError> {
    let id: Vec<u8> = row.try_get("id")?;
    let circumstance: String = row.try_get("circumstance")?;
    Ok(AccessRecord {
        id: AccessRecordId::try_from(id.as_slice()).map_err(|_| corrupt(TABLE, "id"))?,
        accessed_at: timestamp(row.try_get("accessed_at")?)?,
        bp: parsed(row, "bp")?,
        whitelist_version: row.try_get("whitelist_version")?,
        circumstance: Ground::from_name(&circumstance).ok_or_else(|| corrupt(TABLE, "circumstance"))?.circumstance(),
        requester: parsed(row, "requester")?,
        provider: parsed(row, "provider")?,
        info_kind: parsed(row, "info_kind")?,
        outcome: outcome(row)?,
        dictionary: Dictionary {
            schema_version: row.try_get("schema_version")?,
            words_version: row.try_get("words_version")?,
        },
    })
}

pub(super) fn timestamp(microseconds: i64) -> Result<Timestamp, db::DbError> {
    Timestamp::from_microsecond(microseconds).map_err(|_| corrupt(TABLE, "accessed_at"))
}

pub(super) fn parsed<T: std::str::FromStr>(row: &SqliteRow, column: &'static str) -> Result<T, db::DbError> {
    row.try_get::<String, _>(column)?.parse().map_err(|_| corrupt(TABLE, column))
}

fn outcome(row: &SqliteRow) -> Result<Outcome, db::DbError> {
    let name: String = row.try_get("outcome")?;
    Outcome::ALL.into_iter().find(|outcome| outcome.name() == name).ok_or_else(|| corrupt("access_outcomes", "outcome"))
}
