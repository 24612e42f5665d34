//! Folders and the certificates that open them.

use domain::{FolderId, FolderState, KeyIndex, LinkCode};
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, Row, column, recipient};
use crate::StoreError;
use crate::rows::{Binding, Entrance, Folder};

pub(crate) async fn insert_folder(db: &mut Connection, folder: &Folder) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO folder (id, link_code, key_index, state, opened_at)
        VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(folder.id.as_bytes().as_slice())
    .bind(folder.link_code.as_bytes().as_slice())
    .bind(i64::from(folder.key_index.0))
    .bind(folder.state.name())
    .bind(column::micros(folder.opened_at))
    .execute(&mut *db)
    .await?;
    if folder.state == FolderState::Open {
        recipient::reach(db, &folder.link_code, folder.opened_at).await?;
    }
    Ok(())
}

pub(crate) async fn folder_by_id(db: &mut Connection, id: &FolderId) -> Result<Option<Folder>, StoreError> {
    let row = sqlx::query(
        "SELECT id, link_code, key_index, state, opened_at
        FROM folder
        WHERE id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(folder).transpose()
}

pub(crate) async fn folders_among(db: &mut Connection, ids: &[FolderId]) -> Result<Vec<FolderId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT id FROM folder WHERE id IN (");
    let mut separated = select.separated(", ");
    for id in ids {
        separated.push_bind(id.as_bytes().to_vec());
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(db).await?;
    rows.iter().map(|row| column::bytes(row.try_get("id")?, TABLE, "id")).collect()
}

pub(crate) async fn folder_by_link_code(
    db: &mut Connection,
    link_code: &LinkCode,
) -> Result<Option<Folder>, StoreError> {
    let row = sqlx::query(
        "SELECT id, link_code, key_index, state, opened_at
        FROM folder
        WHERE link_code = $1",
    )
    .bind(link_code.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(folder).transpose()
}

pub(crate) async fn folder_by_serial(db: &mut Connection, serial: &str) -> Result<Option<Folder>, StoreError> {
    let row = sqlx::query(
        "SELECT folder.id, folder.link_code, folder.key_index, folder.state, folder.opened_at
        FROM certificate_binding
        JOIN folder ON folder.id = certificate_binding.folder_id
        WHERE certificate_binding.serial = $1 AND certificate_binding.unbound_at IS NULL",
    )
    .bind(serial)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(folder).transpose()
}

pub(crate) async fn change_folder_state(
    db: &mut Connection,
    id: &FolderId,
    from: FolderState,
    to: FolderState,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE folder
        SET state = $3, state_since = $4
        WHERE id = $1 AND state = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(from.name())
    .bind(to.name())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    recipient::follow_folder(db, id, now).await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn replace_link_code(
    db: &mut Connection,
    old: &LinkCode,
    new: &LinkCode,
    key_index: KeyIndex,
) -> Result<bool, StoreError> {
    sqlx::query(
        "UPDATE registration
        SET link_code = $2, key_index = $3
        WHERE link_code = $1",
    )
    .bind(old.as_bytes().as_slice())
    .bind(new.as_bytes().as_slice())
    .bind(i64::from(key_index.0))
    .execute(&mut *db)
    .await?;
    recipient::replace_code(db, old, new).await?;
    let done = sqlx::query(
        "UPDATE folder
        SET link_code = $2, key_index = $3
        WHERE link_code = $1",
    )
    .bind(old.as_bytes().as_slice())
    .bind(new.as_bytes().as_slice())
    .bind(i64::from(key_index.0))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn unbind_other_certificates(
    db: &mut Connection,
    folder_id: &FolderId,
    serial: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE certificate_binding
        SET unbound_at = $3
        WHERE folder_id = $1 AND serial <> $2 AND unbound_at IS NULL",
    )
    .bind(folder_id.as_bytes().as_slice())
    .bind(serial)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn bind_certificate(db: &mut Connection, binding: &Binding) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO certificate_binding (serial, folder_id, bound_at)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(&binding.serial)
    .bind(binding.folder_id.as_bytes().as_slice())
    .bind(column::micros(binding.bound_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn note_certificate_end(
    db: &mut Connection,
    serial: &str,
    not_after: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE certificate_binding
        SET not_after = $2
        WHERE serial = $1 AND unbound_at IS NULL AND not_after IS NULL",
    )
    .bind(serial)
    .bind(column::micros(not_after))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn entrance_by_serial(db: &mut Connection, serial: &str) -> Result<Option<Entrance>, StoreError> {
    let row = sqlx::query(
        "SELECT
            bound.id, bound.link_code, bound.key_index, bound.state, bound.opened_at, bound.not_after,
            bound.entered_at,
            (
                SELECT COUNT(*)
                FROM login_event
                WHERE login_event.folder_id = bound.id
                    AND login_event.outcome <> 'succeeded'
                    AND (bound.entered_at IS NULL OR login_event.at > bound.entered_at)
            ) AS failures
        FROM (
            SELECT
                folder.id, folder.link_code, folder.key_index, folder.state, folder.opened_at,
                certificate_binding.not_after,
                (
                    SELECT MAX(login_event.at)
                    FROM login_event
                    WHERE login_event.folder_id = folder.id AND login_event.outcome = 'succeeded'
                ) AS entered_at
            FROM certificate_binding
            JOIN folder ON folder.id = certificate_binding.folder_id
            WHERE certificate_binding.serial = $1 AND certificate_binding.unbound_at IS NULL
        ) bound",
    )
    .bind(serial)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(entrance).transpose()
}

fn entrance(row: &Row) -> Result<Entrance, StoreError> {
    let (not_after, entered_at): (Option<i64>, Option<i64>) = (row.try_get("not_after")?, row.try_get("entered_at")?);
    let failures: i64 = row.try_get("failures")?;
    Ok(Entrance {
        folder: folder(row)?,
        certificate_ends_at: not_after.map(|at| column::time(at, "certificate_binding", "not_after")).transpose()?,
        entered_at: entered_at.map(|at| column::time(at, "login_event", "at")).transpose()?,
        failures_since: u32::try_from(failures).unwrap_or(u32::MAX),
    })
}

pub(crate) async fn lacks_certificate_end(db: &mut Connection, serial: &str) -> Result<Option<bool>, StoreError> {
    let lacks: Option<i64> = sqlx::query_scalar(
        "SELECT CASE WHEN not_after IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END
        FROM certificate_binding
        WHERE serial = $1 AND unbound_at IS NULL",
    )
    .bind(serial)
    .fetch_optional(db)
    .await?;
    Ok(lacks.map(|lacks| lacks != 0))
}

const TABLE: &str = "folder";

fn folder(row: &Row) -> Result<Folder, StoreError> {
    let key_index: i64 = row.try_get("key_index")?;
    Ok(Folder {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        link_code: column::bytes(row.try_get("link_code")?, TABLE, "link_code")?,
        key_index: u32::try_from(key_index)
            .map(KeyIndex)
            .map_err(|_| StoreError::Corrupt { table: TABLE, column: "key_index" })?,
        state: column::text(row.try_get("state")?, TABLE, "state")?,
        opened_at: column::time(row.try_get("opened_at")?, TABLE, "opened_at")?,
    })
}
