//! Sessions, by the SHA-256 of the cookie id.

use domain::SecretHash;
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::rows::{NewSession, SESSIONS_AT_ONCE, SessionRow};

pub(crate) async fn insert_session(
    db: &mut Connection,
    session: &NewSession,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO session (
            id_hash, data, folder_id, removal_token_hash, created_at, last_seen_at, idle_ends_at, ends_at
        )
        VALUES ($1, $2, $3, $4, $5, $5, $6, $7)
        ON CONFLICT DO NOTHING",
    )
    .bind(column::hash(&session.id_hash))
    .bind(&session.data)
    .bind(session.folder_id.as_ref().map(|id| id.as_bytes().as_slice()))
    .bind(session.removal_token_hash.as_ref().map(column::hash))
    .bind(column::micros(now))
    .bind(column::micros(session.idle_ends_at))
    .bind(column::micros(session.ends_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn save_session(
    db: &mut Connection,
    session: &NewSession,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // The absolute end never moves: a session lives no longer by being written (P-AUT, 12 hours). One that was ended while a
    // request of it was under way stays ended (P-PSH-7).
    let done = sqlx::query(
        "UPDATE session
        SET data = $2,
            folder_id = $3,
            removal_token_hash = $4,
            last_seen_at = $5,
            idle_ends_at = $6
        WHERE id_hash = $1 AND idle_ends_at > $5 AND ends_at > $5",
    )
    .bind(column::hash(&session.id_hash))
    .bind(&session.data)
    .bind(session.folder_id.as_ref().map(|id| id.as_bytes().as_slice()))
    .bind(session.removal_token_hash.as_ref().map(column::hash))
    .bind(column::micros(now))
    .bind(column::micros(session.idle_ends_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What every page of a person needs, in one statement: the session, and how many notices they have not opened (none for
/// whoever is not logged in). Of the newest thousand; more are counted as a thousand. The person is found first: so no engine
/// looks at all of their notices to put a thousand in order. One number says how many there are and, ten thousand times, how
/// many of them are emergencies.
macro_rules! select {
    ($which:literal, $now:literal) => {
        concat!(
            "SELECT session.id_hash, session.data, session.last_seen_at, session.idle_ends_at, session.ends_at, (
                SELECT count(*) + 10000 * count(CASE WHEN unread.kind = 'emergency' THEN 1 END)
                FROM (
                    SELECT letter.kind
                    FROM notice
                    JOIN letter ON letter.id = notice.letter_id
                    WHERE notice.recipient_id = (
                            SELECT recipient.id
                            FROM folder
                            JOIN recipient ON recipient.link_code = folder.link_code
                            WHERE folder.id = session.folder_id
                        )
                        AND notice.opened_at IS NULL
                        AND notice.archived_at IS NULL
                        AND notice.binned_at IS NULL
                        AND letter.withdrawn_at IS NULL
                        AND letter.expires_at > ",
            $now,
            "
                    ORDER BY notice.letter_id DESC
                    LIMIT 1000
                ) AS unread
            ) AS unread_notices
            FROM session
            WHERE session.id_hash ",
            $which
        )
    };
}

macro_rules! one {
    () => {
        select!("= $1", "$2")
    };
}

macro_rules! several {
    () => {
        select!("IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)", "$17")
    };
}

pub(crate) async fn session_by_id_hash(
    db: &mut Connection,
    id_hash: &SecretHash,
    now: Timestamp,
) -> Result<Option<SessionRow>, StoreError> {
    let asked = sqlx::query(one!()).bind(column::hash(id_hash)).bind(column::micros(now));
    let row = asked.fetch_optional(db).await?;
    row.as_ref().map(session).transpose()
}

pub(crate) async fn sessions_by_id_hash(
    db: &mut Connection,
    id_hashes: &[SecretHash; SESSIONS_AT_ONCE],
    now: Timestamp,
) -> Result<Vec<(SecretHash, SessionRow)>, StoreError> {
    let asked = sqlx::query(several!());
    let asked = id_hashes.iter().fold(asked, |asked, id_hash| asked.bind(column::hash(id_hash)));
    let rows = asked.bind(column::micros(now)).fetch_all(db).await?;
    rows.iter().map(|row| Ok((column::bytes(row.try_get("id_hash")?, TABLE, "id_hash")?, session(row)?))).collect()
}

fn session(row: &Row) -> Result<SessionRow, StoreError> {
    let unread = column::count(row.try_get("unread_notices")?, TABLE, "unread_notices")?;
    Ok(SessionRow {
        data: row.try_get("data")?,
        last_seen_at: column::time(row.try_get("last_seen_at")?, TABLE, "last_seen_at")?,
        idle_ends_at: column::time(row.try_get("idle_ends_at")?, TABLE, "idle_ends_at")?,
        ends_at: column::time(row.try_get("ends_at")?, TABLE, "ends_at")?,
        unread_notices: unread % 10_000,
        urgent_notices: unread / 10_000,
    })
}

pub(crate) async fn touch_session(
    db: &mut Connection,
    id_hash: &SecretHash,
    now: Timestamp,
    idle_ends_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE session
        SET last_seen_at = $2, idle_ends_at = $3
        WHERE id_hash = $1 AND idle_ends_at > $2 AND ends_at > $2",
    )
    .bind(column::hash(id_hash))
    .bind(column::micros(now))
    .bind(column::micros(idle_ends_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn delete_session(db: &mut Connection, id_hash: &SecretHash) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM session
        WHERE id_hash = $1",
    )
    .bind(column::hash(id_hash))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn sessions_by_removal(
    db: &mut Connection,
    removal_token_hash: &SecretHash,
) -> Result<Vec<SecretHash>, StoreError> {
    let rows = sqlx::query(
        "SELECT id_hash
        FROM session
        WHERE removal_token_hash = $1",
    )
    .bind(column::hash(removal_token_hash))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("id_hash")?, TABLE, "id_hash")).collect()
}

pub(crate) async fn delete_sessions_by_removal(
    db: &mut Connection,
    removal_token_hash: &SecretHash,
) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM session
        WHERE removal_token_hash = $1",
    )
    .bind(column::hash(removal_token_hash))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

const TABLE: &str = "session";
