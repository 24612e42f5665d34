//! Where people are told that there is something new: entered, confirmed, taken away.

use domain::{AlertAddressId, FolderId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::alert::{AlertAddressRow, NewAlertAddress};

const TABLE: &str = "alert_address";

pub(crate) async fn insert_alert_address(db: &mut Connection, new: &NewAlertAddress) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO alert_address (id, folder_id, channel, sealed, entered_at, code_hash, code_expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id.as_bytes().as_slice())
    .bind(new.folder.as_bytes().as_slice())
    .bind(new.channel.name())
    .bind(&new.sealed)
    .bind(column::micros(new.entered_at))
    .bind(column::hash(&new.code_hash))
    .bind(column::micros(new.code_expires_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn renew_alert_code(
    db: &mut Connection,
    folder: &FolderId,
    id: &AlertAddressId,
    code_hash: &SecretHash,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE alert_address
        SET code_hash = $3, code_expires_at = $4, code_tries = 0
        WHERE id = $1 AND folder_id = $2 AND confirmed_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(folder.as_bytes().as_slice())
    .bind(column::hash(code_hash))
    .bind(column::micros(expires_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn try_alert_code(
    db: &mut Connection,
    folder: &FolderId,
    id: &AlertAddressId,
    tries_max: u32,
    now: Timestamp,
) -> Result<Option<SecretHash>, StoreError> {
    let row = sqlx::query(
        "UPDATE alert_address
        SET code_tries = code_tries + 1
        WHERE id = $1
            AND folder_id = $2
            AND confirmed_at IS NULL
            AND code_hash IS NOT NULL
            AND code_expires_at > $4
            AND code_tries < $3
        RETURNING code_hash",
    )
    .bind(id.as_bytes().as_slice())
    .bind(folder.as_bytes().as_slice())
    .bind(i64::from(tries_max))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.map(|row| column::bytes(row.try_get("code_hash")?, TABLE, "code_hash")).transpose()
}

pub(crate) async fn confirm_alert_address(
    db: &mut Connection,
    folder: &FolderId,
    id: &AlertAddressId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE alert_address
        SET confirmed_at = $3, code_hash = NULL, code_expires_at = NULL
        WHERE id = $1 AND folder_id = $2 AND confirmed_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(folder.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_alert_address(
    db: &mut Connection,
    folder: &FolderId,
    id: &AlertAddressId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM alert_address
        WHERE id = $1 AND folder_id = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(folder.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_alerts_of_folder(db: &mut Connection, folder: &FolderId) -> Result<u64, StoreError> {
    sqlx::query(
        "DELETE FROM alert_arrival
        WHERE folder_id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "DELETE FROM alert_address
        WHERE folder_id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn alert_addresses(
    db: &mut Connection,
    folder: &FolderId,
) -> Result<Vec<AlertAddressRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, folder_id, channel, sealed, entered_at, code_expires_at, code_tries, confirmed_at, told_at, attempts,
            failed_at
        FROM alert_address
        WHERE folder_id = $1
        ORDER BY entered_at, id",
    )
    .bind(folder.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter().map(address).collect()
}

pub(crate) async fn note_alert_code(db: &mut Connection, who: &SecretHash, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO alert_code_sent (who_hash, sent_at)
        VALUES ($1, $2)",
    )
    .bind(column::hash(who))
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn alert_codes_since(
    db: &mut Connection,
    who: &SecretHash,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*)
        FROM alert_code_sent
        WHERE who_hash = $1 AND sent_at > $2",
    )
    .bind(column::hash(who))
    .bind(column::micros(since))
    .fetch_one(db)
    .await?;
    column::count(count, "alert_code_sent", "sent_at")
}

/// What nobody confirmed in time goes, and so do marks of codes that count no longer.
pub(crate) async fn forget_alert_codes(
    db: &mut Connection,
    sent_until: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sqlx::query(
        "DELETE FROM alert_code_sent
        WHERE sent_at <= $1",
    )
    .bind(column::micros(sent_until))
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "DELETE FROM alert_address
        WHERE confirmed_at IS NULL AND code_expires_at <= $1",
    )
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) fn address(row: &Row) -> Result<AlertAddressRow, StoreError> {
    let time = |column: &'static str| {
        let at: Option<i64> = row.try_get(column)?;
        at.map(|at| column::time(at, TABLE, column)).transpose()
    };
    let number = |column: &'static str| {
        let value: i64 = row.try_get(column)?;
        u32::try_from(value).map_err(|_| StoreError::Corrupt { table: TABLE, column })
    };
    Ok(AlertAddressRow {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        folder: column::bytes(row.try_get("folder_id")?, TABLE, "folder_id")?,
        channel: column::text(row.try_get("channel")?, TABLE, "channel")?,
        sealed: row.try_get("sealed")?,
        entered_at: column::time(row.try_get("entered_at")?, TABLE, "entered_at")?,
        code_expires_at: time("code_expires_at")?,
        code_tries: number("code_tries")?,
        confirmed_at: time("confirmed_at")?,
        told_at: time("told_at")?,
        attempts: number("attempts")?,
        failed_at: time("failed_at")?,
    })
}
