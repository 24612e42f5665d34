//! To whom it goes: a list as it was read.

use sqlx::Row as _;

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::console_rows::ReadList;
use crate::store::rows::SendingId;

pub(crate) async fn open_list(db: &mut Connection, sending: SendingId, source: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_list (sending_id, source)
        VALUES ($1, $2)",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(source)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn close_list(db: &mut Connection, sending: SendingId, list: &ReadList) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE console_list
        SET lines = $2, twice = $3, faults = $4, broken = $5, whole_at = $6
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(list.lines))
    .bind(column::whole(list.twice))
    .bind(column::whole(list.faults))
    .bind(list.broken.as_deref())
    .bind(list.whole_at.map(column::micros))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn insert_fault(
    db: &mut Connection,
    sending: SendingId,
    line: u64,
    fault: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_fault (sending_id, line, fault)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(line))
    .bind(fault)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn read_list(db: &mut Connection, sending: SendingId) -> Result<Option<ReadList>, StoreError> {
    let row = sqlx::query(
        "SELECT source, lines, twice, faults, broken, whole_at
        FROM console_list
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let count = |name: &'static str| column::number(row.try_get(name)?, "console_list", name);
        let whole_at: Option<i64> = row.try_get("whole_at")?;
        Ok(ReadList {
            source: row.try_get("source")?,
            lines: count("lines")?,
            twice: count("twice")?,
            faults: count("faults")?,
            broken: row.try_get("broken")?,
            whole_at: whole_at.map(|at| column::time(at, "console_list", "whole_at")).transpose()?,
        })
    })
    .transpose()
}

pub(crate) async fn bad_lines(
    db: &mut Connection,
    sending: SendingId,
    after: u64,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    let rows = sqlx::query(
        "SELECT line, fault
        FROM console_fault
        WHERE sending_id = $1 AND line > $2
        ORDER BY line
        LIMIT $3",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| Ok((column::number(row.try_get("line")?, "console_fault", "line")?, row.try_get("fault")?)))
        .collect()
}
