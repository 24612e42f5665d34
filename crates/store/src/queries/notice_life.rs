//! What a person does with notices, and how notices end.

use domain::{NoticeState, OrgCode, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column, notice_return};
use crate::StoreError;
use crate::notice::{LetterId, NewReturn, NoticePlace, RecipientId, ReturnRowWhat, Walked};
use crate::rows::SessionEnd;

pub(crate) async fn open_notice(
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

pub(crate) async fn unopen_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE notice
        SET opened_at = NULL
        WHERE recipient_id = $1 AND letter_id = $2 AND opened_at IS NOT NULL",
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

/// Sessions that are over and whose person has opened or thrown away something, which goes with them.
pub(crate) async fn sessions_over_with_confirmed(
    db: &mut Connection,
    now: Timestamp,
) -> Result<Vec<(SecretHash, SessionEnd)>, StoreError> {
    let rows = sqlx::query(
        "SELECT session.id_hash, session.idle_ends_at, session.ends_at
        FROM session
        JOIN folder ON folder.id = session.folder_id
        JOIN recipient ON recipient.link_code = folder.link_code
        WHERE (session.ends_at <= $1 OR session.idle_ends_at <= $1) AND EXISTS (
            SELECT 1
            FROM notice
            WHERE notice.recipient_id = recipient.id AND (notice.opened_at IS NOT NULL OR notice.binned_at IS NOT NULL)
        )",
    )
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let (idle, absolute): (i64, i64) = (row.try_get("idle_ends_at")?, row.try_get("ends_at")?);
            let end = if absolute <= idle { SessionEnd::Absolute } else { SessionEnd::Idle };
            Ok((column::bytes(row.try_get("id_hash")?, "session", "id_hash")?, end))
        })
        .collect()
}

/// Everything a person has.
pub(super) async fn erase_recipient(db: &mut Connection, recipient: RecipientId) -> Result<u64, StoreError> {
    let went = erase_where(db, recipient, "1 = 1").await?;
    for statement in [
        "DELETE FROM state_consent WHERE recipient_id = $1",
        "DELETE FROM notice_return WHERE recipient_id = $1",
        "DELETE FROM recipient WHERE id = $1",
    ] {
        sqlx::query(statement).bind(recipient.0).execute(&mut *db).await?;
    }
    Ok(went)
}

async fn erase_where(db: &mut Connection, recipient: RecipientId, which: &'static str) -> Result<u64, StoreError> {
    let statement = format!("DELETE FROM notice WHERE recipient_id = $1 AND {which} RETURNING letter_id");
    let letters: Vec<i64> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).bind(recipient.0).fetch_all(&mut *db).await?;
    for letter in &letters {
        let_go(db, *letter).await?;
    }
    Ok(u64::try_from(letters.len()).unwrap_or(u64::MAX))
}

/// One notice goes from one person; the letter's words with it where nobody has it any more.
pub(crate) async fn take_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM notice
        WHERE recipient_id = $1 AND letter_id = $2",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let_go(db, letter.0).await?;
    Ok(true)
}

/// One person fewer has it.
async fn let_go(db: &mut Connection, letter: i64) -> Result<(), StoreError> {
    let left: Option<i64> = sqlx::query_scalar(
        "UPDATE letter
        SET recipients = recipients - 1
        WHERE id = $1
        RETURNING recipients",
    )
    .bind(letter)
    .fetch_optional(&mut *db)
    .await?;
    if left == Some(0) { empty_letter(db, letter).await } else { Ok(()) }
}

/// Words and files go; that there was such a letter stays until its time is over.
async fn empty_letter(db: &mut Connection, letter: i64) -> Result<(), StoreError> {
    for statement in
        ["DELETE FROM letter_attachment WHERE letter_id = $1", "DELETE FROM letter_words WHERE letter_id = $1"]
    {
        sqlx::query(statement).bind(letter).execute(&mut *db).await?;
    }
    Ok(())
}

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

pub(crate) async fn withhold_states(
    db: &mut Connection,
    recipient: RecipientId,
    sender: &OrgCode,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM state_consent
        WHERE recipient_id = $1 AND sender = $2",
    )
    .bind(recipient.0)
    .bind(sender.as_str())
    .execute(db)
    .await?;
    Ok(())
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

/// The words and files of letters whose time is over; how many letters.
pub(crate) async fn expire_letters(db: &mut Connection, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    let letters: Vec<i64> = sqlx::query_scalar(
        "SELECT id
        FROM letter
        WHERE expires_at <= $1 AND expired_at IS NULL
        ORDER BY expires_at
        LIMIT $2",
    )
    .bind(column::micros(now))
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    for letter in &letters {
        empty_letter(db, *letter).await?;
        sqlx::query("UPDATE letter SET expired_at = $2 WHERE id = $1")
            .bind(letter)
            .bind(column::micros(now))
            .execute(&mut *db)
            .await?;
    }
    Ok(u64::try_from(letters.len()).unwrap_or(u64::MAX))
}

/// One step through all notices in the order of their key: those of letters that expired by `before` go. Whoever asked
/// for states, and is given them, hears that nobody opened it.
pub(crate) async fn walk_notices(
    db: &mut Connection,
    from: Option<(RecipientId, LetterId)>,
    before: Timestamp,
    steps: u32,
) -> Result<Walked, StoreError> {
    let (recipient, letter) = from.map_or((0, 0), |(recipient, letter)| (recipient.0, letter.0));
    let rows = sqlx::query(
        "SELECT notice.recipient_id, notice.letter_id, notice.opened_at, letter.sender, letter.notice_id,
            letter.expired_at, letter.expires_at, letter.id AS known,
            CASE WHEN letter.states_wanted_at IS NOT NULL THEN state_consent.given_at END AS told_since
        FROM notice
        LEFT JOIN letter ON letter.id = notice.letter_id
        LEFT JOIN state_consent
            ON state_consent.recipient_id = notice.recipient_id AND state_consent.sender = letter.sender
        WHERE (notice.recipient_id, notice.letter_id) > ($1, $2)
        ORDER BY notice.recipient_id, notice.letter_id
        LIMIT $3",
    )
    .bind(recipient)
    .bind(letter)
    .bind(i64::from(steps))
    .fetch_all(&mut *db)
    .await?;
    let mut walked = Walked { next: None, removed: 0 };
    for row in &rows {
        let at = (RecipientId(row.try_get("recipient_id")?), LetterId(row.try_get("letter_id")?));
        walked.next = Some(at);
        let (known, expired_at): (Option<i64>, Option<i64>) = (row.try_get("known")?, row.try_get("expired_at")?);
        let over = known.is_none() || expired_at.is_some_and(|expired| expired <= column::micros(before));
        if over {
            remove(db, row, at).await?;
            walked.removed += 1;
        }
    }
    if u32::try_from(rows.len()).is_ok_and(|looked_at| looked_at < steps) {
        walked.next = None;
    }
    Ok(walked)
}

async fn remove(db: &mut Connection, row: &Row, at: (RecipientId, LetterId)) -> Result<(), StoreError> {
    let (opened_at, told_since): (Option<i64>, Option<i64>) = (row.try_get("opened_at")?, row.try_get("told_since")?);
    if opened_at.is_none() && told_since.is_some() {
        let expires_at: i64 = row.try_get("expires_at")?;
        let not_received = NewReturn {
            sender: column::text(row.try_get("sender")?, "letter", "sender")?,
            notice: column::bytes(row.try_get("notice_id")?, "letter", "notice_id")?,
            recipient: at.0,
            at: column::time(expires_at, "letter", "expires_at")?,
            what: ReturnRowWhat::State(NoticeState::NotReceived),
        };
        notice_return::insert_return(db, &not_received).await?;
    }
    sqlx::query(
        "DELETE FROM notice
        WHERE recipient_id = $1 AND letter_id = $2",
    )
    .bind(at.0.0)
    .bind(at.1.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Letters that expired by `before`, once no notice of theirs is left; how many.
pub(crate) async fn delete_expired_letters(db: &mut Connection, before: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM letter
        WHERE expired_at <= $1",
    )
    .bind(column::micros(before))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
