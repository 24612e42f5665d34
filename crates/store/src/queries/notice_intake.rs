//! Letters as they come, and for whom they are.

use domain::{LinkCode, NoticeId, OrgCode};
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::super::HELD;
use super::{Connection, Row, column, notice_replaced};
use crate::StoreError;
use crate::notice::{AttachmentRow, LetterId, LetterRow, NewLetter};

const TABLE: &str = "letter";

/// A letter whose words went because nobody had it any more gets them back, unless its sender took it back.
pub(crate) async fn insert_letter(db: &mut Connection, letter: &NewLetter) -> Result<bool, StoreError> {
    let new = sqlx::query(
        "INSERT INTO letter (
            sender, notice_id, digest, kind, attachments, issued_at, expires_at, deadline, ends_at, states_wanted_at,
            replaces, taken_at, undelivered_since
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
        ON CONFLICT (sender, notice_id) DO NOTHING",
    )
    .bind(letter.sender.as_str())
    .bind(letter.notice.as_bytes().as_slice())
    .bind(letter.digest.as_slice())
    .bind(letter.kind.name())
    .bind(i64::from(letter.attachments))
    .bind(column::micros(letter.issued_at))
    .bind(column::micros(letter.expires_at))
    .bind(letter.deadline.map(|day| day.to_string()))
    .bind(letter.ends_at.map(column::micros))
    .bind(letter.wants_states.then(|| column::micros(letter.issued_at)))
    .bind(letter.replaces.as_ref().map(|notice| notice.as_bytes().as_slice()))
    .bind(column::micros(letter.taken_at))
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "INSERT INTO letter_words (letter_id, headline, body)
        SELECT id, $4, $5
        FROM letter
        WHERE sender = $1 AND notice_id = $2 AND digest = $3 AND expired_at IS NULL AND withdrawn_at IS NULL
        ON CONFLICT (letter_id) DO NOTHING",
    )
    .bind(letter.sender.as_str())
    .bind(letter.notice.as_bytes().as_slice())
    .bind(letter.digest.as_slice())
    .bind(&letter.headline)
    .bind(&letter.body)
    .execute(&mut *db)
    .await?;
    let brought = done.rows_affected() == 1;
    if brought && new.rows_affected() == 0 {
        sqlx::query(
            "UPDATE letter
            SET undelivered_since = $3
            WHERE sender = $1 AND notice_id = $2 AND recipients = 0",
        )
        .bind(letter.sender.as_str())
        .bind(letter.notice.as_bytes().as_slice())
        .bind(column::micros(letter.taken_at))
        .execute(db)
        .await?;
    }
    Ok(brought)
}

/// On PostgreSQL whoever else delivers this letter, empties it or takes it back waits until this transaction has ended.
pub(crate) async fn letter_to_deliver(
    db: &mut Connection,
    sender: &OrgCode,
    notice: &NoticeId,
) -> Result<Option<LetterRow>, StoreError> {
    if let Some(held) = HELD {
        let statement = format!("SELECT id FROM letter WHERE sender = $1 AND notice_id = $2 {held}");
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(sender.as_str())
            .bind(notice.as_bytes().as_slice())
            .execute(&mut *db)
            .await?;
    }
    // A statement of its own: it sees what those did for whom this one waited.
    letter_of(db, sender, notice).await
}

pub(crate) async fn letter_of(
    db: &mut Connection,
    sender: &OrgCode,
    notice: &NoticeId,
) -> Result<Option<LetterRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, digest, kind, attachments, expires_at, withdrawn_at,
            (SELECT count(*) FROM letter_words WHERE letter_id = letter.id) AS words_here,
            (SELECT count(*) FROM letter_attachment WHERE letter_id = letter.id) AS attachments_here
        FROM letter
        WHERE sender = $1 AND notice_id = $2",
    )
    .bind(sender.as_str())
    .bind(notice.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(letter).transpose()
}

pub(crate) async fn letter_to_complete(
    db: &mut Connection,
    sender: &OrgCode,
    notice: &NoticeId,
) -> Result<Option<(LetterRow, Vec<u8>)>, StoreError> {
    let Some(row) = letter_of(db, sender, notice).await? else { return Ok(None) };
    let body = sqlx::query_scalar(
        "SELECT body
        FROM letter_words
        WHERE letter_id = $1",
    )
    .bind(row.id.0)
    .fetch_optional(db)
    .await?;
    Ok(Some((row, body.unwrap_or_default())))
}

/// A letter without words has no files either.
pub(crate) async fn insert_attachment(
    db: &mut Connection,
    letter: LetterId,
    place: u8,
    attachment: &AttachmentRow,
) -> Result<bool, StoreError> {
    if let Some(held) = HELD {
        let statement = format!("SELECT id FROM letter WHERE id = $1 {held}");
        sqlx::query(sqlx::AssertSqlSafe(statement)).bind(letter.0).execute(&mut *db).await?;
    }
    let done = sqlx::query(
        "INSERT INTO letter_attachment (letter_id, place, digest, sealed)
        SELECT letter_id, $2, $3, $4
        FROM letter_words
        WHERE letter_id = $1
        ON CONFLICT DO NOTHING",
    )
    .bind(letter.0)
    .bind(i64::from(place))
    .bind(attachment.digest.as_slice())
    .bind(&attachment.sealed)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The guard is in the statement: whoever has no folder, or has as many notices as anybody may have, gets none.
pub(crate) async fn deliver(
    db: &mut Connection,
    letter: LetterId,
    recipients: &[LinkCode],
    each_at_most: u32,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if recipients.is_empty() {
        return Ok(0);
    }
    let mut insert = QueryBuilder::<super::super::Db>::new(
        "INSERT INTO notice (recipient_id, letter_id, arrived_at, waits_until)
        SELECT recipient.id, ",
    );
    insert.push_bind(letter.0).push(", ").push_bind(column::micros(now));
    insert.push(", (SELECT ends_at FROM letter WHERE id = ").push_bind(letter.0).push(")");
    newly_reached(&mut insert, letter, recipients, each_at_most);
    // In the order of the table: who stand side by side are written side by side.
    insert.push(" ORDER BY recipient.id ON CONFLICT DO NOTHING");
    let stored = insert.build().persistent(false).execute(&mut *db).await?.rows_affected();
    if stored > 0 {
        let row = sqlx::query(
            "UPDATE letter
            SET recipients = recipients + $2,
                undelivered_since = NULL,
                replaced_at = coalesce(replaced_at, (
                    SELECT min(newer.taken_at)
                    FROM letter newer
                    WHERE newer.sender = letter.sender AND newer.replaces = letter.notice_id
                ))
            WHERE id = $1
            RETURNING replaces",
        )
        .bind(letter.0)
        .bind(column::whole(stored))
        .fetch_optional(&mut *db)
        .await?;
        let replaces = row.map(|row| row.try_get::<Option<Vec<u8>>, _>("replaces")).transpose()?.flatten();
        if replaces.is_some() {
            notice_replaced::note(db, letter, now).await?;
        }
    }
    Ok(stored)
}

/// Whether a letter is new for anybody of these who can receive it.
pub(crate) async fn reaches(
    db: &mut Connection,
    letter: LetterId,
    recipients: &[LinkCode],
    each_at_most: u32,
) -> Result<bool, StoreError> {
    if recipients.is_empty() {
        return Ok(false);
    }
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT recipient.id");
    newly_reached(&mut select, letter, recipients, each_at_most);
    select.push(" LIMIT 1");
    Ok(select.build().persistent(false).fetch_optional(db).await?.is_some())
}

/// Whoever has the letter counts as full, so that nobody waits here for somebody who is just erasing it. Whoever had it does
/// not get it again: each is counted, for PostgreSQL would join everybody who had it.
fn newly_reached(
    query: &mut QueryBuilder<super::super::Db>,
    letter: LetterId,
    recipients: &[LinkCode],
    each_at_most: u32,
) {
    let full = i64::from(each_at_most);
    query.push(
        "
        FROM recipient
        WHERE recipient.reached_since IS NOT NULL AND (
            SELECT count(*) + count(CASE WHEN notice.letter_id = ",
    );
    query.push_bind(letter.0).push(" THEN 1 END) * ").push_bind(full);
    query.push(
        "
            FROM notice
            WHERE notice.recipient_id = recipient.id
        ) < ",
    );
    query.push_bind(full).push(
        " AND (
            SELECT count(*)
            FROM notice_gone
            WHERE notice_gone.recipient_id = recipient.id AND notice_gone.letter_id = ",
    );
    query.push_bind(letter.0).push(") = 0 AND recipient.link_code IN ");
    list(query, recipients);
}

/// Who has a letter, and who had it.
pub(crate) async fn recipients_of(
    db: &mut Connection,
    letter: LetterId,
    among: &[LinkCode],
) -> Result<Vec<LinkCode>, StoreError> {
    let mut recipients = Vec::new();
    if among.is_empty() {
        return Ok(recipients);
    }
    for theirs in ["notice", "notice_gone"] {
        let mut select = QueryBuilder::<super::super::Db>::new("SELECT recipient.link_code FROM recipient JOIN ");
        select.push(theirs).push(" AS theirs ON theirs.recipient_id = recipient.id AND theirs.letter_id = ");
        select.push_bind(letter.0).push(" WHERE recipient.link_code IN ");
        list(&mut select, among);
        for row in select.build().persistent(false).fetch_all(&mut *db).await? {
            recipients.push(column::bytes(row.try_get("link_code")?, "recipient", "link_code")?);
        }
    }
    Ok(recipients)
}

/// The first time, also where it is there no more.
pub(crate) async fn arrival(
    db: &mut Connection,
    letter: LetterId,
    person: &LinkCode,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = sqlx::query_scalar(
        "SELECT notice.arrived_at
        FROM recipient
        JOIN notice ON notice.recipient_id = recipient.id
        WHERE recipient.link_code = $2 AND notice.letter_id = $1
        UNION ALL
        SELECT notice_gone.arrived_at
        FROM recipient
        JOIN notice_gone ON notice_gone.recipient_id = recipient.id
        WHERE recipient.link_code = $2 AND notice_gone.letter_id = $1
        LIMIT 1",
    )
    .bind(letter.0)
    .bind(person.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    at.map(|at| column::time(at, "notice", "arrived_at")).transpose()
}

fn list(query: &mut QueryBuilder<super::super::Db>, codes: &[LinkCode]) {
    query.push("(");
    let mut separated = query.separated(", ");
    for code in codes {
        separated.push_bind(code.as_bytes().to_vec());
    }
    query.push(")");
}

fn letter(row: &Row) -> Result<LetterRow, StoreError> {
    let withdrawn_at: Option<i64> = row.try_get("withdrawn_at")?;
    let attachments = small(row.try_get("attachments")?, "attachments")?;
    let here = small(row.try_get("attachments_here")?, "attachments")?;
    Ok(LetterRow {
        id: LetterId(row.try_get("id")?),
        digest: column::bytes(row.try_get("digest")?, TABLE, "digest")?,
        kind: column::text(row.try_get("kind")?, TABLE, "kind")?,
        attachments,
        attachments_missing: attachments.saturating_sub(here),
        words_missing: row.try_get::<i64, _>("words_here")? == 0,
        expires_at: column::time(row.try_get("expires_at")?, TABLE, "expires_at")?,
        withdrawn_at: withdrawn_at.map(|at| column::time(at, TABLE, "withdrawn_at")).transpose()?,
    })
}

pub(super) fn small(value: i64, column: &'static str) -> Result<u8, StoreError> {
    u8::try_from(value).map_err(|_| StoreError::Corrupt { table: TABLE, column })
}
