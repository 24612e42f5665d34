//! Who did what.

use sqlx::Row as _;

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::rows::{AuditLine, SendingId};

pub(crate) async fn insert_audit(db: &mut Connection, line: &AuditLine) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit (at, who, what, sending_id)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(column::micros(line.at))
    .bind(&line.who)
    .bind(&line.what)
    .bind(line.sending.as_ref().map(|id| id.as_bytes().as_slice()))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn audit(
    db: &mut Connection,
    sending: Option<SendingId>,
    limit: u32,
) -> Result<Vec<AuditLine>, StoreError> {
    let rows = sqlx::query(
        "SELECT at, who, what, sending_id
        FROM audit
        WHERE $1 IS NULL OR sending_id = $1
        ORDER BY id DESC
        LIMIT $2",
    )
    .bind(sending.as_ref().map(|id| id.as_bytes().as_slice()))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let sending: Option<Vec<u8>> = row.try_get("sending_id")?;
            Ok(AuditLine {
                at: column::time(row.try_get("at")?, "audit", "at")?,
                who: row.try_get("who")?,
                what: row.try_get("what")?,
                sending: sending.map(|id| column::bytes(&id, "audit", "sending_id")).transpose()?,
            })
        })
        .collect()
}
