//! To whom people give states (P-PSH-5).

use domain::OrgCode;
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, column};
use crate::StoreError;
use crate::notice::{RecipientId, StateConsent};

pub(crate) async fn give_states(
    db: &mut Connection,
    recipient: RecipientId,
    sender: &OrgCode,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO state_consent (recipient_id, sender, given_at)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

/// What the sender has not fetched goes too, but for replies: those the person sent to it. The sender's row is taken in
/// between, as [`super::notice_return::insert_return`] takes it: a state that is being written at the same moment either is
/// here by then, or finds no consent.
pub(crate) async fn withhold_states(
    db: &mut Connection,
    recipient: RecipientId,
    sender: &OrgCode,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM state_consent
        WHERE recipient_id = $1 AND sender = $2",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO notice_sender (sender, returned)
        VALUES ($1, 0)
        ON CONFLICT (sender) DO UPDATE
        SET returned = notice_sender.returned",
    )
    .bind(sender.as_str())
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "DELETE FROM notice_return
        WHERE recipient_id = $1 AND sender = $2 AND state IS NOT NULL",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .execute(db)
    .await?;
    Ok(true)
}

pub(crate) async fn gives_states(
    db: &mut Connection,
    recipient: RecipientId,
    sender: &OrgCode,
) -> Result<bool, StoreError> {
    let given: Option<i64> = sqlx::query_scalar(
        "SELECT given_at
        FROM state_consent
        WHERE recipient_id = $1 AND sender = $2",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .fetch_optional(db)
    .await?;
    Ok(given.is_some())
}

pub(crate) async fn state_consents(
    db: &mut Connection,
    recipient: RecipientId,
) -> Result<Vec<StateConsent>, StoreError> {
    const TABLE: &str = "state_consent";
    let rows = sqlx::query(
        "SELECT sender, given_at
        FROM state_consent
        WHERE recipient_id = $1
        ORDER BY given_at, sender",
    )
    .bind(recipient.0)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(StateConsent {
                sender: column::text(row.try_get("sender")?, TABLE, "sender")?,
                given_at: column::time(row.try_get("given_at")?, TABLE, "given_at")?,
            })
        })
        .collect()
}
