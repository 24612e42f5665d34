//! The key database: one wrapped key for each folder.

use domain::FolderId;
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, column};
use crate::StoreError;

pub(crate) async fn insert_folder_key(
    db: &mut Connection,
    folder: &FolderId,
    wrapped: &[u8],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO folder_key (folder_id, wrapped, made_at)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(wrapped)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn folder_key(db: &mut Connection, folder: &FolderId) -> Result<Option<Vec<u8>>, StoreError> {
    let wrapped = sqlx::query_scalar(
        "SELECT wrapped
        FROM folder_key
        WHERE folder_id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    Ok(wrapped)
}

pub(crate) async fn delete_folder_key(db: &mut Connection, folder: &FolderId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM folder_key
        WHERE folder_id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// In the order of their ids, after this one.
pub(crate) async fn folders_with_keys(
    db: &mut Connection,
    after: Option<&FolderId>,
    limit: u32,
) -> Result<Vec<FolderId>, StoreError> {
    let rows = sqlx::query(
        "SELECT folder_id
        FROM folder_key
        WHERE folder_id > $1
        ORDER BY folder_id
        LIMIT $2",
    )
    // Nothing sorts before every id.
    .bind(after.map_or_else(Vec::new, |folder| folder.as_bytes().to_vec()))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("folder_id")?, "folder_key", "folder_id")).collect()
}
