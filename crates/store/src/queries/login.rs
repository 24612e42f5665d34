//! Login history (P-AUT-9).

use domain::{FolderId, LoginOutcome};
use sqlx::Row as _;

use super::{Connection, column};
use crate::StoreError;
use crate::rows::LoginEvent;

pub(crate) async fn insert_login_event(
    db: &mut Connection,
    id: &[u8; 16],
    folder_id: &FolderId,
    event: &LoginEvent,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO login_event (id, folder_id, at, outcome)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(id.as_slice())
    .bind(folder_id.as_bytes().as_slice())
    .bind(column::micros(event.at))
    .bind(event.outcome.name())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn login_events(
    db: &mut Connection,
    folder_id: &FolderId,
    offset: u32,
    limit: u32,
) -> Result<Vec<LoginEvent>, StoreError> {
    let rows = sqlx::query(
        "SELECT at, outcome
        FROM login_event
        WHERE folder_id = $1
        ORDER BY at DESC, id
        LIMIT $2 OFFSET $3",
    )
    .bind(folder_id.as_bytes().as_slice())
    .bind(i64::from(limit))
    .bind(i64::from(offset))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let outcome = LoginOutcome::from_name(row.try_get("outcome")?);
            Ok(LoginEvent {
                at: column::time(row.try_get("at")?, TABLE, "at")?,
                outcome: outcome.ok_or(StoreError::Corrupt { table: TABLE, column: "outcome" })?,
            })
        })
        .collect()
}

pub(crate) async fn login_event_count(db: &mut Connection, folder_id: &FolderId) -> Result<u32, StoreError> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*)
        FROM login_event
        WHERE folder_id = $1",
    )
    .bind(folder_id.as_bytes().as_slice())
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

const TABLE: &str = "login_event";
