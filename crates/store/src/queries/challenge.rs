//! Challenges and the tickets that lead back from their answers.

use domain::{ChallengeNonce, RegistrationId, SecretHash};
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::StoreError;
use crate::rows::{Challenge, ChallengeAnswer, NewChallenge, Ticket};

pub(crate) async fn insert_challenge(db: &mut Connection, challenge: &NewChallenge) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO challenge (
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(challenge.nonce.as_bytes().as_slice())
    .bind(challenge.purpose.name())
    .bind(&challenge.origin)
    .bind(&challenge.document)
    .bind(column::hash(&challenge.browser_hash))
    .bind(challenge.registration_id.as_ref().map(|id| id.as_bytes().as_slice()))
    .bind(challenge.removal_token.as_bytes().as_slice())
    .bind(challenge.shared_device.then(|| column::micros(challenge.started_at)))
    .bind(challenge.return_to.as_deref())
    .bind(column::micros(challenge.started_at))
    .bind(column::micros(challenge.expires_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn use_challenge_up(
    db: &mut Connection,
    nonce: &ChallengeNonce,
    now: Timestamp,
) -> Result<Option<NewChallenge>, StoreError> {
    let row = sqlx::query(
        "UPDATE challenge
        SET answered_at = $2
        WHERE nonce = $1 AND answered_at IS NULL AND expires_at > $2
        RETURNING
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at",
    )
    .bind(nonce.as_bytes().as_slice())
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(asked).transpose()
}

pub(crate) async fn answer_challenge(
    db: &mut Connection,
    nonce: &ChallengeNonce,
    answer: &ChallengeAnswer,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE challenge
        SET answered_at = $2, outcome = $3, serial = $4, ticket_hash = $5, ticket_expires_at = $6
        WHERE nonce = $1 AND answered_at IS NULL AND expires_at > $2",
    )
    .bind(nonce.as_bytes().as_slice())
    .bind(column::micros(now))
    .bind(&answer.outcome)
    .bind(answer.serial.as_deref())
    .bind(column::hash(&answer.ticket_hash))
    .bind(column::micros(answer.ticket_expires_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn keep_answer(
    db: &mut Connection,
    nonce: &ChallengeNonce,
    answer: &ChallengeAnswer,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE challenge
        SET outcome = $2, serial = $3, ticket_hash = $4, ticket_expires_at = $5
        WHERE nonce = $1 AND answered_at IS NOT NULL AND outcome IS NULL",
    )
    .bind(nonce.as_bytes().as_slice())
    .bind(&answer.outcome)
    .bind(answer.serial.as_deref())
    .bind(column::hash(&answer.ticket_hash))
    .bind(column::micros(answer.ticket_expires_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn redeem_ticket(
    db: &mut Connection,
    ticket_hash: &SecretHash,
    browser_hash: &SecretHash,
    now: Timestamp,
) -> Result<Option<Ticket>, StoreError> {
    let row = sqlx::query(
        "UPDATE challenge
        SET redeemed_at = $3
        WHERE ticket_hash = $1 AND browser_hash = $2 AND redeemed_at IS NULL AND ticket_expires_at > $3
        RETURNING
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at, outcome, serial",
    )
    .bind(column::hash(ticket_hash))
    .bind(column::hash(browser_hash))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(ticket).transpose()
}

pub(crate) async fn spoil_ticket(
    db: &mut Connection,
    ticket_hash: &SecretHash,
    now: Timestamp,
) -> Result<Option<Ticket>, StoreError> {
    let row = sqlx::query(
        "UPDATE challenge
        SET redeemed_at = $2
        WHERE ticket_hash = $1 AND redeemed_at IS NULL AND ticket_expires_at > $2
        RETURNING
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at, outcome, serial",
    )
    .bind(column::hash(ticket_hash))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(ticket).transpose()
}

pub(crate) async fn open_challenge(
    db: &mut Connection,
    browser_hash: &SecretHash,
    purpose: &str,
    now: Timestamp,
) -> Result<Option<Challenge>, StoreError> {
    let row = sqlx::query(
        "SELECT
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at, answered_at, outcome
        FROM challenge
        WHERE browser_hash = $1 AND purpose = $2 AND answered_at IS NULL AND expires_at > $3
        ORDER BY started_at DESC
        LIMIT 1",
    )
    .bind(column::hash(browser_hash))
    .bind(purpose)
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(challenge).transpose()
}

pub(crate) async fn challenge_by_nonce(
    db: &mut Connection,
    nonce: &ChallengeNonce,
) -> Result<Option<Challenge>, StoreError> {
    let row = sqlx::query(
        "SELECT
            nonce, purpose, origin, document, browser_hash, registration_id, removal_token,
            shared_device_at, return_to, started_at, expires_at, answered_at, outcome
        FROM challenge
        WHERE nonce = $1",
    )
    .bind(nonce.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(challenge).transpose()
}

fn challenge(row: &Row) -> Result<Challenge, StoreError> {
    let answered_at: Option<i64> = row.try_get("answered_at")?;
    let answered_at = answered_at.map(|at| column::time(at, TABLE, "answered_at")).transpose()?;
    let outcome: Option<&str> = row.try_get("outcome")?;
    Ok(Challenge { asked: asked(row)?, answered_at, judged: outcome.is_some() })
}

fn ticket(row: &Row) -> Result<Ticket, StoreError> {
    let outcome: Option<String> = row.try_get("outcome")?;
    let outcome = outcome.ok_or(StoreError::Corrupt { table: TABLE, column: "outcome" })?;
    Ok(Ticket { challenge: asked(row)?, outcome, serial: row.try_get("serial")? })
}

const TABLE: &str = "challenge";

fn asked(row: &Row) -> Result<NewChallenge, StoreError> {
    let registration_id: Option<&[u8]> = row.try_get("registration_id")?;
    let registration_id: Option<RegistrationId> =
        registration_id.map(|id| column::bytes(id, TABLE, "registration_id")).transpose()?;
    let shared_device_at: Option<i64> = row.try_get("shared_device_at")?;
    Ok(NewChallenge {
        nonce: column::bytes(row.try_get("nonce")?, TABLE, "nonce")?,
        purpose: column::text(row.try_get("purpose")?, TABLE, "purpose")?,
        origin: row.try_get("origin")?,
        document: row.try_get("document")?,
        browser_hash: column::bytes(row.try_get("browser_hash")?, TABLE, "browser_hash")?,
        registration_id,
        removal_token: column::bytes(row.try_get("removal_token")?, TABLE, "removal_token")?,
        shared_device: shared_device_at.is_some(),
        return_to: row.try_get("return_to")?,
        started_at: column::time(row.try_get("started_at")?, TABLE, "started_at")?,
        expires_at: column::time(row.try_get("expires_at")?, TABLE, "expires_at")?,
    })
}
