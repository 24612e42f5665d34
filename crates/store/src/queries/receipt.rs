//! Which entry of the log is which receipt.

use domain::{ReceiptId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::log::ReceiptRow;

pub(crate) async fn insert_receipt(
    db: &mut Connection,
    receipt: &ReceiptRow,
    session_hash: Option<&SecretHash>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO purge_receipt (id, log_index, session_hash, at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING",
    )
    .bind(receipt.id.as_bytes().as_slice())
    .bind(column::whole(receipt.log_index))
    .bind(session_hash.map(column::hash))
    .bind(column::micros(receipt.at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn receipt_by_id(db: &mut Connection, id: &ReceiptId) -> Result<Option<ReceiptRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, log_index, at
        FROM purge_receipt
        WHERE id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(receipt).transpose()
}

pub(crate) async fn receipt_by_session_hash(
    db: &mut Connection,
    session_hash: &SecretHash,
) -> Result<Option<ReceiptRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, log_index, at
        FROM purge_receipt
        WHERE session_hash = $1
        ORDER BY log_index DESC
        LIMIT 1",
    )
    .bind(column::hash(session_hash))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(receipt).transpose()
}

pub(crate) async fn forget_sessions_of_receipts(db: &mut Connection, until: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE purge_receipt
        SET session_hash = NULL
        WHERE session_hash IS NOT NULL AND at <= $1",
    )
    .bind(column::micros(until))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

const TABLE: &str = "purge_receipt";

fn receipt(row: &Row) -> Result<ReceiptRow, StoreError> {
    Ok(ReceiptRow {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        log_index: column::count(row.try_get("log_index")?, TABLE, "log_index")?,
        at: column::time(row.try_get("at")?, TABLE, "at")?,
    })
}
