//! What is held for a session while it lasts: ciphertext (P-INF-6).

use domain::{PortalInstanceId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::rows::{Erased, Gathering, HeldClass, HeldRow, SessionEnd};

pub(crate) async fn insert_gathering(
    db: &mut Connection,
    session_hash: &SecretHash,
    gathering: &Gathering,
) -> Result<bool, StoreError> {
    // Nothing is gathered for a session that has just ended.
    let done = sqlx::query(
        "INSERT INTO gathering (session_hash, salt, started_at, instance_id)
        SELECT id_hash, $2, $3, $4
        FROM session
        WHERE id_hash = $1
        ON CONFLICT DO NOTHING",
    )
    .bind(column::hash(session_hash))
    .bind(gathering.salt.as_slice())
    .bind(column::micros(gathering.started_at))
    .bind(gathering.instance.as_ref().map(|id| id.as_bytes().as_slice()))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_held(
    db: &mut Connection,
    session_hash: &SecretHash,
    held: &HeldRow,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO held (session_hash, place, class, sealed, commitment, written_at)
        SELECT session_hash, $2, $3, $4, $5, $6
        FROM gathering
        WHERE session_hash = $1
        ON CONFLICT DO NOTHING",
    )
    .bind(column::hash(session_hash))
    .bind(i64::from(held.place))
    .bind(held.class.name())
    .bind(&held.sealed)
    .bind(held.commitment.as_ref().map(<[u8; 32]>::as_slice))
    .bind(column::micros(held.written_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn update_held(
    db: &mut Connection,
    session_hash: &SecretHash,
    held: &HeldRow,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE held
        SET class = $3, sealed = $4, commitment = $5, written_at = $6
        WHERE session_hash = $1 AND place = $2",
    )
    .bind(column::hash(session_hash))
    .bind(i64::from(held.place))
    .bind(held.class.name())
    .bind(&held.sealed)
    .bind(held.commitment.as_ref().map(<[u8; 32]>::as_slice))
    .bind(column::micros(held.written_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_held(
    db: &mut Connection,
    session_hash: &SecretHash,
    place: u32,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM held
        WHERE session_hash = $1 AND place = $2",
    )
    .bind(column::hash(session_hash))
    .bind(i64::from(place))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn gathering(db: &mut Connection, session_hash: &SecretHash) -> Result<Option<Gathering>, StoreError> {
    let row = sqlx::query(
        "SELECT salt, started_at, instance_id
        FROM gathering
        WHERE session_hash = $1",
    )
    .bind(column::hash(session_hash))
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let instance: Option<Vec<u8>> = row.try_get("instance_id")?;
        Ok(Gathering {
            instance: instance.map(|id| column::bytes(&id, "gathering", "instance_id")).transpose()?,
            salt: column::bytes(row.try_get("salt")?, "gathering", "salt")?,
            started_at: column::time(row.try_get("started_at")?, "gathering", "started_at")?,
        })
    })
    .transpose()
}

pub(crate) async fn held(db: &mut Connection, session_hash: &SecretHash) -> Result<Vec<HeldRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, class, sealed, commitment, written_at
        FROM held
        WHERE session_hash = $1 AND class <> 'export'
        ORDER BY place",
    )
    .bind(column::hash(session_hash))
    .fetch_all(db)
    .await?;
    rows.iter().map(held_row).collect()
}

pub(crate) async fn files(db: &mut Connection, session_hash: &SecretHash) -> Result<Vec<HeldRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, class, sealed, commitment, written_at
        FROM held
        WHERE session_hash = $1 AND class = 'export'
        ORDER BY place",
    )
    .bind(column::hash(session_hash))
    .fetch_all(db)
    .await?;
    rows.iter().map(held_row).collect()
}

pub(crate) async fn held_at(
    db: &mut Connection,
    session_hash: &SecretHash,
    place: u32,
) -> Result<Option<HeldRow>, StoreError> {
    let row = sqlx::query(
        "SELECT place, class, sealed, commitment, written_at
        FROM held
        WHERE session_hash = $1 AND place = $2",
    )
    .bind(column::hash(session_hash))
    .bind(i64::from(place))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(held_row).transpose()
}

pub(crate) async fn shred_gathering(db: &mut Connection, session_hash: &SecretHash) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE gathering
        SET salt = $2
        WHERE session_hash = $1",
    )
    .bind(column::hash(session_hash))
    .bind([0u8; 32].as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn erase_gathering(
    db: &mut Connection,
    session_hash: &SecretHash,
) -> Result<Option<Vec<Erased>>, StoreError> {
    let rows = sqlx::query(
        "DELETE FROM held
        WHERE session_hash = $1
        RETURNING place, class, commitment",
    )
    .bind(column::hash(session_hash))
    .fetch_all(&mut *db)
    .await?;
    let mut erased = rows.iter().map(erased_row).collect::<Result<Vec<Erased>, StoreError>>()?;
    erased.sort_unstable_by_key(|erased| erased.place);
    let done = sqlx::query(
        "DELETE FROM gathering
        WHERE session_hash = $1",
    )
    .bind(column::hash(session_hash))
    .execute(db)
    .await?;
    Ok((done.rows_affected() == 1).then_some(erased))
}

pub(crate) async fn gatherings(db: &mut Connection) -> Result<Vec<SecretHash>, StoreError> {
    let rows = sqlx::query(
        "SELECT session_hash
        FROM gathering
        ORDER BY started_at",
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("session_hash")?, "gathering", "session_hash")).collect()
}

/// Of portals whose lease is over, and of none.
pub(crate) async fn gatherings_abandoned(db: &mut Connection, now: Timestamp) -> Result<Vec<SecretHash>, StoreError> {
    let rows = sqlx::query(
        "SELECT session_hash
        FROM gathering
        WHERE NOT EXISTS (
            SELECT 1 FROM portal_instance
            WHERE portal_instance.id = gathering.instance_id AND portal_instance.lease_ends_at > $1
        )
        ORDER BY started_at",
    )
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("session_hash")?, "gathering", "session_hash")).collect()
}

pub(crate) async fn take_gathering_over(
    db: &mut Connection,
    session_hash: &SecretHash,
    instance: &PortalInstanceId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE gathering
        SET instance_id = $2
        WHERE session_hash = $1",
    )
    .bind(column::hash(session_hash))
    .bind(instance.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn gatherings_over(
    db: &mut Connection,
    now: Timestamp,
) -> Result<Vec<(SecretHash, SessionEnd)>, StoreError> {
    let rows = sqlx::query(
        "SELECT gathering.session_hash AS session_hash, session.idle_ends_at AS idle_ends_at, session.ends_at AS ends_at
        FROM gathering
        LEFT JOIN session ON session.id_hash = gathering.session_hash
        WHERE session.id_hash IS NULL OR session.ends_at <= $1 OR session.idle_ends_at <= $1",
    )
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let idle_ends_at: Option<i64> = row.try_get("idle_ends_at")?;
            let ends_at: Option<i64> = row.try_get("ends_at")?;
            let end = match idle_ends_at.zip(ends_at) {
                None => SessionEnd::Gone,
                Some((idle, absolute)) if absolute <= idle => SessionEnd::Absolute,
                Some(_) => SessionEnd::Idle,
            };
            Ok((column::bytes(row.try_get("session_hash")?, "gathering", "session_hash")?, end))
        })
        .collect()
}

fn held_row(row: &Row) -> Result<HeldRow, StoreError> {
    let Erased { place, class, commitment } = erased_row(row)?;
    Ok(HeldRow {
        place,
        class,
        sealed: row.try_get("sealed")?,
        commitment,
        written_at: column::time(row.try_get("written_at")?, TABLE, "written_at")?,
    })
}

fn erased_row(row: &Row) -> Result<Erased, StoreError> {
    let place: i64 = row.try_get("place")?;
    let class = HeldClass::from_name(row.try_get("class")?);
    let commitment: Option<Vec<u8>> = row.try_get("commitment")?;
    Ok(Erased {
        place: u32::try_from(place).map_err(|_| StoreError::Corrupt { table: TABLE, column: "place" })?,
        class: class.ok_or(StoreError::Corrupt { table: TABLE, column: "class" })?,
        commitment: commitment.map(|bytes| column::bytes(&bytes, TABLE, "commitment")).transpose()?,
    })
}

const TABLE: &str = "held";
