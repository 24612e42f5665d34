//! Sendings that were taken back, until the portal knows.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::sending::{COLUMNS, sending_row};
use super::{Connection, column, recipient};
use crate::store::StoreError;
use crate::store::rows::{RecipientRow, SendingId, SendingRow};

pub(crate) async fn withdraw_sending(db: &mut Connection, id: SendingId, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET withdrawn_at = $2
        WHERE id = $1 AND withdrawn_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn to_withdraw(
    db: &mut Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(
        " FROM sending
        WHERE withdrawn_at IS NOT NULL AND withdrawal_taken_at IS NULL AND withdrawal_try_at <= ",
    );
    select.push_bind(column::micros(now)).push(" ORDER BY withdrawal_try_at LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending_row).collect()
}

/// Who may have a letter of their own: whoever is not settled may, too.
pub(crate) async fn perhaps_reached(
    db: &mut Connection,
    sending: SendingId,
    from: u32,
    limit: u32,
) -> Result<Vec<RecipientRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, link_code, fields, outcome
        FROM recipient
        WHERE sending_id = $1 AND place >= $2 AND (outcome = 'accepted' OR outcome IS NULL)
        ORDER BY place
        LIMIT $3",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(from))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(recipient::recipient).collect()
}

pub(crate) async fn withdrawal_taken(
    db: &mut Connection,
    sending: SendingId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending
        SET withdrawal_taken_at = $2
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn withdrawal_went_on(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending
        SET withdrawal_place = $2, withdrawal_tries = 0, withdrawal_try_at = $3
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn postpone_withdrawal(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
    try_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending
        SET withdrawal_place = $2, withdrawal_tries = withdrawal_tries + 1, withdrawal_try_at = $3
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(column::micros(try_at))
    .execute(db)
    .await?;
    Ok(())
}
