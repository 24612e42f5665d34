//! Who did what.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::rows::{AuditLine, SendingId};

pub(crate) async fn insert_audit(db: &mut Connection, line: &AuditLine) -> Result<(), StoreError> {
    insert_audits(db, std::slice::from_ref(line)).await
}

pub(crate) async fn insert_audits(db: &mut Connection, lines: &[AuditLine]) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut insert = QueryBuilder::<super::super::Db>::new("INSERT INTO audit (at, who, what, sending_id) ");
    insert.push_values(lines, |mut row, line| {
        row.push_bind(column::micros(line.at))
            .push_bind(line.who.clone())
            .push_bind(line.what.clone())
            .push_bind(line.sending.as_ref().map(|id| id.as_bytes().to_vec()));
    });
    insert.build().persistent(lines.len() == 1).execute(db).await?;
    Ok(())
}

/// A line about no sending, unless the same one is there since that time.
pub(crate) async fn insert_audit_once(
    db: &mut Connection,
    line: &AuditLine,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO audit (at, who, what)
        SELECT $1, $2, $3
        WHERE NOT EXISTS (
            SELECT 1
            FROM audit
            WHERE who = $2 AND what = $3 AND at > $4 AND sending_id IS NULL
        )",
    )
    .bind(column::micros(line.at))
    .bind(&line.who)
    .bind(&line.what)
    .bind(column::micros(since))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn audit(
    db: &mut Connection,
    sending: Option<SendingId>,
    limit: u32,
) -> Result<Vec<AuditLine>, StoreError> {
    let Some(sending) = sending else {
        return Ok(audit_page(db, None, limit).await?.into_iter().map(|(_, line)| line).collect());
    };
    let rows = sqlx::query(
        "SELECT id, at, who, what, sending_id
        FROM audit
        WHERE sending_id = $1
        ORDER BY id DESC
        LIMIT $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| line(row).map(|(_, line)| line)).collect()
}

pub(crate) async fn audit_page(
    db: &mut Connection,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<(u64, AuditLine)>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, at, who, what, sending_id
        FROM audit
        WHERE id < $1
        ORDER BY id DESC
        LIMIT $2",
    )
    .bind(before.map_or(i64::MAX, column::whole))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(line).collect()
}

fn line(row: &Row) -> Result<(u64, AuditLine), StoreError> {
    let sending: Option<Vec<u8>> = row.try_get("sending_id")?;
    let line = AuditLine {
        at: column::time(row.try_get("at")?, "audit", "at")?,
        who: row.try_get("who")?,
        what: row.try_get("what")?,
        sending: sending.map(|id| column::bytes(&id, "audit", "sending_id")).transpose()?,
    };
    Ok((column::number(row.try_get("id")?, "audit", "id")?, line))
}
