//! What becomes of a folder (requirements B.10).

use domain::{FolderId, LinkCode};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, alert, column, kept, notice_life, recipient};
use crate::StoreError;
use crate::rows::ErasedFolder;

pub(crate) async fn retain_folder(
    db: &mut Connection,
    link_code: &LinkCode,
    now: Timestamp,
) -> Result<Option<FolderId>, StoreError> {
    let row = sqlx::query(
        "UPDATE folder
        SET state = 'retained', state_since = $2
        WHERE link_code = $1 AND state IN ('open', 'suspended')
        RETURNING id",
    )
    .bind(link_code.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(&mut *db)
    .await?;
    let id = row.map(|row| column::bytes(row.try_get("id")?, TABLE, "id")).transpose()?;
    if let Some(id) = &id {
        recipient::follow_folder(db, id, now).await?;
    }
    Ok(id)
}

pub(crate) async fn give_up_registrations_of(db: &mut Connection, link_code: &LinkCode) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE registration
        SET state = 'given_up', link_code = NULL, key_index = NULL, signature_serial = NULL
        WHERE link_code = $1",
    )
    .bind(link_code.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn folders_retained_before(
    db: &mut Connection,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<FolderId>, StoreError> {
    let rows = sqlx::query(
        "SELECT id
        FROM folder
        WHERE state = 'retained' AND state_since <= $1
        ORDER BY state_since
        LIMIT $2",
    )
    .bind(column::micros(before))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("id")?, TABLE, "id")).collect()
}

pub(crate) async fn delete_folder(db: &mut Connection, id: &FolderId) -> Result<Option<ErasedFolder>, StoreError> {
    let notices = match recipient::recipient_of_folder(db, id).await? {
        Some(recipient) => notice_life::erase_recipient(db, recipient).await?,
        None => 0,
    };
    let alert_addresses = alert::delete_alerts_of_folder(db, id).await?;
    let kept_notices = kept::delete_kept_of_folder(db, id).await?;
    let mut went = [0; 4];
    for (statement, went) in [
        "DELETE FROM session WHERE folder_id = $1",
        "DELETE FROM login_event WHERE folder_id = $1",
        "DELETE FROM certificate_binding WHERE folder_id = $1",
        "DELETE FROM folder WHERE id = $1",
    ]
    .into_iter()
    .zip(&mut went)
    {
        *went = sqlx::query(statement).bind(id.as_bytes().as_slice()).execute(&mut *db).await?.rows_affected();
    }
    let [_, login_events, certificates, folders] = went;
    let erased = ErasedFolder { login_events, certificates, notices, kept_notices, alert_addresses };
    Ok((folders == 1).then_some(erased))
}

const TABLE: &str = "folder";
