//! Who lets it go (R14, R17).

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, column, sending};
use crate::store::StoreError;
use crate::store::console_rows::{OfficerId, RejectionRow};
use crate::store::rows::{SendingId, SendingRow};

/// What waits for a second person, but for what this one drafted; who waits longest first.
pub(crate) async fn waiting_for(
    db: &mut Connection,
    approver: OfficerId,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(sending::COLUMNS).push(" FROM sending WHERE state = 'waiting' AND made_by <> ");
    select.push_bind(approver.who()).push(" ORDER BY state_since LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending::sending_row).collect()
}

/// What this drafter has to go on with: its list is not whole, nobody was asked to approve it, or it was rejected.
pub(crate) async fn unfinished_of(
    db: &mut Connection,
    drafter: OfficerId,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(sending::COLUMNS).push(" FROM sending WHERE state IN ('open', 'rejected') AND made_by = ");
    select.push_bind(drafter.who());
    select.push(" AND EXISTS (SELECT 1 FROM console_draft WHERE console_draft.sending_id = sending.id)");
    select.push(" ORDER BY state_since DESC LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending::sending_row).collect()
}

/// Only the drafter's own, only a list that is whole and without faults.
pub(crate) async fn submit_sending(
    db: &mut Connection,
    id: SendingId,
    drafter: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'waiting', state_since = $3
        WHERE id = $1 AND state = 'open' AND made_by = $2 AND recipients > 0
            AND EXISTS (SELECT 1 FROM console_list WHERE sending_id = $1 AND whole_at IS NOT NULL AND faults = 0)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(drafter.who())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// As [`submit_sending`], and at once out; only where it is for one person.
pub(crate) async fn submit_single(
    db: &mut Connection,
    id: SendingId,
    drafter: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'released', state_since = $3, issued_at = $3, released_by = $2
        WHERE id = $1 AND state = 'open' AND made_by = $2 AND recipients = 1 AND expires_at > $3
            AND EXISTS (SELECT 1 FROM console_list WHERE sending_id = $1 AND whole_at IS NOT NULL AND faults = 0)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(drafter.who())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The second person (R14, R17): somebody else, who approves at this very moment. Whatever the pages allow, this decides.
pub(crate) async fn approve_sending(
    db: &mut Connection,
    id: SendingId,
    approver: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'released', state_since = $4, issued_at = $4, released_by = $2
        WHERE id = $1 AND state = 'waiting' AND made_by <> $2 AND expires_at > $4
            AND EXISTS (SELECT 1 FROM officer WHERE id = $3 AND role = 'approve' AND ended_at IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.who())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn reject_sending(
    db: &mut Connection,
    id: SendingId,
    approver: OfficerId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'rejected', state_since = $4
        WHERE id = $1 AND state = 'waiting' AND made_by <> $2
            AND EXISTS (SELECT 1 FROM officer WHERE id = $3 AND role = 'approve' AND ended_at IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.who())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO console_rejection (sending_id, by_officer, at, reason)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .bind(reason)
    .execute(db)
    .await?;
    Ok(true)
}

pub(crate) async fn rejection(db: &mut Connection, sending: SendingId) -> Result<Option<RejectionRow>, StoreError> {
    let row = sqlx::query(
        "SELECT by_officer, at, reason
        FROM console_rejection
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(RejectionRow {
            officer: column::bytes(row.try_get("by_officer")?, "console_rejection", "by_officer")?,
            at: column::time(row.try_get("at")?, "console_rejection", "at")?,
            reason: row.try_get("reason")?,
        })
    })
    .transpose()
}
