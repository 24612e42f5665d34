//! How sessions end, and what goes with them (P-PSH-7).

use domain::{FolderId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, column};
use crate::StoreError;
use crate::rows::SessionEnd;

/// Nobody gets in any more, whatever their clock says: a session was over before it began.
pub(crate) async fn end_session(db: &mut Connection, id_hash: &SecretHash) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE session
        SET idle_ends_at = created_at
        WHERE id_hash = $1",
    )
    .bind(column::hash(id_hash))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn end_sessions_of_folder(db: &mut Connection, id: &FolderId) -> Result<Vec<SecretHash>, StoreError> {
    let rows = sqlx::query(
        "UPDATE session
        SET idle_ends_at = created_at
        WHERE folder_id = $1
        RETURNING id_hash",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("id_hash")?, TABLE, "id_hash")).collect()
}

/// Whether the person of this session has another one that is not over.
pub(crate) async fn lives_elsewhere(
    db: &mut Connection,
    id_hash: &SecretHash,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let other = sqlx::query(
        "SELECT elsewhere.id_hash
        FROM session
        JOIN session AS elsewhere ON elsewhere.folder_id = session.folder_id
        WHERE session.id_hash = $1
            AND elsewhere.id_hash <> $1
            AND elsewhere.ends_at > $2
            AND elsewhere.idle_ends_at > $2
        LIMIT 1",
    )
    .bind(column::hash(id_hash))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    Ok(other.is_some())
}

/// What a person has read goes with the last of their sessions, and so do their stars. A folder that is not open has ended them all, and whoever was
/// to erase what hangs on them has not done it yet.
pub(crate) async fn sessions_over_with_confirmed(
    db: &mut Connection,
    now: Timestamp,
) -> Result<Vec<(SecretHash, SessionEnd)>, StoreError> {
    let rows = sqlx::query(
        "SELECT session.id_hash, session.idle_ends_at, session.ends_at, folder.state
        FROM session
        JOIN folder ON folder.id = session.folder_id
        JOIN recipient ON recipient.link_code = folder.link_code
        WHERE (session.ends_at <= $1 OR session.idle_ends_at <= $1) AND (
            folder.state <> 'open' OR (
                NOT EXISTS (
                    SELECT 1
                    FROM session AS elsewhere
                    WHERE elsewhere.folder_id = session.folder_id
                        AND elsewhere.ends_at > $1
                        AND elsewhere.idle_ends_at > $1
                )
                AND EXISTS (
                    SELECT 1
                    FROM notice
                    WHERE notice.recipient_id = recipient.id
                        AND (
                            notice.opened_at IS NOT NULL
                            OR notice.binned_at IS NOT NULL
                            OR notice.starred_at IS NOT NULL
                        )
                )
            )
        )",
    )
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let (idle, absolute): (i64, i64) = (row.try_get("idle_ends_at")?, row.try_get("ends_at")?);
            let state: &str = row.try_get("state")?;
            let end = match state {
                "open" if absolute <= idle => SessionEnd::Absolute,
                "open" => SessionEnd::Idle,
                _ => SessionEnd::Gone,
            };
            Ok((column::bytes(row.try_get("id_hash")?, TABLE, "id_hash")?, end))
        })
        .collect()
}

const TABLE: &str = "session";
