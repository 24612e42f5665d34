//! Notices that a folder keeps (保管).

use domain::{FolderId, NoticeId, OrgCode};
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, Row, column};
use crate::StoreError;
use crate::kept::{Keeping, KeptId, KeptLimits, KeptRow, KeptTotals, NewKept};
use crate::notice::{LetterId, RecipientId};

const TABLE: &str = "kept_notice";

/// The folder's row is taken first: on PostgreSQL whoever else keeps something, or deletes the folder, waits for it, so
/// that no two together go beyond the limits.
pub(crate) async fn keep_notice(
    db: &mut Connection,
    folder: &FolderId,
    kept: &NewKept,
    limits: KeptLimits,
    now: Timestamp,
) -> Result<Keeping, StoreError> {
    let taken = sqlx::query(
        "UPDATE folder
        SET state = state
        WHERE id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    if taken.rows_affected() == 0 {
        return Ok(Keeping::NoFolder);
    }
    if let Some((id, expires_at)) = marked(db, folder, &kept.mark).await? {
        if expires_at > column::micros(now) {
            return Ok(Keeping::Already(KeptId(id)));
        }
        delete(db, id).await?;
    }
    let totals = kept_totals(db, folder, now).await?;
    if totals.count >= limits.count || totals.size.saturating_add(kept.size()) > limits.size {
        return Ok(Keeping::Full);
    }
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO kept_notice (folder_id, mark, headline, body, size, kept_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING id",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(kept.mark.as_slice())
    .bind(&kept.headline)
    .bind(&kept.body)
    .bind(column::whole(kept.size()))
    .bind(column::micros(now))
    .bind(column::micros(kept.expires_at))
    .fetch_one(&mut *db)
    .await?;
    for (place, sealed) in &kept.attachments {
        sqlx::query(
            "INSERT INTO kept_attachment (kept_id, place, sealed)
            VALUES ($1, $2, $3)",
        )
        .bind(id)
        .bind(i64::from(*place))
        .bind(sealed)
        .execute(&mut *db)
        .await?;
    }
    Ok(Keeping::Kept(KeptId(id)))
}

/// The size follows: it is what there is room for.
pub(crate) async fn retell_kept_notice(
    db: &mut Connection,
    folder: &FolderId,
    id: KeptId,
    headline: &[u8],
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE kept_notice
        SET headline = $3, size = size - length(headline) + $4
        WHERE folder_id = $1 AND id = $2",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(id.0)
    .bind(headline)
    .bind(column::whole(headline.len() as u64))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn marked(db: &mut Connection, folder: &FolderId, mark: &[u8; 32]) -> Result<Option<(i64, i64)>, StoreError> {
    let row = sqlx::query(
        "SELECT id, expires_at
        FROM kept_notice
        WHERE folder_id = $1 AND mark = $2",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(mark.as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((row.try_get("id")?, row.try_get("expires_at")?))).transpose()
}

pub(crate) async fn kept_totals(
    db: &mut Connection,
    folder: &FolderId,
    now: Timestamp,
) -> Result<KeptTotals, StoreError> {
    let row = sqlx::query(
        "SELECT count(*) AS notices, CAST(COALESCE(SUM(size), 0) AS BIGINT) AS size
        FROM kept_notice
        WHERE folder_id = $1 AND expires_at > $2",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_one(db)
    .await?;
    Ok(KeptTotals {
        count: column::count(row.try_get("notices")?, TABLE, "id")?,
        size: column::count(row.try_get("size")?, TABLE, "size")?,
    })
}

/// Those kept last come first.
pub(crate) async fn kept_notices(
    db: &mut Connection,
    folder: &FolderId,
    now: Timestamp,
) -> Result<Vec<KeptRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, mark, headline, kept_at, expires_at
        FROM kept_notice
        WHERE folder_id = $1 AND expires_at > $2
        ORDER BY id DESC",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter().map(kept_row).collect()
}

pub(crate) async fn kept_notice(
    db: &mut Connection,
    folder: &FolderId,
    id: KeptId,
    now: Timestamp,
) -> Result<Option<(KeptRow, Vec<u8>)>, StoreError> {
    let row = sqlx::query(
        "SELECT id, mark, headline, body, kept_at, expires_at
        FROM kept_notice
        WHERE folder_id = $1 AND id = $2 AND expires_at > $3",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(id.0)
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((kept_row(&row)?, row.try_get("body")?))).transpose()
}

pub(crate) async fn kept_attachment(
    db: &mut Connection,
    folder: &FolderId,
    id: KeptId,
    place: u8,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sealed = sqlx::query_scalar(
        "SELECT kept_attachment.sealed
        FROM kept_notice
        JOIN kept_attachment ON kept_attachment.kept_id = kept_notice.id
        WHERE kept_notice.folder_id = $1
            AND kept_notice.id = $2
            AND kept_attachment.place = $3
            AND kept_notice.expires_at > $4",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(id.0)
    .bind(i64::from(place))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    Ok(sealed)
}

pub(crate) async fn delete_kept_notice(db: &mut Connection, folder: &FolderId, id: KeptId) -> Result<bool, StoreError> {
    let theirs: Option<i64> = sqlx::query_scalar(
        "SELECT id
        FROM kept_notice
        WHERE folder_id = $1 AND id = $2",
    )
    .bind(folder.as_bytes().as_slice())
    .bind(id.0)
    .fetch_optional(&mut *db)
    .await?;
    match theirs {
        Some(id) => delete(db, id).await,
        None => Ok(false),
    }
}

/// Those whose time is over, so many at a time; how many.
pub(crate) async fn expire_kept_notices(db: &mut Connection, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    let over: Vec<i64> = sqlx::query_scalar(
        "SELECT id
        FROM kept_notice
        WHERE expires_at <= $1
        ORDER BY expires_at
        LIMIT $2",
    )
    .bind(column::micros(now))
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    let mut went = 0;
    for id in over {
        went += u64::from(delete(db, id).await?);
    }
    Ok(went)
}

/// Everything that a folder keeps; how many notices.
pub(super) async fn delete_kept_of_folder(db: &mut Connection, folder: &FolderId) -> Result<u64, StoreError> {
    sqlx::query(
        "DELETE FROM kept_attachment
        WHERE kept_id IN (SELECT id FROM kept_notice WHERE folder_id = $1)",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "DELETE FROM kept_notice
        WHERE folder_id = $1",
    )
    .bind(folder.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

async fn delete(db: &mut Connection, id: i64) -> Result<bool, StoreError> {
    sqlx::query(
        "DELETE FROM kept_attachment
        WHERE kept_id = $1",
    )
    .bind(id)
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "DELETE FROM kept_notice
        WHERE id = $1",
    )
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What senders took back of these, as far as the letters are still known.
pub(crate) async fn withdrawn_among(
    db: &mut Connection,
    notices: &[NoticeId],
) -> Result<Vec<(OrgCode, NoticeId)>, StoreError> {
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<super::super::Db>::new(
        "SELECT sender, notice_id FROM letter WHERE withdrawn_at IS NOT NULL AND notice_id IN (",
    );
    let mut separated = select.separated(", ");
    for notice in notices {
        separated.push_bind(notice.as_bytes().to_vec());
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let sender = column::text(row.try_get("sender")?, "letter", "sender")?;
            Ok((sender, column::bytes(row.try_get("notice_id")?, "letter", "notice_id")?))
        })
        .collect()
}

/// The letter that takes the place of this one, where the person has it in the inbox.
pub(crate) async fn newer_than(
    db: &mut Connection,
    recipient: RecipientId,
    sender: &OrgCode,
    notice: &NoticeId,
    now: Timestamp,
) -> Result<Option<LetterId>, StoreError> {
    let newer: Option<i64> = sqlx::query_scalar(
        "SELECT letter.id
        FROM letter
        JOIN notice ON notice.letter_id = letter.id
        WHERE notice.recipient_id = $1
            AND letter.sender = $2
            AND letter.replaces = $3
            AND letter.expires_at > $4
            AND (letter.withdrawn_at IS NULL OR notice.opened_at IS NOT NULL)
        ORDER BY letter.id DESC
        LIMIT 1",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .bind(notice.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    Ok(newer.map(LetterId))
}

fn kept_row(row: &Row) -> Result<KeptRow, StoreError> {
    Ok(KeptRow {
        id: KeptId(row.try_get("id")?),
        mark: column::bytes(row.try_get("mark")?, TABLE, "mark")?,
        headline: row.try_get("headline")?,
        kept_at: column::time(row.try_get("kept_at")?, TABLE, "kept_at")?,
        expires_at: column::time(row.try_get("expires_at")?, TABLE, "expires_at")?,
    })
}
