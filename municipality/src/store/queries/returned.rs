//! What came back.

use domain::NoticeId;
use sqlx::Row as _;

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::rows::ReturnedRow;

const TABLE: &str = "returned";

pub(crate) async fn insert_returned(db: &mut Connection, row: &ReturnedRow) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO returned (number, notice_id, link_code, at, state, reply)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING",
    )
    .bind(column::whole(row.number))
    .bind(row.notice.as_bytes().as_slice())
    .bind(row.link_code.as_bytes().as_slice())
    .bind(column::micros(row.at))
    .bind(row.state.map(domain::NoticeState::name))
    .bind(row.reply.as_deref())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn returned_last(db: &mut Connection) -> Result<u64, StoreError> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(number) FROM returned").fetch_one(db).await?;
    column::number(last.unwrap_or(0), TABLE, "number")
}

pub(crate) async fn returned_of(
    db: &mut Connection,
    notice: &NoticeId,
    after: u64,
    limit: u32,
) -> Result<Vec<ReturnedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, notice_id, link_code, at, state, reply
        FROM returned
        WHERE notice_id = $1 AND number > $2
        ORDER BY number
        LIMIT $3",
    )
    .bind(notice.as_bytes().as_slice())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let state: Option<String> = row.try_get("state")?;
            Ok(ReturnedRow {
                number: column::number(row.try_get("number")?, TABLE, "number")?,
                notice: column::bytes(row.try_get("notice_id")?, TABLE, "notice_id")?,
                link_code: column::bytes(row.try_get("link_code")?, TABLE, "link_code")?,
                at: column::time(row.try_get("at")?, TABLE, "at")?,
                state: state.map(|state| column::text(&state, TABLE, "state")).transpose()?,
                reply: row.try_get("reply")?,
            })
        })
        .collect()
}
