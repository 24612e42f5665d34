//! What a person does with notices, and how they go from that person.

use jiff::Timestamp;

use super::{Connection, column, notice_end, notice_gone};
use crate::StoreError;
use crate::notice::{LetterId, NoticePlace, RecipientId};

/// What was only marked as read is opened now, and stays read since then.
pub(crate) async fn open_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET opened_at = COALESCE(opened_at, $3), first_opened_at = COALESCE(first_opened_at, $3)
        WHERE recipient_id = $1 AND letter_id = $2 AND (opened_at IS NULL OR first_opened_at IS NULL)",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Read, because its person says so: nobody opened it, and nothing of this is for its sender.
pub(crate) async fn read_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET opened_at = $3
        WHERE recipient_id = $1 AND letter_id = $2 AND opened_at IS NULL",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When it was first opened, once: its sender hears of that now.
pub(crate) async fn tell_opened(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = sqlx::query_scalar(
        "UPDATE notice
        SET opened_told_at = $3
        WHERE recipient_id = $1 AND letter_id = $2 AND first_opened_at IS NOT NULL AND opened_told_at IS NULL
        RETURNING first_opened_at",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    at.map(|at| column::time(at, "notice", "first_opened_at")).transpose()
}

/// That it was opened once is known all the same. One that was taken back is there only as long as it is read.
pub(crate) async fn unopen_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET opened_at = NULL
        WHERE recipient_id = $1
            AND letter_id = $2
            AND opened_at IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM letter
                WHERE letter.id = notice.letter_id AND letter.withdrawn_at IS NOT NULL
            )",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn put_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    place: NoticePlace,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (archived, binned) = match place {
        NoticePlace::Inbox => (None, None),
        NoticePlace::Archive => (Some(now), None),
        NoticePlace::Bin => (None, Some(now)),
    };
    let done = sqlx::query(
        "UPDATE notice
        SET archived_at = $3, binned_at = $4
        WHERE recipient_id = $1 AND letter_id = $2",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(archived.map(column::micros))
    .bind(binned.map(column::micros))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn star_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    starred_at: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET starred_at = $3
        WHERE recipient_id = $1 AND letter_id = $2",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(starred_at.map(column::micros))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn reply_to_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET replied_at = $3
        WHERE recipient_id = $1 AND letter_id = $2 AND replied_at IS NULL",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What was read goes, and what was thrown away; marks go from what stays (P-PSH-7, P-INF-6). How many went.
pub(crate) async fn erase_confirmed(db: &mut Connection, recipient: RecipientId) -> Result<u64, StoreError> {
    let went = erase_where(db, recipient, "(opened_at IS NOT NULL OR binned_at IS NOT NULL)").await?;
    sqlx::query(
        "UPDATE notice
        SET starred_at = NULL
        WHERE recipient_id = $1 AND starred_at IS NOT NULL",
    )
    .bind(recipient.0)
    .execute(db)
    .await?;
    Ok(went)
}

/// Everything a person has.
pub(super) async fn erase_recipient(db: &mut Connection, recipient: RecipientId) -> Result<u64, StoreError> {
    let went = erase_where(db, recipient, "1 = 1").await?;
    for statement in [
        "DELETE FROM notice_gone WHERE recipient_id = $1",
        "DELETE FROM state_consent WHERE recipient_id = $1",
        "DELETE FROM notice_return WHERE recipient_id = $1",
        "DELETE FROM recipient WHERE id = $1",
    ] {
        sqlx::query(statement).bind(recipient.0).execute(&mut *db).await?;
    }
    Ok(went)
}

async fn erase_where(db: &mut Connection, recipient: RecipientId, which: &'static str) -> Result<u64, StoreError> {
    let statement = format!("DELETE FROM notice WHERE recipient_id = $1 AND {which} RETURNING letter_id, arrived_at");
    let mut letters: Vec<(i64, i64)> =
        sqlx::query_as(sqlx::AssertSqlSafe(statement)).bind(recipient.0).fetch_all(&mut *db).await?;
    // Who erases the same letters at the same time takes them in the same order: nobody waits for one who waits for them.
    letters.sort_unstable();
    for (letter, arrived_at) in &letters {
        let_go(db, recipient, *letter, *arrived_at).await?;
    }
    Ok(u64::try_from(letters.len()).unwrap_or(u64::MAX))
}

/// One notice goes from one person; the letter's words with it where nobody has it any more.
pub(crate) async fn take_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
) -> Result<bool, StoreError> {
    let arrived_at: Option<i64> = sqlx::query_scalar(
        "DELETE FROM notice
        WHERE recipient_id = $1 AND letter_id = $2
        RETURNING arrived_at",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .fetch_optional(&mut *db)
    .await?;
    let Some(arrived_at) = arrived_at else { return Ok(false) };
    let_go(db, recipient, letter.0, arrived_at).await?;
    Ok(true)
}

/// One person fewer has it, to whom it does not arrive again.
async fn let_go(db: &mut Connection, recipient: RecipientId, letter: i64, arrived_at: i64) -> Result<(), StoreError> {
    notice_gone::remember(db, recipient, letter, arrived_at).await?;
    notice_end::let_go(db, letter, 1).await
}
