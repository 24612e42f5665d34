//! First registrations under way (B.2).

use domain::{KeyIndex, LinkCode, RegistrationId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::rows::{Registration, RegistrationState};

pub(crate) async fn insert_registration(
    db: &mut Connection,
    id: &RegistrationId,
    browser_hash: &SecretHash,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO registration (id, browser_hash, state, started_at, expires_at)
        VALUES ($1, $2, 'started', $3, $4)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::hash(browser_hash))
    .bind(column::micros(now))
    .bind(column::micros(expires_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn registration_matched(
    db: &mut Connection,
    id: &RegistrationId,
    match_number_hash: &SecretHash,
    signature_serial: &str,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE registration
        SET state = 'matched', match_number_hash = $2, signature_serial = $3
        WHERE id = $1 AND state = 'started'",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::hash(match_number_hash))
    .bind(signature_serial)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn registration_linked(
    db: &mut Connection,
    match_number_hash: &SecretHash,
    link_code: &LinkCode,
    key_index: KeyIndex,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // The same delivery again finds its own code in place and is answered alike.
    let done = sqlx::query(
        "UPDATE registration
        SET state = 'linked', link_code = $2, key_index = $3
        WHERE match_number_hash = $1
            AND expires_at > $4
            AND (state = 'matched' OR (state = 'linked' AND link_code = $2))",
    )
    .bind(column::hash(match_number_hash))
    .bind(link_code.as_bytes().as_slice())
    .bind(i64::from(key_index.0))
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn registration_bound(db: &mut Connection, id: &RegistrationId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE registration
        SET state = 'bound', link_code = NULL, key_index = NULL, signature_serial = NULL
        WHERE id = $1 AND state = 'linked'",
    )
    .bind(id.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn registration_given_up(db: &mut Connection, id: &RegistrationId) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE registration
        SET state = 'given_up', link_code = NULL, key_index = NULL, signature_serial = NULL
        WHERE id = $1 AND state <> 'bound'",
    )
    .bind(id.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn registration_of_browser(
    db: &mut Connection,
    browser_hash: &SecretHash,
    now: Timestamp,
) -> Result<Option<Registration>, StoreError> {
    let row = sqlx::query(
        "SELECT id, browser_hash, state, link_code, key_index, signature_serial, expires_at
        FROM registration
        WHERE browser_hash = $1 AND expires_at > $2
        ORDER BY started_at DESC
        LIMIT 1",
    )
    .bind(column::hash(browser_hash))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(registration).transpose()
}

pub(crate) async fn registration_by_id(
    db: &mut Connection,
    id: &RegistrationId,
) -> Result<Option<Registration>, StoreError> {
    let row = sqlx::query(
        "SELECT id, browser_hash, state, link_code, key_index, signature_serial, expires_at
        FROM registration
        WHERE id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(registration).transpose()
}

/// The same row, read by the transaction that is about to finish it.
pub(crate) async fn registration_to_finish(
    db: &mut Connection,
    id: &RegistrationId,
) -> Result<Option<Registration>, StoreError> {
    registration_by_id(db, id).await
}

const TABLE: &str = "registration";

fn registration(row: &Row) -> Result<Registration, StoreError> {
    Ok(Registration {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        browser_hash: column::bytes(row.try_get("browser_hash")?, TABLE, "browser_hash")?,
        state: state(row)?,
        expires_at: column::time(row.try_get("expires_at")?, TABLE, "expires_at")?,
    })
}

fn state(row: &Row) -> Result<RegistrationState, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    match row.try_get("state")? {
        "started" => Ok(RegistrationState::Started),
        "matched" => Ok(RegistrationState::Matched),
        "linked" => {
            let link_code: Option<&[u8]> = row.try_get("link_code")?;
            let key_index: Option<i64> = row.try_get("key_index")?;
            let signature_serial: Option<String> = row.try_get("signature_serial")?;
            Ok(RegistrationState::Linked {
                link_code: column::bytes(link_code.unwrap_or_default(), TABLE, "link_code")?,
                key_index: key_index
                    .and_then(|index| u32::try_from(index).ok())
                    .map(KeyIndex)
                    .ok_or(corrupt("key_index"))?,
                signature_serial: signature_serial.ok_or(corrupt("signature_serial"))?,
            })
        }
        "bound" => Ok(RegistrationState::Bound),
        "given_up" => Ok(RegistrationState::GivenUp),
        _ => Err(corrupt("state")),
    }
}
