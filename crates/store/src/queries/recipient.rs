//! Who can receive notices. Kept in step with the folders by the statements that change those.

use domain::{FolderId, LinkCode, SecretHash};
use jiff::Timestamp;

use super::{Connection, column};
use crate::StoreError;
use crate::notice::RecipientId;

/// Somebody reads for this person from now on.
pub(super) async fn reach(db: &mut Connection, link_code: &LinkCode, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recipient (link_code, reached_since)
        VALUES ($1, $2)
        ON CONFLICT (link_code) DO UPDATE
        SET reached_since = excluded.reached_since",
    )
    .bind(link_code.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

/// The same after a folder's state changed: reached while it is open.
pub(super) async fn follow_folder(db: &mut Connection, id: &FolderId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE recipient
        SET reached_since = CASE WHEN (SELECT state FROM folder WHERE id = $1) = 'open' THEN $2 END
        WHERE link_code = (SELECT link_code FROM folder WHERE id = $1)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn replace_code(db: &mut Connection, old: &LinkCode, new: &LinkCode) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE recipient
        SET link_code = $2
        WHERE link_code = $1",
    )
    .bind(old.as_bytes().as_slice())
    .bind(new.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn recipient_of_session(
    db: &mut Connection,
    session_hash: &SecretHash,
) -> Result<Option<RecipientId>, StoreError> {
    let recipient: Option<i64> = sqlx::query_scalar(
        "SELECT recipient.id
        FROM session
        JOIN folder ON folder.id = session.folder_id
        JOIN recipient ON recipient.link_code = folder.link_code
        WHERE session.id_hash = $1",
    )
    .bind(column::hash(session_hash))
    .fetch_optional(db)
    .await?;
    Ok(recipient.map(RecipientId))
}

pub(crate) async fn recipient_of_folder(db: &mut Connection, id: &FolderId) -> Result<Option<RecipientId>, StoreError> {
    let recipient: Option<i64> = sqlx::query_scalar(
        "SELECT recipient.id
        FROM folder
        JOIN recipient ON recipient.link_code = folder.link_code
        WHERE folder.id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    Ok(recipient.map(RecipientId))
}
