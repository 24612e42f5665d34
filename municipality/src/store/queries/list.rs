//! Lists of recipients on their way.

use sqlx::{QueryBuilder, Row as _};

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::api_rows::{FaultRow, ListForm, ListRow};
use crate::store::rows::SendingId;

const TABLE: &str = "recipient_list";
/// Rows in one statement.
const AT_ONCE: usize = 2000;

pub(crate) async fn begin_list(db: &mut Connection, sending: SendingId, form: ListForm) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recipient_list (sending_id, form)
        VALUES ($1, $2)
        ON CONFLICT DO NOTHING",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(form.name())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn list(db: &mut Connection, sending: SendingId) -> Result<Option<ListRow>, StoreError> {
    let row = sqlx::query(
        "SELECT form, columns, bytes, lines, faults, complete_at
        FROM recipient_list
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let complete_at: Option<i64> = row.try_get("complete_at")?;
        Ok(ListRow {
            form: column::text(row.try_get("form")?, TABLE, "form")?,
            columns: row.try_get("columns")?,
            bytes: column::number(row.try_get("bytes")?, TABLE, "bytes")?,
            lines: column::number(row.try_get("lines")?, TABLE, "lines")?,
            faults: column::number(row.try_get("faults")?, TABLE, "faults")?,
            complete_at: complete_at.map(|at| column::time(at, TABLE, "complete_at")).transpose()?,
        })
    })
    .transpose()
}

/// Only from where it stands: of two who upload at once one goes on.
pub(crate) async fn advance_list(
    db: &mut Connection,
    sending: SendingId,
    from_bytes: u64,
    row: &ListRow,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE recipient_list
        SET columns = $3, bytes = $4, lines = $5, faults = $6, complete_at = $7
        WHERE sending_id = $1 AND bytes = $2 AND complete_at IS NULL
            AND EXISTS (SELECT 1 FROM sending WHERE id = $1 AND state = 'open')",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(from_bytes))
    .bind(row.columns.as_deref())
    .bind(column::whole(row.bytes))
    .bind(column::whole(row.lines))
    .bind(column::whole(row.faults))
    .bind(row.complete_at.map(column::micros))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_faults(
    db: &mut Connection,
    sending: SendingId,
    faults: &[FaultRow],
) -> Result<(), StoreError> {
    for some in faults.chunks(AT_ONCE) {
        let mut insert =
            QueryBuilder::<super::super::Db>::new("INSERT INTO recipient_fault (sending_id, line, code, detail) ");
        insert.push_values(some, |mut row, fault| {
            row.push_bind(sending.as_bytes().to_vec())
                .push_bind(column::whole(fault.line))
                .push_bind(fault.code.clone())
                .push_bind(fault.detail.clone());
        });
        insert.push(" ON CONFLICT DO NOTHING");
        insert.build().persistent(false).execute(&mut *db).await?;
    }
    Ok(())
}

pub(crate) async fn faults(
    db: &mut Connection,
    sending: SendingId,
    after: u64,
    limit: u32,
) -> Result<Vec<FaultRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT line, code, detail
        FROM recipient_fault
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
        .map(|row| {
            Ok(FaultRow {
                line: column::number(row.try_get("line")?, "recipient_fault", "line")?,
                code: row.try_get("code")?,
                detail: row.try_get("detail")?,
            })
        })
        .collect()
}
