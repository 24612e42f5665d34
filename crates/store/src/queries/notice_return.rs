//! What waits for a sender.

use domain::OrgCode;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::notice::{NewReturn, ReturnRow, ReturnRowWhat};

/// The sender's row gives the number, so that whoever fetches by number misses none: the next one waits here until this
/// transaction has ended. Whether the person gives states is looked at once more behind that row: who withholds them meanwhile
/// leaves the number without anything.
pub(crate) async fn insert_return(db: &mut Connection, new: &NewReturn) -> Result<(), StoreError> {
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO notice_sender (sender, returned)
        VALUES ($1, 1)
        ON CONFLICT (sender) DO UPDATE
        SET returned = notice_sender.returned + 1
        RETURNING returned",
    )
    .bind(new.sender.as_str())
    .fetch_one(&mut *db)
    .await?;
    let (state, encapsulated_key, ciphertext) = match &new.what {
        ReturnRowWhat::State(state) => (Some(state.name()), None, None),
        ReturnRowWhat::Reply { encapsulated_key, ciphertext } => (None, Some(encapsulated_key), Some(ciphertext)),
    };
    sqlx::query(
        "INSERT INTO notice_return (
            sender, number, notice_id, recipient_id, at, state, encapsulated_key, ciphertext
        )
        SELECT $1, $2, $3, $4, $5, $6, $7, $8
        WHERE $6 IS NULL OR EXISTS (
            SELECT 1
            FROM state_consent
            WHERE state_consent.recipient_id = $4 AND state_consent.sender = $1
        )",
    )
    .bind(new.sender.as_str())
    .bind(number)
    .bind(new.notice.as_bytes().as_slice())
    .bind(new.recipient.0)
    .bind(column::micros(new.at))
    .bind(state)
    .bind(encapsulated_key)
    .bind(ciphertext)
    .execute(db)
    .await?;
    Ok(())
}

/// Whoever has more numbers than were ever given here has them from before these tables were restored: what waits, and what
/// follows, gets numbers behind those. False where nothing is amiss.
pub(crate) async fn number_returns_behind(
    db: &mut Connection,
    sender: &OrgCode,
    through: u64,
) -> Result<bool, StoreError> {
    // Nearly always: whoever asks what is new waits for nobody who is just leaving something.
    let given: Option<i64> = sqlx::query_scalar(
        "SELECT returned
        FROM notice_sender
        WHERE sender = $1",
    )
    .bind(sender.as_str())
    .fetch_optional(&mut *db)
    .await?;
    if given.is_some_and(|given| given >= column::whole(through)) {
        return Ok(false);
    }
    let done = sqlx::query(
        "INSERT INTO notice_sender (sender, returned)
        VALUES ($1, $2)
        ON CONFLICT (sender) DO UPDATE
        SET returned = notice_sender.returned + excluded.returned
        WHERE notice_sender.returned < excluded.returned",
    )
    .bind(sender.as_str())
    .bind(column::whole(through))
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE notice_return
        SET number = number + $2
        WHERE sender = $1 AND number <= $2",
    )
    .bind(sender.as_str())
    .bind(column::whole(through))
    .execute(db)
    .await?;
    Ok(true)
}

pub(crate) async fn forget_returns(db: &mut Connection, sender: &OrgCode, through: u64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM notice_return
        WHERE sender = $1 AND number <= $2",
    )
    .bind(sender.as_str())
    .bind(column::whole(through))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn returns(
    db: &mut Connection,
    sender: &OrgCode,
    after: u64,
    limit: u32,
) -> Result<Vec<ReturnRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT notice_return.number, notice_return.notice_id, recipient.link_code, notice_return.at,
            notice_return.state, notice_return.encapsulated_key, notice_return.ciphertext
        FROM notice_return
        JOIN recipient ON recipient.id = notice_return.recipient_id
        WHERE notice_return.sender = $1 AND notice_return.number > $2
        ORDER BY notice_return.number
        LIMIT $3",
    )
    .bind(sender.as_str())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(return_row).collect()
}

fn return_row(row: &Row) -> Result<ReturnRow, StoreError> {
    const TABLE: &str = "notice_return";
    let state: Option<String> = row.try_get("state")?;
    let what = match state {
        Some(state) => ReturnRowWhat::State(column::text(&state, TABLE, "state")?),
        None => ReturnRowWhat::Reply {
            encapsulated_key: row.try_get("encapsulated_key")?,
            ciphertext: row.try_get("ciphertext")?,
        },
    };
    Ok(ReturnRow {
        number: column::count(row.try_get("number")?, TABLE, "number")?,
        notice: column::bytes(row.try_get("notice_id")?, TABLE, "notice_id")?,
        link_code: column::bytes(row.try_get("link_code")?, "recipient", "link_code")?,
        at: column::time(row.try_get("at")?, TABLE, "at")?,
        what,
    })
}
