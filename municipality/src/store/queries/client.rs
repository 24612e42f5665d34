//! Systems that may use the API, their tokens and what they may yet send.

use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::api_rows::{ClientId, ClientRow, TokenRow};

const TABLE: &str = "client";

pub(crate) async fn insert_client(db: &mut Connection, row: &ClientRow) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO client (
            id, label, secret_hash, certificate_hash, requests_per_minute, recipients_per_day, made_at, expires_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING",
    )
    .bind(row.id.as_bytes().as_slice())
    .bind(&row.label)
    .bind(row.secret_hash.as_slice())
    .bind(row.certificate_hash.as_slice())
    .bind(i64::from(row.requests_per_minute))
    .bind(column::whole(row.recipients_per_day))
    .bind(column::micros(row.made_at))
    .bind(column::micros(row.expires_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn clients(db: &mut Connection) -> Result<Vec<ClientRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, label, secret_hash, certificate_hash, requests_per_minute, recipients_per_day, made_at, expires_at,
            revoked_at
        FROM client
        ORDER BY made_at, id",
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(client_row).collect()
}

pub(crate) async fn client(db: &mut Connection, id: ClientId) -> Result<Option<ClientRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, label, secret_hash, certificate_hash, requests_per_minute, recipients_per_day, made_at, expires_at,
            revoked_at
        FROM client
        WHERE id = $1",
    )
    .bind(id.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(client_row).transpose()
}

pub(crate) async fn revoke_client(db: &mut Connection, id: ClientId, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE client
        SET revoked_at = $2
        WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_token(db: &mut Connection, row: &TokenRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO access_token (hash, client_id, certificate_hash, expires_at)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(row.hash.as_slice())
    .bind(row.client.as_bytes().as_slice())
    .bind(row.certificate_hash.as_slice())
    .bind(column::micros(row.expires_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn token(db: &mut Connection, hash: &[u8; 32]) -> Result<Option<(TokenRow, ClientRow)>, StoreError> {
    const TOKENS: &str = "access_token";
    let row = sqlx::query(
        "SELECT t.hash AS token_hash, t.certificate_hash AS token_certificate, t.expires_at AS token_expires_at,
            c.id, c.label, c.secret_hash, c.certificate_hash, c.requests_per_minute, c.recipients_per_day, c.made_at,
            c.expires_at, c.revoked_at
        FROM access_token AS t
        JOIN client AS c ON c.id = t.client_id
        WHERE t.hash = $1",
    )
    .bind(hash.as_slice())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let client = client_row(&row)?;
    let token = TokenRow {
        hash: column::bytes(row.try_get("token_hash")?, TOKENS, "hash")?,
        client: client.id,
        certificate_hash: column::bytes(row.try_get("token_certificate")?, TOKENS, "certificate_hash")?,
        expires_at: column::time(row.try_get("token_expires_at")?, TOKENS, "expires_at")?,
    };
    Ok(Some((token, client)))
}

/// The first of a day is not counted against the limit by the statement: whoever asks has compared it already.
pub(crate) async fn take_quota(
    db: &mut Connection,
    client: ClientId,
    day: i64,
    recipients: u64,
    most: u64,
) -> Result<bool, StoreError> {
    if recipients > most {
        return Ok(false);
    }
    let done = sqlx::query(
        "INSERT INTO client_day (client_id, day, recipients)
        VALUES ($1, $2, $3)
        ON CONFLICT (client_id, day) DO UPDATE
        SET recipients = client_day.recipients + excluded.recipients
        WHERE client_day.recipients + excluded.recipients <= $4",
    )
    .bind(client.as_bytes().as_slice())
    .bind(day)
    .bind(column::whole(recipients))
    .bind(column::whole(most))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn quota_taken(db: &mut Connection, client: ClientId, day: i64) -> Result<u64, StoreError> {
    let taken: Option<i64> = sqlx::query_scalar(
        "SELECT recipients
        FROM client_day
        WHERE client_id = $1 AND day = $2",
    )
    .bind(client.as_bytes().as_slice())
    .bind(day)
    .fetch_optional(db)
    .await?;
    column::number(taken.unwrap_or(0), "client_day", "recipients")
}

fn client_row(row: &Row) -> Result<ClientRow, StoreError> {
    let revoked_at: Option<i64> = row.try_get("revoked_at")?;
    Ok(ClientRow {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        label: row.try_get("label")?,
        secret_hash: column::bytes(row.try_get("secret_hash")?, TABLE, "secret_hash")?,
        certificate_hash: column::bytes(row.try_get("certificate_hash")?, TABLE, "certificate_hash")?,
        requests_per_minute: column::number(row.try_get("requests_per_minute")?, TABLE, "requests_per_minute")?,
        recipients_per_day: column::number(row.try_get("recipients_per_day")?, TABLE, "recipients_per_day")?,
        made_at: column::time(row.try_get("made_at")?, TABLE, "made_at")?,
        expires_at: column::time(row.try_get("expires_at")?, TABLE, "expires_at")?,
        revoked_at: revoked_at.map(|at| column::time(at, TABLE, "revoked_at")).transpose()?,
    })
}
