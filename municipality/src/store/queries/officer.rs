//! Who works at the console, with which keys, and since when they are here.

use domain::SecretHash;
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::console_rows::{CeremonyRow, NewInvite, OfficerId, OfficerRow, Role};

/// Questions that make room for a new one at once: one does, but where several came in the same moment.
const CEREMONIES_OUT: i64 = 100;

/// Nobody new gets a label that somebody had: whoever left comes back as who they were, so that nobody is the second person to
/// themselves (R14, R17).
pub(crate) async fn insert_officer(
    db: &mut Connection,
    id: OfficerId,
    label: &str,
    role: Role,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO officer (id, label, role, made_at)
        SELECT $1, $2, $3, $4
        WHERE NOT EXISTS (SELECT 1 FROM officer WHERE label = $2)
        ON CONFLICT DO NOTHING",
    )
    .bind(id.as_bytes().as_slice())
    .bind(label)
    .bind(role.name())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A session or key that came to be in the very moment in which they left opens nothing either.
pub(crate) async fn bring_back_officer(db: &mut Connection, id: OfficerId, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE officer
        SET ended_at = NULL
        WHERE id = $1 AND ended_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM officer AS here WHERE here.label = officer.label AND here.ended_at IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    end_access(db, id, now).await?;
    Ok(true)
}

pub(crate) async fn set_role(db: &mut Connection, id: OfficerId, role: Role) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE officer
        SET role = $2
        WHERE id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .bind(role.name())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn end_officer(db: &mut Connection, id: OfficerId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE officer
        SET ended_at = $2
        WHERE id = $1 AND ended_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn end_access(db: &mut Connection, id: OfficerId, now: Timestamp) -> Result<u64, StoreError> {
    let keys = sqlx::query(
        "UPDATE officer_key
        SET ended_at = $2
        WHERE officer_id = $1 AND ended_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?
    .rows_affected();
    sqlx::query(
        "UPDATE officer_invite
        SET used_at = $2
        WHERE officer_id = $1 AND used_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    sqlx::query("DELETE FROM officer_ceremony WHERE officer_id = $1")
        .bind(id.as_bytes().as_slice())
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM officer_session WHERE officer_id = $1").bind(id.as_bytes().as_slice()).execute(db).await?;
    Ok(keys)
}

pub(crate) async fn officers(db: &mut Connection) -> Result<Vec<OfficerRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, label, role, ended_at,
            (SELECT count(*) FROM officer_key WHERE officer_id = officer.id AND ended_at IS NULL) AS keys
        FROM officer
        ORDER BY made_at, id",
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(officer_row).collect()
}

pub(crate) async fn officer_by_label(db: &mut Connection, label: &str) -> Result<Option<OfficerRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, label, role, ended_at,
            (SELECT count(*) FROM officer_key WHERE officer_id = officer.id AND ended_at IS NULL) AS keys
        FROM officer
        WHERE label = $1 AND ended_at IS NULL",
    )
    .bind(label)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(officer_row).transpose()
}

pub(crate) async fn officer_ever(db: &mut Connection, label: &str) -> Result<Option<OfficerRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, label, role, ended_at,
            (SELECT count(*) FROM officer_key WHERE officer_id = officer.id AND ended_at IS NULL) AS keys
        FROM officer
        WHERE label = $1
        ORDER BY ended_at IS NULL DESC, made_at DESC, id DESC
        LIMIT 1",
    )
    .bind(label)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(officer_row).transpose()
}

pub(crate) async fn insert_invite(db: &mut Connection, new: &NewInvite) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO officer_invite (code_hash, officer_id, made_at, ends_at)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(new.code.as_bytes().as_slice())
    .bind(new.officer.as_bytes().as_slice())
    .bind(column::micros(new.made_at))
    .bind(column::micros(new.ends_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn invited(
    db: &mut Connection,
    code: &SecretHash,
    now: Timestamp,
) -> Result<Option<OfficerRow>, StoreError> {
    let row = sqlx::query(
        "SELECT officer.id, label, role, officer.ended_at,
            (SELECT count(*) FROM officer_key WHERE officer_id = officer.id AND ended_at IS NULL) AS keys
        FROM officer_invite JOIN officer ON officer.id = officer_invite.officer_id
        WHERE code_hash = $1 AND used_at IS NULL AND ends_at > $2 AND officer.ended_at IS NULL",
    )
    .bind(code.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(officer_row).transpose()
}

pub(crate) async fn use_invite(db: &mut Connection, code: &SecretHash, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE officer_invite
        SET used_at = $2
        WHERE code_hash = $1 AND used_at IS NULL AND ends_at > $2",
    )
    .bind(code.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_key(
    db: &mut Connection,
    officer: OfficerId,
    credential: &[u8],
    content: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO officer_key (credential, officer_id, content, made_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING",
    )
    .bind(credential)
    .bind(officer.as_bytes().as_slice())
    .bind(content)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn keys_of(db: &mut Connection, officer: OfficerId) -> Result<Vec<String>, StoreError> {
    let keys = sqlx::query_scalar(
        "SELECT content
        FROM officer_key
        WHERE officer_id = $1 AND ended_at IS NULL
        ORDER BY made_at",
    )
    .bind(officer.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    Ok(keys)
}

pub(crate) async fn credentials_in_use(db: &mut Connection) -> Result<Vec<Vec<u8>>, StoreError> {
    let credentials = sqlx::query_scalar(
        "SELECT credential
        FROM officer_key
        WHERE ended_at IS NULL
        ORDER BY made_at",
    )
    .fetch_all(db)
    .await?;
    Ok(credentials)
}

pub(crate) async fn key_used(
    db: &mut Connection,
    officer: OfficerId,
    credential: &[u8],
    content: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE officer_key
        SET used_at = $4, content = coalesce($3, content)
        WHERE credential = $2 AND officer_id = $1 AND ended_at IS NULL
            AND EXISTS (SELECT 1 FROM officer WHERE id = $1 AND ended_at IS NULL)",
    )
    .bind(officer.as_bytes().as_slice())
    .bind(credential)
    .bind(content)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Anybody who knows a label can have its keys asked: that pushes out the oldest question to log in of that officer, nobody
/// else's, and no question to enrol, which takes a code.
pub(crate) async fn insert_ceremony(
    db: &mut Connection,
    id: &SecretHash,
    ceremony: &CeremonyRow,
    now: Timestamp,
    ends_at: Timestamp,
    most: u32,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM officer_ceremony WHERE ends_at <= $1").bind(column::micros(now)).execute(&mut *db).await?;
    sqlx::query(
        "DELETE FROM officer_ceremony
        WHERE id_hash IN (
            SELECT id_hash
            FROM officer_ceremony
            WHERE officer_id = $1 AND (invite IS NULL) = $2
            ORDER BY ends_at DESC, id_hash
            LIMIT $3 OFFSET $4
        )",
    )
    .bind(ceremony.officer.as_bytes().as_slice())
    .bind(ceremony.invite.is_none())
    .bind(CEREMONIES_OUT)
    .bind(i64::from(most.saturating_sub(1)))
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "INSERT INTO officer_ceremony (id_hash, officer_id, invite, content, ends_at)
        VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(ceremony.officer.as_bytes().as_slice())
    .bind(ceremony.invite.as_ref().map(|code| code.as_bytes().as_slice()))
    .bind(&ceremony.content)
    .bind(column::micros(ends_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn use_ceremony(
    db: &mut Connection,
    id: &SecretHash,
    now: Timestamp,
) -> Result<Option<CeremonyRow>, StoreError> {
    let row = sqlx::query(
        "DELETE FROM officer_ceremony
        WHERE id_hash = $1 AND used_at IS NULL AND ends_at > $2
        RETURNING officer_id, invite, content",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let invite: Option<Vec<u8>> = row.try_get("invite")?;
        Ok(CeremonyRow {
            officer: column::bytes(row.try_get("officer_id")?, "officer_ceremony", "officer_id")?,
            invite: invite.map(|code| column::bytes(&code, "officer_ceremony", "invite")).transpose()?,
            content: row.try_get("content")?,
        })
    })
    .transpose()
}

pub(crate) async fn insert_session(
    db: &mut Connection,
    id: &SecretHash,
    officer: OfficerId,
    now: Timestamp,
    oldest: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM officer_session WHERE made_at <= $1")
        .bind(column::micros(oldest))
        .execute(&mut *db)
        .await?;
    sqlx::query(
        "INSERT INTO officer_session (id_hash, officer_id, made_at, seen_at)
        VALUES ($1, $2, $3, $3)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn session(
    db: &mut Connection,
    id: &SecretHash,
    seen_after: Timestamp,
    made_after: Timestamp,
) -> Result<Option<(OfficerRow, Timestamp)>, StoreError> {
    let row = sqlx::query(
        "SELECT officer.id, label, role, officer.ended_at, seen_at,
            (SELECT count(*) FROM officer_key WHERE officer_id = officer.id AND ended_at IS NULL) AS keys
        FROM officer_session JOIN officer ON officer.id = officer_session.officer_id
        WHERE id_hash = $1 AND seen_at > $2 AND officer_session.made_at > $3 AND officer.ended_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(seen_after))
    .bind(column::micros(made_after))
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((officer_row(&row)?, column::time(row.try_get("seen_at")?, "officer_session", "seen_at")?)))
        .transpose()
}

pub(crate) async fn session_seen(db: &mut Connection, id: &SecretHash, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE officer_session
        SET seen_at = $2
        WHERE id_hash = $1 AND seen_at < $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn end_session(db: &mut Connection, id: &SecretHash) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM officer_session WHERE id_hash = $1").bind(id.as_bytes().as_slice()).execute(db).await?;
    Ok(())
}

fn officer_row(row: &Row) -> Result<OfficerRow, StoreError> {
    let ended_at: Option<i64> = row.try_get("ended_at")?;
    Ok(OfficerRow {
        id: column::bytes(row.try_get("id")?, "officer", "id")?,
        label: row.try_get("label")?,
        role: column::text(row.try_get("role")?, "officer", "role")?,
        ended_at: ended_at.map(|at| column::time(at, "officer", "ended_at")).transpose()?,
        keys: column::number(row.try_get("keys")?, "officer", "keys")?,
    })
}
