//! How letters end: nobody has them, their sender takes them back, their time is over.

use std::collections::BTreeMap;

use domain::{NoticeId, NoticeState, OrgCode};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column, notice_return};
use crate::StoreError;
use crate::notice::{LetterId, NewReturn, RecipientId, ReturnRowWhat, Walked};

/// So many people fewer have it.
pub(super) async fn let_go(db: &mut Connection, letter: i64, people: u64) -> Result<(), StoreError> {
    let left: Option<i64> = sqlx::query_scalar(
        "UPDATE letter
        SET recipients = recipients - $2
        WHERE id = $1
        RETURNING recipients",
    )
    .bind(letter)
    .bind(column::whole(people))
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

/// Words and files that lie here for nobody go (P-PSH-8). False where there are none, or somebody has them.
pub(crate) async fn empty_undelivered(db: &mut Connection, letter: LetterId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE letter
        SET undelivered_since = NULL
        WHERE id = $1 AND undelivered_since IS NOT NULL",
    )
    .bind(letter.0)
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    empty_letter(db, letter.0).await?;
    Ok(true)
}

/// The same of letters that came by then and that nobody got; how many.
pub(crate) async fn empty_undelivered_since(
    db: &mut Connection,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let letters: Vec<i64> = sqlx::query_scalar(
        "SELECT id
        FROM letter
        WHERE undelivered_since <= $1
        ORDER BY undelivered_since
        LIMIT $2",
    )
    .bind(column::micros(before))
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    let mut emptied = 0;
    for letter in letters {
        emptied += u64::from(empty_undelivered(db, LetterId(letter)).await?);
    }
    Ok(emptied)
}

/// Who has not opened it sees it no more; the walk takes it from them.
pub(crate) async fn withdraw_letter(
    db: &mut Connection,
    sender: &OrgCode,
    notice: &NoticeId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let letter: Option<i64> = sqlx::query_scalar(
        "UPDATE letter
        SET withdrawn_at = $3, unread_goes_since = CASE WHEN recipients > 0 THEN CAST($3 AS BIGINT) END
        WHERE sender = $1 AND notice_id = $2 AND withdrawn_at IS NULL
        RETURNING id",
    )
    .bind(sender.as_str())
    .bind(notice.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(&mut *db)
    .await?;
    if let Some(letter) = letter {
        empty_undelivered(db, LetterId(letter)).await?;
    }
    Ok(letter.is_some())
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
        sqlx::query("UPDATE letter SET expired_at = $2, undelivered_since = NULL WHERE id = $1")
            .bind(letter)
            .bind(column::micros(now))
            .execute(&mut *db)
            .await?;
        empty_letter(db, *letter).await?;
    }
    Ok(u64::try_from(letters.len()).unwrap_or(u64::MAX))
}

/// Whether a walk has something to do: letters expired by then, or their senders took them back.
pub(crate) async fn walk_wanted(db: &mut Connection, now: Timestamp) -> Result<bool, StoreError> {
    let letter: Option<i64> = sqlx::query_scalar(
        "SELECT id
        FROM letter
        WHERE expired_at <= $1
        UNION ALL
        SELECT id
        FROM letter
        WHERE unread_goes_since <= $1
        LIMIT 1",
    )
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    Ok(letter.is_some())
}

/// One step through all notices in the order of their key: those of letters that expired by `before` go, and those that
/// nobody has opened of letters that were taken back. Whoever asked for states, and is given them, hears of the first that
/// nobody ever opened them.
pub(crate) async fn walk_notices(
    db: &mut Connection,
    from: Option<(RecipientId, LetterId)>,
    before: Timestamp,
    steps: u32,
) -> Result<Walked, StoreError> {
    let (recipient, letter) = from.map_or((0, 0), |(recipient, letter)| (recipient.0, letter.0));
    let rows = sqlx::query(
        "SELECT notice.recipient_id, notice.letter_id, notice.opened_at, notice.first_opened_at, letter.sender,
            letter.notice_id, letter.expired_at, letter.expires_at, letter.withdrawn_at, letter.id AS known,
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
    let mut taken_back = BTreeMap::<i64, u64>::new();
    for row in &rows {
        let at = (RecipientId(row.try_get("recipient_id")?), LetterId(row.try_get("letter_id")?));
        walked.next = Some(at);
        let (known, expired_at): (Option<i64>, Option<i64>) = (row.try_get("known")?, row.try_get("expired_at")?);
        let (withdrawn_at, opened_at): (Option<i64>, Option<i64>) =
            (row.try_get("withdrawn_at")?, row.try_get("opened_at")?);
        if known.is_none() || expired_at.is_some_and(|expired| expired <= column::micros(before)) {
            walked.removed += u64::from(remove(db, row, at).await?);
        } else if withdrawn_at.is_some() && opened_at.is_none() && remove_unopened(db, at).await? {
            walked.removed += 1;
            *taken_back.entry(at.1.0).or_default() += 1;
        }
    }
    for (letter, people) in taken_back {
        let_go(db, letter, people).await?;
    }
    if u32::try_from(rows.len()).is_ok_and(|looked_at| looked_at < steps) {
        walked.next = None;
    }
    Ok(walked)
}

/// Portals that walk at the same time tell of it once.
async fn remove(db: &mut Connection, row: &Row, at: (RecipientId, LetterId)) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM notice
        WHERE recipient_id = $1 AND letter_id = $2",
    )
    .bind(at.0.0)
    .bind(at.1.0)
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let (first_opened_at, read_at): (Option<i64>, Option<i64>) =
        (row.try_get("first_opened_at")?, row.try_get("opened_at")?);
    let told_since: Option<i64> = row.try_get("told_since")?;
    // Whoever marked it as read had it in hand, and did not open it: neither is said.
    if first_opened_at.is_none() && read_at.is_none() && told_since.is_some() {
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
    Ok(true)
}

/// What the person has open at this moment stays.
async fn remove_unopened(db: &mut Connection, at: (RecipientId, LetterId)) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM notice
        WHERE recipient_id = $1 AND letter_id = $2 AND opened_at IS NULL",
    )
    .bind(at.0.0)
    .bind(at.1.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// After a walk for `before` has ended: one step in forgetting letters that expired by then, and who had them. True while
/// there are more.
pub(crate) async fn end_walk(db: &mut Connection, before: Timestamp, steps: u32) -> Result<bool, StoreError> {
    let steps = u64::from(steps);
    let taken_back = sqlx::query(
        "UPDATE letter
        SET unread_goes_since = NULL
        WHERE id IN (SELECT id FROM letter WHERE unread_goes_since <= $1 LIMIT $2)",
    )
    .bind(column::micros(before))
    .bind(column::whole(steps))
    .execute(&mut *db)
    .await?;
    let mut done = taken_back.rows_affected();
    let letters: Vec<i64> = sqlx::query_scalar(
        "SELECT id
        FROM letter
        WHERE expired_at <= $1
        ORDER BY expired_at
        LIMIT $2",
    )
    .bind(column::micros(before))
    .bind(column::whole(steps))
    .fetch_all(&mut *db)
    .await?;
    for letter in letters {
        if done >= steps {
            break;
        }
        let left = steps - done;
        let gone = forget_who_had(db, letter, left).await?;
        done += gone;
        if gone < left {
            // Words that somebody brought while it expired.
            empty_letter(db, letter).await?;
            sqlx::query("DELETE FROM letter WHERE id = $1").bind(letter).execute(&mut *db).await?;
            done += 1;
        }
    }
    Ok(done >= steps)
}

async fn forget_who_had(db: &mut Connection, letter: i64, limit: u64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM notice_gone
        WHERE letter_id = $1 AND recipient_id IN (
            SELECT recipient_id
            FROM notice_gone
            WHERE letter_id = $1
            ORDER BY recipient_id
            LIMIT $2
        )",
    )
    .bind(letter)
    .bind(column::whole(limit))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
