//! What officers write, and the files with it.

use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::console_rows::{DraftId, DraftRow, FileRow, OfficerId};
use crate::store::rows::SendingId;

pub(crate) async fn insert_draft(db: &mut Connection, draft: &DraftRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_draft (id, officer_id, made_at, changed_at, form)
        VALUES ($1, $2, $3, $3, $4)",
    )
    .bind(draft.id.as_bytes().as_slice())
    .bind(draft.officer.as_bytes().as_slice())
    .bind(column::micros(draft.changed_at))
    .bind(&draft.form)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn save_draft(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
    form: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE console_draft
        SET form = $3, changed_at = $4
        WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(form)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn drop_draft(db: &mut Connection, id: DraftId, officer: OfficerId) -> Result<bool, StoreError> {
    sqlx::query(
        "DELETE FROM console_file
        WHERE draft_id = $1
            AND EXISTS (
                SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL
            )",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    let done = sqlx::query("DELETE FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL")
        .bind(id.as_bytes().as_slice())
        .bind(officer.as_bytes().as_slice())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn draft_became(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
    sending: Option<SendingId>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE console_draft
        SET sending_id = $3
        WHERE id = $1 AND officer_id = $2 AND (sending_id IS NULL OR $3 IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(sending.as_ref().map(|id| id.as_bytes().as_slice()))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn draft(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
) -> Result<Option<DraftRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE id = $1 AND officer_id = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(draft_row).transpose()
}

pub(crate) async fn draft_of_sending(db: &mut Connection, sending: SendingId) -> Result<Option<DraftRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(draft_row).transpose()
}

pub(crate) async fn drafts_of(
    db: &mut Connection,
    officer: OfficerId,
    limit: u32,
) -> Result<Vec<DraftRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE officer_id = $1 AND sending_id IS NULL
        ORDER BY changed_at DESC, id
        LIMIT $2",
    )
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(draft_row).collect()
}

pub(crate) async fn insert_file(
    db: &mut Connection,
    draft: DraftId,
    officer: OfficerId,
    file: &FileRow,
    content: &[u8],
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO console_file (draft_id, place, name, media_type, sha256, content)
        SELECT $1, $3, $4, $5, $6, $7
        WHERE EXISTS (SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL)
        ON CONFLICT DO NOTHING",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(file.place))
    .bind(&file.name)
    .bind(&file.media_type)
    .bind(&file.sha256)
    .bind(content)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn drop_file(
    db: &mut Connection,
    draft: DraftId,
    officer: OfficerId,
    place: u8,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM console_file
        WHERE draft_id = $1 AND place = $3
            AND EXISTS (SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL)",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(place))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn files(db: &mut Connection, draft: DraftId) -> Result<Vec<FileRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, name, media_type, sha256, length(content) AS bytes
        FROM console_file
        WHERE draft_id = $1
        ORDER BY place",
    )
    .bind(draft.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FileRow {
                place: column::number(row.try_get("place")?, "console_file", "place")?,
                name: row.try_get("name")?,
                media_type: row.try_get("media_type")?,
                sha256: row.try_get("sha256")?,
                bytes: length(row)?,
            })
        })
        .collect()
}

pub(crate) async fn file_of_draft(
    db: &mut Connection,
    draft: DraftId,
    place: u8,
) -> Result<Option<Vec<u8>>, StoreError> {
    let content = sqlx::query_scalar("SELECT content FROM console_file WHERE draft_id = $1 AND place = $2")
        .bind(draft.as_bytes().as_slice())
        .bind(i64::from(place))
        .fetch_optional(db)
        .await?;
    Ok(content)
}

pub(crate) async fn file_of_sending(
    db: &mut Connection,
    sending: SendingId,
    place: u8,
) -> Result<Option<Vec<u8>>, StoreError> {
    let content = sqlx::query_scalar("SELECT content FROM sending_attachment WHERE sending_id = $1 AND place = $2")
        .bind(sending.as_bytes().as_slice())
        .bind(i64::from(place))
        .fetch_optional(db)
        .await?;
    Ok(content)
}

/// The engines answer `length` in integers of their own width.
fn length(row: &Row) -> Result<u64, StoreError> {
    let bytes: i64 = row.try_get::<i64, _>("bytes").or_else(|_| row.try_get::<i32, _>("bytes").map(i64::from))?;
    column::number(bytes, "console_file", "content")
}

pub(crate) async fn copy_files(db: &mut Connection, draft: DraftId, sending: SendingId) -> Result<u64, StoreError> {
    // Places of a sending's files are without gaps, as in its letter.
    let done = sqlx::query(
        "INSERT INTO sending_attachment (sending_id, place, content)
        SELECT $2, (SELECT count(*) FROM console_file before WHERE before.draft_id = $1 AND before.place < one.place), content
        FROM console_file one
        WHERE draft_id = $1",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(sending.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn copy_files_to_draft(db: &mut Connection, from: DraftId, to: DraftId) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_file (draft_id, place, name, media_type, sha256, content)
        SELECT $2, place, name, media_type, sha256, content
        FROM console_file
        WHERE draft_id = $1",
    )
    .bind(from.as_bytes().as_slice())
    .bind(to.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(())
}

fn draft_row(row: &Row) -> Result<DraftRow, StoreError> {
    let sending: Option<Vec<u8>> = row.try_get("sending_id")?;
    Ok(DraftRow {
        id: column::bytes(row.try_get("id")?, "console_draft", "id")?,
        officer: column::bytes(row.try_get("officer_id")?, "console_draft", "officer_id")?,
        changed_at: column::time(row.try_get("changed_at")?, "console_draft", "changed_at")?,
        form: row.try_get("form")?,
        sending: sending.map(|id| column::bytes(&id, "console_draft", "sending_id")).transpose()?,
    })
}
