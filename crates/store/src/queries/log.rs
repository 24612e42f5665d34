//! The portal's own append-only log: head, tiles, entries.

use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::log::{LogHead, RetiredLog};

pub(crate) async fn start_log(db: &mut Connection, checkpoint: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO log_head (id, size, checkpoint)
        VALUES (1, 0, $1)
        ON CONFLICT DO NOTHING",
    )
    .bind(checkpoint)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn hold_log(db: &mut Connection) -> Result<Option<LogHead>, StoreError> {
    // Changes nothing; whoever writes the row has it until the end of the transaction.
    let row = sqlx::query(
        "UPDATE log_head
        SET size = size
        WHERE id = 1
        RETURNING size, checkpoint",
    )
    .fetch_optional(db)
    .await?;
    row.as_ref().map(head).transpose()
}

pub(crate) async fn advance_log(db: &mut Connection, old_size: u64, new: &LogHead) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE log_head
        SET size = $2, checkpoint = $3
        WHERE size = $1",
    )
    .bind(column::whole(old_size))
    .bind(column::whole(new.size))
    .bind(&new.checkpoint)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn log_head(db: &mut Connection) -> Result<Option<LogHead>, StoreError> {
    let row = sqlx::query(
        "SELECT size, checkpoint
        FROM log_head
        WHERE id = 1",
    )
    .fetch_optional(db)
    .await?;
    row.as_ref().map(head).transpose()
}

pub(crate) async fn put_log_tile(db: &mut Connection, level: u8, place: u64, hashes: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO log_tile (level, place, hashes)
        VALUES ($1, $2, $3)
        ON CONFLICT (level, place) DO UPDATE
        SET hashes = excluded.hashes",
    )
    .bind(i64::from(level))
    .bind(column::whole(place))
    .bind(hashes)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn log_tile(db: &mut Connection, level: u8, place: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let hashes = sqlx::query_scalar(
        "SELECT hashes
        FROM log_tile
        WHERE level = $1 AND place = $2",
    )
    .bind(i64::from(level))
    .bind(column::whole(place))
    .fetch_optional(db)
    .await?;
    Ok(hashes)
}

pub(crate) async fn insert_log_entry(db: &mut Connection, log_index: u64, entry: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO log_entry (log_index, entry)
        VALUES ($1, $2)",
    )
    .bind(column::whole(log_index))
    .bind(entry)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn log_entries(db: &mut Connection, first: u64, count: u16) -> Result<Vec<Vec<u8>>, StoreError> {
    let entries = sqlx::query_scalar(
        "SELECT entry
        FROM log_entry
        WHERE log_index >= $1 AND log_index < $2
        ORDER BY log_index",
    )
    .bind(column::whole(first))
    .bind(column::whole(first.saturating_add(u64::from(count))))
    .fetch_all(db)
    .await?;
    Ok(entries)
}

pub(crate) async fn empty_log(db: &mut Connection) -> Result<(), StoreError> {
    for statement in
        ["DELETE FROM purge_receipt", "DELETE FROM log_entry", "DELETE FROM log_tile", "DELETE FROM log_head"]
    {
        sqlx::query(statement).execute(&mut *db).await?;
    }
    Ok(())
}

pub(crate) async fn insert_retired_log(db: &mut Connection, retired: &RetiredLog) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO log_retired (key_text, origin, size, checkpoint, at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING",
    )
    .bind(&retired.key_text)
    .bind(&retired.origin)
    .bind(column::whole(retired.size))
    .bind(retired.checkpoint.as_deref())
    .bind(column::micros(retired.at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn retired_logs(db: &mut Connection) -> Result<Vec<RetiredLog>, StoreError> {
    let rows = sqlx::query(
        "SELECT key_text, origin, size, checkpoint, at
        FROM log_retired
        ORDER BY key_text",
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(retired).collect()
}

const TABLE: &str = "log_head";
const RETIRED: &str = "log_retired";

fn retired(row: &Row) -> Result<RetiredLog, StoreError> {
    Ok(RetiredLog {
        key_text: row.try_get("key_text")?,
        origin: row.try_get("origin")?,
        size: column::count(row.try_get("size")?, RETIRED, "size")?,
        checkpoint: row.try_get("checkpoint")?,
        at: column::time(row.try_get("at")?, RETIRED, "at")?,
    })
}

fn head(row: &Row) -> Result<LogHead, StoreError> {
    Ok(LogHead { size: column::count(row.try_get("size")?, TABLE, "size")?, checkpoint: row.try_get("checkpoint")? })
}
